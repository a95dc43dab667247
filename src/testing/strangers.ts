import { bytesOf } from '../core/place.ts'
import type { InputFile } from '../engine/api.ts'
import { openCase } from '../engine/case.ts'
import { toBase64 } from '../envelope/base64.ts'
import { encodePem } from '../envelope/pem.ts'
import { readCertificate } from '../pki/certificate.ts'
import { basicConstraints, crlNumber, issueCertificate, issueCrl, keyUsage, name, spkiOf } from '../pki/issue.ts'
import { ES256, KEYS } from '../pki/testing.ts'
import type { Certificate } from '../pki/types.ts'

/** Files that belong to somebody else, made for one case: none of them may change what is said of its evidence. */

const utf8 = (text: string) => new TextEncoder().encode(text)
const FROM = Date.UTC(2020, 0, 1)
const TO = Date.UTC(2049, 0, 1)
const file = (label: string, content: Uint8Array | string): InputFile => ({
  name: label,
  bytes: typeof content === 'string' ? utf8(content) : content,
})
const noise = (size: number) => Uint8Array.from({ length: size }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 255)
const own = KEYS.sub
const { other } = KEYS
const publicOf = ({ kty, crv, x, y }: typeof other) => ({ kty, crv, x, y })

/** Certificates that a case brings, wherever they lie. */
async function certificatesIn(files: readonly InputFile[]): Promise<Certificate[]> {
  const { artifacts } = await openCase(files)
  return artifacts.flatMap(({ slice }) => {
    const certificate = slice.bytes[slice.start] === 0x30 ? readCertificate(slice) : undefined
    // One that carries evidence is no stranger when it is copied: what it carries is the same evidence again.
    const isCarrier = certificate?.extensions.some(({ value }) => value.end - value.start > 1000)
    return certificate && isCarrier !== true ? [certificate] : []
  })
}

const selfMade = (subject: Uint8Array, serial: number, key: JsonWebKey | Uint8Array = own) =>
  issueCertificate({
    subject,
    issuer: subject,
    issuerKey: own,
    subjectKey: key,
    serial,
    notBefore: FROM,
    notAfter: TO,
    algorithm: ES256,
    extensions: [basicConstraints(true), keyUsage('keyCertSign', 'cRLSign')],
  })

/** A certificate with the names, key and extensions of a genuine one, signed by somebody else. */
const twin = (genuine: Certificate, key: JsonWebKey | Uint8Array) =>
  issueCertificate({
    subject: genuine.subject.der,
    issuer: genuine.issuer.der,
    issuerKey: own,
    subjectKey: key,
    serial: 77,
    notBefore: FROM,
    notAfter: TO,
    algorithm: ES256,
    extensions: genuine.extensions.map(({ oid, critical, value }) => ({ oid, critical, value: bytesOf(value) })),
  })

/** Certificates, keys, lists and statements of the case, each copied with one bit changed at several places: with its name and most often its key, and signed by nobody. */
async function changedCopies(files: readonly InputFile[]): Promise<InputFile[]> {
  const { artifacts } = await openCase(files)
  return artifacts
    .filter(({ message, slice }) => slice.end - slice.start < 4096 && ENDORSING.includes(message))
    .slice(0, 6)
    .flatMap(({ slice }, i) =>
      [0.02, 0.2, 0.55, 0.8, 0.97].map((share) => {
        const bytes = bytesOf(slice).slice()
        const at = Math.floor(bytes.length * share)
        bytes[at] = (bytes[at] ?? 0) ^ 4
        return file(`copy-${i}-${share}.bin`, bytes)
      }),
    )
}
const ENDORSING: readonly string[] = ['endorsement', 'reference-values']

/** Files of somebody else, all of one kind. */
export interface Strangers {
  readonly kind: string
  readonly files: readonly InputFile[]
}

