import { bytesOf, sliceOf } from '../../../src/core/place.ts'
import { readPem } from '../../../src/engine/reading.ts'
import { readCertificate } from '../../../src/engine/reading.ts'

/** How a program puts a value into the bytes that it may choose. Zeros up to the end of the field are always allowed. */
export const RECIPES = ['raw', 'SHA-256', 'SHA-384', 'SHA-512'] as const
export type Recipe = (typeof RECIPES)[number]

/** The bytes of a value under a recipe. */
export async function cooked(recipe: Recipe, bytes: Uint8Array): Promise<Uint8Array> {
  return recipe === 'raw' ? bytes : new Uint8Array(await crypto.subtle.digest(recipe, bytes as Uint8Array<ArrayBuffer>))
}

/** Part of a file that a program may have bound. */
export type Part = 'file' | 'text' | 'without-line-end' | 'pem' | 'public-key' | 'point' | 'coordinates'

export interface Candidate {
  readonly name: string
  readonly part: Part
  readonly bytes: Uint8Array
}

/** SubjectPublicKeyInfo of an uncompressed point: P-256, P-384. */
const POINT_OF_SPKI: Readonly<Record<number, number>> = { 91: 65, 120: 97 }

/** What of a file may have been bound: all of it, the text without its last line end, what a PEM holds, the public key of a certificate. */
export function candidatesOf({
  name,
  bytes,
}: {
  readonly name: string
  readonly bytes: Uint8Array
}): readonly Candidate[] {
  const found: Candidate[] = [{ name, part: 'file', bytes }]
  const end = bytes.at(-1) === 0x0a ? (bytes.at(-2) === 0x0d ? 2 : 1) : 0
  if (end > 0 && bytes.length > end)
    found.push({ name, part: 'without-line-end', bytes: bytes.subarray(0, bytes.length - end) })
  const key = (spki: Uint8Array) => {
    found.push({ name, part: 'public-key', bytes: spki })
    const length = POINT_OF_SPKI[spki.length]
    const point = length === undefined ? undefined : spki.subarray(spki.length - length)
    if (point?.[0] === 4)
      found.push({ name, part: 'point', bytes: point }, { name, part: 'coordinates', bytes: point.subarray(1) })
  }
  const whole = sliceOf('', bytes)
  const own = readCertificate(whole)
  if (own) key(bytesOf(own.spki))
  for (const block of readPem(whole, '').blocks.slice(0, 32)) {
    const inside = bytesOf(block.slice)
    if (block.label === 'PUBLIC KEY') key(inside)
    else found.push({ name, part: 'pem', bytes: inside })
    const certificate = readCertificate(block.slice)
    if (certificate) key(bytesOf(certificate.spki))
  }
  return found
}

export interface Match {
  readonly candidate: Candidate
  readonly recipe: Recipe
  /** Where in the field it stands. */
  readonly offset: number
  readonly length: number
  /** What else is in the field: nothing, only zeros behind it, or something. */
  readonly rest: 'nothing' | 'zeros' | 'other'
}

/** Shorter values stand in any field by chance, so only a whole field counts for them. */
const SHORTEST_INSIDE = 16

/** Every candidate that stands in the field, as it is or hashed. */
export async function matchesIn(field: Uint8Array, candidates: readonly Candidate[]): Promise<readonly Match[]> {
  const found: Match[] = []
  for (const candidate of candidates) {
    for (const recipe of RECIPES) {
      if (recipe === 'raw' && (candidate.bytes.length === 0 || candidate.bytes.length > field.length)) continue
      const value = await cooked(recipe, candidate.bytes)
      const match = placeOf(field, value)
      if (match) found.push({ candidate, recipe, length: value.length, ...match })
    }
  }
  return found
}

function placeOf(field: Uint8Array, value: Uint8Array): Pick<Match, 'offset' | 'rest'> | undefined {
  for (let offset = 0; offset + value.length <= field.length; offset += 1) {
    if (!value.every((byte, index) => field[offset + index] === byte)) continue
    const isRestZero = field.every((byte, index) => byte === 0 || (index >= offset && index < offset + value.length))
    const rest = value.length === field.length ? 'nothing' : isRestZero ? 'zeros' : 'other'
    if (
      rest === 'nothing' ||
      (rest === 'zeros' && offset === 0 && value.some((byte) => byte !== 0)) ||
      value.length >= SHORTEST_INSIDE
    )
      return { offset, rest }
  }
  return undefined
}
