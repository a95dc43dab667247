import { describe, expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { CaseItem } from '../../core/scheme.ts'
import { utf8 } from '../../bytes/der-writer.ts'
import { joinBytes } from '../../bytes/join.ts'
import { hashNow } from '../../crypto/hash.ts'
import { ecSpki } from '../../crypto/keys.ts'
import { sm2PublicKey, sm2Sign, sm2SignWithoutZ } from '../../crypto/sm2.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { customExtension, issueCertificate, name } from '../../pki/issue.ts'
import { ES256, KEYS } from '../../pki/testing.ts'
import { hyperEnclaveExaminer } from './hyper-enclave.ts'

/** Demonstration keys: public on purpose. */
const HYPERVISOR = hashNow('sm3', new TextEncoder().encode('demonstration hypervisor'))
const PLATFORM = hashNow('sm3', new TextEncoder().encode('demonstration platform'))
const NONCE = hashNow('sm3', new TextEncoder().encode('demonstration nonce'))
const USER_ID = Uint8Array.from({ length: 14 }, (_, i) => i + 1)
const sm3 = (bytes: Uint8Array) => hashNow('sm3', bytes)

interface Bend {
  readonly isPlatformWithZ?: boolean
  readonly isHypervisorWithoutZ?: boolean
  readonly otherKeyMeasured?: boolean
  readonly selection?: Uint8Array
}

async function makeQuote(bend: Bend = {}): Promise<Uint8Array> {
  const key = sm2PublicKey(HYPERVISOR)
  const measured = bend.otherKeyMeasured === true ? sm2PublicKey(PLATFORM) : key
  const last = sm3(joinBytes([new Uint8Array(32), sm3(measured)]))
  const all = sm3(new TextEncoder().encode('registers'))
  const attest = joinBytes([
    Uint8Array.of(0xff, 0x54, 0x43, 0x47, 0x80, 0x18),
    new Uint8Array(36 + 36 + 17 + 8),
    bend.selection ?? Uint8Array.of(0, 0, 0, 1, 0, 0x12, 3, 0xff, 0x33, 0),
    Uint8Array.of(0, 32),
    all,
  ])
  const body = new Uint8Array(384).fill(7)
  const certificate = await issueCertificate({
    subject: name({ CN: 'demonstration TPM' }),
    issuer: name({ CN: 'demonstration authority' }),
    issuerKey: KEYS.leaf,
    subjectKey: ecSpki('SM2', sm2PublicKey(PLATFORM)),
    serial: 7,
    notBefore: Date.parse('2026-01-01T00:00:00Z'),
    notAfter: Date.parse('2027-01-01T00:00:00Z'),
    algorithm: ES256,
    extensions: [customExtension('1.2.86.1', utf8(toBase64(joinBytes([all, last]))))],
  })
  const made = (signature: Uint8Array | undefined) => signature ?? new Uint8Array(64)
  const signature = joinBytes([
    made(
      bend.isHypervisorWithoutZ === true
        ? sm2SignWithoutZ(HYPERVISOR, body, NONCE)
        : sm2Sign(HYPERVISOR, USER_ID, body, NONCE),
    ),
    key,
    attest,
    made(
      bend.isPlatformWithZ === true
        ? sm2Sign(PLATFORM, USER_ID, attest, NONCE)
        : sm2SignWithoutZ(PLATFORM, attest, NONCE),
    ),
    certificate,
  ])
  const length = Uint8Array.of(signature.length & 255, signature.length >> 8, 0, 0)
  return joinBytes([Uint8Array.of(2, 0), new Uint8Array(46), body, length, signature])
}

async function outcomes(bytes: Uint8Array) {
  const slice = sliceOf('', bytes)
  const item: CaseItem = {
    artifact: 0,
    parent: null,
    name: 'quote',
    sha256: () => '',
    origin: 'embedded',
    format: 'uar.hyperenclave-quote',
    message: 'supporting',
    slice,
    decoded: undefined,
    facts: { measurements: [] },
    hints: {},
  }
  const examined = await hyperEnclaveExaminer.examine(item, { at: 0, policy: NO_POLICY, anchors: [], items: [] })
  return examined?.findings.map(({ id, outcome }) => `${id.replace('uar.hyperenclave-', '')} ${outcome}`)
}

describe('a HyperEnclave quote', () => {
  it('holds together as the attester makes it', async () =>
    expect(await outcomes(await makeQuote())).toEqual([
      'report-signed pass',
      'platform-signed pass',
      'key-measured pass',
    ]))
  it.each([
    [
      'another report',
      async () => (await makeQuote()).map((byte, i) => (i === 100 ? byte ^ 1 : byte)),
      'report-signed',
    ],
    ['the hypervisor signs without Z', () => makeQuote({ isHypervisorWithoutZ: true }), 'report-signed'],
    ['the TPM signs with Z', () => makeQuote({ isPlatformWithZ: true }), 'platform-signed'],
    ['another hypervisor’s key is measured', () => makeQuote({ otherKeyMeasured: true }), 'key-measured'],
    [
      'other registers are signed',
      () => makeQuote({ selection: Uint8Array.of(0, 0, 0, 1, 0, 0x12, 3, 0xff, 0, 0) }),
      'key-measured',
    ],
  ] as const)('%s', async (_, make, fails) =>
    expect((await outcomes(await make()))?.filter((one) => one.endsWith('fail'))).toEqual([`${fails} fail`]),
  )
  it('without its certificate two questions stay open, and cut off it says nothing', async () => {
    const whole = await makeQuote()
    expect(await outcomes(whole.subarray(0, 432 + 4 + 64 + 64 + 147 + 64))).toEqual([
      'report-signed pass',
      'platform-signed not-checked',
      'key-measured not-checked',
    ])
    expect(await outcomes(whole.subarray(0, 500))).toBeUndefined()
  })
})
