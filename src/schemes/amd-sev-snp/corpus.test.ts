import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem } from '../../core/scheme.ts'
import { forgetEndorsements } from '../../crypto/remember.ts'
import { verificationCount } from '../../crypto/verify.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { readCrl, revocation } from '../../pki/crl.ts'
import { verifyPath } from '../../pki/path.ts'
import type { Certificate, Crl } from '../../pki/types.ts'
import { appraise } from '../../engine/appraise.ts'
import { inspect } from '../../engine/inspect.ts'
import { headlineOf } from '../../engine/judge.ts'
import type { Finding } from '../../core/verdict.ts'
import { anchors } from './anchors.ts'
import { authorityNotRevoked } from './checks/authority-not-revoked.ts'
import type { PreparedReport } from './prepare.ts'
import { en } from './texts.en.ts'
import { casesIn, filesIn } from '../../testing/evidence.ts'

/** Real evidence. Runs when EVIDENCE_CORPUS names the folder; nothing of it is ever copied in. */
const corpus = process.env['EVIDENCE_CORPUS']
const file = (name: string) => new Uint8Array(readFileSync(join(corpus ?? '', 'amd', name)))
const NOW = Date.parse('2026-11-24T00:00:00Z')

interface Case {
  readonly id: string
  readonly files: readonly string[]
  readonly at: string | null
  readonly expect: {
    readonly signature?: string
    readonly debug?: boolean
    readonly generation?: string
    readonly reportVersion?: string
    readonly signingKey?: string
  }
}

describe.runIf(corpus !== undefined)('real evidence', () => {
  it('every report: version, generation, key kind, TCB and chip as recorded; S4, or S3 where debugging is allowed, or S1 where it was tampered with', async () => {
    const cases = casesIn<Case>('amd/snp-')
    const faults: string[] = []
    for (const one of cases) {
      const files = one.files.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(corpus ?? '', name))) }))
      forgetEndorsements()
      const before = verificationCount()
      const view = await appraise(files, {
        at: one.at === null ? NOW : Date.parse(one.at),
        atSource: 'given',
        policy: NO_POLICY,
      })
      const check = (id: string) => view.checks.find((result) => result.id === id)
      const want = (what: string, found: unknown, wanted: unknown) => {
        if (found !== wanted) faults.push(`${one.id}: ${what} is ${String(found)}, not ${String(wanted)}`)
      }
      const holds = one.expect.signature === 'holds'
      // The report, the chip's certificate, the authority's: what cannot be left out, and nothing more.
      want('verifications', verificationCount() - before, 3)
      want('signature', check('snp.signed-by-chip-key')?.outcome, holds ? 'pass' : 'fail')
      want('headline', view.headline, !holds ? 'S1' : one.expect.debug ? 'S3' : 'S4')
      if (!holds) continue
      want('version', check('snp.version-known')?.found, one.expect.reportVersion?.slice(1))
      want(
        'generation',
        check('snp.product-agrees')?.outcome === 'pass' && String(check('snp.product-agrees')?.because.params['root']),
        one.expect.generation,
      )
      want('kind', String(check('snp.signing-key-as-stated')?.because.params['stated']), one.expect.signingKey)
      want('TCB', check('snp.tcb-matches-certificate')?.outcome, 'pass')
      want(
        'chip',
        check('snp.chip-matches-certificate')?.outcome,
        one.expect.signingKey === 'VLEK' ? 'not-applicable' : 'pass',
      )
      want('chain', check('snp.chains-to-ark')?.outcome, 'pass')
      want('root', view.root.status, 'pinned')
      want('revocation', check('snp.authority-not-revoked')?.because.text, 'revocation.missing')
      for (const id of ['snp.reserved-zero', 'snp.signature-well-formed', 'snp.author-key-as-stated'])
        want(id, check(id)?.outcome, 'pass')
    }
    console.log(`snp: ${cases.length} cases run`)
    expect(faults).toEqual([])
  }, 120_000)

  it('every file of amd/ is read and tiled, and nothing throws', async () => {
    const names = filesIn('amd')
    const unread: string[] = []
    for (const name of names) {
      const inspection = await inspect([{ name: 'file', bytes: file(name) }])
      for (const artifact of inspection.artifacts)
        expect(artifact.tiled, `${name}: ${artifact.name} (${artifact.format})`).toBe(true)
      if (inspection.artifacts.every((artifact) => artifact.format === null)) unread.push(name)
    }
    console.log(`amd/: ${names.length} files read, not recognised: ${unread.join(', ')}`)
    // Other families' own work: Hygon, virtCCA, and an event log.
    expect(unread.filter((name) => !/^csv-|^virtcca-/.test(name))).toEqual([])
  }, 120_000)
})

