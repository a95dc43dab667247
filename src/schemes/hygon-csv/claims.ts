import type { Chain, Conclusion, Derived, DerivedEvent } from '../../core/derived.ts'
import { eventsOf } from '../../core/events.ts'
import { bytesOf, rangeOf, type Slice, type Space } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { EvidenceFormat } from '../../core/scheme.ts'
import { jsonStringContent, member, parseJson, readJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { fromHex, sameBytes, toHex } from '../../bytes/layout.ts'
import { stepAt } from '../../core/steps.ts'
import { ChainWriter } from '../../crypto/chain.ts'
import { hashNow } from '../../crypto/hash.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { FORMATS } from './decoded.ts'

/** What verifiers print of a report of version 2, with the boot log that they replayed. Nobody signs it, so it is quoted; the log is replayed here. */

/** Most events, and most claims. */
const MOST = 20_000
const LISTED = 200
/** Bytes of an SM3 digest. */
const SIZE = 32

interface ClaimedEvent {
  readonly node: JsonValue
  readonly path: string
  readonly index: number
  readonly type: string
  readonly words: string
  readonly digest: Uint8Array | undefined
  readonly data: Uint8Array | undefined
  /** What was opened to read the data. */
  readonly spaces: readonly Space[]
}

export interface DecodedClaims {
  readonly slice: Slice
  readonly value: JsonValue | undefined
  readonly events: readonly ClaimedEvent[]
}

function eventsIn(slice: Slice, value: JsonValue | undefined): ClaimedEvent[] {
  const list = member(value, 'uefi_event_logs')
  return (list?.kind === 'array' ? list.items.slice(0, MOST) : []).flatMap((node, i): ClaimedEvent[] => {
    const index = member(node, 'index')
    const number = index?.kind === 'number' ? Number(index.text) : Number.NaN
    if (!Number.isInteger(number)) return []
    const digests = member(node, 'digests')
    const sm3 =
      digests?.kind === 'array' ? digests.items.find((one) => textOf(member(one, 'alg')) === 'SM3') : undefined
    const digest = fromHex(textOf(member(sm3, 'digest')) ?? '-')
    const event = member(node, 'event')
    const content = event?.kind === 'string' ? jsonStringContent(slice, event) : undefined
    const read = content && readBase64(content.slice)
    const details = member(node, 'details')
    return [
      {
        node,
        path: `uefi_event_logs[${i}]`,
        index: number,
        type: textOf(member(node, 'type_name')) ?? '',
        words: (textOf(member(details, 'string')) ?? textOf(member(details, 'unicode_name')) ?? '').slice(0, 200),
        digest: digest?.length === SIZE ? digest : undefined,
        data: read && bytesOf(read.slice),
        spaces: content && read ? [...content.spaces, read.space] : [],
      },
    ]
  })
}

/** Events say their register by its number; what is not extended is EV_NO_ACTION. */
const extendsA = ({ index, type }: ClaimedEvent, register: number) => index === register && type !== 'EV_NO_ACTION'

/** Logs of confidential guests count registers from the first that is extended, one behind the report's own names. */
const logName = (register: number) => `RTMR${register - 1}`
const REGISTERS = [1, 2, 3, 4] as const

function chainOf(register: number, events: readonly ClaimedEvent[]): Chain {
  const initial = new Uint8Array(SIZE)
  const own = events.flatMap((one, i) => (extendsA(one, register) ? [{ i, digest: one.digest }] : []))
  const writer = new ChainWriter('sm3', initial)
  const reached: number[] = []
  for (const { i, digest } of own) {
    if (!digest) break
    writer.extend(digest)
    reached.push(i)
  }
  return {
    register: logName(register),
    hash: 'sm3',
    initial,
    events: reached,
    ...writer.done(),
    isIncomplete: reached.length < own.length,
  }
}

function derive({ slice, value, events }: DecodedClaims): Derived {
  const chains = REGISTERS.map((register) => chainOf(register, events))
  const shown = events.map((one): DerivedEvent => {
    const isCovered =
      one.data !== undefined && one.digest !== undefined && sameBytes(hashNow('sm3', one.data), one.digest)
    return {
      path: one.path,
      ranges: [one.node.range],
      register: REGISTERS.some((register) => extendsA(one, register)) ? logName(one.index) : '',
      type: one.type,
      // What a verifier wrote beside the data is covered only where the data say it.
      words: isCovered && !saysWords(one.data, one.words) ? '' : one.words,
      covered: isCovered ? 'whole' : 'none',
      coveredRanges: [],
    }
  })
  const conclusions = REGISTERS.map((register, i): Conclusion => {
    const chain = chains[i]
    const found = toHex((chain && stepAt(chain.values, -1)) ?? new Uint8Array(SIZE))
    const claimed = textOf(member(value, `rtmr${register}`))?.toLowerCase()
    const isSame = chain?.isIncomplete === false && found === claimed
    return {
      name: `RTMR${register}`,
      because: say(isSame ? 'csv.claims-replay' : 'csv.claims-differ', { name: `RTMR${register}`, found }),
      ...(isSame ? { value: found } : {}),
      register: logName(register),
      events: chain?.events ?? [],
    }
  })
  const whole = shown.filter(({ covered }) => covered === 'whole').length
  return {
    registers: chains.map(({ register, values, initial }) => ({
      name: register,
      hash: 'sm3',
      value: stepAt(values, -1) ?? initial,
    })),
    chains: chains.filter(({ values }) => values.ends.length > 0),
    events: eventsOf(shown),
    values: [],
    conclusions,
    log: 'firmware',
    summary: {
      end: slice.end - slice.start,
      padding: 0,
      algorithms: ['sm3'],
      coverage: { whole, part: 0, none: shown.length - whole },
    },
  }
}

const saysWords = (data: Uint8Array | undefined, words: string): boolean =>
  data !== undefined && ['utf-8', 'utf-16le'].some((form) => new TextDecoder(form).decode(data).includes(words))

/** Every scalar outside the log, by its dotted name. */
function flat(value: JsonValue | undefined, path = ''): { readonly name: string; readonly value: string }[] {
  if (value?.kind !== 'object') return []
  return value.members.flatMap(({ key, value: own }) => {
    const name = path === '' ? key : `${path}.${key}`
    if (own.kind === 'string' || own.kind === 'number') return [{ name, value: own.text.slice(0, 400) }]
    return own.kind === 'object' && path === '' ? flat(own, name) : []
  })
}

export const claimsFormat: EvidenceFormat<DecodedClaims> = {
  id: FORMATS.claims,
  message: 'supporting',
  title: 'format.csv.claims',
  facts: ({ value }) => ({ measurements: [], claims: flat(value).slice(0, LISTED) }),
  derive: (decoded) => Promise.resolve(derive(decoded)),
  decode(slice) {
    const { value } = parseJson(slice)
    const events = eventsIn(slice, value)
    const reading = readJson(slice, '', 'CSV claims')
    return {
      tree: () => reading.node,
      decoded: { slice, value, events },
      spaces: () => events.flatMap(({ spaces }) => spaces),
      problems: [{ because: say('csv.claims-unsigned'), range: rangeOf(slice) }],
      inner: [],
      expand: (path, from, to) => reading.expand(path, from, to) ?? [],
    }
  },
}
