import { describe, expect, it } from 'vitest'
import { cborArray, cborBytes, cborInt, cborMap, cborText } from '../../bytes/cbor-writer.ts'
import { explicit, octetString, sequence } from '../../bytes/der-writer.ts'
import { joinBytes } from '../../bytes/join.ts'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { readSpki } from '../../crypto/spki.ts'
import { digest } from '../../crypto/verify.ts'
import { customExtension, issueCertificate, name, signWith, spkiOf, type IssuedExtension } from '../../pki/issue.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { demoKeys, makeAndroidChain } from './attester.ts'
import { FORMATS } from './formats.ts'
import { APPLE_NONCE, KEY_DESCRIPTION } from './oids.ts'
import { prepareAttestation } from './prepare.ts'
import { context, flipped, itemOf } from './testing.ts'

/** The other formats of Web Authentication, each made whole, and with one thing wrong: which part says so. */

const ES256 = { kind: 'ecdsa', hash: 'SHA-256', form: 'der' } as const
const text = (value: string) => new TextEncoder().encode(value)
const clientData = text('{"type":"webauthn.create","challenge":"YQ","origin":"https://demonstration.invalid"}')
const clientDataHash = () => digest('SHA-256', clientData)
const ID = new Uint8Array(16).fill(0xc1)
const pointOf = (key: JsonWebKey) => {
  const read = readSpki(spkiOf(key))
  return read.kind === 'ec' ? read.point : new Uint8Array()
}
const big = (value: number, size: number) =>
  Uint8Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** (size - 1 - i)) % 256)
const sized = (bytes: Uint8Array) => joinBytes([big(bytes.length, 2), bytes])

async function authData(key: JsonWebKey = demoKeys.credential): Promise<Uint8Array> {
  const point = pointOf(key)
  return joinBytes([
    await digest('SHA-256', text('demonstration.invalid')),
    Uint8Array.of(0x45, 0, 0, 0, 0),
    new Uint8Array(16),
    sized(ID),
    cborMap(
      [1, cborInt(2)],
      [3, cborInt(-7)],
      [-1, cborInt(1)],
      [-2, cborBytes(point.subarray(1, 33))],
      [-3, cborBytes(point.subarray(33))],
    ),
  ])
}
const leafOf = (key: JsonWebKey, extensions: readonly IssuedExtension[] = []) =>
  issueCertificate({
    subject: name({ CN: 'Demonstration authenticator' }),
    issuer: name({ CN: 'Demonstration maker' }),
    issuerKey: demoKeys.authority,
    subjectKey: key,
    serial: 9,
    notBefore: 0,
    notAfter: Date.parse('2040-01-01T00:00:00Z'),
    algorithm: ES256,
    extensions,
  })
const object = (format: string, data: Uint8Array, ...statement: readonly (readonly [string, Uint8Array])[]) =>
  cborMap(['fmt', cborText(format)], ['attStmt', cborMap(...statement)], ['authData', cborBytes(data)])
const chain = (leaf: Uint8Array) => ['x5c', cborArray(cborBytes(leaf))] as const

async function proof(bytes: Uint8Array) {
  const { proof: found } = await prepareAttestation(itemOf(0, FORMATS.attestation, bytes), {
    ...context,
    files: [sliceOf('', clientData)],
  })
  return { signed: found.signed.state, key: found.key.state, why: [found.signed.because.text, found.key.because.text] }
}

interface Bend {
  readonly signWith?: JsonWebKey
  readonly credential?: JsonWebKey
  readonly data?: (bytes: Uint8Array) => Uint8Array
}

async function u2f({ signWith: by = demoKeys.leaf, data = (bytes) => bytes }: Bend = {}) {
  const written = await authData()
  const signed = joinBytes([
    Uint8Array.of(0),
    written.subarray(0, 32),
    await clientDataHash(),
    ID,
    pointOf(demoKeys.credential),
  ])
  const sig = cborBytes(await signWith(by, ES256, signed))
  return object('fido-u2f', data(written), ['sig', sig], chain(await leafOf(demoKeys.leaf)))
}

