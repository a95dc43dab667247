import { describe, expect, it } from 'vitest'
import { verificationCount, resetVerificationCount } from '../../crypto/verify.ts'
import { forgetEndorsements, forgetEvidence } from '../../crypto/remember.ts'
import { anchors } from './anchors.ts'
import { makeCase } from './attester.ts'
import { issueRoot } from './attester/pki.ts'
import { attackerKey } from './demo-keys.ts'
import { attackersCa, evilLeaf, lookAlikeRoot } from './testing-hostile.ts'
import { quoteAppraiser } from './appraisers.ts'
import { prepareQuote } from './prepare.ts'
import { caseItems, preparedFrom } from './testing.ts'

describe('a whole TDX case', () => {
  it('verifies each signature once, and those of endorsements once for all', async () => {
    const { subject, context } = await caseItems(await makeCase())
    forgetEndorsements()
    resetVerificationCount()
    await prepareQuote(subject, context)
    // Quote, QE report; PCK certificate, its authority, the root's copy; TCB signing certificate; TCB info, identity; two lists.
    expect(verificationCount()).toBe(10)
    // The same quote on another date: nothing is verified again. Another quote: its own two.
    for (const expected of [0, 2]) {
      resetVerificationCount()
      if (expected > 0) forgetEvidence()
      await prepareQuote(subject, context)
      expect(verificationCount()).toBe(expected)
    }
  })
  it('draws a trust path whose every edge joins nodes that are there, from the root to the report data', async () => {
    const { subject, context } = await caseItems(await makeCase({ version: 5, bodyKind: 'td15' }))
    const prepared = await prepareQuote(subject, context)
    const ids = new Set(prepared.nodes.map((node) => node.id))
    const edges = []
    for (const check of quoteAppraiser.checks)
      if (!check.applies || check.applies(prepared)) edges.push(...((await check.run(prepared, context)).proves ?? []))
    expect(edges.filter((edge) => !ids.has(edge.from) || !ids.has(edge.to))).toEqual([])
    const reached = new Set(['root'])
    for (let grown = true; grown;) {
      grown = false
      for (const { from, to } of edges)
        if (reached.has(from) && !reached.has(to)) {
          reached.add(to)
          grown = true
        }
    }
    expect([...ids].filter((id) => !reached.has(id))).toEqual([])
  })
  it('shows ladders with the highest level first, what the platform has, and the level that applies', async () => {
    const { ladders } = await preparedFrom({ version: 5, bodyKind: 'td15', platform: { pceSvn: 11 } })
    expect(ladders.map((ladder) => [ladder.id, ladder.match, ladder.rows.length])).toEqual([
      ['platform', 2, 4],
      ['platform-now', 2, 4],
      ['tdx-module', 0, 2],
      ['qe', 0, 2],
    ])
    const [platform] = ladders
    expect(platform?.columns).toHaveLength(33)
    expect(platform?.columns.filter((column) => !column.compared).map((column) => column.id)).toEqual([
      'tdx00',
      'tdx01',
    ])
    expect(platform?.columns[platform.rows[0]?.shortAt ?? -1]?.id).toBe('pcesvn')
    expect(platform?.source?.kind).toBe('tcb-info')
  })
  it('puts every date on one axis', async () => {
    const { timeline } = await preparedFrom()
    expect(timeline.map((entry) => entry.kind).filter((kind, i, all) => all.indexOf(kind) === i)).toEqual([
      'certificate',
      'crl',
      'collateral',
      'level',
    ])
  })
})

describe('the root', () => {
  it('is told apart from one of the same name', async () => {
    const [leaf, ca, root] = [await evilLeaf({ issuerKey: attackerKey }), await attackersCa(), await lookAlikeRoot()]
    const { root: finding } = await preparedFrom({
      bend: { certificates: () => [leaf, ca, root], envelope: { qeSigner: attackerKey } },
    })
    expect(finding).toMatchObject({ status: 'unknown', holder: 'Demonstration SGX Root CA' })
    expect(anchors.map((anchor) => anchor.spkiSha256)).not.toContain(finding.spkiSha256)
  })
  it('may come with another certificate of the same key', async () => {
    const again = await issueRoot()
    const { root: finding } = await preparedFrom({
      bend: { certificates: ({ leaf, intermediate }) => [leaf, intermediate, again] },
    })
    expect(finding).toMatchObject({ status: 'demonstration', note: { text: 'intel.root-other-certificate' } })
  })
  it('is not one that the reader added for something else', async () => {
    const { subject, context } = await caseItems(await makeCase())
    const tokens = context.anchors.map((anchor) =>
      anchor.status === 'demonstration'
        ? { ...anchor, status: 'added' as const, purpose: 'service-token' as const }
        : anchor,
    )
    expect((await prepareQuote(subject, { ...context, anchors: tokens })).root.status).toBe('unknown')
  })
})

