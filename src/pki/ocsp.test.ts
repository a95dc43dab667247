import { fc } from '../testing/seeded.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../core/place.ts'
import { tilingFaults } from '../bytes/layout.ts'
import { basicConstraints, customExtension, extendedKeyUsage, issueCertificate, keyUsage, name } from './issue.ts'
import { issueOcsp, refusedOcsp, type OcspRecipe } from './issue-ocsp.ts'
import { ocspNode, readOcsp, type OcspResponse } from './ocsp.ts'
import { OCSP_OID } from './ocsp-shape.ts'
import { ocspState } from './ocsp-standing.ts'
import { AT, chain, ES256, FROM, KEYS, NAMES, TO } from './testing.ts'
import type { Certificate } from './types.ts'

let authority: Certificate
let leaf: Certificate
let root: Certificate
beforeAll(async () => {
  ;({ authority, leaf, root } = await chain())
})

const HOUR = 3_600_000
const RESPONDER = name({ O: 'Demonstration', CN: 'OCSP responder' })
const GOOD: OcspRecipe['answers'] = [{ serial: 3, status: 'good', thisUpdate: AT - HOUR, nextUpdate: AT + 23 * HOUR }]
const responderCertificate = (
  over: {
    readonly issuer?: Uint8Array
    readonly key?: JsonWebKey
    readonly usage?: boolean
    readonly until?: number
    readonly critical?: boolean
  } = {},
) =>
  issueCertificate({
    subject: RESPONDER,
    issuer: over.issuer ?? NAMES.authority,
    issuerKey: over.key ?? KEYS.authority,
    subjectKey: KEYS.other,
    serial: 99,
    notBefore: FROM,
    notAfter: over.until ?? TO,
    algorithm: ES256,
    extensions: [
      basicConstraints(false),
      keyUsage('digitalSignature'),
      ...(over.usage === false ? [] : [extendedKeyUsage('1.3.6.1.5.5.7.3.9')]),
      customExtension(OCSP_OID.noCheck, Uint8Array.of(5, 0)),
      ...(over.critical ? [customExtension('1.2.3.4', Uint8Array.of(5, 0), true)] : []),
    ],
  })
const der = async (over: Partial<OcspRecipe> = {}) =>
  issueOcsp({
    issuer: NAMES.authority,
    issuerKey: KEYS.authority,
    responder: RESPONDER,
    responderKey: KEYS.other,
    certificates: [await responderCertificate()],
    producedAt: AT,
    answers: GOOD,
    algorithm: ES256,
    ...over,
  })
const parse = (bytes: Uint8Array): OcspResponse => {
  const read = readOcsp(sliceOf('', bytes))
  if (!read) throw new Error('no response')
  return read
}
const ask = async (...responses: readonly Uint8Array[]) => ocspState(leaf, authority, responses.map(parse), AT)
const self = { responder: NAMES.authority, responderKey: KEYS.authority, certificates: [] }