/** Twenty-seven kinds of strangers for one case, each with its name. */
export async function strangersFor(files: readonly InputFile[]): Promise<readonly Strangers[]> {
  const genuine = await certificatesIn(files)
  const [leaf] = genuine
  const stranger = name({ O: 'Nobody', CN: 'Stranger' })
  const issuer = leaf?.issuer.der ?? stranger
  const all = async (make: (one: Certificate, index: number) => Promise<Uint8Array>) =>
    Promise.all(genuine.slice(0, 8).map(async (one, i) => file(`twin-${i}.der`, await make(one, i))))
  const list = (of: Uint8Array, serials: readonly Uint8Array[], number = 1) =>
    issueCrl({
      issuer: of,
      issuerKey: own,
      algorithm: ES256,
      thisUpdate: Date.UTC(2019 + number, 0, 1),
      nextUpdate: TO,
      entries: serials.map((serial) => ({ serial, revokedAt: FROM })),
      extensions: [crlNumber(number)],
    })
  const jwk = JSON.stringify(publicOf(other))
  return [
    { kind: 'key in DER', files: [file('key.der', spkiOf(other))] },
    { kind: 'key in PEM', files: [file('key.pem', encodePem('PUBLIC KEY', spkiOf(other)))] },
    { kind: 'key as JWK', files: [file('key.jwk', jwk)] },
    { kind: 'set of keys', files: [file('jwks.json', `{"keys":[${jwk}]}`)] },
    { kind: 'self-made certificate', files: [file('self.der', await selfMade(stranger, 1))] },
    {
      kind: 'self-made certificates in PEM',
      files: [file('self.pem', encodePem('CERTIFICATE', await selfMade(stranger, 2)))],
    },
    {
      kind: 'certificates with the names of the genuine ones and other keys',
      files: await all((one) => twin(one, other)),
    },
    {
      kind: 'certificates with names and keys of the genuine ones, signed by nobody',
      files: await all((one) => twin(one, bytesOf(one.spki))),
    },
    {
      kind: 'forty self-made certificates with the issuer’s name',
      files: await Promise.all(
        Array.from({ length: 40 }, async (_, i) => file(`${i}.der`, await selfMade(issuer, 100 + i))),
      ),
    },
    { kind: 'list of somebody else', files: [file('other.crl', await list(stranger, []))] },
    {
      kind: 'forged lists that name every certificate',
      files: await Promise.all(
        genuine.slice(0, 8).map(async (one, i) =>
          file(
            `forged-${i}.crl`,
            await list(
              one.issuer.der,
              genuine.map((each) => each.serial),
            ),
          ),
        ),
      ),
    },
    { kind: 'TCB info signed by nobody', files: [file('tcb.json', FORGED_TCB)] },
    { kind: 'text', files: [file('readme.txt', 'Nothing is in here. It is only a text that lies in the folder.\n')] },
    { kind: 'other JSON', files: [file('settings.json', '{"theme":"dark","level":3,"list":[1,2,3]}')] },
    {
      kind: 'PCR values',
      files: [
        file(
          'pcrs.bin',
          Uint8Array.from({ length: 24 * 32 }, (_, i) => (i >= 17 * 32 && i < 23 * 32 ? 255 : (i * 7) & 255)),
        ),
      ],
    },
    {
      kind: 'runtime data',
      files: [file('runtime.json', '{"keys":[],"vm-configuration":{"secure-boot":true},"user-data":"00"}')],
    },
    {
      kind: 'bare signature',
      files: [
        file(
          'quote.sig',
          Uint8Array.from({ length: 256 }, (_, i) => (i * 73 + 11) & 255),
        ),
      ],
    },
    {
      kind: 'log',
      files: [file('service.log', '[2026-01-01T00:00:00Z INFO svc] started\n[2026-01-01T00:00:01Z INFO svc] done\n')],
    },
    { kind: 'empty file', files: [file('empty', new Uint8Array())] },
    { kind: 'nonce in hex', files: [file('nonce.txt', `${'5a17c3'.repeat(11).slice(0, 64)}\n`)] },
    { kind: 'nonce in bytes', files: [file('nonce.bin', noise(32))] },
    {
      kind: 'bundle of strangers',
      files: [
        file(
          'more.json',
          JSON.stringify({
            self: toBase64(await selfMade(issuer, 3)),
            twin: toBase64(leaf ? await twin(leaf, other) : noise(64)),
            notes: 'nothing',
          }),
        ),
      ],
    },
    {
      kind: 'certificates of the genuine ones, cut off or changed in one bit',
      files: genuine.slice(0, 8).flatMap((one, i) => {
        const der = bytesOf(one.slice).slice()
        const changed = der.slice()
        changed[der.length - 9] = (changed[der.length - 9] ?? 0) ^ 1
        return [file(`cut-${i}.der`, der.slice(0, der.length - 7)), file(`changed-${i}.der`, changed)]
      }),
    },
    {
      kind: 'lists of the genuine issuers that begin and end in other years',
      files: await Promise.all(
        genuine.slice(0, 8).map(async (one, i) => file(`years-${i}.crl`, await list(one.issuer.der, [], i + 2))),
      ),
    },
    { kind: 'copies of what supports the evidence, changed in one bit', files: await changedCopies(files) },
    { kind: 'megabyte of noise', files: [file('big.bin', noise(1 << 20))] },
    {
      kind: 'random bytes',
      files: [file('noise.bin', noise(3000))],
    },
  ]
}

const FORGED_TCB = `{"tcbInfo":{"id":"TDX","version":3,"issueDate":"2026-01-01T00:00:00Z","nextUpdate":"2049-01-01T00:00:00Z","fmspc":"00906ED50000","pceId":"0000","tcbType":0,"tcbEvaluationDataNumber":99,"tcbLevels":[]},"signature":"${'ab'.repeat(64)}"}`
