import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { looksLikeAppraisal, looksLikeCaseFile, readCaseFile, writeCaseFile, type SavedCase } from './case-file.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const given: SavedCase = {
  files: [
    { name: 'quote.bin', bytes: Uint8Array.from({ length: 300 }, (_, i) => i & 255), origin: 'dropped' },
    { name: 'empty', bytes: new Uint8Array(), origin: 'bundled' },
  ],
  at: Date.parse('2025-07-04T10:10:31Z'),
  policy: { schema: 'policy/1', nonce: '00ff' },
}

describe('a case file', () => {
  it('gives back what was written, and claims nothing as bundled', () => {
    const text = bytesOf(writeCaseFile(given, undefined))
    expect(looksLikeCaseFile(text)).toBe(true)
    const { opened } = readCaseFile(text)
    expect(opened).toEqual({ ...given, files: [given.files[0], { ...given.files[1], origin: 'dropped' }] })
  })
  it('says what the instant was, where that is known', () => {
    expect(readCaseFile(bytesOf(writeCaseFile({ ...given, atSource: 'now' }, undefined))).opened).toMatchObject({
      at: given.at,
      atSource: 'now',
    })
    expect(
      readCaseFile(bytesOf(writeCaseFile({ ...given, atSource: 'never' as never }, undefined))).opened,
    ).not.toHaveProperty('atSource')
    expect(
      readCaseFile(bytesOf(writeCaseFile({ ...given, at: undefined, atSource: 'now' }, undefined))).opened,
    ).not.toHaveProperty('atSource')
  })
  it('keeps the stored appraisal apart', () => {
    const stored = {
      ...(JSON.parse(writeCaseFile(given, undefined)) as object),
      appraisal: {
        id: 'x',
        headline: 'S6',
        engine: '9',
        sentence: 'Genuine',
        checks: [{ id: 'a.b', subject: 0, outcome: 'pass' }],
      },
    }
    const read = readCaseFile(bytesOf(JSON.stringify(stored)))
    expect(read.opened).toEqual(readCaseFile(bytesOf(writeCaseFile(given, undefined))).opened)
    expect(read.wrong === undefined && read.record).toEqual({
      id: 'x',
      headline: 'S6',
      engine: '9',
      outcomes: { 'a.b#0': 'pass' },
    })
  })
  it('says what is wrong with it', () => {
    expect(readCaseFile(bytesOf('{')).wrong).toBe('damaged')
    expect(readCaseFile(bytesOf('{"schema":"other"}')).wrong).toBe('not-a-case-file')
    expect(readCaseFile(bytesOf('{"schema":"attestation-case/1","files":[]}')).wrong).toBe('no-bytes')
    expect(readCaseFile(bytesOf('{"schema":"attestation-case/1","files":[{"name":"a","base64":"!"}]}')).wrong).toBe(
      'damaged',
    )
    expect(
      readCaseFile(
        bytesOf(
          '{"schema":"attestation-case/1","files":[{"name":"a","base64":"AA=="}],"policy":{"schema":"policy/1","nonse":"00"}}',
        ),
      ).wrong,
    ).toBe('damaged')
    expect(readCaseFile(bytesOf('{"schema":"appraisal/1","headline":"S6"}')).wrong).toBe('no-bytes')
  })
  it('tells an appraisal without bytes by its first member', () => {
    expect(looksLikeAppraisal(bytesOf('{\n  "schema": "appraisal/1",'))).toBe(true)
    expect(looksLikeAppraisal(bytesOf('{"note":"appraisal/1"}'))).toBe(false)
  })
  it('never throws', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        readCaseFile(bytesOf(text))
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(
        fc.record({
          schema: fc.constant('attestation-case/1'),
          files: fc.anything(),
          at: fc.anything(),
          policy: fc.anything(),
          appraisal: fc.anything(),
        }),
        (value) => {
          let text: string | undefined
          try {
            text = JSON.stringify(value)
          } catch {
            /* BigInt and rings cannot come as JSON */
          }
          if (text !== undefined) readCaseFile(bytesOf(text))
        },
      ),
      { numRuns: 500 },
    )
  })
})
