import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../core/policy.ts'
import { toHex } from '../../bytes/layout.ts'
import { appraise } from '../../engine/appraise.ts'
import type { AppraisalView } from '../../engine/api.ts'
import { makeLeaf, makeReport, OLD_TCB } from '../amd-sev-snp/attester.ts'
import { issueDemoCrl } from '../amd-sev-snp/demo-authorities.ts'
import { makeQuote, type QuoteRecipe } from '../tpm2/attester.ts'
import { demoAk, foreignAk } from '../tpm2/demo-keys.ts'
import { makeEvidenceV0, makeEvidenceV2, makeHcl, makeRuntimeData, userDataFor } from './attester.ts'

/** A report and a TPM's quote: two subjects that are one statement only through key, runtime data and report data. */

const NONCE = new TextEncoder().encode('challenge')

interface Broken { readonly quote?: QuoteRecipe; readonly runtime?: Uint8Array; readonly reportData?: Uint8Array; readonly form?: 0 | 2; readonly nonce?: Uint8Array }

async function view(broken: Broken = {}): Promise<AppraisalView> {
  const runtime = makeRuntimeData(demoAk)
  const hcl = makeHcl(await makeReport({ tcb: OLD_TCB.Milan, reportData: broken.reportData ?? await userDataFor(runtime) }), broken.runtime ?? runtime)
  const parts = { hcl, vcek: await makeLeaf({ tcb: OLD_TCB.Milan }), ...(await makeQuote({ pcrs: [0, 4, 7], ...broken.quote })) }
  const evidence = broken.form === 0 ? makeEvidenceV0(parts) : makeEvidenceV2(parts)
  const policy = { ...NO_POLICY, nonce: toHex(broken.nonce ?? NONCE) }
  return appraise([{ name: 'evidence.json', bytes: evidence }, { name: 'milan.crl', bytes: await issueDemoCrl('Milan') }], { at: Date.parse('2026-06-01T00:00:00Z'), atSource: 'given', policy })
}
const fresh = (result: AppraisalView) => result.subjects.map((subject) => subject.answers.fresh.state)
const because = (result: AppraisalView, id: string) => result.checks.filter((check) => check.id === id).map((check) => check.because.text)

describe('whole', () => {
  it.each([0, 2] as const)('version %i: two subjects, tied, and the nonce in the quote makes both fresh', async (form) => {
    const result = await view({ form })
    expect(result.subjects.map((subject) => subject.format).sort()).toEqual(['amd.snp-report', 'tpm2.quote'])
    expect(because(result, 'tpm.ak-vouched-for')).toEqual(['tpm.ak-vouched-for.holds'])
    expect(because(result, 'snp.accompanying-data-bound')).toEqual(['snp.accompanying-data-bound.holds'])
    expect(fresh(result)).toEqual(['holds', 'holds'])
    // The firmware is old, and that is the worst that can be said.
    expect(result).toMatchObject({ headline: 'S2', ifRootTrusted: 'S5w' })
  })
})

describe('every link that breaks leaves the nonce unproven', () => {
  it('another key signed the quote', async () => {
    const result = await view({ quote: { key: foreignAk } })
    expect(fresh(result)).not.toContain('holds')
    expect(result.headline).toBe('S1')
  })
  it('the runtime data was changed', async () => {
    const text = new TextDecoder().decode(makeRuntimeData(demoAk))
    const result = await view({ runtime: new TextEncoder().encode(text.replace('"secure-boot":true', '"secure-boot": true')) })
    expect(fresh(result)).not.toContain('holds')
    expect(result.headline).toBe('S1')
    expect(because(result, 'snp.accompanying-data-bound')).toEqual(['snp.accompanying-data-bound.fails'])
    expect(because(result, 'tpm.ak-vouched-for')).toEqual(['tpm.ak-list-differs'])
  })
  it('the report commits to something else', async () => {
    const result = await view({ reportData: new Uint8Array(64).fill(7) })
    expect(fresh(result)).not.toContain('holds')
    expect(result.headline).toBe('S1')
  })
  it('the list names another key', async () => {
    const runtime = makeRuntimeData(foreignAk)
    const result = await view({ runtime, reportData: await userDataFor(runtime) })
    expect(fresh(result)).not.toContain('holds')
    expect(result.headline).toBe('S1')
  })
  it('another nonce differs', async () => {
    const result = await view({ nonce: new TextEncoder().encode('another') })
    expect(fresh(result)).not.toContain('holds')
    expect(result.subjects.some((subject) => subject.answers.fresh.state === 'fails')).toBe(true)
  })
})
