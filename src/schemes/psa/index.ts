import { say } from '../../core/saying.ts'
import { subSlice, type Slice } from '../../core/place.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { onBytes } from '../../bytes/head.ts'
import { readCbor } from '../../bytes/cbor.ts'
import { embeddedSlice } from '../../bytes/cbor-node.ts'
import { readCose, withoutTags } from '../../envelope/cose.ts'
import { FORMATS } from './formats.ts'

const HEAD = 65_536

/** How often two bytes, then one between two bounds, stand in a slice: keys as they are written, found even where the map around them is damaged. */
function count(slice: Slice, prefix: readonly number[], low: number, high: number): number {
  let found = 0
  const end = Math.min(slice.end, slice.start + HEAD)
  for (let at = slice.start; at + prefix.length < end; at++) {
    const last = slice.bytes[at + prefix.length] ?? 0
    if (prefix.every((byte, i) => slice.bytes[at + i] === byte) && last >= low && last <= high) found++
  }
  return found
}

/** A COSE message whose claims are those of PSA: the negative keys of the first profile, or the client id of RFC 9783. */
const token: Detector = (slice) => {
  const first = slice.bytes[slice.start]
  if (first !== 0xd2 && first !== 0xd1 && first !== 0x84 && first !== 0xd8) return undefined
  const { message } = readCose(subSlice(slice, 0, HEAD))
  if (!message?.payload) return undefined
  const { item } = withoutTags(readCbor(embeddedSlice(message.payload).slice).item)
  const has = (low: bigint, high: bigint) =>
    item?.kind === 'map' && item.entries.some(({ key }) => key.kind === 'int' && key.value >= low && key.value <= high)
  // The platform's token of CCA 2.0 names a client too, beside a claim that PSA does not have.
  if (has(2394n, 2394n) && !has(2401n, 2402n))
    return { format: FORMATS.token, score: 0.95, because: say('detect.psa.rfc9783') }
  if (has(-75010n, -75000n)) return { format: FORMATS.token, score: 0.95, because: say('detect.psa.profile1') }
  // 3a 0001 24f7..2501 are -75000..-75010; 19 095a..0960 are 2394..2400, of which CCA's platform uses some, together with 2401.
  if (count(slice, [0x3a, 0x00, 0x01], 0x24, 0x25) >= 3)
    return { format: FORMATS.token, score: 0.75, because: say('detect.psa.profile1') }
  return count(slice, [0x19, 0x09], 0x5a, 0x60) >= 3 && count(slice, [0x19, 0x09], 0x61, 0x62) === 0
    ? { format: FORMATS.token, score: 0.75, because: say('detect.psa.rfc9783') }
    : undefined
}

/** PSA attestation tokens: small devices with a root of trust. */
export const entry: SchemeEntry = {
  id: 'psa',
  formats: Object.values(FORMATS),
  detectors: [onBytes(token)],
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
