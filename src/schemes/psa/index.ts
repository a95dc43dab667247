import { say } from '../../core/saying.ts'
import { subSlice } from '../../core/place.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { readCbor } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import { readCose, withoutTags } from '../../envelope/cose.ts'
import { FORMATS } from './formats.ts'

const HEAD = 65_536

/** A COSE message whose claims are those of PSA: the negative keys of the first profile, or the client id of RFC 9783. */
const token: Detector = (slice) => {
  const first = slice.bytes[slice.start]
  if (first !== 0xd2 && first !== 0xd1 && first !== 0x84 && first !== 0xd8) return undefined
  const { message } = readCose(subSlice(slice, 0, HEAD))
  const { item } = withoutTags(message?.payload && readCbor(embeddedSlice(message.payload).slice).item)
  if (item?.kind !== 'map') return undefined
  const has = (low: bigint, high: bigint) => item.entries.some(({ key }) => key.kind === 'int' && key.value >= low && key.value <= high)
  if (has(2394n, 2394n)) return { format: FORMATS.token, score: 0.95, because: say('detect.psa.rfc9783') }
  return has(-75010n, -75000n) ? { format: FORMATS.token, score: 0.95, because: say('detect.psa.profile1') } : undefined
}

/** PSA attestation tokens: small devices with a root of trust. */
export const entry: SchemeEntry = { id: 'psa', formats: Object.values(FORMATS), detectors: [token], load: async () => (await import('./scheme.ts')).scheme }
