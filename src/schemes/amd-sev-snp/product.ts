import { isZero } from '../../bytes/layout.ts'
import type { TcbLayout } from './layout.ts'

/** Generations that have a root of their own. */
export const PRODUCTS = ['Milan', 'Genoa', 'Turin'] as const
export type Product = (typeof PRODUCTS)[number]

/** A processor as family, model and stepping say it. */
export interface Processor {
  /** The generation under whose name AMD's key service answers; undefined when we know none. */
  readonly product: Product | undefined
  /** As sold: `Bergamo / Siena` is served under Genoa. */
  readonly name: string
}

interface Range {
  readonly family: number
  readonly from: number
  readonly to: number
  readonly product: Product | undefined
  readonly name: string
}

/** Family and model to generation, as AMD's open-source guest libraries map them. Venice has no published root here. */
const RANGES: readonly Range[] = [
  { family: 0x19, from: 0x00, to: 0x0f, product: 'Milan', name: 'Milan' },
  { family: 0x19, from: 0x10, to: 0x1f, product: 'Genoa', name: 'Genoa' },
  { family: 0x19, from: 0xa0, to: 0xaf, product: 'Genoa', name: 'Bergamo / Siena' },
  { family: 0x1a, from: 0x00, to: 0x11, product: 'Turin', name: 'Turin' },
  { family: 0x1a, from: 0x50, to: 0x57, product: undefined, name: 'Venice' },
  { family: 0x1a, from: 0x90, to: 0xaf, product: undefined, name: 'Venice' },
  { family: 0x1a, from: 0xc0, to: 0xc7, product: undefined, name: 'Venice' },
]

/** Which processor family and model stand for. */
export function processorOf(family: number, model: number): Processor {
  const hit = RANGES.find((range) => range.family === family && model >= range.from && model <= range.to)
  return hit ? { product: hit.product, name: hit.name } : { product: undefined, name: '' }
}

/** The generation in a certificate's productName: `Milan-B0` is Milan. */
export function productOfName(name: string): Product | undefined {
  const stem = name.split('-')[0] ?? ''
  return PRODUCTS.find((product) => product === stem)
}

/** The order of the bytes of a TCB_VERSION. */
export function tcbLayoutOf(product: Product | undefined): TcbLayout {
  return product === 'Turin' ? 'turin' : 'milan'
}

/** A version 2 report names no processor. Turin fills only the first eight bytes of CHIP_ID. */
export function looksLikeTurin(chipId: Uint8Array): boolean {
  return !isZero(chipId.subarray(0, 8)) && isZero(chipId.subarray(8))
}

/** `25/17/1` in hex, as AMD's tools print family, model and stepping. */
export function signatureText(family: number, model: number, stepping: number): string {
  return [family, model, stepping].map((part) => part.toString(16)).join('/')
}
