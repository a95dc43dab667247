import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalView, InputFile } from '../../engine/api.ts'
import { appraise } from '../../engine/appraise.ts'
import { en as sharedEn } from '../../engine/shared-texts.en.ts'
import { bundledFilesOf, DEMO_AT, filesOf, makeCase, type DemoCase, type DemoFile, type Recipe } from './attester.ts'
import { answerOf } from './attester/collateral.ts'
import { attackerKey } from './demo-keys.ts'
import { samples } from './samples.ts'
import { attackersCa, attackersCollateral, evilLeaf, lookAlikeRoot } from './testing-hostile.ts'
import { makeEpidQuote, makeSgxReport, makeTdReport } from './testing-local.ts'
import { en } from './texts.en.ts'

const text = (value: string) => new TextEncoder().encode(value)
const ACCEPTING = ['S5', 'S5w', 'S6']

async function view(files: readonly InputFile[], at = DEMO_AT): Promise<AppraisalView> {
  return appraise([...files], { at: Date.parse(at), atSource: 'given', policy: NO_POLICY })
}

/** Reasons of the deciding checks that failed. */
const failures = (of: AppraisalView) =>
  of.checks.filter((check) => check.weight === 'decides' && check.outcome === 'fail').map((check) => check.because.text)

async function made(recipe: Recipe = {}): Promise<DemoCase> {
  return makeCase(recipe)
}

describe('samples', () => {
  it.each(samples.map((sample) => [sample.id, sample] as const))(
    '%s has its headline, and every word of it is there',
    async (_id, sample) => {
      const result = await view(await sample.files(), sample.at)
      expect(result.ifRootTrusted).toBe(sample.expect)
      expect(result.root.status).toBe('demonstration')
      const texts: Readonly<Record<string, string>> = { ...sharedEn, ...en }
      const used = [
        ...result.checks.flatMap((check) => [check.because.text, ...(check.remedy ? [check.remedy.text] : [])]),
        ...result.collateral.map((use) => use.because.text),
        ...result.wishes.map((wish) => wish.title.text),
        ...result.doesNotProve,
        ...result.subjects.flatMap((subject) => [
          ...subject.nodes.map((node) => node.title.text),
          ...subject.ladders.map((ladder) => ladder.title.text),
          ...subject.timeline.map((entry) => entry.title.text),
        ]),
      ]
      expect([...new Set(used)].filter((key) => !Object.hasOwn(texts, key))).toEqual([])
    },
  )
})

describe('faults of the evidence', () => {
  const cases: readonly (readonly [string, Recipe, readonly string[]])[] = [
    ['quote signed by another key', { bend: { envelope: { signer: attackerKey } } }, ['evidence.signature']],
    [
      'attestation key replaced',
      { bend: { envelope: { attestationKey: attackerKey, qeReportData: new Uint8Array(64).fill(1) } } },
      ['intel.qe-binding'],
    ],
    [
      'QE report signed by another key',
      { bend: { envelope: { qeSigner: attackerKey } } },
      ['intel.qe-report-signed-by-pck.fails'],
    ],
    ['truncated chain', { bend: { certificates: ({ leaf, root }) => [leaf, root] } }, ['chain.gap']],
    ['another vendor', { bend: { envelope: { vendorId: new Uint8Array(16) } } }, ['intel.qe-vendor.fails']],
    [
      'type 6 inside type 6',
      { bend: { envelope: { certification: { type: 6, data: new Uint8Array(100) } } } },
      ['quote.certification-type'],
    ],
  ]
  it.each(cases)('%s is S1 with its reason', async (_name, recipe, reasons) => {
    const result = await view(filesOf(await made(recipe)))
    expect(result.headline).toBe('S1')
    for (const reason of reasons) expect(failures(result)).toContain(reason)
  })
  it('says of a lying length what it claims and what is there', async () => {
    const { quote } = await made()
    const length = 632
    for (const claim of [0xffffffff, 0x80000000, 0]) {
      const changed = quote.slice()
      new DataView(changed.buffer).setUint32(length, claim, true)
      const result = await view([{ name: 'quote', bytes: changed }])
      expect(result.headline, String(claim)).toBe('S1')
      expect(
        failures(result).some((reason) => reason === 'quote.length' || reason === 'quote.truncated'),
        String(claim),
      ).toBe(true)
    }
  })
  it("is S2 under a root of the attacker's own", async () => {
    const [leaf, ca, root] = [await evilLeaf({ issuerKey: attackerKey }), await attackersCa(), await lookAlikeRoot()]
    const result = await view(
      filesOf(await made({ bend: { certificates: () => [leaf, ca, root], envelope: { qeSigner: attackerKey } } })),
    )
    expect(result.headline).toBe('S2')
    expect(result.root.status).toBe('unknown')
    // Its collateral hangs on the demonstration root, so it does not speak for the attacker's chain either.
    expect(result.ifRootTrusted).toBe('S4')
  })
})