describe('what would help', () => {
  it('is named with its address and a line for a terminal, and no more once it is there', async () => {
    expect((await preparedFrom()).wishes).toEqual([])
    const { wishes } = await preparedFrom({}, { without: ['pckCrl', 'rootCrl', 'tcbInfo', 'identity', 'signingChain'] })
    expect(wishes.map((wish) => [wish.kind, wish.urls[0]])).toEqual([
      ['tcb-info', 'https://api.trustedservices.intel.com/tdx/certification/v4/tcb?fmspc=d0e0f0000000'],
      ['qe-identity', 'https://api.trustedservices.intel.com/tdx/certification/v4/qe/identity'],
      ['pck-crl', 'https://api.trustedservices.intel.com/sgx/certification/v4/pckcrl?ca=platform&encoding=der'],
      ['root-crl', 'https://certificates.trustedservices.intel.com/IntelSGXRootCA.der'],
    ])
    for (const wish of wishes) expect(wish.curl).toContain(`'${wish.urls[0] ?? ''}'`)
  })
  it('follows the kind of quote and its authority', async () => {
    const { wishes } = await preparedFrom({ version: 3 }, { without: ['pckCrl', 'tcbInfo', 'identity'] })
    expect(wishes.map((wish) => wish.urls[0])).toEqual([
      'https://api.trustedservices.intel.com/sgx/certification/v4/tcb?fmspc=d0e0f0000000',
      'https://api.trustedservices.intel.com/sgx/certification/v4/qe/identity',
      'https://api.trustedservices.intel.com/sgx/certification/v4/pckcrl?ca=processor&encoding=der',
    ])
  })
  it('asks for the certificate when the quote carries none, with the encrypted id that it carries', async () => {
    const data = new Uint8Array(404).fill(0xab)
    const { wishes } = await preparedFrom(
      { bend: { envelope: { certification: { type: 3, data } } } },
      { without: ['tcbInfo'] },
    )
    // Without a chain nothing but Intel's own root could vouch for the identity.
    expect(wishes.map((wish) => wish.kind)).toEqual(['pck-certificate', 'qe-identity'])
    expect(wishes[0]?.urls[0]).toMatch(/pckcert\?encrypted_ppid=(?:ab){384}&cpusvn=(?:ab){16}&pcesvn=abab&pceid=abab$/)
  })
  it('asks again for what is out of date', async () => {
    const { wishes } = await preparedFrom({}, { at: '2026-08-01T00:00:00Z' })
    expect(wishes.map((wish) => wish.kind)).toEqual(['tcb-info', 'qe-identity', 'pck-crl'])
  })
})

describe("Intel's own words", () => {
  it('name its error where it would end, in its order', async () => {
    const error = async (...args: Parameters<typeof preparedFrom>) => (await preparedFrom(...args)).vendor?.error
    expect(await error({}, { quote: (quote) => quote.slice(0, 700) })).toBe('UNSUPPORTED_QUOTE_FORMAT')
    expect(await error({ bend: { envelope: { qeReportData: new Uint8Array(64) } } })).toBe('INVALID_QE_REPORT_DATA')
    expect(
      await error({ qe: { mrSigner: new Uint8Array(32) }, identity: { mrSigner: new Uint8Array(32).fill(1) } }),
    ).toBe('QE_IDENTITY_MISMATCH')
    expect(
      await error(
        {},
        {
          quote: (quote) => {
            quote[600] = (quote[600] ?? 0) ^ 1
            return quote
          },
        },
      ),
    ).toBe('INVALID_QUOTE_SIGNATURE')
    // The module is compared before any signature.
    expect(
      await error(
        {},
        {
          quote: (quote) => {
            quote[48 + 64] = 1
            return quote
          },
        },
      ),
    ).toBe('TDX_MODULE_MISMATCH')
    expect(await error({ rootCrl: { revoked: [{ serial: 2, at: '2026-02-01T00:00:00Z' }] } })).toBe(
      'SGX_INTERMEDIATE_CA_REVOKED',
    )
  })
  it('are the same whatever the dates and whatever the root', async () => {
    expect((await preparedFrom({}, { at: '2040-01-01T00:00:00Z' })).vendor).toMatchObject({
      tcbStatus: 'UpToDate',
      error: null,
      printed: 'SGX_QL_QV_RESULT_OK',
    })
  })
})