describe('an answer', () => {
  it('of the issuer itself or of its responder is believed, whatever digest names the issuer', async () => {
    for (const hash of ['SHA-1', 'SHA-256', 'SHA-384'] as const)
      for (const byKey of [false, true])
        for (const who of [{}, self])
          expect(await ask(await der({ ...who, hash, byKey, nonce: Uint8Array.of(1, 2, 3) }))).toMatchObject({
            state: 'good',
            because: { text: 'ocsp.good' },
          })
    expect(parse(await der({ nonce: Uint8Array.of(1, 2, 3) }))).toMatchObject({
      faults: [],
      status: 0,
      nonce: Uint8Array.of(1, 2, 3),
    })
  })
  it('that says revoked stands, whatever its dates and whatever another says', async () => {
    const revoked = (revokedAt: number, reason?: number) =>
      der({
        answers: [
          {
            serial: 3,
            status: 'revoked',
            revokedAt,
            thisUpdate: FROM,
            nextUpdate: FROM + HOUR,
            ...(reason === undefined ? {} : { reason }),
          },
        ],
      })
    expect(await ask(await der(), await revoked(FROM, 1))).toMatchObject({
      state: 'revoked',
      revokedBefore: true,
      isHold: false,
      because: { text: 'ocsp.revoked', code: 'revoked', params: { reason: 'keyCompromise' } },
    })
    expect(await ask(await revoked(FROM, 6))).toMatchObject({ isHold: true, because: { text: 'ocsp.hold' } })
    expect(await ask(await revoked(AT + HOUR))).toMatchObject({
      revokedBefore: false,
      because: { text: 'ocsp.revoked-later', params: { reason: '–' } },
    })
  })
  it.each([
    ['stale', { answers: [{ serial: 3, status: 'good', thisUpdate: FROM, nextUpdate: AT - HOUR }] }, 'ocsp.stale'],
    ['without a next update', { answers: [{ serial: 3, status: 'good', thisUpdate: FROM }] }, 'ocsp.stale'],
    [
      'from the future',
      { answers: [{ serial: 3, status: 'good', thisUpdate: AT + HOUR, nextUpdate: TO }] },
      'ocsp.future',
    ],
    [
      'that does not know it',
      { answers: [{ serial: 3, status: 'unknown', thisUpdate: FROM, nextUpdate: TO }] },
      'ocsp.unknown',
    ],
    [
      'about another serial number',
      { answers: [{ serial: 4, status: 'good', thisUpdate: FROM, nextUpdate: TO }] },
      'ocsp.missing',
    ],
    ['about another issuer’s certificate', { issuer: NAMES.root }, 'ocsp.missing'],
    ['about the same name with another key', { issuerKey: KEYS.root }, 'ocsp.missing'],
    ['by a stranger', { certificates: [] }, 'ocsp.responder-missing'],
    ['with a wrong signature', { responderKey: KEYS.leaf }, 'ocsp.signature'],
  ] as const)('%s counts as none', async (_, over, text) => {
    expect(await ask(await der(over))).toMatchObject({ state: 'not-checked', because: { text } })
  })
  it.each([
    ['without the usage', { usage: false }, 'ocsp.responder-usage'],
    ['past its dates', { until: AT - HOUR }, 'ocsp.responder-outside'],
    ['of another issuer', { issuer: NAMES.root, key: KEYS.root }, 'ocsp.responder-foreign'],
    ['that another key signed', { key: KEYS.root }, 'ocsp.responder-signature'],
    ['with something that must be understood', { critical: true }, 'ocsp.critical-ext'],
  ] as const)('of a responder %s counts as none', async (_, over, text) => {
    const response = await der({ certificates: [await responderCertificate(over)] })
    expect(await ask(response)).toMatchObject({ state: 'not-checked', because: { text } })
  })
  it('that is a refusal is named', async () => {
    expect(await ask(refusedOcsp(6))).toMatchObject({
      state: 'not-checked',
      because: { text: 'ocsp.refused', params: { status: 'unauthorized' } },
    })
  })
  it('covers one certificate, not its neighbours', async () => {
    expect(await ocspState(authority, root, [parse(await der())], AT)).toMatchObject({ state: 'not-checked' })
  })
})

describe('reading', () => {
  it('tiles the bytes of anything that begins like a response', async () => {
    const whole = await der({
      nonce: new Uint8Array(8),
      answers: [
        ...GOOD,
        { serial: 4, status: 'revoked', reason: 1, thisUpdate: AT },
        { serial: 5, status: 'unknown', thisUpdate: AT },
      ],
    })
    for (const bytes of [whole, refusedOcsp(3), Uint8Array.from([...whole, 0])]) {
      expect(tilingFaults(ocspNode(sliceOf('', bytes), ''), sliceOf('', bytes))).toEqual({ holes: [], overlaps: [] })
    }
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, end) => {
        const bent = whole.slice(0, Math.max(1, end))
        bent[at % bent.length] = byte
        const slice = sliceOf('', bent)
        readOcsp(slice)
        expect(tilingFaults(ocspNode(slice, ''), slice)).toEqual({ holes: [], overlaps: [] })
      }),
    )
  })
  it('believes no response of which one bit was changed', async () => {
    const whole = await der()
    const outcomes = new Map<string, number>()
    for (let at = 0; at < whole.length; at++) {
      const bent = whole.slice()
      bent[at] = (bent[at] ?? 0) ^ (1 << (at % 8))
      const read = readOcsp(sliceOf('', bent))
      const state = read ? (await ocspState(leaf, authority, [read], AT)).state : 'unread'
      outcomes.set(state, (outcomes.get(state) ?? 0) + 1)
      if (state === 'good') throw new Error(`byte ${at} is covered by nothing`)
    }
    expect([...outcomes.keys()].toSorted()).toEqual(['not-checked', 'unread'])
    expect(bytesOf(sliceOf('', whole)).length).toBe(whole.length)
  })
})
