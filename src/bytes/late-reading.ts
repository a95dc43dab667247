import type { FieldNode } from '../core/field.ts'
import type { Expand, Reading } from './layout.ts'

/**
 * A reading whose node is made when it is first asked for. Not to be spread: the node would stay behind.
 * A class, because readings are made by the thousand, and an accessor on each object would cost more than it saves.
 */
export class LateReading<T> implements Reading<T> {
  readonly value: T | undefined
  readonly end: number
  readonly short: boolean
  readonly expand: Expand | undefined
  readonly isFaultless: boolean
  readonly #make: () => FieldNode
  #node: FieldNode | undefined

  constructor(
    value: T | undefined,
    end: number,
    short: boolean,
    make: () => FieldNode,
    expand?: Expand,
    isFaultless = false,
  ) {
    this.value = value
    this.end = end
    this.short = short
    this.expand = expand
    this.isFaultless = isFaultless
    this.#make = make
    this.#node = undefined
  }

  get node(): FieldNode {
    return (this.#node ??= this.#make())
  }
}
