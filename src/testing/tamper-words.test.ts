import { describe, expect, it } from 'vitest'
import { joinBytes } from '../bytes/join.ts'
import { NO_POLICY } from '../core/policy.ts'
import type { InputFile } from '../engine/api.ts'
import { appraise } from '../engine/appraise.ts'
import { inspect } from '../engine/inspect.ts'
import { customExtension, issueCertificate, name, spkiOf } from '../pki/issue.ts'
import { ES256, KEYS } from '../pki/testing.ts'
import { makeReport } from '../schemes/amd-sev-snp/attester.ts'
import { samples as manifests } from '../schemes/corim/samples.ts'
import { MADE_AT } from '../schemes/nvidia-gpu/attester.ts'
import { samples as signed } from '../schemes/scitt/samples.ts'
import { demoKeys, demoKeySet, ISSUED_AT, makeToken } from '../schemes/token/attester.ts'
import { samples as tokens } from '../schemes/token/samples.ts'
import { effective } from './tamper.ts'

/** One bit of every byte (`SOAK=1`; else of 250) of what somebody says: a token, a statement, a certificate around evidence. What still counts afterwards must still say the same. */

const isSoak = process.env['SOAK'] === '1'

interface Case {
  readonly name: string
  readonly at: number
  readonly files: () => Promise<readonly InputFile[]>
}
const ofSample = (scheme: string, sample: (typeof tokens)[number]): Case => ({
  name: `${scheme} ${sample.id}`,
  at: Date.parse(sample.at),
  files: () => sample.files(),
})

async function carrier(): Promise<readonly InputFile[]> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', spkiOf(KEYS.leaf)))
  const report = await makeReport({ reportData: joinBytes([hash, new Uint8Array(32)]) })
  const names = { subject: name({ CN: 'service.example' }), issuer: name({ CN: 'service.example' }) }
  const bytes = await issueCertificate({
    ...names,
    issuerKey: KEYS.leaf,
    subjectKey: KEYS.leaf,
    serial: 5,
    notBefore: MADE_AT - 1000,
    notAfter: MADE_AT + 86_400_000,
    algorithm: ES256,
    extensions: [customExtension('1.3.9900.3.2', report)],
  })
  return [{ name: 'certificate.der', bytes }]
}

/** A token of a service whose samples are not kept, and the key that a reader adds. */
function ofService(service: string, alg: 'RS256' | 'PS384' | 'ES256', claims: Readonly<Record<string, unknown>>): Case {
  const key = alg === 'ES256' ? 'ear' : 'maa'
  const seconds = ISSUED_AT / 1000
  return {
    name: `token ${service}`,
    at: ISSUED_AT + 60_000,
    files: async () => {
      const token = await makeToken({
        alg,
        key: demoKeys[key],
        claims: { iat: seconds, nbf: seconds, exp: seconds + 300, ...claims },
      })
      const files = { 'token.jwt': token, 'keys.json': await demoKeySet(key) }
      return Object.entries(files).map(([file, text]) => ({ name: file, bytes: new TextEncoder().encode(text) }))
    },
  }
}
const SERVICES: readonly Case[] = [
  ofService('Google Cloud', 'RS256', {
    iss: 'https://confidentialcomputing.googleapis.com',
    swname: 'CONFIDENTIAL_SPACE',
    hwmodel: 'GCP_INTEL_TDX',
    dbgstat: 'disabled-since-boot',
    eat_nonce: 'demonstration',
    submods: { container: { image_digest: `sha256:${'a1'.repeat(32)}` } },
  }),
  ofService('Intel Trust Authority', 'PS384', {
    iss: 'https://portal.trustauthority.intel.com',
    attester_type: 'TDX',
    tdx_mrtd: 'b2'.repeat(48),
    tdx_is_debuggable: false,
    attester_tcb_status: 'UpToDate',
  }),
  ofService('Trustee, simple', 'ES256', {
    iss: 'CoCo-Attestation-Service',
    'tcb-status': { 'snp.measurement': 'c3'.repeat(48) },
    'evaluation-reports': [{ 'policy-id': 'default', 'evaluation-result': '{"allow":true}' }],
  }),
  ofService('Veraison', 'ES256', {
    eat_profile: 'tag:github.com,2023:veraison/ear',
    'ear.verifier-id': { developer: 'https://veraison-project.org', build: 'demonstration' },
    submods: { PSA_IOT: { 'ear.status': 'affirming', 'ear.trustworthiness-vector': { hardware: 2 } } },
  }),
]

