import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { CborItem } from '../../../bytes/cbor.ts'
import { hexOffset } from '../../../bytes/layout.ts'
import { problemOf } from '../../../envelope/cose-questions.ts'
import { readCose, valueAt, withoutTags } from '../../../envelope/cose.ts'
import type { CcaToken } from '../decoded.ts'
import { KEY_PLATFORM, KEY_REALM } from '../formats.ts'
import type { PreparedCca } from '../prepare.ts'
import { cite, inPart, parts, RMM } from './shared.ts'

/** The message that stands under that key without a byte string around it: older tools wrote it so. */
function bareMessage(token: CcaToken, key: number): CborItem | undefined {
  const { item } = withoutTags(token.reading.item)
  const value = item?.kind === 'map' ? valueAt(item.entries, key) : undefined
  const found = value?.kind === 'array' && value.items[0]?.kind === 'int' ? value.items[1] : value
  return found && readCose({ ...token.slice, start: found.range.start, end: found.range.end }).message
    ? found
    : undefined
}

/** Are both tokens whole COSE messages with a map inside? */
export const wellFormed: CheckDefinition<PreparedCca> = {
  id: 'cca.well-formed',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: RMM('A7.2.1'),
  run(prepared) {
    const { token } = prepared
    const problem = problemOf([
      token.reading,
      ...parts(prepared).flatMap((part) => [part.reading, ...(part.payload ? [part.payload.reading] : [])]),
    ])
    if (problem) return { outcome: 'fail', because: problem.because, cites: cite(prepared, '', problem.range) }
    const missing =
      token.kind === 'both' && !token.platform
        ? 'platform'
        : token.kind !== 'platform' && !token.realm
          ? 'realm'
          : undefined
    const bare = missing && bareMessage(token, missing === 'platform' ? KEY_PLATFORM : KEY_REALM)
    if (bare)
      return {
        outcome: 'fail',
        because: say('cca.not-wrapped', { key: String(missing === 'platform' ? KEY_PLATFORM : KEY_REALM) }),
        cites: cite(prepared, '', bare.range),
      }
    if (missing)
      return {
        outcome: 'fail',
        because: say(missing === 'platform' ? 'cca.platform-missing' : 'cca.realm-missing'),
        cites: cite(prepared, '', rangeOf(token.slice)),
      }
    for (const part of parts(prepared)) {
      if (!part.message)
        return {
          outcome: 'fail',
          because: say('cose.structure'),
          cites: cite(prepared, part.path, rangeOf(part.slice)),
        }
      if (!part.message.payload)
        return { outcome: 'fail', because: say('cose.detached'), cites: cite(prepared, part.path, rangeOf(part.slice)) }
      if (!part.payload)
        return {
          outcome: 'fail',
          because: say('cbor.not-a-map', { at: hexOffset(part.message.payload.start) }),
          cites: cite(prepared, inPart(part, 'payload'), rangeOf(part.message.payload)),
        }
      // Inside a byte string nothing may follow; behind the outermost item it is a note.
      const ends = [...(part.path === '' ? [] : [{ reading: part.reading, slice: part.slice }]), part.payload]
      const early = ends.find(({ reading, slice }) => reading.end < slice.end)
      if (early)
        return {
          outcome: 'fail',
          because: say('cbor.trailing', {
            count: early.slice.end - early.reading.end,
            at: hexOffset(early.reading.end),
          }),
          cites: cite(prepared, part.path, {
            space: early.slice.space,
            start: early.reading.end,
            end: early.slice.end,
          }),
        }
    }
    return { outcome: 'pass', because: say('cca.well-formed.holds'), cites: cite(prepared, '', rangeOf(token.slice)) }
  },
}
