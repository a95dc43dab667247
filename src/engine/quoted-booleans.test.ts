import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { toBase64 } from '../envelope/base64.ts'
import { makeDocument } from '../schemes/aws-nitro/attester.ts'
import { appraise } from './appraise.ts'

/** A gateway's answer: evidence in base64, and what the gateway says of it. */
async function answer(says: object, bend: (document: Uint8Array) => Uint8Array = (document) => document) {
  const text = JSON.stringify({ ...says, document: toBase64(bend(await makeDocument())) })
  const view = await appraise([{ name: 'answer.json', bytes: new TextEncoder().encode(text) }], {
    at: Date.parse('2026-01-01T00:00:00Z'),
    atSource: 'given',
    policy: NO_POLICY,
  })
  return { view, note: view.checks.filter(({ id }) => id === 'composite.sender-says') }
}
const changed = (document: Uint8Array) => document.map((byte, i) => (i === document.length - 9 ? byte ^ 1 : byte))

describe('what a sender says of its own evidence', () => {
  it('is quoted, and moves nothing', async () => {
    const says = { verified: true, server_verification: { tdx: { signatureValid: true } } }
    const { view, note } = await answer(says)
    expect(note).toMatchObject([
      {
        weight: 'notes',
        outcome: 'not-checked',
        because: { text: 'composite.sender-quoted' },
        found: 'verified: true, server_verification.tdx.signatureValid: true',
      },
    ])
    const { view: silent } = await answer({})
    expect([view.headline, view.ifRootTrusted]).toEqual([silent.headline, silent.ifRootTrusted])
  })
  it('and set against checks that fail', async () => {
    const { view, note } = await answer({ verified: true }, changed)
    expect(note).toMatchObject([{ outcome: 'warn', because: { text: 'composite.sender-contradicted' } }])
    expect([view.headline, view.ifRootTrusted]).not.toContain('S5')
  })
  it('a sender that says no contradicts nothing, and other members are no verdicts', async () => {
    expect((await answer({ verified: false }, changed)).note).toMatchObject([{ outcome: 'not-checked' }])
    expect((await answer({ debug: true, validUntil: true })).note).toEqual([])
  })
})
