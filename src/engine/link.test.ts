import { fc } from '../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { LINK_VERSION, readLink, UPGRADERS, writeLink, type LinkState } from './link.ts'

const dictionary = new TextEncoder().encode('the first dictionary')
const open = (fragment: string) => readLink(fragment, () => dictionary)
const state: LinkState = {
  files: [
    { name: 'quote.bin', bytes: Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) & 255), origin: 'dropped' },
    { name: 'crl.der', bytes: Uint8Array.of(48, 0), origin: 'bundled' },
  ],
  left: [{ kind: 'tcb-info', key: '50806f000000', sha256: 'ab'.repeat(32) }],
  locale: 'zh',
  panel: 'fields',
  selection: { artifact: 0, path: 'body.mrTd' },
  at: 1751587200000,
  policy: { schema: 'policy/1', nonce: '00ff' },
}

describe('a link', () => {
  it('opens to what was written', () => {
    const fragment = writeLink(state, dictionary) ?? ''
    expect(open(fragment).state).toEqual(state)
    expect(open(`#${fragment}`).state).toEqual(state)
  })
  it('opens for any files', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 4 }), (files) => {
        const given: LinkState = {
          files: files.map((bytes, i) => ({ name: `f${i}`, bytes, origin: 'dropped' as const })),
          left: [],
        }
        expect(open(writeLink(given, dictionary) ?? '').state).toEqual(given)
      }),
      { numRuns: 200 },
    )
  })
  it('says what is wrong with it', () => {
    const fragment = writeLink(state, dictionary) ?? ''
    expect(open('').fault).toBe('not-a-link')
    expect(open('case=1').fault).toBe('not-a-link')
    expect(open(fragment.replace(/^1/, '99')).fault).toBe('unknown-version')
    for (const cut of [1, 10, 200]) expect(open(fragment.slice(0, -cut)).fault).toBe('truncated')
    const last = fragment.slice(-1)
    expect(open(fragment.slice(0, -1) + (last === 'A' ? 'B' : 'A')).fault).toBe('damaged')
    expect(open(`${fragment}AA`).fault).toBe('damaged')
  })
  it('refuses a misspelt expectation instead of expecting nothing', () => {
    const wrong = { ...state, policy: { schema: 'policy/1', nonse: '00' } } as unknown as LinkState
    expect(open(writeLink(wrong, dictionary) ?? '').fault).toBe('policy')
  })
  it('is not written when it would be too large to open', () => {
    const noise = globalThis.crypto.getRandomValues(new Uint8Array(65_536))
    expect(
      writeLink(
        { files: [{ name: 'big', bytes: Uint8Array.from([...noise, ...noise]), origin: 'dropped' }], left: [] },
        dictionary,
      ),
    ).toBeUndefined()
  })
  it('never throws, whatever stands behind the #', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        open(text)
        open(`1.${text.length.toString(36)}.0.${text}`)
      }),
      { numRuns: 1000 },
    )
  })
  it('has an upgrader for every older version', () => {
    for (let version = 1; version < LINK_VERSION; version++)
      expect(UPGRADERS[version], `from version ${version}`).toBeTypeOf('function')
  })
})