describe('what the evidence says, and must not be accepted', () => {
  const cases: readonly (readonly [string, Recipe, string])[] = [
    ['debug TD', { td: { tdAttributes: 1n } }, 'intel.debug'],
    ['debug enclave', { version: 3, enclave: { attributes: 7n } }, 'intel.debug'],
    ['another quoting enclave', { qe: { mrSigner: new Uint8Array(32) } }, 'intel.qe-identity'],
    ['another TDX module', { td: { mrSignerSeam: new Uint8Array(48).fill(1) } }, 'tdx.module'],
    [
      'revoked level',
      {
        platform: { components: Array.from({ length: 16 }, () => 0), pceSvn: 5 },
        tcbInfo: {
          levels: [
            {
              sgx: Array.from({ length: 16 }, () => 0),
              pceSvn: 0,
              tdx: Array.from({ length: 16 }, () => 0),
              status: 'Revoked',
              date: '2020-01-01T00:00:00Z',
            },
          ],
        },
      },
      'tcb.revoked',
    ],
    ['below every level', { platform: { pceSvn: 0 } }, 'tcb.not-supported'],
  ]
  it.each(cases)('%s is S3 with its reason', async (_name, recipe, reason) => {
    const result = await view(filesOf(await made(recipe)))
    expect(result.ifRootTrusted).toBe('S3')
    expect(failures(result)).toContain(reason)
  })
})

describe('faults of collateral', () => {
  const forged = (good: DemoCase, part: 'tcbInfo' | 'identity', change: (value: string) => string): DemoFile => ({
    name: 'x',
    bytes: text(answerOf({ ...good[part], text: change(good[part].text) })),
  })
  const replaced = (files: readonly DemoFile[], name: string, file: DemoFile) =>
    files.map((one) => (one.name === name ? file : one))
  const rows: readonly (readonly [string, string, (good: DemoCase) => Promise<DemoFile> | DemoFile, string])[] = [
    [
      'QE identity signature flipped',
      'qe-identity.json',
      (good) => ({
        name: 'x',
        bytes: text(
          answerOf({
            ...good.identity,
            signature: good.identity.signature.replace(/^../, (two) => (two === '00' ? '01' : '00')),
          }),
        ),
      }),
      'intel.qe-identity-signature',
    ],
    [
      'QE identity body forged',
      'qe-identity.json',
      (good) =>
        forged(good, 'identity', (value) =>
          value.replace(/"mrsigner":"[0-9A-F]{64}"/, `"mrsigner":"${'0'.repeat(64)}"`),
        ),
      'intel.qe-identity-signature',
    ],
    [
      'TCB info signature flipped',
      'tcb-info.json',
      (good) => ({
        name: 'x',
        bytes: text(
          answerOf({
            ...good.tcbInfo,
            signature: good.tcbInfo.signature.replace(/^../, (two) => (two === '00' ? '01' : '00')),
          }),
        ),
      }),
      'intel.tcbinfo-signature',
    ],
    [
      'TCB info pretty-printed',
      'tcb-info.json',
      (good) => forged(good, 'tcbInfo', (value) => JSON.stringify(JSON.parse(value), null, 2)),
      'collateral.compact-only',
    ],
    [
      'TCB info with escapes',
      'tcb-info.json',
      (good) => forged(good, 'tcbInfo', (value) => value.replace('"TDX"', String.raw`"\u0054DX"`)),
      'collateral.compact-only',
    ],
    [
      'PCK list is deadbeef',
      'pck-crl.der',
      () => ({ name: 'x', bytes: Uint8Array.of(0xde, 0xad, 0xbe, 0xef) }),
      'revocation.missing',
    ],
    [
      'root list is deadbeef',
      'root-crl.der',
      () => ({ name: 'x', bytes: Uint8Array.of(0xde, 0xad, 0xbe, 0xef) }),
      'revocation.missing',
    ],
    [
      'PCK list signature flipped',
      'pck-crl.der',
      (good) => ({ name: 'x', bytes: good.pckCrl.map((byte, i) => (i === good.pckCrl.length - 1 ? byte ^ 1 : byte)) }),
      'crl.signature',
    ],
    [
      'PCK list expired',
      'pck-crl.der',
      async () => ({
        name: 'x',
        bytes: (await made({ pckCrl: { thisUpdate: '2023-01-01T00:00:00Z', nextUpdate: '2023-02-01T00:00:00Z' } }))
          .pckCrl,
      }),
      'crl.stale',
    ],
    [
      'list of the wrong authority',
      'pck-crl.der',
      async () => ({ name: 'x', bytes: (await made({ version: 3 })).pckCrl }),
      'revocation.missing',
    ],
    [
      'SGX collateral on a TDX quote',
      'tcb-info.json',
      async () => ({ name: 'x', bytes: text(answerOf((await made({ version: 3 })).tcbInfo)) }),
      'intel.tcbinfo-type',
    ],
  ]
  it.each(rows)('%s: refused, S4, and a good copy beside it changes nothing', async (_name, file, bad, reason) => {
    const good = await made()
    const files = filesOf(good)
    const result = await view(replaced(files, file, await bad(good)))
    expect(result.ifRootTrusted).toBe('S4')
    const open = result.checks
      .filter((check) => check.weight === 'decides' && (check.outcome === 'not-checked' || check.outcome === 'fail'))
      .map((check) => check.because.text)
    expect(open).toContain(reason)
    const both = await view([...files, await bad(good)])
    expect(both.ifRootTrusted).toBe('S5')
    expect(both.subjects[0]?.vendor).toMatchObject({ tcbStatus: 'UpToDate', error: null })
  })
  it('collateral under another root does not speak about the quote', async () => {
    const good = await made()
    const result = await view([...filesOf(good).slice(0, 3), ...(await attackersCollateral(good))])
    expect(ACCEPTING).not.toContain(result.ifRootTrusted)
    expect(result.collateral.filter((use) => use.use === 'rejected').map((use) => use.because.text)).toContain(
      'collateral.other-root',
    )
  })
})

