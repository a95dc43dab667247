import { expect, it } from 'vitest'
import { joinBytes } from '../../bytes/join.ts'
import { sliceOf } from '../../core/place.ts'
import { makeReport } from './attester.ts'
import { entry } from './index.ts'
import { marks } from './look.ts'

const formatOf = (bytes: Uint8Array) =>
  entry.detectors.flatMap((detect) => detect(sliceOf('', bytes)) ?? []).map(({ format, score }) => `${format} ${score}`)
const found = (bytes: Uint8Array) =>
  marks.flatMap(
    (mark) => mark.places?.(sliceOf('', bytes)).filter((at) => mark.end({ ...sliceOf('', bytes), start: at })) ?? [],
  )

it('knows a report by its shape, alone and in the buffer of the example', () => {
  for (const length of [0, 21, 256, 1024]) {
    const report = makeReport({ data: new Uint8Array(length).fill(0x61) })
    expect(formatOf(report)).toEqual(['keystone.report 0.85'])
    expect(formatOf(joinBytes([report, new Uint8Array(696)]))).toEqual(['keystone.report 0.7'])
  }
})
it('leaves other lengths, blank bytes and ordinary ones of the same length alone', () => {
  expect(formatOf(makeReport().slice(1))).toEqual([])
  expect(formatOf(new Uint8Array(1352))).toEqual([])
  expect(formatOf(new Uint8Array(1352).fill(7))).toEqual([])
  expect(formatOf(makeReport().fill(0, 0, 64))).toEqual([])
})
it('finds reports in the middle of others, at every remainder of six and beside zeros', () => {
  for (const length of [0, 1, 256, 1024])
    for (let before = 0; before < 14; before++) {
      const report = makeReport({ data: new Uint8Array(length).fill(before) })
      for (const fill of [0, 0x5a])
        expect(
          found(joinBytes([new Uint8Array(before).fill(fill), report, new Uint8Array(9)])),
          `${length} ${before}`,
        ).toContain(before)
    }
})
it('reads long zeros once', () => {
  expect(found(new Uint8Array(1_000_000))).toEqual([])
  expect(marks[0]?.places?.(sliceOf('', new Uint8Array(1_000_000))).length).toBeLessThan(4)
})
