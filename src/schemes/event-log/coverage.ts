import type { WordsCovered } from '../../core/derived.ts'
import { tightHash } from '../../crypto/tight-hash.ts'
import type { Digest } from './tcg.ts'
import { variableIn } from './variable.ts'
import { EV_NO_ACTION, startsWith, type TcgEvent } from './tcg.ts'

/** Which words of an event its digest covers. The bytes are in `start..end` of the log's own bytes. */
export interface Coverage {
  readonly covered: WordsCovered
  readonly start: number
  readonly end: number
}

const EV_EVENT_TAG = 0x6
const EV_PLATFORM_CONFIG_FLAGS = 0xa
const EV_IPL = 0xd
const EV_EFI_VARIABLE_BOOT = 0x80000002
const EV_EFI_VARIABLE_AUTHORITY = 0x800000e0

/** Texts before what GRUB hashes, new and old. The prefix itself is covered by nothing. */
export const GRUB_PREFIXES = [
  'grub_cmd: ',
  'kernel_cmdline: ',
  'module_cmdline: ',
  'grub_cmd ',
  'grub_kernel_cmdline ',
] as const

/** True when every bank's digest is the hash of these bytes: one bank alone could be anything. */
export function isDigestOf(digests: readonly Digest[], bytes: Uint8Array, from = 0, to = bytes.length): boolean {
  for (const { hash, value } of digests) {
    const own = tightHash(hash)
    if (value.length !== own.size) return false
    own.hash(bytes, from, to)
    if (!own.isAt(value, 0)) return false
  }
  return digests.length > 0
}

const ZEROS = new Uint8Array(4)

/** What a separator extends is known, so that no other type or words hide one. */
export const isOfZeros = ({ digests }: Pick<TcgEvent, 'digests'>): boolean =>
  digests.some((digest) => isDigestOf([digest], ZEROS))

const NONE = (event: TcgEvent): Coverage => ({ covered: 'none', start: event.dataStart, end: event.dataStart })

/** First the whole data, then the rule of the type; nothing is searched for in between. */
export function coverageOf(bytes: Uint8Array, event: TcgEvent): Coverage {
  if (event.type === EV_NO_ACTION) return { covered: 'not-extended', start: event.dataStart, end: event.dataStart }
  const { dataStart: start, end } = event
  const holds = (from: number, to: number): boolean => {
    if (from < start || to > end || from > to) return false
    return event.isOf ? event.isOf(from, to) : isDigestOf(event.digests, bytes, from, to)
  }
  const text = { space: '', bytes, start, end }
  // What a loader writes behind a prefix is never hashed whole: one hash less for most events of a long log.
  const prefix = event.type === EV_IPL ? GRUB_PREFIXES.find((known) => startsWith(text, start, known)) : undefined
  if (prefix === undefined && holds(start, end)) return { covered: 'whole', start, end }
  const part = (from: number, to: number): Coverage | undefined =>
    holds(from, to) ? { covered: 'part', start: from, end: to } : undefined
  switch (event.type) {
    case EV_EFI_VARIABLE_BOOT: {
      const variable = variableIn(text)
      return (variable && part(variable.dataStart, variable.dataEnd)) ?? NONE(event)
    }
    case EV_EFI_VARIABLE_AUTHORITY:
      // An old shim counted one byte too many; what its digest covers ends before it.
      return part(start, end - 1) ?? NONE(event)
    case EV_EVENT_TAG:
      return part(start + 8, end) ?? NONE(event)
    case EV_PLATFORM_CONFIG_FLAGS:
      // td-shim: name[16], size, content.
      return part(start + 20, end) ?? NONE(event)
    case EV_IPL: {
      if (prefix !== undefined) {
        const from = start + prefix.length
        const nul = bytes.indexOf(0, from)
        const to = nul < 0 || nul > end ? end : nul
        const own = part(from, to) ?? part(from, Math.min(end, to + 1))
        return own ?? (holds(start, end) ? { covered: 'whole', start, end } : NONE(event))
      }
      return utf16Coverage(bytes, event, part) ?? NONE(event)
    }
    default:
      return NONE(event)
  }
}

/** systemd's stub: a section's name is hashed in ASCII with its NUL and written in UTF-16; a command line without the final NUL. */
function utf16Coverage(
  bytes: Uint8Array,
  { dataStart: start, end, digests }: TcgEvent,
  part: (from: number, to: number) => Coverage | undefined,
): Coverage | undefined {
  if ((end - start) % 2 !== 0 || end - start < 4 || end - start > 65_536) return undefined
  const isEnded = bytes[end - 1] === 0 && bytes[end - 2] === 0
  const stop = isEnded ? end - 2 : end
  const plain: number[] = []
  for (let at = start; at < stop; at += 2) {
    if (bytes[at + 1] !== 0) return isEnded ? part(start, stop) : undefined
    plain.push(bytes[at] ?? 0)
  }
  if (isDigestOf(digests, Uint8Array.from([...plain, 0]))) return { covered: 'part', start, end: stop }
  return isEnded ? part(start, stop) : undefined
}
