import { cborBytes, cborMap, cborText } from '../bytes/cbor-writer.ts'
import { octetString, sequence } from '../bytes/der-writer.ts'
import { joinBytes } from '../bytes/join.ts'
import { toHex } from '../bytes/layout.ts'
import { sliceOf } from '../core/place.ts'
import { toBase64 } from '../envelope/base64.ts'
import { readCose } from '../envelope/cose.ts'
import { encodePem } from '../envelope/pem.ts'
import { customExtension, issueCertificate, name, type IssuedExtension } from '../pki/issue.ts'
import { ES256, KEYS } from '../pki/testing.ts'
import { demoKeyFile as ccaKey, makeToken as makeCca } from '../schemes/arm-cca/attester.ts'
import { makeDocument } from '../schemes/aws-nitro/attester.ts'
import { GOOD_TCB, makeExtendedReport, makeLeaf, makeReport, makeTable } from '../schemes/amd-sev-snp/attester.ts'
import { issueAuthority } from '../schemes/amd-sev-snp/demo-authorities.ts'
import { demoKeys } from '../schemes/amd-sev-snp/demo-keys.ts'
import { makeHcl, makeRuntimeData, userDataFor } from '../schemes/azure-cvm/attester.ts'
import { makeCase } from '../schemes/intel-dcap/attester.ts'
import { makeToken as makePsa } from '../schemes/psa/attester.ts'
import { asStructure } from '../schemes/tpm2/attester.ts'
import { demoAk, foreignAk } from '../schemes/tpm2/demo-keys.ts'
import {
  ak,
  challenge,
  file,
  json,
  NITRO_AT,
  nitroHolds,
  notEvidence,
  outcome,
  snpHolds,
  tdx,
  text,
  toolsFile,
  tpm,
  type Kind,
  type Look,
} from './threads-kit.ts'
import { MORE } from './threads-more.ts'

/** Kinds of questions that people asked about files that no tool could take: each made again from our own attesters, with what a person should get. */

const junk = (size: number) => Uint8Array.from({ length: size }, (_, i) => (Math.imul(i + 7, 2654435761) >>> 11) & 255)
const sha = async (algorithm: string, bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest(algorithm, bytes.slice()))
const wide = (value: Uint8Array) => joinBytes([value, new Uint8Array(64 - value.length)])
const be16 = (value: number) => Uint8Array.of(value >> 8, value & 255)
const le32 = (value: number) => Uint8Array.from([0, 8, 16, 24], (shift) => (value >>> shift) & 255)
const jwk = ({ kty, crv, x, y }: JsonWebKey) => json({ kty, crv, x, y })

const report = (value?: Uint8Array) => makeReport(value ? { reportData: value } : {})
/** A key of P-384 that is not the chip’s: another TCB has another key. */
const another = demoKeys.Genoa.vcek
const leaf = () => makeLeaf()
const askArk = async () => [await issueAuthority('ask', 'Milan'), await issueAuthority('ark', 'Milan')]

/** A certificate that carries bytes in an extension. */
const carrier = async (value: Uint8Array, oid = '1.3.9999.2.1', more: readonly IssuedExtension[] = []) =>
  issueCertificate({
    subject: name({ CN: 'ra-tls.example' }),
    issuer: name({ CN: 'ra-tls.example' }),
    issuerKey: KEYS.other,
    subjectKey: KEYS.other,
    serial: 7,
    notBefore: Date.UTC(2025, 0, 1),
    notAfter: Date.UTC(2035, 0, 1),
    algorithm: ES256,
    extensions: [customExtension(oid, value), ...more],
  })

/** What `tpm2_quote` prints, with what may stand around it. */
const printedQuote = async (before: string) => {
  const { message, signature, pcrs } = await tpm()
  const value = (i: number) => toHex(pcrs.subarray(32 * i, 32 * i + 32)).toUpperCase()
  const rows = [0, 1, 2, 7].map((pcr, i) => `    ${pcr} : 0x${value(i)}`)
  const lines = ['signature:', '  alg: rsassa', `  sig: ${toHex(signature)}`, 'pcrs:', '  sha256:', ...rows, '']
  return text(`${before}quoted: ${toHex(message)}\n${lines.join('\n')}`)
}

