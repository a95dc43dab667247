import { expect, it } from 'vitest'
import { makeLeaf, makeReport } from '../attester.ts'
import { issueDemoCrl } from '../demo-authorities.ts'
import { foreignAuthority } from '../demo-keys.ts'
import { ask, crlFile, leafFile, type Beside } from '../testing.ts'
import { authorityNotRevoked } from './authority-not-revoked.ts'

const withLists = async (...lists: Promise<Uint8Array>[]): Promise<Beside[]> => [
  await leafFile(makeLeaf()),
  ...(await Promise.all(lists.map(crlFile))),
]
const revoked = (at: string) => [{ authority: 'ask' as const, at: Date.parse(at) }]
const stale = { thisUpdate: Date.parse('2024-06-01T00:00:00Z'), nextUpdate: Date.parse('2025-06-01T00:00:00Z') }

it('passes with a current list that does not name it', async () =>
  expect(
    await ask(authorityNotRevoked, await makeReport(), { beside: await withLists(issueDemoCrl('Milan')) }),
  ).toMatchObject({ outcome: 'pass' }))
it('is not checked without a list, or with one that is stale, from the future, foreign or forged', async () => {
  const expected: readonly [Beside[], string][] = [
    [await withLists(), 'revocation.missing'],
    [await withLists(issueDemoCrl('Milan', stale)), 'crl.stale'],
    [await withLists(issueDemoCrl('Milan', { thisUpdate: Date.parse('2026-07-01T00:00:00Z') })), 'crl.future'],
    [await withLists(issueDemoCrl('Genoa')), 'crl.issuer'],
    [await withLists(issueDemoCrl('Milan', { issuerKey: foreignAuthority })), 'crl.signature'],
  ]
  for (const [beside, text] of expected)
    expect(await ask(authorityNotRevoked, await makeReport(), { beside }), text).toMatchObject({
      outcome: 'not-checked',
      because: { text },
    })
})
it('fails when a list names it, current or stale', async () => {
  expect(
    await ask(authorityNotRevoked, await makeReport(), {
      beside: await withLists(issueDemoCrl('Milan', { revoked: revoked('2026-02-01T00:00:00Z') })),
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'crl.listed' } })
  expect(
    await ask(authorityNotRevoked, await makeReport(), {
      beside: await withLists(issueDemoCrl('Milan', { ...stale, revoked: revoked('2025-01-01T00:00:00Z') })),
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'crl.listed-stale' } })
})
it('fails when it was revoked later: a report has no date', async () => {
  expect(
    await ask(authorityNotRevoked, await makeReport(), {
      beside: await withLists(
        issueDemoCrl('Milan', {
          thisUpdate: Date.parse('2026-08-01T00:00:00Z'),
          revoked: revoked('2026-07-15T00:00:00Z'),
        }),
      ),
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'snp.revoked-later' } })
})
it('a list that says nothing does not outweigh one that names it', async () => {
  expect(
    await ask(authorityNotRevoked, await makeReport(), {
      beside: await withLists(
        issueDemoCrl('Milan'),
        issueDemoCrl('Milan', { ...stale, revoked: revoked('2025-01-01T00:00:00Z') }),
      ),
    }),
  ).toMatchObject({ outcome: 'fail' })
})
it('a forged list does not accuse', async () => {
  expect(
    await ask(authorityNotRevoked, await makeReport(), {
      beside: await withLists(
        issueDemoCrl('Milan'),
        issueDemoCrl('Milan', { issuerKey: foreignAuthority, revoked: revoked('2026-02-01T00:00:00Z') }),
      ),
    }),
  ).toMatchObject({ outcome: 'pass' })
})
