import { beforeEach, describe, expect, it } from 'vitest'
import { bitString, integer, nothing, oid, sequence } from '../bytes/der-writer.ts'
import { sameBytes } from '../bytes/layout.ts'
import { algorithmIdentifier, signWith, spkiOf } from '../pki/issue.ts'
import { BAD_KEYS, KEYS, SECP256K1 } from '../pki/testing.ts'
import { derToP1363, p1363ToDer } from './ecdsa-der.ts'
import { CURVES, ecSpki, ed25519Spki, OID_RSA_PSS } from './keys.ts'
import { forgetEndorsements, forgetEvidence, verifyEndorsement, verifyEvidence } from './remember.ts'
import type { SignatureAlgorithm } from './types.ts'
import { digest, hmac, resetVerificationCount, verificationCount, verifySignature } from './verify.ts'
import { toHex } from '../bytes/layout.ts'

const DATA = new TextEncoder().encode('what was signed')
const OTHER = new TextEncoder().encode('what was not')

const CASES: readonly (readonly [string, JsonWebKey, SignatureAlgorithm])[] = [
  ...(['SHA-256', 'SHA-384', 'SHA-512', 'SHA-1'] as const).flatMap((hash) =>
    (['root', 'p384', 'p521'] as const).flatMap((key) =>
      (['der', 'p1363'] as const).map(
        (form) => [`ECDSA ${KEYS[key].crv} ${hash} ${form}`, KEYS[key], { kind: 'ecdsa', hash, form }] as const,
      ),
    ),
  ),
  ...(['SHA-256', 'SHA-384', 'SHA-512'] as const).flatMap((hash) => [
    [`RSA PKCS #1 ${hash}`, KEYS.rsa, { kind: 'rsa-pkcs1', hash }] as const,
    [
      `RSA PSS ${hash}`,
      KEYS.rsa,
      { kind: 'rsa-pss', hash, mgfHash: hash, saltLength: { 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 }[hash] },
    ] as const,
  ]),
  ['Ed25519', KEYS.ed, { kind: 'ed25519' }],
]

describe.each(CASES)('%s', (_, jwk, algorithm) => {
  it('holds for what was signed, and for nothing else', async () => {
    const spki = spkiOf(jwk)
    const signature = await signWith(jwk, algorithm, DATA)
    expect(await verifySignature(algorithm, spki, DATA, signature)).toMatchObject({
      result: 'valid',
      because: { text: 'signature.holds' },
    })
    expect(await verifySignature(algorithm, spki, OTHER, signature)).toMatchObject({
      result: 'invalid',
      because: { text: 'signature.mismatch' },
    })
    expect((await verifySignature(algorithm, spki, DATA, signature.subarray(1))).result).toBe('invalid')
    expect((await verifySignature(algorithm, spki, DATA, Uint8Array.from([...signature, 0]))).result).toBe('invalid')
    expect((await verifySignature(algorithm, spki, DATA, new Uint8Array())).result).toBe('invalid')
    const changed = signature.slice()
    changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1
    expect((await verifySignature(algorithm, spki, DATA, changed)).result).toBe('invalid')
  })
})

describe('ECDSA numbers', () => {
  const spki = spkiOf(KEYS.root)
  const order = CURVES['P-256'].order
  const plus = (bytes: Uint8Array, more: bigint) => {
    const value = BigInt(`0x${toHex(bytes)}`) + more
    return Uint8Array.from(
      (value.toString(16).padStart(64, '0').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)),
    )
  }
  const n = BigInt(`0x${toHex(order)}`)
  it.each([
    ['r = 0', 'r', () => new Uint8Array(32)],
    ['s = 0', 's', () => new Uint8Array(32)],
    ['r = n', 'r', () => order],
    ['s = n', 's', () => order],
    ['r = ff…', 'r', () => new Uint8Array(32).fill(255)],
  ] as const)('refuses %s', async (_, which, value) => {
    const raw = (await signWith(KEYS.root, { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }, DATA)).slice()
    raw.set(value(), which === 'r' ? 0 : 32)
    expect(await verifySignature({ kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }, spki, DATA, raw)).toMatchObject({
      result: 'invalid',
      because: { text: 'signature.range' },
    })
    expect(
      (await verifySignature({ kind: 'ecdsa', hash: 'SHA-256', form: 'der' }, spki, DATA, p1363ToDer(raw))).result,
    ).toBe('invalid')
  })
  it('accepts n − s: it is a signature, only not the same bytes', async () => {
    const raw = (await signWith(KEYS.root, { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }, DATA)).slice()
    const s = BigInt(`0x${toHex(raw.subarray(32))}`)
    raw.set(plus(new Uint8Array(1), n - s), 32)
    expect((await verifySignature({ kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }, spki, DATA, raw)).result).toBe(
      'valid',
    )
  })
  it('says of other encodings that they are not DER', async () => {
    const der = await signWith(KEYS.root, { kind: 'ecdsa', hash: 'SHA-256', form: 'der' }, DATA)
    const long = Uint8Array.from([0x30, 0x81, ...der.subarray(1)])
    expect(await verifySignature({ kind: 'ecdsa', hash: 'SHA-256', form: 'der' }, spki, DATA, long)).toMatchObject({
      result: 'invalid',
      because: { text: 'signature.not-der' },
    })
    expect(sameBytes(derToP1363(der, 32) ?? new Uint8Array(), new Uint8Array(64))).toBe(false)
  })
})