/** The bytes to be signed of a document, and its signature. */
const partsOf = async () => {
  const { message } = readCose(sliceOf('', await makeDocument()))
  if (!message) throw new Error('no message')
  const own = ({ bytes, start, end }: typeof message.signature) => bytes.slice(start, end)
  return { tbs: own(message.toBeSigned), sig: own(message.signature) }
}

const userData = 'ab'.repeat(64)
/** Runtime data that holds a value of the caller, and a report bound to it. */
const hclWithValue = async () => {
  const data = JSON.parse(new TextDecoder().decode(makeRuntimeData(demoAk))) as Record<string, unknown>
  const runtime = json({ ...data, 'user-data': userData.toUpperCase() })
  return makeHcl(await report(await userDataFor(runtime)), runtime)
}

const logLines = (digits: string) =>
  (digits.match(/.{1,400}/g) ?? [])
    .map((part, i) => `2026-01-01T00:00:${String(i % 60).padStart(2, '0')}Z INFO svc part ${i + 1}: ${part}\n`)
    .join('')

const tpmHolds = (look: Look) => outcome(look, 'tpm.signed-by-ak') === 'pass'
const isOpen = ({ view }: Look) => view.headline === 'S4' && view.answers.genuine.state === 'not-checked'

export const KINDS: readonly Kind[] = [
  {
    id: 'A1',
    right: 'a certificate of the chip for another TCB, one bit apart: both readings are named',
    make: async () => [
      file('report.bin', await report()),
      file('vcek.der', await makeLeaf({ tcb: { ...GOOD_TCB.Milan, microcode: 0xdf }, key: another })),
    ],
    holds: ({ view, said }) => view.headline === 'S4' || (said.has('headline.S1.bytes') && said.has('snp.vcek-tcb')),
  },
  {
    id: 'A2',
    right: 'the same, more than a bit apart: the wrong certificate, and nothing else',
    make: async () => [
      file('report.bin', await report()),
      file('vcek.der', await makeLeaf({ tcb: { ...GOOD_TCB.Milan, microcode: 0xd1, snp: 0x17 }, key: another })),
    ],
    holds: isOpen,
  },
  {
    id: 'A3',
    right: 'PCR values of another time: the quote holds, the values are not for it',
    make: async () => {
      const { message, signature } = await tpm()
      const other = toolsFile(new Uint8Array(128).fill(9))
      return [file('q', message), file('s', asStructure(signature)), file('ak.pem', ak()), file('p', other)]
    },
    holds: (look) => tpmHolds(look) && look.said.has('tpm.pcrs-of-another') && look.view.headline === 'S4',
  },
  {
    id: 'A4',
    right: 'a key that did not sign it: the signing key is not known',
    make: async () => [file('t', await makeCca()), file('k.jwk', jwk(await p384()))],
    holds: (look) => isOpen(look) && look.said.has('key.did-not-sign'),
  },
  {
    id: 'A5',
    right: 'the same with a PSA token and a P-256 key',
    make: async () => [file('t', await makePsa()), file('k.jwk', jwk(KEYS.other))],
    holds: (look) => isOpen(look) && look.said.has('key.did-not-sign'),
  },
  {
    id: 'A6',
    right: 'a key of another kind: it cannot be it',
    make: async () => [file('t', await makeCca()), file('k.jwk', jwk(KEYS.other))],
    holds: (look) => isOpen(look) && look.said.has('key.other-kind'),
  },
  {
    id: 'A7',
    right: 'the same with a PSA token and a P-384 key',
    make: async () => [file('t', await makePsa()), file('k.jwk', jwk(await p384()))],
    holds: (look) => isOpen(look) && look.said.has('key.other-kind'),
  },
  {
    id: 'B1',
    right: 'bytes to be signed and the signature in two members: one document',
    make: async () => {
      const { tbs, sig } = await partsOf()
      return [file('a.json', json({ tbs: `0x${toHex(tbs)}`, sig: `0x${toHex(sig)}`, at: 1 }))]
    },
    at: NITRO_AT,
    holds: nitroHolds,
  },
  {
    id: 'B2',
    right: 'the bytes to be signed alone: named, and the message asked for',
    make: async () => [file('tbs.bin', (await partsOf()).tbs)],
    holds: (look) => notEvidence(look, 'unwrap.looks-like.to-be-signed'),
  },
  {
    id: 'B3',
    right: 'a document over several lines of a log: joined',
    make: async () => [file('log.txt', text(logLines(toBase64(await makeDocument()))))],
    at: NITRO_AT,
    holds: nitroHolds,
  },
  {
    id: 'B4',
    right: 'the same with a quote in hex',
    make: async () => [file('log.txt', text(logLines(toHex(await tdx()))))],
    holds: (look) => outcome(look, 'intel.quote-signed-by-attestation-key') === 'pass',
  },
  {
    id: 'B5',
    right: 'a quote without its first four bytes: named',
    make: async () => [file('quote.bin', (await tdx()).slice(4))],
    holds: ({ view, said }) => view.headline === 'S4' && said.has('intel.quote-headless'),
  },
  {
    id: 'B6',
    right: 'the same in hex',
    make: async () => [file('quote.txt', text(toHex((await tdx()).slice(4))))],
    holds: ({ view, said }) => view.headline === 'S4' && said.has('intel.quote-headless'),
  },
  {
    id: 'C1',
    right: 'the value stands in runtime data that the report binds: fresh holds',
    make: async () => [file('hcl.bin', await hclWithValue())],
    policy: { reportData: userData },
    holds: ({ view }) => view.answers.fresh.state === 'holds',
  },
  {
    id: 'C3',
    right: 'the report data is a digest of the value: fresh holds, and the recipe is named',
    make: async () => [file('q', (await makeCase({ td: { reportData: await sha('SHA-512', challenge) } })).quote)],
    policy: { nonce: toHex(challenge) },
    holds: ({ view }) =>
      view.answers.fresh.state === 'holds' && view.expectations.some(({ recipe }) => recipe === 'sha512(value)'),
  },
  {
    id: 'C4',
    right: 'the same with SHA-256 and zeros behind it',
    make: async () => [
      file('q', (await makeCase({ td: { reportData: wide(await sha('SHA-256', challenge)) } })).quote),
    ],
    policy: { nonce: toHex(challenge) },
    holds: ({ view }) =>
      view.answers.fresh.state === 'holds' && view.expectations.some(({ recipe }) => recipe === 'sha256(value)'),
  },
  {
    id: 'C5',
    right: 'the same with the value as hex text',
    make: async () => [file('q', (await makeCase({ td: { reportData: wide(text('61'.repeat(20))) } })).quote)],
    policy: { nonce: '61'.repeat(20) },
    holds: ({ view }) => view.answers.fresh.state === 'holds',
  },
  {
    id: 'C6',
    right: 'the report data is a digest of the certificate beside it: said',
    make: async () => {
      const own = await carrier(new Uint8Array(4))
      const { quote } = await makeCase({ td: { reportData: wide(await sha('SHA-256', own)) } })
      return [file('quote.bin', quote), file('tls.pem', text(encodePem('CERTIFICATE', own)))]
    },
    holds: (look) => outcome(look, 'ratls.key-bound') === 'pass',
  },
  ...(
    [
      ['D1', 'behind an extension of a certificate', async () => carrier(await withThree())],
      ['D2', 'in an OCTET STRING of an extension', async () => carrier(octetString(await makeExtendedReport()))],
      ['D3', 'in the extension of Intel’s mark', async () => carrier(await withThree(), '1.2.840.113741.1.13.1')],
      ['D6', 'in fixed buffers behind a type name', typedBuffer],
      ['D7', 'between other bytes', async () => joinBytes([junk(32), await withThree(), junk(40)])],
      ['D8', 'behind a length', async () => joinBytes([le32(1184), await report(), le32(1327), await leaf()])],
      ['D9', 'in a DER sequence', async () => sequence(octetString(await report()), octetString(await leaf()))],
      ['E1', 'with DER behind it', async () => joinBytes([await report(), await leaf()])],
      ['E2', 'with a list of lengths and certificates behind it', listed],
      ['E3', 'with a table in mixed byte order', mixedTable],
      ['E4', 'with PEM behind it', async () => joinBytes([await report(), await pemChain()])],
      [
        'E5',
        'with PEM and zeros behind it',
        async () => joinBytes([await report(), await pemChain(), new Uint8Array(64)]),
      ],
      [
        'E6',
        'in CBOR, the table in mixed byte order beside it',
        async () =>
          cborMap(
            ['report', cborBytes(await report())],
            ['certs', cborBytes((await mixedTable()).slice(1184))],
            ['v', cborText('1')],
          ),
      ],
      [
        'P14',
        'as a dump, and the certificate as PEM behind it',
        async () =>
          text(
            `$ xxd -p report.bin\n${(toHex(await report()).match(/.{60}|.+$/g) ?? []).join('\n')}\n\n${encodePem('CERTIFICATE', await leaf())}`,
          ),
      ],
    ] as const
  ).map(([id, where, make]): Kind => ({
    id,
    right: `a report ${where}: found, with its certificate`,
    make: async () => [file('evidence', await make())],
    holds: snpHolds,
  })),
  {
    id: 'D5',
    right: 'a report alone between other bytes: found',
    make: async () => [file('x', joinBytes([junk(32), await report(), junk(40)]))],
    holds: ({ formats, view }) => formats.includes('amd.snp-report') && view.headline === 'S4',
  },
  {
    id: 'D10',
    right: 'a token of two parts between other bytes: one token, bound',
    make: async () => [file('x', joinBytes([junk(32), await makeCca(), junk(9)])), file('k', ccaKey())],
    holds: (look) => look.formats.includes('cca.token') && outcome(look, 'cca.realm-key-bound-to-platform') === 'pass',
  },
  {
    id: 'E7',
    right: 'a quote behind its length, its signature right behind it: used',
    make: async () => {
      const { message, signature } = await tpm()
      const bytes = joinBytes([junk(16), be16(message.length), message, asStructure(signature)])
      return [file('x', bytes), file('ak.pem', ak())]
    },
    holds: tpmHolds,
  },
  ...(
    [
      ['E8', ''],
      ['E9', '[root@host tmp]# tpm2_quote -c ak.ctx -l sha256:0,1,2,7\n'],
      ['E10', '2026-01-01T00:00:00Z ERROR verifier: quote rejected\nTraceback (most recent call last):\n'],
    ] as const
  ).map(([id, before]): Kind => ({
    id,
    right: 'what tpm2_quote prints: signature and PCR values used',
    make: async () => [file('out.txt', await printedQuote(before)), file('ak.pem', ak())],
    holds: (look) => tpmHolds(look) && outcome(look, 'tpm.pcr-digest-matches') === 'pass',
  })),
  {
    id: 'E11',
    right: 'an HCL report without its head: the runtime data is read and bound',
    make: async () => [file('x', (await hclWithValue()).slice(32))],
    holds: (look) =>
      look.formats.includes('azure.runtime-data') && outcome(look, 'snp.accompanying-data-bound') === 'pass',
  },
  {
    id: 'F1',
    right: 'a quote and a key: no signature is here',
    make: async () => [file('q', (await tpm()).message), file('ak.pem', ak())],
    holds: (look) => isOpen(look) && look.said.has('tpm.no-signature'),
  },
  {
    id: 'F2',
    right: 'a signature of another quote: not over this one by this key',
    make: async () => [
      file('q', (await tpm()).message),
      file('s', asStructure((await tpm(text('another'), foreignAk)).signature)),
      file('ak.pem', ak()),
    ],
    holds: (look) => isOpen(look) && look.said.has('tpm.not-by-this-key'),
  },
  {
    id: 'F3',
    right: 'one bit of the quote changed: the same sentence, which names both readings',
    make: async () => {
      const { message, signature } = await tpm()
      const changed = message.map((byte, i) => (i === message.length - 1 ? byte ^ 1 : byte))
      return [file('q', changed), file('s', asStructure(signature)), file('ak.pem', ak())]
    },
    holds: ({ said, view }) => said.has('tpm.not-by-this-key') && view.headline !== 'S5',
  },
  {
    id: 'F4',
    right: 'a quote that carries no nonce: it carries none',
    make: async () => [file('q', (await tpm(new Uint8Array())).message)],
    policy: { nonce: 'abc123' },
    holds: ({ said }) => said.has('expect.carries-none'),
  },
  {
    id: 'F5',
    right: 'a dump that ends: where the bytes end, and what began before',
    make: async () => [file('dump.txt', text(toHex((await tdx()).slice(0, 96))))],
    holds: ({ said, view }) =>
      said.has('quote.truncated') &&
      view.checks.some(
        ({ because }) => because.text === 'quote.truncated' && Object.values(because.params).includes('0x60'),
      ),
  },
  {
    id: 'F6',
    right: 'a log with a result of Intel’s library: its meaning',
    make: async () => [
      file('log.txt', text('[2026-02-10T07:28:59Z ERROR service::error] tee_verify_quote failed: 0xe019\n'.repeat(2))),
    ],
    holds: (look) => notEvidence(look, 'unwrap.looks-like.log-code'),
  },
  {
    id: 'F8',
    right: 'on Azure the measurements speak of the paravisor: said',
    make: async () => [file('hcl.bin', await hclWithValue())],
    holds: ({ view }) => view.doesNotProve.some((own) => own.includes('paravisor')),
  },
  ...MORE,
]

