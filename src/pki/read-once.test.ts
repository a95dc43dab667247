import { beforeEach, expect, it } from 'vitest'
import { joinBytes } from '../bytes/join.ts'
import { bytesOf, sliceOf, type Slice } from '../core/place.ts'
import { readCertificate } from './certificate.ts'
import { forgetCertificates, oncePerContent, sharedReading } from './read-once.ts'
import { chain } from './testing.ts'
import type { Certificate } from './types.ts'

const der = bytesOf((await chain()).leaf.slice)
let count = 0
const counted = oncePerContent((slice: Slice) => {
  count += 1
  // A new place each time: `readCertificate` itself keeps what it read.
  forgetCertificates()
  return readCertificate({ ...slice })
})

beforeEach(() => {
  forgetCertificates()
  count = 0
})

/** Far into another file. */
function elsewhere(bytes: Uint8Array): Slice {
  const before = new Uint8Array(77)
  const all = joinBytes([before, bytes, new Uint8Array(9)])
  return { space: 'other', bytes: all, start: before.length, end: before.length + bytes.length }
}

it('reads the same bytes once, and says of another place what reading there would say', () => {
  const first = counted(sliceOf('', der))
  const second = counted(elsewhere(der))
  expect(count).toBe(1)
  forgetCertificates()
  expect(second).toEqual(readCertificate(elsewhere(der)))
  expect(sharedReading(first as Certificate)).toBe(sharedReading(second as Certificate))
})
it('keeps nothing of a file: what is written to it afterwards changes no other reading', () => {
  const bytes = der.slice()
  counted(sliceOf('', bytes))
  bytes.fill(0)
  const second = counted(elsewhere(der))
  forgetCertificates()
  expect(second).toEqual(readCertificate(elsewhere(der)))
})
it('takes no changed byte for the same, wherever it stands, and keeps no faulty certificate', () => {
  counted(sliceOf('', der))
  for (let at = 0; at < der.length; at += 7) {
    const other = der.slice()
    other[at] = (other[at] ?? 0) ^ 1
    const found = counted(elsewhere(other))
    forgetCertificates()
    expect(found).toEqual(readCertificate(elsewhere(other)))
  }
  const faulty = joinBytes([der, Uint8Array.of(0)])
  forgetCertificates()
  count = 0
  for (let i = 0; i < 2; i++) expect(counted(elsewhere(faulty))?.faults).not.toEqual([])
  expect(count).toBe(2)
})