describe('keys', () => {
  const es256: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }
  it.each([
    ['RSA-1024', BAD_KEYS.rsa1024, { kind: 'rsa-pkcs1', hash: 'SHA-256' } as const, 'crypto.weak-key'],
    ['P-192', BAD_KEYS.p192, es256, 'crypto.weak-key'],
    ['explicit curve parameters', BAD_KEYS.explicit, es256, 'crypto.explicit-curve'],
    ['a point off the curve', ecSpki('P-256', new Uint8Array(64).fill(1)), es256, 'crypto.bad-key'],
    [
      'a point at infinity',
      sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bitString(Uint8Array.of(0))),
      es256,
      'crypto.bad-key',
    ],
    [
      'an even modulus',
      sequence(
        sequence(oid('1.2.840.113549.1.1.1'), nothing()),
        bitString(sequence(integer(new Uint8Array(256).fill(0xf0)), integer(65537))),
      ),
      { kind: 'rsa-pkcs1', hash: 'SHA-256' } as const,
      'crypto.bad-key',
    ],
    [
      'exponent 1',
      sequence(
        sequence(oid('1.2.840.113549.1.1.1'), nothing()),
        bitString(sequence(integer(new Uint8Array(256).fill(0xf1)), integer(1))),
      ),
      { kind: 'rsa-pkcs1', hash: 'SHA-256' } as const,
      'crypto.bad-key',
    ],
    ['no DER at all', Uint8Array.of(1, 2, 3), es256, 'crypto.bad-key'],
    ['bytes behind the key', Uint8Array.from([...spkiOf(KEYS.root), 0]), es256, 'crypto.bad-key'],
  ])('are refused: %s', async (_, spki, algorithm, reason) => {
    const signature = new Uint8Array(algorithm.kind === 'ecdsa' ? 64 : 256).fill(1)
    expect(await verifySignature(algorithm, spki, DATA, signature)).toMatchObject({
      result: 'invalid',
      because: { text: reason },
    })
  })
  it.each([
    ['secp256k1', SECP256K1, es256],
    [
      'a compressed point',
      sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bitString(new Uint8Array(33).fill(2))),
      es256,
    ],
    ['an unheard-of algorithm', sequence(sequence(oid('1.2.3.4')), bitString(new Uint8Array(40))), es256],
    [
      'MGF1 with another digest',
      spkiOf(KEYS.rsa),
      { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-1', saltLength: 32 } as const,
    ],
    ['ECDSA with SM3', spkiOf(KEYS.root), { kind: 'ecdsa', hash: 'SM3', form: 'p1363' } as const],
  ])('are unsupported, not wrong: %s', async (_, spki, algorithm) => {
    expect(
      await verifySignature(algorithm, spki, DATA, new Uint8Array(algorithm.kind === 'ecdsa' ? 64 : 256).fill(1)),
    ).toMatchObject({ result: 'unsupported', because: { text: 'crypto.unsupported' } })
  })
  it('of another kind than the algorithm are wrong', async () => {
    expect(await verifySignature(es256, spkiOf(KEYS.rsa), DATA, new Uint8Array(64).fill(1))).toMatchObject({
      result: 'invalid',
      because: { text: 'signature.wrong-key-type' },
    })
    expect(
      await verifySignature({ kind: 'rsa-pkcs1', hash: 'SHA-256' }, spkiOf(KEYS.root), DATA, new Uint8Array(64)),
    ).toMatchObject({ because: { text: 'signature.wrong-key-type' } })
    expect(await verifySignature({ kind: 'ed25519' }, spkiOf(KEYS.root), DATA, new Uint8Array(64))).toMatchObject({
      because: { text: 'signature.wrong-key-type' },
    })
  })
  it('bound to PSS work for PSS with their parameters only', async () => {
    const pss: SignatureAlgorithm = { kind: 'rsa-pss', hash: 'SHA-384', mgfHash: 'SHA-384', saltLength: 48 }
    const plain = spkiOf(KEYS.rsa)
    const bound = sequence(algorithmIdentifier(pss), Uint8Array.from([0x03, ...plain.subarray(20)]))
    const signature = await signWith(KEYS.rsa, pss, DATA)
    expect((await verifySignature(pss, bound, DATA, signature)).result).toBe('valid')
    const wrong: SignatureAlgorithm = { ...pss, hash: 'SHA-256', mgfHash: 'SHA-256', saltLength: 48 }
    expect(await verifySignature(wrong, bound, DATA, await signWith(KEYS.rsa, wrong, DATA))).toMatchObject({
      because: { text: 'signature.wrong-key-type' },
    })
    expect(await verifySignature({ kind: 'rsa-pkcs1', hash: 'SHA-384' }, bound, DATA, signature)).toMatchObject({
      because: { text: 'signature.wrong-key-type' },
    })
    expect(toHex(bound)).toContain(toHex(oid(OID_RSA_PSS)))
  })
  it('C4 s + L is not another Ed25519 signature for the same bytes', async () => {
    const signature = (await signWith(KEYS.ed, { kind: 'ed25519' }, DATA)).slice()
    // L = 2^252 + 27742317777372353535851937790883648493, little-endian
    const order = [
      0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ]
    let carry = 0
    for (const [i, byte] of order.entries()) {
      const sum = (signature[32 + i] ?? 0) + byte + carry
      signature[32 + i] = sum & 0xff
      carry = sum >> 8
    }
    expect((await verifySignature({ kind: 'ed25519' }, spkiOf(KEYS.ed), DATA, signature)).result).toBe('invalid')
  })
  it('C4 of small order make no Ed25519 signature for everything', async () => {
    const small = ed25519Spki(Uint8Array.from([1, ...new Uint8Array(31)]))
    expect(
      (
        await verifySignature(
          { kind: 'ed25519' },
          small,
          DATA,
          Uint8Array.from([1, ...new Uint8Array(31).fill(0xff), ...new Uint8Array(32)]),
        )
      ).result,
    ).not.toBe('valid')
  })
})

