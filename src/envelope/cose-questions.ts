import { type ArtifactIndex, rangeOf, type ByteRange, type Slice } from '../core/place.ts'
import { say, type TextId } from '../core/saying.ts'
import type { Cite, Finding, FindingCode } from '../core/verdict.ts'
import type { CborReading } from '../bytes/cbor.ts'
import { hexOffset } from '../bytes/layout.ts'
import type { CoseMessage } from './cose.ts'

/** Questions of form that every token in COSE is asked. Each scheme asks them under its own id and in its own words; how they are answered stands here once. */

export const COSE = (section: string) => ({ title: 'RFC 9052', section, url: 'https://www.rfc-editor.org/rfc/rfc9052' })
export const CBOR = (section: string) => ({ title: 'RFC 8949', section, url: 'https://www.rfc-editor.org/rfc/rfc8949' })

/** A slice and what was read in it. */
export interface ReadSlice {
  readonly slice: Slice
  readonly reading: CborReading
}

/** A token as it was read: the message, and the signed map inside, as far as they are there. */
export interface ReadToken extends ReadSlice {
  readonly message: CoseMessage | undefined
  readonly payload: ReadSlice | undefined
}

/** Points at bytes of an artifact; at none where no range is known. */
export function citeBytes(
  artifact: ArtifactIndex,
  path: string,
  ...ranges: readonly (ByteRange | undefined)[]
): Cite[] {
  const known = ranges.flatMap((range) => range ?? [])
  return known.length === 0 ? [] : [{ artifact, path, ranges: known }]
}

// Duplicate keys and long forms are questions of their own.
const OTHER_QUESTIONS: readonly (FindingCode | undefined)[] = ['duplicate-key', 'not-shortest']

/** The first thing that is wrong with the CBOR itself. */
export const problemOf = (readings: readonly CborReading[]) =>
  readings.flatMap(({ problems }) => problems).find((one) => !OTHER_QUESTIONS.includes(one.because.code))

/** Bytes of a slice behind what was read in it. */
const behind = ({ slice, reading }: ReadSlice): ByteRange | undefined =>
  reading.end < slice.end ? { space: slice.space, start: reading.end, end: slice.end } : undefined

/** Is it one whole message with a whole map inside? */
export function isWholeMessage(artifact: ArtifactIndex, token: ReadToken, holds: TextId): Finding {
  const { message, payload, reading, slice } = token
  const fail = (because: Finding['because'], path: string, range: ByteRange): Finding => ({
    outcome: 'fail',
    because,
    cites: citeBytes(artifact, path, range),
  })
  const problem = problemOf(payload ? [reading, payload.reading] : [reading])
  if (problem) return { outcome: 'fail', because: problem.because, cites: citeBytes(artifact, '', problem.range) }
  if (!message) return fail(say('cose.structure'), '', rangeOf(slice))
  if (!message.payload) return fail(say('cose.detached'), 'payload', rangeOf(slice))
  if (!payload)
    return fail(say('cbor.not-a-map', { at: hexOffset(message.payload.start) }), 'payload', rangeOf(message.payload))
  const rest = behind(payload)
  if (rest)
    return fail(say('cbor.trailing', { count: rest.end - rest.start, at: hexOffset(rest.start) }), 'payload', rest)
  return { outcome: 'pass', because: say(holds), cites: citeBytes(artifact, 'payload', rangeOf(message.payload)) }
}

/** Does every key stand once? Readers differ on which of two counts, so two readers could see two tokens under one signature. `whole`: what is pointed at where all is well. */
export function areKeysUnique(
  artifact: ArtifactIndex,
  path: string,
  readings: readonly CborReading[],
  holds: TextId,
  whole?: ByteRange,
): Finding {
  const twice = readings
    .flatMap((reading) => reading.problems)
    .filter((problem) => problem.because.code === 'duplicate-key')
  const [first] = twice
  return first
    ? {
        outcome: 'fail',
        because: first.because,
        cites: citeBytes(artifact, path, ...twice.slice(0, 2).map((problem) => problem.range)),
      }
    : { outcome: 'pass', because: say(holds), cites: citeBytes(artifact, path, whole) }
}

/** Does the file end with the token? What follows is covered by nothing. */
export function nothingBehind(artifact: ArtifactIndex, token: ReadSlice, holds: TextId): Finding {
  const rest = behind(token)
  if (!rest) return { outcome: 'pass', because: say(holds), cites: [] }
  const count = rest.end - rest.start
  return {
    outcome: 'warn',
    because: say('cbor.trailing', { count, at: hexOffset(rest.start) }),
    cites: citeBytes(artifact, ':trailing', rest),
    found: String(count),
    expected: '0',
  }
}

/** Algorithms that a profile allows, by their COSE numbers, and how they are called together. */
export interface Allowed {
  readonly kind?: CoseMessage['kind']
  readonly ids: readonly string[]
  readonly expected: string
}

/** Does the protected header, and only it, name an algorithm, and one that is allowed? */
export function isAlgorithmProtected(
  artifact: ArtifactIndex,
  path: string,
  { algorithm, faults, protectedBytes, kind }: CoseMessage,
  holds: TextId,
  allowed?: Allowed,
): Finding {
  const found = algorithm?.name ?? ''
  const shown = {
    cites: citeBytes(artifact, path, algorithm?.range ?? rangeOf(protectedBytes)),
    found,
    ...(allowed ? { expected: allowed.expected } : {}),
  }
  const [fault] = faults
  if (fault) return { outcome: 'fail', because: fault, ...shown }
  const isOther =
    allowed && ((allowed.kind !== undefined && kind !== allowed.kind) || !allowed.ids.includes(algorithm?.id ?? ''))
  if (isOther) return { outcome: 'fail', because: say('cose.alg', { found, expected: allowed.expected }), ...shown }
  return { outcome: 'pass', because: say(holds), ...shown }
}
