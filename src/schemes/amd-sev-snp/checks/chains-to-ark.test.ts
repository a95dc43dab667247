import { expect, it } from 'vitest'
import { makeExtendedReport, makeLeaf, makeReport } from '../attester.ts'
import { issueAuthority } from '../demo-authorities.ts'
import { demoKeys, foreignAuthority } from '../demo-keys.ts'
import { PRODUCTS } from '../product.ts'
import { ask, certificateFile, leafFile, preparedFrom } from '../testing.ts'
import { chainsToArk } from './chains-to-ark.ts'

it.each(PRODUCTS)('passes for %s with report and leaf alone, both kinds', async (product) => {
  for (const kind of ['VCEK', 'VLEK'] as const)
    expect(
      await ask(chainsToArk, await makeReport({ product, kind }), {
        beside: [await leafFile(makeLeaf({ product, kind }))],
      }),
    ).toMatchObject({ outcome: 'pass' })
})
it('passes for a chain that the evidence carries, and covers its bytes', async () => {
  const finding = await ask(chainsToArk, await makeExtendedReport())
  expect(finding).toMatchObject({ outcome: 'pass' })
  expect(finding.covers).toHaveLength(3)
})
it('passes whatever strangers stand before or behind: forged certificates of the same key, dozens of authorities of the same name', async () => {
  const genuine = await leafFile(makeLeaf())
  const forged = await leafFile(makeLeaf({ issuerKey: foreignAuthority }))
  const authority = await certificateFile(
    issueAuthority('ask', 'Milan', { key: foreignAuthority, issuerKey: foreignAuthority }),
  )
  // Each another certificate: the last byte of a signature that does not hold anyway.
  const authorities = Array.from({ length: 40 }, (_, i) => ({
    ...authority,
    bytes: authority.bytes.map((byte, at) => (at === authority.bytes.length - 1 ? i : byte)),
  }))
  const report = await makeReport()
  for (const beside of [
    [forged, genuine],
    [genuine, forged],
    [...authorities, genuine],
    [...authorities, forged, genuine, authority],
  ])
    expect(await ask(chainsToArk, report, { beside })).toMatchObject({ outcome: 'pass' })
})
it("fails when an attacker's authority stands between, with every name right", async () => {
  const leaf = await leafFile(makeLeaf({ issuerKey: foreignAuthority }))
  const authority = await certificateFile(
    issueAuthority('ask', 'Milan', { key: foreignAuthority, issuerKey: foreignAuthority }),
  )
  for (const beside of [[leaf, authority], [authority, leaf], [leaf]])
    expect(await ask(chainsToArk, await makeReport(), { beside })).toMatchObject({
      outcome: 'fail',
      because: { text: 'snp.chain' },
    })
})
it("leaves a whole chain of an attacker's own to the root's status: nothing but names agrees", async () => {
  const beside = [
    await leafFile(makeLeaf({ issuerKey: foreignAuthority })),
    await certificateFile(issueAuthority('ask', 'Milan', { key: foreignAuthority, issuerKey: foreignAuthority })),
    await certificateFile(issueAuthority('ark', 'Milan', { key: foreignAuthority, issuerKey: foreignAuthority })),
  ]
  const { prepared } = await preparedFrom(await makeReport(), { beside })
  expect(prepared.root.status).toBe('unknown')
})
it('fails when the leaf is an authority, or a leaf signs another', async () => {
  const signedByLeaf = await leafFile(makeLeaf({ issuerKey: foreignAuthority, issuer: 'ask' }))
  expect(await ask(chainsToArk, await makeReport(), { beside: [signedByLeaf] })).toMatchObject({ outcome: 'fail' })
})
it('is not checked without a certificate', async () =>
  expect(await ask(chainsToArk, await makeReport())).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'snp.no-certificate' },
  }))
it("knows no demonstration key as AMD's", async () => {
  const { prepared } = await preparedFrom(await makeReport(), {
    beside: [await leafFile(makeLeaf({ key: demoKeys.Milan.vcek }))],
  })
  expect(prepared.root.status).toBe('demonstration')
})
it('fails when a chip of a known generation names an issuer that AMD does not have', async () => {
  const leaf = (await makeLeaf()).slice()
  const at = Buffer.from(leaf).indexOf('not AMD')
  leaf[at] = (leaf[at] ?? 0) ^ 1
  expect(await ask(chainsToArk, await makeReport(), { beside: [await leafFile(Promise.resolve(leaf))] })).toMatchObject(
    { outcome: 'fail', because: { text: 'snp.issuer-unknown', params: { product: 'Milan' } } },
  )
})