async function p384(): Promise<JsonWebKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, ['sign'])
  return crypto.subtle.exportKey('jwk', pair.publicKey)
}

async function withThree(): Promise<Uint8Array> {
  return joinBytes([await report(), await leaf(), ...(await askArk())])
}

async function typedBuffer(): Promise<Uint8Array> {
  const [own, chip] = [await report(), await leaf()]
  const kind = joinBytes([text('sev_snp'), new Uint8Array(25)])
  const bytes = joinBytes([kind, own, new Uint8Array(4096 - own.length), le32(own.length), chip])
  return text(toBase64(joinBytes([bytes, new Uint8Array(6184 - bytes.length)])))
}

async function listed(): Promise<Uint8Array> {
  const [ask, ark] = await askArk()
  const rows = [ark, await leaf(), ask].flatMap((own, i) =>
    own ? [le32(own.length), joinBytes([Uint8Array.of(i + 1), new Uint8Array(19)]), own] : [],
  )
  return joinBytes([await report(), ...rows])
}

/** The first three groups of each GUID as numbers. */
async function mixedTable(): Promise<Uint8Array> {
  const table = makeTable([{ slot: 'VCEK', bytes: await leaf() }])
  const guid = table.slice(0, 16)
  const mixed = [3, 2, 1, 0, 5, 4, 7, 6].map((from) => guid[from] ?? 0)
  return joinBytes([await report(), Uint8Array.from(mixed), table.slice(8)])
}

async function pemChain(): Promise<Uint8Array> {
  return text([await leaf(), ...(await askArk())].map((own) => encodePem('CERTIFICATE', own)).join(''))
}
