import { describe, expect, it } from 'vitest'
import { sliceOf } from '../core/place.ts'
import {
  explicit,
  implicitConstructed,
  integer,
  joinBytes,
  octetString,
  oid,
  sequence,
  set,
  tlv,
} from '../bytes/der-writer.ts'
import { digest } from '../crypto/verify.ts'
import { readCertificate } from './certificate.ts'
import { issueCertificate, name, signWith } from './issue.ts'
import { ES256, KEYS } from './testing.ts'
import { readTimeStamp, verifyTimeStamp } from './timestamp.ts'

const STAMPED = new TextEncoder().encode('a signature that was stamped')
const AT = Date.parse('2026-01-01T00:00:00Z')
const SHA256 = sequence(oid('2.16.840.1.101.3.4.2.1'))
const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const generalizedTime = (value: string) => tlv(0x18, new TextEncoder().encode(value))

interface Bend {
  readonly over?: Uint8Array
  readonly key?: JsonWebKey
  readonly serial?: number
  readonly contentType?: string
  /** The signed attributes name the digest of another TSTInfo. */
  readonly otherInfo?: boolean
  readonly hash?: string
  readonly isResponse?: boolean
}

async function certificate(serial = 5) {
  return issueCertificate({
    subject: name({ CN: 'demonstration.tsa' }),
    issuer: name({ CN: 'demonstration.tsa' }),
    issuerKey: KEYS.leaf,
    subjectKey: KEYS.leaf,
    serial,
    notBefore: AT - 1000,
    notAfter: AT + 86_400_000,
    algorithm: ES256,
  })
}

/** A time stamp as RFC 3161 makes it, over the digest of what was stamped. */
async function makeStamp(bend: Bend = {}): Promise<Uint8Array> {
  const imprint = sequence(SHA256, octetString(await digest('SHA-256', bend.over ?? STAMPED)))
  const info = sequence(integer(1), oid('1.3.6.1.4.1.32473.2'), imprint, integer(9), generalizedTime('20260101000000Z'))
  const hashed = await digest('SHA-256', bend.otherInfo === true ? STAMPED : info)
  const attributes = [
    sequence(oid('1.2.840.113549.1.9.3'), set(oid(bend.contentType ?? TST_INFO))),
    sequence(oid('1.2.840.113549.1.9.4'), set(octetString(hashed))),
  ]
  const signed = tlv(0x31, joinBytes(attributes))
  const der = await certificate()
  const algorithm = sequence(oid(bend.hash ?? '2.16.840.1.101.3.4.2.1'))
  const signer = sequence(
    integer(1),
    sequence(name({ CN: 'demonstration.tsa' }), integer(bend.serial ?? 5)),
    algorithm,
    implicitConstructed(0, ...attributes),
    sequence(oid('1.2.840.10045.4.3.2')),
    octetString(await signWith(bend.key ?? KEYS.leaf, ES256, signed)),
  )
  const data = sequence(
    integer(3),
    set(SHA256),
    sequence(oid(TST_INFO), explicit(0, octetString(info))),
    implicitConstructed(0, der),
    set(signer),
  )
  const token = sequence(oid('1.2.840.113549.1.7.2'), explicit(0, data))
  return bend.isResponse === true ? sequence(sequence(integer(0)), token) : token
}

async function standing(bend: Bend = {}, stamped = STAMPED) {
  const stamp = readTimeStamp(sliceOf('', await makeStamp(bend)))
  if (!stamp) return undefined
  const known = readCertificate(sliceOf('', await certificate()))
  const { state, because } = await verifyTimeStamp(stamp, stamped, known ? [known, ...stamp.certificates] : [])
  return `${state} ${because.text}`
}

describe('a time stamp', () => {
  it.each([false, true])('holds, bare or in a response (%s), and says when', async (isResponse) => {
    const stamp = readTimeStamp(sliceOf('', await makeStamp({ isResponse })))
    expect(stamp?.at).toBe(AT)
    expect(stamp?.certificates).toHaveLength(1)
    expect(await standing({ isResponse })).toBe('valid timestamp.holds')
  })
  it.each([
    ['of something else', { over: Uint8Array.of(1) }, 'invalid timestamp.other'],
    ['whose attributes name another statement', { otherInfo: true }, 'invalid timestamp.attributes'],
    ['of another kind of content', { contentType: '1.2.840.113549.1.7.1' }, 'invalid timestamp.attributes'],
    ['by another key', { key: KEYS.root }, 'invalid timestamp.signature'],
    ['by a certificate that is not here', { serial: 77 }, 'no-signer timestamp.no-signer'],
    ['with a hash that is not known', { hash: '1.3.14.3.2.26' }, 'unsupported timestamp.hash'],
  ] as const)('%s', async (_, bend, expected) => expect(await standing(bend)).toBe(expected))
  it('is of exactly these bytes', async () =>
    expect(await standing({}, Uint8Array.from([...STAMPED, 0]))).toBe('invalid timestamp.other'))
  it('a changed byte never leaves it valid with another time, and reading throws for no length', async () => {
    const whole = await makeStamp()
    for (let length = 0; length < whole.length; length += 7) readTimeStamp(sliceOf('', whole.subarray(0, length)))
    const known = readCertificate(sliceOf('', await certificate()))
    for (let at = 0; at < whole.length; at += 3) {
      const stamp = readTimeStamp(
        sliceOf(
          '',
          whole.map((byte, i) => (i === at ? byte ^ 1 : byte)),
        ),
      )
      const after = stamp && known && (await verifyTimeStamp(stamp, STAMPED, [known]))
      if (after?.state === 'valid') expect(stamp?.at).toBe(AT)
    }
  })
})
