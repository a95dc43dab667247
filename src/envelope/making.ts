import { fromHex } from '../bytes/layout.ts'
import type { TextTable } from '../core/saying.ts'
import type { Knob, MakingRecipe } from '../core/scheme.ts'

/** Recipes written in one piece: each knob with its words in both languages, so that a form can be drawn from it. */

/** English, Chinese. */
export type Words = readonly [en: string, zh: string]

/** A knob with its words. */
export interface WordedKnob extends Omit<Knob, 'label' | 'note' | 'options'> {
  readonly words: Words
  readonly note?: Words
  readonly options?: readonly { readonly value: string; readonly words: Words }[]
}

/** What the reader chose. */
export class Chosen {
  private readonly values: ReadonlyMap<string, string>
  constructor(values: ReadonlyMap<string, string>) {
    this.values = values
  }
  text(id: string): string {
    return this.values.get(id) ?? ''
  }
  bytes(id: string): Uint8Array {
    return new TextEncoder().encode(this.text(id))
  }
  isOn(id: string): boolean {
    return this.text(id) === 'on'
  }
  number(id: string): number {
    return Number(this.text(id))
  }
  /** Bytes that were given as hex, with zeros behind up to `length`; undefined where none were given. */
  hex(id: string, length?: number): Uint8Array | undefined {
    const given = fromHex(this.text(id))
    if (given === undefined || given.length === 0) return undefined
    const field = new Uint8Array(length ?? given.length)
    field.set(given.subarray(0, field.length))
    return field
  }
}

/** A recipe from its parts. */
export function recipeOf(of: {
  readonly id: string
  readonly title: Words
  readonly instead: Words
  readonly at: string
  readonly knobs: readonly WordedKnob[]
  make(chosen: Chosen): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>
}): MakingRecipe {
  const en: Record<string, string> = {}
  const zh: Record<string, string> = {}
  const told = (part: string, words: Words) => {
    const id = `recipe.${of.id}.${part}`
    en[id] = words[0]
    zh[id] = words[1]
    return id
  }
  const texts: Readonly<Record<'en' | 'zh', TextTable>> = { en, zh }
  return {
    id: of.id,
    title: told('title', of.title),
    instead: told('instead', of.instead),
    at: of.at,
    knobs: of.knobs.map(({ words, note, options, ...knob }) => ({
      ...knob,
      label: told(knob.id, words),
      ...(note === undefined ? {} : { note: told(`${knob.id}.note`, note) }),
      ...(options === undefined
        ? {}
        : {
            options: options.map((option) => ({
              value: option.value,
              label: told(`${knob.id}=${option.value}`, option.words),
            })),
          }),
    })),
    texts,
    make: (values) => of.make(new Chosen(values)),
  }
}

/** A small program that is measured as this TEE measures; `note` says where that is simplified. */
export const workload = (note: Words): WordedKnob => ({
  id: 'workload',
  kind: 'text',
  words: ['Workload', '工作负载'],
  note,
  value: 'print("hello")',
  bytes: 4096,
})

/** Whether debugging is allowed. */
export const debug = (note: Words): WordedKnob => ({
  id: 'debug',
  kind: 'flag',
  words: ['Debug mode', '调试模式'],
  note,
  value: 'off',
})

/** Bytes that whoever asks, or the program, has chosen. */
export const chosenBytes = (id: 'nonce' | 'reportData' | 'userData', bytes: number): WordedKnob => ({
  id,
  kind: 'hex',
  words:
    id === 'nonce'
      ? ['Nonce', '随机数（nonce）']
      : id === 'reportData'
        ? ['Report data', '报告数据']
        : ['User data', '用户数据'],
  note: [
    `Up to ${bytes} bytes, hex. Empty: what the demonstration always says.`,
    `最多 ${bytes} 字节，十六进制。留空：沿用演示数据。`,
  ],
  value: '',
  bytes,
})

/** A text whose hash the evidence carries. */
export const reportText: WordedKnob = {
  id: 'reportText',
  kind: 'text',
  words: ['Report data: a text', '报告数据：一段文字'],
  note: ['Its hash goes in, zeros follow. Empty: all zero.', '放入它的哈希，后面补零。留空：全零。'],
  value: '',
  bytes: 4096,
}

/** The hash of that text. */
export const reportHash: WordedKnob = {
  id: 'reportHash',
  kind: 'choice',
  words: ['Hash of the text', '所用哈希'],
  value: 'SHA-512',
  options: (['SHA-256', 'SHA-384', 'SHA-512'] as const).map((value) => ({ value, words: [value, value] as const })),
}

/** Whether the files that others would fetch come along. */
export const collateral = (note: Words): WordedKnob => ({
  id: 'collateral',
  kind: 'flag',
  words: ['With collateral', '附带验证辅助材料'],
  note,
  value: 'on',
})
