import type { ErrorCode } from '../core/error-code.ts'
import { entries } from './registry.ts'

/** A code that was found in what somebody pasted. */
export interface FoundCode extends ErrorCode {
  readonly scheme: string
  /** As it stands in the text. */
  readonly as: string
}

/** What a look-up says. */
export interface LookedUp {
  readonly found: readonly FoundCode[]
  /** Things that look like codes and stand in no table. */
  readonly unknown: readonly string[]
}

/** Most of a text that is looked through, and most answers. */
const LONGEST = 64 * 1024
const MOST = 12
/** Below this a decimal number means too many other things. */
const LEAST_DECIMAL = 0x8000

/** Finds error names and numbers in a message or a log. Loads every family's table; never throws for any text. */
export async function lookUp(text: string): Promise<LookedUp> {
  const read = text.slice(0, LONGEST)
  const words = new Map<string, string>()
  for (const [word] of read.matchAll(/[A-Za-z0-9_]+/g)) words.set(word.toLowerCase(), word)
  const line = read.toLowerCase().replace(/\s+/g, ' ')
  const numbers = new Map<number, string>()
  for (const word of words.values()) {
    const value = numberOf(word)
    if (value !== undefined && !numbers.has(value)) numbers.set(value, word)
  }
  const tables = await Promise.all(
    entries.map(async ({ id, errorCodes }) => (await errorCodes?.())?.map((code) => ({ ...code, scheme: id })) ?? []),
  )
  const found = tables.flat().flatMap((code): FoundCode[] => {
    const as = stands(code, words, line, numbers)
    return as === undefined ? [] : [{ ...code, as }]
  })
  const known = new Set(
    found.flatMap((code) => [code.as.toLowerCase(), ...code.names.map((name) => name.toLowerCase())]),
  )
  const unknown = [...words.values()].filter(
    (word) =>
      /^(?:0x[0-9a-f]{3,8}|(?:SGX|TEE|TDX|TPM|SNP|SEV)_[A-Z0-9_]{4,})$/i.test(word) &&
      !known.has(word.toLowerCase()) &&
      !found.some((code) => code.numbers?.includes(numberOf(word) ?? -1)),
  )
  return { found: found.slice(0, MOST), unknown: unknown.slice(0, MOST) }
}

function numberOf(word: string): number | undefined {
  if (/^0x[0-9a-f]{1,8}$/i.test(word)) return Number.parseInt(word.slice(2), 16)
  const value = /^\d{1,10}$/.test(word) ? Number(word) : 0
  return value >= LEAST_DECIMAL ? value : undefined
}

function stands(
  code: ErrorCode,
  words: ReadonlyMap<string, string>,
  line: string,
  numbers: ReadonlyMap<number, string>,
): string | undefined {
  for (const name of code.names) {
    const lower = name.toLowerCase()
    const as = /^\w+$/.test(name) ? words.get(lower) : line.includes(lower) ? name : undefined
    if (as !== undefined) return as
  }
  for (const number of code.numbers ?? []) {
    const as = numbers.get(number)
    if (as !== undefined) return as
  }
  return undefined
}
