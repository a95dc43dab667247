import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../core/place.ts'
import { tilingFaults } from '../bytes/layout.ts'
import { mapBack } from './map-back.ts'
import { encodePem, readPem } from './pem.ts'

const text = (from: string) => sliceOf('', new TextEncoder().encode(from))
const der = (length: number, seed = 1) => Uint8Array.from({ length }, (_, i) => (i * 31 + seed) & 255)
const reasons = (from: string) => readPem(text(from), '').problems.map((problem) => problem.because.text)
const CLEAN = { holes: [], overlaps: [] }

describe('PEM', () => {
  it('reads what it writes, and tiles it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 150 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        (all, newline) => {
          const slice = text(
            all
              .map((one) => encodePem('CERTIFICATE', one))
              .join('')
              .replaceAll('\n', newline),
          )
          const { blocks, node, problems, spaces } = readPem(slice, 'chain')
          expect(blocks.map((block) => bytesOf(block.slice))).toEqual(all)
          expect(problems).toEqual([])
          expect(spaces).toHaveLength(all.length)
          expect(new Set(spaces.map((space) => space.id)).size).toBe(all.length)
          expect(tilingFaults(node, slice)).toEqual(CLEAN)
        },
      ),
    )
  })
  it('reads forty blocks', () =>
    expect(readPem(text(encodePem('CERTIFICATE', der(100)).repeat(40)), '').blocks).toHaveLength(40))
  it('says what is odd, and reads on', () => {
    const one = encodePem('CERTIFICATE', der(100))
    expect(reasons(`${one}\0`)).toEqual(['pem.nul'])
    expect(reasons(`subject=CN\n${one}issuer=CN\n${one}`)).toEqual(['pem.text-outside', 'pem.text-outside'])
    expect(reasons(one.replace('END CERTIFICATE', 'END TRUSTED CERTIFICATE'))).toEqual(['pem.label-mismatch'])
    expect(reasons(`-----BEGIN CERTIFICATE-----\n${one}`)).toEqual(['pem.no-end'])
    expect(reasons(one.slice(0, 80))).toEqual(['pem.no-end'])
    expect(reasons(one.replace('\n', '\nProc-Type: 4\n\n'))).toEqual(['pem.headers'])
    expect(reasons(one.replace(/\n(?=[A-Za-z0-9+/=])/g, '').replace('=\n-', '=-'))).toEqual(['pem.line-width'])
    expect(reasons(one.replace('----\nA', '----\n\0'))).toEqual(['pem.body-not-base64'])
    for (const from of [`${one}\0`, `x${one}y${one}z`, `-----BEGIN CERTIFICATE-----\n${one}`])
      expect(readPem(text(from), '').blocks.length).toBe(from.split('END C').length - 1)
  })
  it('reads chains whose line breaks are escaped, and maps them back', () => {
    const chain = encodePem('CERTIFICATE', der(100)) + encodePem('CERTIFICATE', der(90, 5))
    const ways: readonly (readonly [string, string])[] = [
      [encodeURIComponent(chain), 'pem.percent-escaped'],
      [chain.replaceAll('\n', '%0A'), 'pem.percent-escaped'],
      [encodeURIComponent(chain).replaceAll('%20', '+'), 'pem.percent-escaped'],
      [chain.replaceAll('\n', '\\n'), 'pem.backslash-escaped'],
      [chain.replaceAll('\n', '\\r\\n'), 'pem.backslash-escaped'],
    ]
    for (const [escaped, reason] of ways) {
      const slice = text(escaped)
      const { blocks, node, problems, spaces } = readPem(slice, 'chain')
      expect(blocks.map((block) => bytesOf(block.slice))).toEqual([der(100), der(90, 5)])
      expect(problems.map((problem) => problem.because.text)).toEqual([reason])
      expect(tilingFaults(node, slice)).toEqual(CLEAN)
      const known = new Map(spaces.map((space) => [space.id, space]))
      const [first] = mapBack(known, { space: blocks[0]?.space.id ?? '', start: 0, end: 1 }).flatMap((range) =>
        mapBack(known, range),
      )
      expect(first?.space).toBe('')
      expect(escaped.slice(first?.start, first?.end)).toBe('AS')
    }
  })
  it('never throws, and tiles anything', () => {
    const token = fc.constantFrom(
      '-----BEGIN CERTIFICATE-----',
      '-----END CERTIFICATE-----',
      '-----BEGIN ',
      '-----',
      '-',
      '\n',
      'AAAA',
      '=',
      '%0A',
      '\\n',
      ':',
      '\0',
      'é',
    )
    fc.assert(
      fc.property(fc.array(token, { maxLength: 20 }), (parts) => {
        const slice = text(parts.join(''))
        expect(tilingFaults(readPem(slice, 'p').node, slice)).toEqual(CLEAN)
      }),
      { numRuns: 1000 },
    )
  })
  it('takes time in proportion to the length', () => {
    for (const unit of [
      '-----BEGIN',
      '-----BEGIN A-----',
      '-----BEGIN A-----\n-----END B',
      '-',
      '-----BEGIN A-----\nAAAA\n-----END A-----\n',
    ]) {
      const run = (count: number) => {
        const slice = text(unit.repeat(count))
        const from = process.cpuUsage()
        readPem(slice, '')
        const { user, system } = process.cpuUsage(from)
        return (user + system) / 1000
      }
      const best = (count: number) => Math.min(run(count), run(count), run(count), run(count))
      const size = Math.ceil(200_000 / unit.length)
      best(size)
      expect(best(4 * size), unit).toBeLessThan(10 * best(size) + 20)
    }
  })
})