async function tpm({
  signWith: by = demoKeys.leaf,
  credential = demoKeys.credential,
  data = (bytes) => bytes,
}: Bend = {}) {
  const written = await authData()
  const point = pointOf(credential)
  const pubArea = joinBytes([
    Uint8Array.of(0, 0x23, 0, 0x0b, 0, 6, 4, 0x72, 0, 0, 0, 0x10, 0, 0x10, 0, 3, 0, 0x10),
    sized(point.subarray(1, 33)),
    sized(point.subarray(33)),
  ])
  const extraData = await digest('SHA-256', joinBytes([written, await clientDataHash()]))
  const certInfo = joinBytes([
    big(0xff544347, 4),
    big(0x8017, 2),
    sized(new Uint8Array(34)),
    sized(extraData),
    new Uint8Array(25),
    sized(joinBytes([Uint8Array.of(0, 0x0b), await digest('SHA-256', pubArea)])),
    sized(new Uint8Array(34)),
  ])
  return object(
    'tpm',
    data(written),
    ['ver', cborText('2.0')],
    ['alg', cborInt(-7)],
    ['sig', cborBytes(await signWith(by, ES256, certInfo))],
    ['certInfo', cborBytes(certInfo)],
    ['pubArea', cborBytes(pubArea)],
    chain(await leafOf(demoKeys.leaf)),
  )
}

async function androidKey(
  {
    signWith: by = demoKeys.credential,
    credential = demoKeys.credential,
    data = (bytes) => bytes,
  }: Bend & { readonly challenge?: Uint8Array } = {},
  challenge?: Uint8Array,
  extensions?: readonly IssuedExtension[],
) {
  const written = await authData()
  const [made] = await makeAndroidChain({ challenge: challenge ?? (await clientDataHash()) })
  const described = made && readCertificate(sliceOf('', made))?.extensions.find(({ oid }) => oid === KEY_DESCRIPTION)
  const usual = described ? [customExtension(KEY_DESCRIPTION, bytesOf(described.value))] : []
  const leaf = await leafOf(credential, extensions ?? usual)
  const sig = cborBytes(await signWith(by, ES256, joinBytes([written, await clientDataHash()])))
  return object('android-key', data(written), ['alg', cborInt(-7)], ['sig', sig], chain(leaf))
}

async function apple({ credential = demoKeys.credential, data = (bytes) => bytes }: Bend = {}) {
  const written = await authData()
  const nonce = await digest('SHA-256', joinBytes([written, await clientDataHash()]))
  const extension = customExtension(APPLE_NONCE, sequence(explicit(1, octetString(nonce))))
  return object('apple', data(written), chain(await leafOf(credential, [extension])))
}

describe.each([
  ['fido-u2f', u2f, 'none'],
  ['tpm', tpm, 'holds'],
  ['android-key', androidKey, 'holds'],
  ['apple', apple, 'holds'],
] as const)('%s', (_, make, key) => {
  it('holds whole, and answers no other authenticator data', async () => {
    expect(await proof(await make())).toMatchObject({ signed: 'holds', key })
    expect(await proof(await make({ data: flipped(2) }))).toMatchObject({ signed: 'open' })
    // Inside the credential's name; U2F signs neither flags nor counter.
    expect(await proof(await make({ data: flipped(60) }))).toMatchObject({ signed: 'open' })
  })
})

it('another key than the certificate’s made no statement', async () => {
  expect(await proof(await u2f({ signWith: demoKeys.other }))).toMatchObject({ signed: 'open' })
  expect(await proof(await tpm({ signWith: demoKeys.other }))).toMatchObject({ signed: 'fails' })
  expect(await proof(await androidKey({ signWith: demoKeys.other }))).toMatchObject({ signed: 'open' })
})

it('a statement about another key than the credential’s is refused', async () => {
  for (const make of [tpm, androidKey, apple])
    expect(await proof(await make({ credential: demoKeys.other }))).toMatchObject({ key: 'fails' })
})

it('an Android key that answers another challenge is refused', async () => {
  expect(await proof(await androidKey({}, text('another challenge')))).toMatchObject({
    key: 'fails',
    why: ['webauthn.signature-holds', 'android.challenge-other'],
  })
})

it('an Android key whose certificate does not describe it is refused', async () => {
  for (const extensions of [[], [customExtension(KEY_DESCRIPTION, text('no description'))]])
    expect(await proof(await androidKey({}, undefined, extensions))).toMatchObject({
      key: 'fails',
      why: ['webauthn.signature-holds', 'android.extension-malformed'],
    })
})