describe('several of a kind', () => {
  it('takes the one in date, of the higher edition, issued later', async () => {
    const good = await made()
    const older = await made({ tcbInfo: { evaluationNumber: 19 } })
    const expired = await made({
      tcbInfo: { evaluationNumber: 21, issueDate: '2026-01-01T00:00:00Z', nextUpdate: '2026-02-01T00:00:00Z' },
    })
    const result = await view([
      ...filesOf(good),
      { name: 'older', bytes: text(answerOf(older.tcbInfo)) },
      { name: 'expired', bytes: text(answerOf(expired.tcbInfo)) },
    ])
    expect(result.subjects[0]?.vendor).toMatchObject({ tcbStatus: 'UpToDate', evaluationNumber: 20 })
    expect(
      result.collateral
        .filter((use) => use.kind === 'tcb-info')
        .map((use) => use.use)
        .sort(),
    ).toEqual(['superseded', 'superseded', 'used'])
  })
  it('lets a later one that says something worse decide, even if it was issued after the chosen time', async () => {
    const good = await made()
    const later = await made({
      tcbInfo: {
        issueDate: '2026-09-01T00:00:00Z',
        nextUpdate: '2026-10-01T00:00:00Z',
        levels: [
          {
            sgx: Array.from({ length: 16 }, () => 0),
            pceSvn: 0,
            tdx: Array.from({ length: 16 }, () => 0),
            status: 'OutOfDate',
            date: '2026-01-01T00:00:00Z',
            advisories: ['INTEL-SA-90099'],
          },
        ],
      },
    })
    const result = await view([...filesOf(good), { name: 'later', bytes: text(answerOf(later.tcbInfo)) }])
    expect(result.ifRootTrusted).toBe('S5w')
    expect(result.subjects[0]?.vendor).toMatchObject({
      tcbStatus: 'OutOfDate',
      advisories: ['INTEL-SA-90099'],
      printed: 'SGX_QL_QV_RESULT_OUT_OF_DATE',
    })
    expect(
      result.collateral
        .filter((use) => use.kind === 'tcb-info')
        .map((use) => use.because.text)
        .sort(),
    ).toEqual(['collateral.harsher', 'collateral.used-harsher'])
  })
  it('reads a bundle like separate files', async () => {
    const good = await made()
    expect((await view(bundledFilesOf(good))).ifRootTrusted).toBe('S5')
  })
})

describe('evidence that only its own machine can verify', () => {
  it('is decoded, S4, and says why', async () => {
    for (const [bytes, reason] of [
      [await makeTdReport(), 'intel.mac-only'],
      [makeSgxReport(), 'intel.mac-only'],
      [makeEpidQuote(), 'intel.epid-ended'],
    ] as const) {
      const result = await view([{ name: 'report', bytes }])
      expect(result.headline).toBe('S4')
      expect(result.checks.map((check) => check.because.text)).toContain(reason)
    }
  })
  it('is S1 when a TDREPORT contradicts itself', async () => {
    const report = await makeTdReport()
    report[600] = 0xff
    expect((await view([{ name: 'report', bytes: report }])).headline).toBe('S1')
  })
})