const CASES: readonly Case[] = [
  ...SERVICES,
  ...tokens.filter(({ expect: headline }) => headline === 'SR').map((one) => ofSample('token', one)),
  ...signed.map((one) => ofSample('scitt', one)),
  // One that nobody signed has no word that counts.
  ...manifests.filter(({ id }) => id === 'signed').map((one) => ofSample('corim', one)),
  { name: 'certificate that carries evidence', at: MADE_AT, files: carrier },
]

/** How far it counts, and everything that it says. */
async function said(files: readonly InputFile[], at: number) {
  const view = await appraise(files, { at, atSource: 'given', policy: NO_POLICY })
  const [statement] = view.statements
  const bound = view.checks.find(({ id }) => id === 'ratls.key-bound')?.outcome
  const self = view.checks.find(({ id }) => id === 'ratls.self-signed')?.outcome
  const label = statement
    ? statement.standing
    : `${effective(view)}${bound === undefined ? '' : ` key ${bound}, self-signed ${self}`}`
  const isUnbroken = view.checks.every(
    ({ outcome, layer, weight }) => weight !== 'decides' || layer > 3 || outcome !== 'fail',
  )
  const counts = statement
    ? statement.standing === 'authentic'
    : effective(view) === 'SR' || (bound === 'pass' && self === 'pass' && isUnbroken)
  const words = async (): Promise<readonly string[]> => {
    // What a statement carries unsigned beside its signature is said only where somebody else signed it.
    if (statement)
      return [statement.issuer, statement.about, ...statement.registers, ...statement.claims].map((one) =>
        JSON.stringify(one),
      )
    const { artifacts } = await inspect(files)
    return artifacts.flatMap(({ facts: { claims, measurements, userData, nonce } }) =>
      [
        ...(claims ?? []),
        ...measurements.map(({ name: register, value }) => [register, [...value.value]]),
        [...(userData?.value ?? [])],
        [...(nonce?.value ?? [])],
      ].map((one) => JSON.stringify(one)),
    )
  }
  return { label, counts, words }
}

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_, { at, files }) => {
  it('says nothing else that counts after a bit of any byte changed', async () => {
    const given = await files()
    const [first, ...rest] = given
    if (!first) throw new Error('no file')
    const whole = await said(given, at)
    expect(whole.counts).toBe(true)
    const words = new Set(await whole.words())
    const seen = new Map<string, number>()
    const other: string[] = []
    const step = isSoak ? 1 : Math.ceil(first.bytes.length / 250)
    for (let offset = 0; offset < first.bytes.length; offset += step) {
      const bytes = first.bytes.slice()
      bytes[offset] = (bytes[offset] ?? 0) ^ 1
      const changed = [{ ...first, bytes }, ...rest]
      const after = await said(changed, at)
      seen.set(after.label, (seen.get(after.label) ?? 0) + 1)
      if (after.counts && (await after.words()).some((word) => !words.has(word)))
        other.push(`0x${offset.toString(16)} ${after.label}`)
    }
    console.log(
      `one bit of ${[...seen.values()].reduce((a, b) => a + b, 0)} of ${first.bytes.length} bytes: ${[...seen].map(([label, count]) => `${label} ${count}`).join(' · ')}`,
    )
    expect(other).toEqual([])
  }, 600_000)
})