describe('counting and remembering', () => {
  beforeEach(() => {
    resetVerificationCount()
    forgetEndorsements()
  })
  it.each([
    ['endorsement', verifyEndorsement],
    ['piece of evidence', verifyEvidence],
  ] as const)('remembers a good %s and never a bad one', async (_, verify) => {
    const algorithm: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-256', form: 'der' }
    const signature = await signWith(KEYS.root, algorithm, DATA)
    const spki = spkiOf(KEYS.root)
    for (let i = 0; i < 3; i++) expect((await verify(algorithm, spki, DATA, signature)).result).toBe('valid')
    expect(verificationCount()).toBe(1)
    for (let i = 0; i < 3; i++) expect((await verify(algorithm, spki, OTHER, signature)).result).toBe('invalid')
    expect(verificationCount()).toBe(4)
    expect((await verify(algorithm, spkiOf(KEYS.other), DATA, signature)).result).toBe('invalid')
    expect((await verify({ ...algorithm, hash: 'SHA-384' }, spki, DATA, signature)).result).toBe('invalid')
  })
  it('does not outlive the bytes, and forgets evidence alone', async () => {
    const algorithm: SignatureAlgorithm = { kind: 'ecdsa', hash: 'SHA-256', form: 'der' }
    const signature = await signWith(KEYS.root, algorithm, DATA)
    const [spki, data] = [spkiOf(KEYS.root), DATA.slice()]
    for (const verify of [verifyEvidence, verifyEndorsement]) await verify(algorithm, spki, data, signature)
    data[0] = (data[0] ?? 0) ^ 1
    for (const verify of [verifyEvidence, verifyEndorsement])
      expect((await verify(algorithm, spki, data, signature)).result).toBe('invalid')
    forgetEvidence()
    resetVerificationCount()
    for (const verify of [verifyEvidence, verifyEndorsement]) await verify(algorithm, spki, DATA, signature)
    expect(verificationCount()).toBe(1)
  })
})

describe('digests', () => {
  it('are what they are', async () => {
    expect(toHex(await digest('SHA-256', new TextEncoder().encode('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
    // RFC 4231 test case 1 and 6.
    expect(toHex(await hmac('SHA-256', new Uint8Array(20).fill(0x0b), new TextEncoder().encode('Hi There')))).toBe(
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    )
    expect(
      toHex(
        await hmac(
          'SHA-384',
          new Uint8Array(131).fill(0xaa),
          new TextEncoder().encode('Test Using Larger Than Block-Size Key - Hash Key First'),
        ),
      ),
    ).toBe('4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952')
  })
})
