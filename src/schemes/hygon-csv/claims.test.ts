import { expect, it } from 'vitest'
import { joinBytes } from '../../bytes/join.ts'
import { tilingFaults, toHex } from '../../bytes/layout.ts'
import { eachEvent } from '../../core/events.ts'
import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { sm3 } from '../../crypto/sm3.ts'
import { appraise } from '../../engine/appraise.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { corpus, evidenceFile } from '../../testing/evidence.ts'
import { claimsFormat } from './claims.ts'
import { entry } from './index.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const data = utf8('Calling EFI Application')
const event = (index: number, digest: Uint8Array, type = 'EV_EFI_ACTION') => ({
  details: { string: 'Calling EFI Application' },
  digests: [{ alg: 'SM3', digest: toHex(digest) }],
  event: toBase64(data),
  index,
  type_name: type,
})
const extended = (...digests: readonly Uint8Array[]) =>
  toHex(digests.reduce<Uint8Array>((value, digest) => sm3(joinBytes([value, digest])), new Uint8Array(32)))
const other = sm3(utf8('the bytes of an application'))

function claims(bend: object = {}): Uint8Array {
  const zeros = '00'.repeat(32)
  return utf8(
    JSON.stringify({
      build: 2339,
      measure: toHex(sm3(data)),
      policy: { nodbg: 1 },
      rtmr1: extended(sm3(data), other),
      rtmr2: extended(sm3(data)),
      rtmr3: zeros,
      rtmr4: zeros,
      rtmr_version: 1,
      serial_number: 'DEMO0000000001',
      sig_usage: '02100000',
      uefi_event_logs: [event(1, sm3(data)), event(2, sm3(data)), event(1, other), event(1, other, 'EV_NO_ACTION')],
      user_pubkey_digest: zeros,
      version: '2',
      vm_id: '00'.repeat(16),
      ...bend,
    }),
  )
}
async function derived(bytes: Uint8Array) {
  const { decoded } = claimsFormat.decode(sliceOf('', bytes), { hints: {} })
  return claimsFormat.derive?.(decoded)
}

it('replays the log to the registers that the claims name, and says which words their digests cover', async () => {
  const found = await derived(claims())
  expect(found?.conclusions.map(({ name, because }) => [name, because.text])).toEqual(
    ['RTMR1', 'RTMR2', 'RTMR3', 'RTMR4'].map((name) => [name, 'csv.claims-replay']),
  )
  expect(found && [...eachEvent(found.events)].map(({ covered, register }) => [register, covered])).toEqual([
    ['RTMR0', 'whole'],
    ['RTMR1', 'whole'],
    ['RTMR0', 'none'],
    ['', 'none'],
  ])
  expect(found?.registers.map(({ name }) => name)).toEqual(['RTMR0', 'RTMR1', 'RTMR2', 'RTMR3'])
})
it('says where it does not', async () => {
  const found = await derived(claims({ rtmr2: '11'.repeat(32) }))
  expect(found?.conclusions.map(({ value }) => value !== undefined)).toEqual([true, false, true, true])
})
it('is quoted and no evidence', async () => {
  const bytes = claims()
  expect(entry.detectors.flatMap((detect) => detect(sliceOf('', bytes)) ?? [])[0]?.format).toBe('csv.claims')
  const { tree } = claimsFormat.decode(sliceOf('', bytes), { hints: {} })
  expect(tilingFaults(tree(), sliceOf('', bytes))).toEqual({ holes: [], overlaps: [] })
  const view = await appraise([{ name: 'claims.json', bytes }], {
    at: Date.parse('2026-06-01T00:00:00Z'),
    atSource: 'given',
    policy: NO_POLICY,
  })
  expect(view.headline).toBe('SN')
})
it.each(['{}', '{"uefi_event_logs":[1,{"index":"x"},{"index":1,"digests":[{"alg":"SM3","digest":"zz"}]}]}', '['])(
  'reads odd text without throwing: %s',
  async (text) => expect((await derived(utf8(text)))?.registers).toHaveLength(4),
)
it.runIf(corpus !== undefined)('a real one replays', async () => {
  const found = await derived(evidenceFile('domestic/csv-v2-claims-anolis.json'))
  expect(found?.conclusions.every(({ value }) => value !== undefined)).toBe(true)
  console.log(`csv claims: ${found?.events.count} events, ${found?.summary?.coverage.whole} covered`)
})

it('shows words as covered only where the hashed data say them', async () => {
  const lie = { ...event(1, sm3(data)), details: { string: 'Secure Boot is on' } }
  const wide = Uint8Array.from([...utf8('Loader')].flatMap((byte) => [byte, 0]))
  const named = { ...event(1, sm3(wide)), details: { unicode_name: 'Loader' }, event: toBase64(wide) }
  const found = await derived(claims({ uefi_event_logs: [event(1, sm3(data)), lie, named] }))
  expect(found && [...eachEvent(found.events)].map(({ words, covered }) => [words, covered])).toEqual([
    ['Calling EFI Application', 'whole'],
    ['', 'whole'],
    ['Loader', 'whole'],
  ])
})