describe.runIf(corpus !== undefined)('the authority of Genoa that AMD revoked', () => {
  const certificate = (name: string): Certificate => {
    const read = readCertificate(sliceOf(name, file(name)))
    if (!read) throw new Error(name)
    return read
  }
  const context: AppraisalContext = { at: NOW, policy: NO_POLICY, anchors, items: [] }

  async function findingFor(name: string, at: string) {
    const crl: Crl | undefined = readCrl(sliceOf('crl', file('crl-ark-genoa-no2-20221031.der')))
    if (!crl) throw new Error('no list')
    const root = certificate('cert-ark-genoa-4c6598d1.der')
    const middle = certificate(name)
    const path = await verifyPath({
      leaf: middle,
      pool: [root],
      anchors,
      purpose: 'evidence',
      profile: {
        id: 'test',
        knownCritical: [],
        algorithms: ['rsa:4096/rsassa-pss-SHA384'],
        leafMayBeCa: true,
        leafKeyUsage: null,
      },
      at: Date.parse(at),
    })
    expect(path.faults).toEqual([])
    expect(path.rootStatus).toBe('pinned')
    const found = await revocation(middle, root, [crl], Date.parse(at))
    const held = {
      crl,
      item: { artifact: 3 } as CaseItem,
      standing: found.state === 'not-checked' ? found.standings[0] : found.standing,
    }
    return authorityNotRevoked.run(
      { path, revocation: found, leafRevocation: undefined, crls: [held] } as unknown as PreparedReport,
      { ...context, at: Date.parse(at) },
    )
  }

  /** What the finding alone comes to under AMD's root, with everything else in order: no chip's certificate under the revoked authority is public. */
  const headline = (finding: Finding) =>
    headlineOf({
      checks: [
        {
          layer: 2,
          answer: 'genuine',
          weight: 'decides',
          id: 'rest',
          because: { text: '', params: {} },
          cites: [],
          outcome: 'pass',
        },
        {
          ...finding,
          id: authorityNotRevoked.id,
          layer: authorityNotRevoked.layer,
          weight: authorityNotRevoked.weight,
          answer: 'genuine',
        },
      ],
      root: 'pinned',
      message: 'evidence',
    })
  const OUTCOMES = [
    [
      '020001',
      'cert-genoa-54467b96.der',
      '2023-01-01T00:00:00Z',
      "within the list's dates",
      'fail',
      'crl.listed',
      'S3',
    ],
    ['020001', 'cert-genoa-54467b96.der', '2026-11-24T00:00:00Z', 'after nextUpdate', 'fail', 'crl.listed-stale', 'S3'],
    [
      '020001',
      'cert-genoa-54467b96.der',
      '2022-06-01T00:00:00Z',
      'before the revocation',
      'fail',
      'snp.revoked-later',
      'S3',
    ],
    [
      '020002',
      'cert-genoa-5464738c.der',
      '2023-01-01T00:00:00Z',
      "within the list's dates",
      'pass',
      'snp.authority-not-revoked.holds',
      'S5',
    ],
    ['020002', 'cert-genoa-5464738c.der', '2026-11-24T00:00:00Z', 'after nextUpdate', 'not-checked', 'crl.stale', 'S4'],
  ] as const
  it.each(OUTCOMES)('ASK %s: %s as of %s, %s', async (serial, name, at, when, outcome, because, wanted) => {
    const finding = await findingFor(name, at)
    const { en: shared } = await import('../../pki/texts.en.ts')
    const sentence = ({ ...shared, ...en } as Readonly<Record<string, string>>)[finding.because.text]?.replaceAll(
      /\{(\w+)\}/g,
      (_, key: string) => String(finding.because.params[key]),
    )
    console.log(
      `ASK ${serial}, ${when} (${at}): ${finding.outcome} ${finding.because.text} → ${headline(finding)}: ${sentence}`,
    )
    expect(finding).toMatchObject({ outcome, because: { text: because } })
    expect(headline(finding)).toBe(wanted)
    // The list gives no reason code, so none may be named.
    if (outcome === 'fail') expect(finding.because.params).toMatchObject({ serial: '020001', reason: '–' })
  })
  it('a real report is not held against because the revoked authority and its list lie beside it', async () => {
    const view = await appraise(
      [
        'snp-v3-genoa-vcek-4ae0e73a.bin',
        'cert-genoa-vcek-1b40c122.der',
        'cert-genoa-54467b96.der',
        'crl-ark-genoa-no2-20221031.der',
      ].map((name) => ({ name, bytes: file(name) })),
      { at: Date.parse('2023-10-01T00:00:00Z'), atSource: 'given', policy: NO_POLICY },
    )
    const found = view.checks.find((check) => check.id === 'snp.authority-not-revoked')
    console.log(
      `Genoa report with both authorities and the list: ${found?.outcome} ${found?.because.text}, serial ${found?.because.params['serial']}`,
    )
    expect(found).toMatchObject({ outcome: 'pass', because: { params: { serial: '020002' } } })
  })
})
