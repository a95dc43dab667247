import { describe, expect, it } from 'vitest'
import { sliceOf } from '../../../core/place.ts'
import { boolean, enumerated, integer, octetString, oid, sequence } from '../../../bytes/der-writer.ts'
import { tilingFaults } from '../../../bytes/layout.ts'
import type { Certificate } from '../../../pki/types.ts'
import { en } from '../texts-fields.en.ts'
import { PCK_EXTENSION, pckExtensionReaders, readPckExtensions } from './pck.ts'
import { docsIn, nodesIn, run } from './testing.ts'

const pair = (arc: string, value: Uint8Array) => sequence(oid(`${PCK_EXTENSION}.${arc}`), value)
const components = (svn: (i: number) => number) =>
  Array.from({ length: 16 }, (_, i) => pair(`2.${i + 1}`, integer(svn(i))))
const parts = {
  ppid: pair('1', octetString(run(16, 1))),
  tcb: pair(
    '2',
    sequence(...components((i) => i + 1), pair('2.17', integer(13)), pair('2.18', octetString(run(16, 2)))),
  ),
  pceId: pair('3', octetString(run(2, 0))),
  fmspc: pair('4', octetString(run(6, 3))),
  sgxType: pair('5', enumerated(1)),
  instance: pair('6', octetString(run(16, 4))),
  configuration: pair(
    '7',
    sequence(pair('7.1', boolean(true)), pair('7.2', boolean(false)), pair('7.3', boolean(true))),
  ),
}
const extension = (changed: Partial<Record<keyof typeof parts, Uint8Array | null>> = {}) =>
  sequence(...Object.entries({ ...parts, ...changed }).flatMap(([, value]) => (value === null ? [] : [value])))

/** Only what the reader looks at. */
const certificate = (value: Uint8Array): Certificate => {
  const slice = sliceOf('', value)
  return {
    slice,
    tbs: slice,
    extensions: [
      { oid: PCK_EXTENSION, critical: false, value: slice, range: { space: '', start: 0, end: value.length } },
    ],
  } as unknown as Certificate
}
const reasons = (value: Uint8Array) =>
  readPckExtensions(certificate(value)).faults.map((fault) => [fault.because.text, fault.because.params['member']])

describe('PCK extension', () => {
  it('reads every value', () => {
    const read = readPckExtensions(certificate(extension()))
    expect(read.faults).toEqual([])
    expect(read.components).toEqual(Array.from({ length: 16 }, (_, i) => i + 1))
    expect([
      read.pceSvn?.value,
      read.ppid?.value[0],
      read.cpuSvn?.value[0],
      read.fmspc?.value.length,
      read.pceId?.value.length,
      read.sgxType?.value,
      read.platformInstanceId?.value[0],
    ]).toEqual([13, 1, 2, 6, 2, 1, 4])
    expect([
      read.configuration?.dynamicPlatform?.value,
      read.configuration?.cachedKeys?.value,
      read.configuration?.smtEnabled?.value,
    ]).toEqual([true, false, true])
  })

  it('does without what only multi-package platforms have', () => {
    const read = readPckExtensions(certificate(extension({ instance: null, configuration: null })))
    expect([read.faults, read.platformInstanceId, read.configuration]).toEqual([[], undefined, undefined])
  })

  it('says what is missing, doubled or of another form, and never takes it as zero', () => {
    expect(reasons(extension({ fmspc: null }))).toEqual([['pck.missing', 'FMSPC']])
    expect(reasons(extension({ fmspc: pair('4', octetString(run(5, 3))) }))).toEqual([['pck.malformed', 'FMSPC']])
    expect(reasons(sequence(...Object.values(parts), parts.fmspc))).toEqual([['pck.duplicate', 'FMSPC']])
    const short = certificate(
      extension({
        tcb: pair(
          '2',
          sequence(
            ...components(() => 1).slice(0, 15),
            pair('2.17', integer(13)),
            pair('2.18', octetString(run(16, 2))),
          ),
        ),
      }),
    )
    expect(readPckExtensions(short).components[15]).toBe(-1)
    expect(
      reasons(
        extension({
          tcb: pair(
            '2',
            sequence(...components(() => 256), pair('2.17', integer(13)), pair('2.18', octetString(run(16, 2)))),
          ),
        }),
      ).length,
    ).toBe(16)
    expect(
      readPckExtensions({ ...certificate(extension()), extensions: [] }).faults.map((fault) => fault.because.text),
    ).toEqual(['pck.missing'])
    for (let length = 0; length < extension().length; length++)
      expect(readPckExtensions(certificate(extension().subarray(0, length))).faults.length).toBeGreaterThan(0)
  })

  it('shows every value under its own path and tiles, for cuts too', () => {
    const whole = extension()
    const show = pckExtensionReaders[PCK_EXTENSION]
    if (!show) throw new Error('no reader')
    for (let length = 1; length <= whole.length; length++) {
      const slice = sliceOf('', whole.subarray(0, length))
      expect(tilingFaults(show(slice, 'x'), slice)).toEqual({ holes: [], overlaps: [] })
    }
    const tree = show(sliceOf('', whole), 'tbsCertificate.extensions[0].value')
    const paths = nodesIn(tree).map((node) => node.path)
    expect(new Set(paths).size).toBe(paths.length)
    const read = readPckExtensions(certificate(whole))
    for (const located of [read.ppid, read.fmspc, read.pceSvn, read.configuration?.smtEnabled])
      expect(paths).toContain(located?.path)
    expect(docsIn(tree).filter((doc) => !doc.startsWith('field.der.') && !(doc in en))).toEqual([])
  })
})

describe('entries that Intel does not publish', () => {
  const odd = (value: Uint8Array) =>
    readPckExtensions(certificate(value)).unknown.map((one) => [one.because.text, one.because.params['member']])
  it('are told, wherever they stand', () => {
    expect(odd(extension())).toEqual([])
    expect(odd(extension({ instance: null, configuration: null }))).toEqual([])
    expect(odd(sequence(...Object.values(parts), pair('8', octetString(run(1, 1)))))).toEqual([
      ['pck.unknown-entry', `${PCK_EXTENSION}.8`],
    ])
    expect(odd(extension({ configuration: pair('7', sequence(pair('7.4', boolean(true)))) }))).toEqual([
      ['pck.unknown-entry', `${PCK_EXTENSION}.7.4`],
    ])
    expect(odd(extension({ tcb: pair('2', sequence(...components((i) => i + 1), pair('2.19', integer(1)))) }))).toEqual(
      [['pck.unknown-entry', `${PCK_EXTENSION}.2.19`]],
    )
    // In the wrong list, under another name, or as no pair at all.
    expect(odd(sequence(...Object.values(parts), pair('7.1', boolean(true)))).length).toBe(1)
    expect(odd(sequence(...Object.values(parts), sequence(oid('1.2.3'), integer(1)))).length).toBe(1)
    expect(odd(sequence(...Object.values(parts), integer(1))).length).toBe(1)
    expect(odd(Uint8Array.from([...extension(), 0])).length).toBe(1)
  })
})
