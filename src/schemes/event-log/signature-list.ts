import type { Slice } from '../../core/place.ts'
import type { Inner } from '../../core/scheme.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { Cursor } from './cursor.ts'
import { guidText, variableIn } from './variable.ts'
import type { TcgEvent, TcgLog } from './tcg.ts'

/** Lists of keys and hashes that decide what may start: UEFI 2.11 section 32.4.1. */

export const SIGNATURE_TYPES: Readonly<Record<string, string>> = {
  'a5c059a1-94e4-4aa7-87b5-ab155c2bf072': 'X.509',
  'c1c41626-504c-4092-aca9-41f936934328': 'SHA-256',
  '826ca512-cf10-4ac9-b187-be01496631bd': 'SHA-1',
  'ff3e5307-9fd0-48c9-85f1-8ad56c701e01': 'SHA-384',
  '093e0fae-a6c4-4f50-9f1b-d41e2b89c19a': 'SHA-512',
  '3bd2a492-96c0-4079-b420-fcf98ef103ed': 'X.509, SHA-256',
}

/** Variables that hold such lists. */
export const KEY_VARIABLES: readonly string[] = ['PK', 'KEK', 'db', 'dbx', 'dbt', 'dbr', 'MokListRT', 'MokListXRT']

const EV_EFI_VARIABLE_DRIVER_CONFIG = 0x80000001
const EV_EFI_VARIABLE_AUTHORITY = 0x800000e0
/** Most certificates of one log that are opened. */
const MOST = 64
const SEQUENCE = 0x30

interface Entry {
  readonly start: number
  readonly end: number
}

/** Certificates in lists that follow one another. */
function certificatesIn(slice: Slice): Entry[] {
  const found: Entry[] = []
  for (let at = slice.start; at + 28 <= slice.end && found.length < MOST;) {
    const cursor = new Cursor(slice, at)
    const type = SIGNATURE_TYPES[guidText(cursor.take(16))]
    const [listSize, headerSize, size] = [cursor.le(4), cursor.le(4), cursor.le(4)]
    const end = at + listSize
    if (type === undefined || listSize < 28 || end > slice.end || size <= 16) break
    for (let one = at + 28 + headerSize; type === 'X.509' && one + size <= end && found.length < MOST; one += size)
      found.push({ start: one + 16, end: one + size })
    at = end
  }
  return found
}

/** The certificate that an authority event names: behind the owner's GUID, or bare as an old shim wrote it. */
function authorityIn({ bytes, start, end }: Slice): Entry[] {
  const at = [start + 16, start].find((from) => from + 4 < end && bytes[from] === SEQUENCE && bytes[from + 1] === 0x82)
  if (at === undefined) return []
  const length = 4 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0)
  return at + length <= end ? [{ start: at, end: at + length }] : []
}

function entriesOf(
  log: TcgLog,
  event: TcgEvent,
): { readonly name: string; readonly entries: readonly Entry[] } | undefined {
  const variable = variableIn({ ...log.slice, start: event.dataStart, end: event.end })
  if (!variable) return undefined
  const value: Slice = { ...log.slice, start: variable.dataStart, end: variable.dataEnd }
  return event.type === EV_EFI_VARIABLE_AUTHORITY
    ? { name: variable.name, entries: authorityIn(value) }
    : KEY_VARIABLES.includes(variable.name)
      ? { name: variable.name, entries: certificatesIn(value) }
      : undefined
}

/** Every certificate of the log once, named after the variable in which it stands first. */
export function certificatesOf(log: TcgLog): readonly Inner[] {
  const found: { readonly inner: Inner; readonly bytes: Uint8Array }[] = []
  for (const event of log.events) {
    if (event.type !== EV_EFI_VARIABLE_DRIVER_CONFIG && event.type !== EV_EFI_VARIABLE_AUTHORITY) continue
    if (found.length >= MOST) break
    const own = entriesOf(log, event)
    for (const { start, end } of own?.entries ?? []) {
      const bytes = log.slice.bytes.subarray(start, end)
      if (bytes[0] !== SEQUENCE || found.some((one) => sameBytes(one.bytes, bytes)) || found.length >= MOST) continue
      const inner: Inner = {
        slice: { ...log.slice, start, end },
        name: own?.name ?? '',
        format: 'x509.certificate',
        origin: 'embedded',
      }
      found.push({ inner, bytes })
    }
  }
  return found.map(({ inner }) => inner)
}
