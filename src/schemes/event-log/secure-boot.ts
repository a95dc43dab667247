import type { Conclusion, DerivedEvent, Events, NamedValue } from '../../core/derived.ts'
import { coveredAt, eventAt } from '../../core/events.ts'
import { say, type Saying } from '../../core/saying.ts'
import { isZero } from '../../bytes/layout.ts'
import { isOfZeros } from './coverage.ts'
import { named } from './model.ts'
import { EV_NO_ACTION, EV_SEPARATOR, type TcgEvent, type TcgLog } from './tcg.ts'
import { variableIn } from './variable.ts'

/** Secure Boot on or off, with all its guards: a wrong log must come out undetermined. Types and order across registers are covered by nothing. */

const EV_EFI_VARIABLE_DRIVER_CONFIG = 0x80000001
const EV_EFI_VARIABLE_AUTHORITY = 0x800000e0
const EFI_GLOBAL = '8be4df61-93ca-11d2-aa0d-00e098032b8c'

/** Types that PCR7 may hold. */
const IN_PCR7: readonly number[] = [
  EV_EFI_VARIABLE_DRIVER_CONFIG,
  EV_SEPARATOR,
  EV_EFI_VARIABLE_AUTHORITY,
  0x5,
  0x80000007,
]
/** RTMR0 gathers PCR1 and PCR7, so that configuration and boot order stand there too. */
const IN_RTMR0: readonly number[] = [
  ...IN_PCR7,
  0x1,
  0x7,
  0x8,
  0x9,
  0xa,
  0xb,
  0x10,
  0x11,
  0x80000002,
  0x80000008,
  0x80000009,
  0x8000000a,
  0x8000000b,
  0x8000000c,
]
const KEYS = ['PK', 'KEK', 'db', 'dbx'] as const

interface Found {
  readonly index: number
  readonly name: string
  readonly guid: string
  readonly data: Uint8Array
  readonly entry: DerivedEvent
}

/** Undefined where the log says nothing about Secure Boot. */
export function secureBoot(
  log: TcgLog,
  events: Events,
): { readonly conclusion: Conclusion; readonly value?: NamedValue } | undefined {
  const register = log.isCc ? 1 : 7
  const own = log.events.flatMap((event, index) =>
    event.register === register && event.type !== EV_NO_ACTION ? [{ event, index }] : [],
  )
  if (own.length === 0) return undefined
  const variables = own.flatMap(({ event, index }): Found[] => {
    const read =
      event.type === EV_EFI_VARIABLE_DRIVER_CONFIG
        ? variableIn({ ...log.slice, start: event.dataStart, end: event.end })
        : undefined
    const entry = read && eventAt(events, index)
    return read && entry
      ? [
          {
            index,
            name: read.name,
            guid: read.guid,
            data: log.slice.bytes.subarray(read.dataStart, read.dataEnd),
            entry,
          },
        ]
      : []
  })
  const said = variables.filter(({ name, guid }) => name === 'SecureBoot' && guid === EFI_GLOBAL)
  const name = log.isCc ? 'RTMR0' : 'PCR7'
  const doubt = doubtOf(log, events, own, variables, said)
  const saying = said.map(({ index }) => index)
  const [only] = said
  if (doubt || !only)
    return { conclusion: { name: 'SecureBoot', register: name, events: saying, because: doubt ?? say('log.sb.none') } }
  const value = String(only.data[0] === 1)
  return {
    conclusion: {
      name: 'SecureBoot',
      register: name,
      events: saying,
      value,
      because: say(only.data[0] === 1 ? 'log.sb.on' : 'log.sb.off'),
    },
    value: named('SecureBoot', value, only.entry, only.index),
  }
}

/** Why nothing may be concluded; undefined where all guards hold. */
function doubtOf(
  log: TcgLog,
  events: Events,
  own: readonly { readonly event: TcgEvent; readonly index: number }[],
  variables: readonly Found[],
  said: readonly Found[],
): Saying | undefined {
  const allowed = log.isCc ? IN_RTMR0 : IN_PCR7
  const stranger = own.find(({ event }) => !allowed.includes(event.type))
  if (stranger) return say('log.sb.type', { type: eventAt(events, stranger.index)?.type ?? '', at: stranger.index })
  const [only] = said
  if (!only) return say('log.sb.none')
  if (said.length > 1) return say('log.sb.several', { count: said.length })
  if (only.entry.covered !== 'whole') return say('log.sb.not-covered')
  if (only.data.length > 1 || (only.data[0] ?? 0) > 1) return say('log.sb.odd-value')
  if (own.some(({ index }) => eventAt(events, index)?.words === 'UEFI Debug Mode')) return say('log.sb.debug')
  // Told by its digest as well, which is known: shown under another type, the firmware's separator would let the system go on as if it were the firmware.
  const separators = own.filter(({ event }) => event.type === EV_SEPARATOR || isOfZeros(event))
  const first = separators[0]
  if (!first) return say('log.sb.no-separator')
  if (separators.length > 1 && !log.isCc) return say('log.sb.separators', { count: separators.length })
  const isPlain = ({ event, index }: (typeof separators)[number]) =>
    coveredAt(events, index) === 'whole' &&
    event.end - event.dataStart === 4 &&
    isZero(log.slice.bytes.subarray(event.dataStart, event.end))
  if (!separators.every(isPlain)) return say('log.sb.separator-odd')
  const keys = variables.filter(({ name }) => name === 'SecureBoot' || (KEYS as readonly string[]).includes(name))
  if (keys.some(({ index }) => index > first.index)) return say('log.sb.after-separator')
  if (keys.some(({ entry }) => entry.covered !== 'whole')) return say('log.sb.not-covered')
  for (const key of KEYS) {
    const count = variables.filter(({ name }) => name === key).length
    if (count > 1) return say('log.sb.key-several', { key, count })
  }
  if (only.data[0] !== 1) return undefined
  const missing = KEYS.slice(0, 3).find((key) => !variables.some(({ name, data }) => name === key && data.length > 0))
  if (missing !== undefined) return say('log.sb.key-missing', { key: missing })
  return own.some(({ event }) => event.type === EV_EFI_VARIABLE_AUTHORITY) ? undefined : say('log.sb.no-authority')
}
