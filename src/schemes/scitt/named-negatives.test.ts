import { beforeAll, describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { sampleFiles } from '../../engine/catalogue.ts'
import { inspect } from '../../engine/inspect.ts'
import type { InputFile } from '../../engine/api.ts'
import { toHex } from '../../bytes/layout.ts'
import { makePayload, makeServiceKeys, makeStatement, SIGNED_AT, type StatementRecipe } from './attester.ts'
import { demoKeys } from './demo-keys.ts'

/** Statements and receipts that must not count beside evidence whose measurement they name, each for the reason that its name gives. */

let report: readonly InputFile[] = []
let own = ''

beforeAll(async () => {
  report = await sampleFiles('amd-sev-snp', 'milan-v2')
  const { artifacts } = await inspect(report)
  const found = artifacts.flatMap(({ facts }) => facts.measurements).find(({ name }) => name === 'MEASUREMENT')
  own = found ? toHex(found.value.value) : ''
  if (own.length !== 96) throw new Error('no measurement')
})

async function beside(
  recipe: StatementRecipe | Uint8Array,
  more: readonly InputFile[] = [],
  at = SIGNED_AT + 86_400_000,
) {
  const bytes = recipe instanceof Uint8Array ? recipe : await makeStatement({ measurement: own, ...recipe })
  const view = await appraise([...report, { name: 'endorsement.cose', bytes }, ...more], {
    at,
    atSource: 'given',
    policy: NO_POLICY,
  })
  const statement = view.statements[0]
  const deciding = statement?.checks.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'not-applicable') ?? []
  return {
    standing: statement?.standing,
    counts: statement?.ties.some(({ counts }) => counts) ?? false,
    software: view.answers.software.state,
    reasons: [
      ...deciding.map(({ because }) => because.text),
      ...view.checks.filter(({ id }) => id === 'software.statement-matches').map(({ because }) => because.text),
    ],
  }
}

const ledger = async (): Promise<readonly InputFile[]> => [{ name: 'service.json', bytes: await makeServiceKeys() }]

const cases: readonly (readonly [string, string, () => Promise<Awaited<ReturnType<typeof beside>>>])[] = [
  ['for another measurement', 'statement.not-for-this', () => beside({ measurement: 'b7'.repeat(48) })],
  ['signed by another key', 'signature.mismatch', () => beside({ bend: { signWith: demoKeys.other } })],
  [
    'another issuer’s name (did:x509) than the chain has',
    'scitt.did.fingerprint',
    () => beside({ bend: { issuer: `did:x509:0:sha256:${'A'.repeat(43)}::eku:1.3.6.1.4.1.32473.1.1` } }),
  ],
  [
    'the hash of another certificate',
    'scitt.thumbprint-fits.fails',
    () => beside({ bend: { thumbprint: new Uint8Array(32) } }),
  ],
  ['a header that must be understood', 'scitt.critical-unknown', () => beside({ bend: { critical: ['unknown'] } })],
  [
    'a receipt over another statement',
    'scitt.receipt.other',
    async () => beside({ withReceipt: true, bend: { receiptOver: new Uint8Array(9) } }, await ledger()),
  ],
  [
    'a receipt signed by another ledger',
    'scitt.receipt.signature',
    async () => beside({ withReceipt: true, bend: { ledgerKey: demoKeys.other } }, await ledger()),
  ],
  [
    'a receipt over the untagged form',
    'scitt.receipt.other',
    async () => {
      // What a ledger registers is the tagged form: without the tag it is another digest.
      const tagged = await makeStatement({ measurement: own })
      return beside({ withReceipt: true, bend: { receiptOver: tagged.subarray(1) } }, await ledger())
    },
  ],
  ['a digest without what it is the digest of', 'scitt.payload-is-a-hash', () => beside({ isHashed: true })],
  [
    'after the signer’s certificate ended',
    'scitt.in-date-by-signer',
    () => beside({}, [], SIGNED_AT + 2 * 365 * 86_400_000),
  ],
]

describe('refused for the reason that the name gives', () => {
  it.each(cases)('%s', async (name, reason, run) => {
    const all = await run()
    console.log(`${name} → ${all.standing}, software ${all.software}: ${all.reasons.join(', ')}`)
    expect(all.counts).toBe(false)
    expect(all.reasons).toContain(reason)
  })
})

describe('odd, and still what it is', () => {
  it('counts tagged and untagged, with a receipt over the tagged form', async () => {
    for (const isTagged of [true, false]) {
      const all = await beside({ withReceipt: true, isTagged }, await ledger())
      console.log(`${isTagged ? 'tagged' : 'untagged'} → ${all.standing}, software ${all.software}`)
      expect(all).toMatchObject({ standing: 'authentic', counts: true, software: 'holds' })
    }
  })
  it('a digest with the text that it is the digest of', async () => {
    const all = await beside({ isHashed: true, payload: makePayload(own) }, [
      { name: 'payload.json', bytes: makePayload(own) },
    ])
    console.log(`hashed, with its text → ${all.standing}, software ${all.software}`)
    expect(all).toMatchObject({ standing: 'authentic', software: 'holds' })
  })
  it('a certificate whose serial number is zero', async () => {
    const all = await beside({ bend: { serial: 0 } })
    console.log(`serial 0 → ${all.standing}, software ${all.software}`)
    expect(all).toMatchObject({ standing: 'authentic', software: 'holds' })
  })
})
