import { fc } from '../../../testing/seeded.ts'
import { expect, it } from 'vitest'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { tilingFaults } from '../../../bytes/layout.ts'
import { sliceOf } from '../../../core/place.ts'
import { openCase } from '../../../engine/case.ts'
import { makeLeaf, makeReport } from '../attester.ts'
import { issueAuthority } from '../demo-authorities.ts'
import { decodeProtobuf, protobufParts } from './protobuf.ts'

const varint = (value: number): Uint8Array =>
  Uint8Array.from(value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)])
const field = (number: number, bytes: Uint8Array) =>
  joinBytes([Uint8Array.of((number << 3) | 2), varint(bytes.length), bytes])
const formats = async (bytes: Uint8Array) =>
  (await openCase([{ name: 'x', bytes }])).artifacts.map((artifact) => artifact.format)

it('opens report and certificate, together or apart, nested or not', async () => {
  const report = await makeReport({ product: 'Turin', version: 5 })
  const leaf = await makeLeaf({ product: 'Turin' })
  const layer = field(2, new TextEncoder().encode('another layer'))
  expect(await formats(joinBytes([field(1, joinBytes([field(1, report), layer])), field(3, field(1, leaf))]))).toEqual([
    'amd.snp-envelope',
    'amd.snp-report',
    'amd.snp-certificate',
  ])
  expect(await formats(joinBytes([field(1, field(1, report)), layer]))).toEqual(['amd.snp-envelope', 'amd.snp-report'])
  expect(await formats(field(1, field(1, field(1, leaf))))).toEqual(['amd.snp-envelope', 'amd.snp-certificate'])
})
it("opens authorities beside a chip's certificate, but takes no file for evidence because of them", async () => {
  const [leaf, ask, ark] = [
    await makeLeaf(),
    await issueAuthority('ask', 'Milan'),
    await issueAuthority('ark', 'Milan'),
  ]
  expect(await formats(joinBytes([field(1, leaf), field(2, ask), field(3, ark)]))).toEqual([
    'amd.snp-envelope',
    'amd.snp-certificate',
    'x509.certificate',
    'x509.certificate',
  ])
  expect((await formats(joinBytes([field(2, ask), field(3, ark)]))).includes('amd.snp-envelope')).toBe(false)
})
it('takes nothing whose length does not fit', async () => {
  const report = await makeReport()
  expect(protobufParts(sliceOf('', joinBytes([field(1, report.slice(1))])))).toEqual([])
  expect(protobufParts(sliceOf('', joinBytes([Uint8Array.of(0x0a), varint(1185), report])))).toEqual([])
  expect(protobufParts(sliceOf('', report))).toEqual([])
})
it('never throws and always tiles', async () => {
  const whole = field(1, await makeReport())
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(1300), (noise, cut) => {
      for (const bytes of [noise, joinBytes([whole, noise]), whole.slice(0, cut)])
        expect(tilingFaults(decodeProtobuf(sliceOf('', bytes)).tree, sliceOf('', bytes))).toEqual({
          holes: [],
          overlaps: [],
        })
    }),
    { numRuns: 100 },
  )
})
