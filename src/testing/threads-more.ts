import { joinBytes } from '../bytes/join.ts'
import { toHex } from '../bytes/layout.ts'
import { catalogue, sampleFiles } from '../engine/catalogue.ts'
import { toBase64 } from '../envelope/base64.ts'
import { encodePem } from '../envelope/pem.ts'
import { makeLeaf, makeReport } from '../schemes/amd-sev-snp/attester.ts'
import { issueAuthority } from '../schemes/amd-sev-snp/demo-authorities.ts'
import { demoKeyFile as ccaKey, makeToken as makeCca } from '../schemes/arm-cca/attester.ts'
import { demoPcr, makeDocument } from '../schemes/aws-nitro/attester.ts'
import { makeRuntimeData, makeTdReport } from '../schemes/azure-cvm/attester.ts'
import { filesOf, makeCase } from '../schemes/intel-dcap/attester.ts'
import { asStructure, makeQuote } from '../schemes/tpm2/attester.ts'
import { demoAk } from '../schemes/tpm2/demo-keys.ts'
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
} from './threads-kit.ts'
import type { Kind } from './threads-kit.ts'

/** Kinds G (known to exist, not named) and P (right from the beginning). */

const sample = async (scheme: string, id: string, index = 0) => {
  await catalogue()
  return (await sampleFiles(scheme, id))[index]?.bytes ?? new Uint8Array()
}
/** An archive as tar writes it (POSIX ustar). */
function tar(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([own, bytes]) => {
    const head = new Uint8Array(512)
    const put = (at: number, value: string) => head.set(text(value), at)
    put(0, own)
    put(100, '0000644\0')
    put(124, `${bytes.length.toString(8).padStart(11, '0')}\0`)
    put(136, '00000000000\0')
    put(148, '        0')
    put(257, 'ustar\x0000')
    const sum = head.reduce((total, byte) => total + byte, 0)
    put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
    return joinBytes([head, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)])
  })
  return joinBytes([...entries, new Uint8Array(1024)])
}
const wrapped = (value: string, width: number) => (value.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n')
const certificates = async () => (await makeCase()).certificates
/** As `xxd` prints it, with a line of the shell before. */
const dump = (bytes: Uint8Array, command: string) => {
  const rows = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, i) => {
    const row = bytes.subarray(16 * i, 16 * i + 16)
    const digits = (toHex(row).match(/.{1,4}/g) ?? []).join(' ')
    const shown = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    return `${(16 * i).toString(16).padStart(8, '0')}: ${digits.padEnd(40)} ${shown}`
  })
  return `$ ${command}\n${rows.join('\n')}\n\n`
}
/** As strace shows what was written. */
const strace = (bytes: Uint8Array) =>
  Array.from({ length: Math.ceil(bytes.length / 16) }, (_, i) => {
    const row = [...bytes.subarray(16 * i, 16 * i + 16)].map((byte) => byte.toString(16).padStart(2, '0'))
    const shown = Array.from(bytes.subarray(16 * i, 16 * i + 16), (byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
    )
    const cells = `${row.slice(0, 8).join(' ').padEnd(23)}  ${row.slice(8).join(' ').padEnd(23)}`
    return ` | ${(16 * i).toString(16).padStart(5, '0')}  ${cells}  ${shown.join('').padEnd(16)} |`
  }).join('\n')
const has =
  (...wanted: readonly string[]) =>
  (look: Parameters<Kind['holds']>[0]) =>
    wanted.every((format) => look.formats.some((one) => one?.startsWith(format)))

const build = () =>
  text(
    `{\n  "Measurements": {\n    "HashAlgorithm": "Sha384 { ... }",\n${[0, 1, 2]
      .map((pcr) => `    "PCR${pcr}": "${toHex(demoPcr(pcr))}"`)
      .join(',\n')}\n  }\n}`,
  )

/** A transcript of `curl -v`, with the answer's issuer chain. */
const transcript = (path: string, header: string, chain: string, body: string) =>
  text(
    [
      `*   Trying 127.0.0.1...`,
      '* Connected to localhost (127.0.0.1) port 8081 (#0)',
      `> GET ${path} HTTP/1.1`,
      '> Host: localhost:8081',
      '> ',
      '< HTTP/1.1 200 OK',
      `< ${header}: ${encodeURIComponent(chain)}`,
      `< Content-Length: ${body.length}`,
      '< ',
      '* Connection #0 to host localhost left intact',
      body,
    ].join('\n'),
  )

export const MORE: readonly Kind[] = [
  {
    id: 'G1',
    right: 'a TCG event log: recognised and shown',
    make: async () => [file('log.bin', await sample('event-log', 'vtpm'))],
    holds: (look) => has('event-log.')(look) && look.view.headline === 'SN',
  },
  {
    id: 'G2',
    right: 'JSON with a quote, GPU evidence, a log and a token: each found',
    make: async () => [
      file(
        'all.json',
        json({
          quote: toBase64(await tdx()),
          gpu_evidence: JSON.parse(new TextDecoder().decode(await sample('nvidia-gpu', 'cpu-gpu-nonce', 2))) as unknown,
          cc_eventlog: toBase64(await sample('event-log', 'ccel')),
          token: new TextDecoder().decode(await sample('token', 'ear')),
        }),
      ),
    ],
    holds: has('intel.tdx-quote', 'nvidia.', 'event-log.', 'token.'),
  },
  {
    id: 'G15',
    right: 'a long member that nothing reads: named',
    make: async () => [
      file(
        'all.json',
        json({ quote: toBase64(await tdx()), other: toBase64(new Uint8Array(300).map((_, i) => i * 37)) }),
      ),
    ],
    holds: ({ inspection }) => inspection.unread.some(({ path }) => path === 'other'),
  },
  {
    id: 'G3',
    right: 'an archive with a quote, a log of another machine and a list of IMA: each found, the log not for this',
    make: async () => {
      const { message, signature } = await tpm()
      const parts = { 'quote.msg': message, 'quote.sig': asStructure(signature), 'ak.pem': ak(), nonce: challenge }
      const logs = { log: await sample('event-log', 'vtpm'), ima: await sample('event-log', 'ima-text') }
      return [file('all.tar', tar({ ...parts, ...logs }))]
    },
    holds: (look) =>
      has('tpm2.quote', 'tpm2.signature', 'event-log.tcg2', 'event-log.ima')(look) && look.view.headline === 'S4',
  },
  {
    id: 'G4',
    right: 'a list of IMA: recognised',
    make: async () => [file('ascii', await sample('event-log', 'ima-text'))],
    holds: has('event-log.ima'),
  },
  {
    id: 'G5',
    right: 'SPDM measurements: recognised, and the chain asked for',
    make: async () => [file('spdm', await sample('nvidia-gpu', 'good'))],
    holds: (look) => has('nvidia.')(look) && look.view.headline === 'S4',
  },
  {
    id: 'G6',
    right: 'a report as protocol buffers are printed: named',
    make: async () => {
      const zeros = String.raw`\000`.repeat(16)
      const rows = [
        `family_id: "${zeros}"`,
        `chip_id: "${zeros}"`,
        `measurement: "${zeros}"`,
        `report_data: "x${zeros}"`,
      ]
      return [file('t', text(`report: {\n  version: 3\n  policy: 196608\n  ${rows.join('\n  ')}\n}\n`))]
    },
    holds: (look) => notEvidence(look, 'unwrap.looks-like.printed-snp'),
  },
  {
    id: 'G7',
    right: 'a report as a tool prints it: named, and the bytes asked for',
    make: async () => [
      file(
        't',
        text(
          'Attestation Report:\n\nVersion:                      3\n\nGuest SVN:                    0\n\nMeasurement:\n' +
            `${wrapped('a5 '.repeat(48), 48)}\n\nChip ID:\n${wrapped('5e '.repeat(64), 48)}\n`,
        ),
      ),
    ],
    holds: (look) => notEvidence(look, 'unwrap.looks-like.printed-snp'),
  },
  {
    id: 'G8',
    right: 'a document as a program prints its payload: named',
    make: async () => [
      file('t', text(`AttestationDoc { module_id: "i-0", digest: SHA384, pcrs: {0: [0, 0]}, cabundle: [[48]] }\n`)),
    ],
    holds: (look) => notEvidence(look, 'unwrap.looks-like.printed-nitro'),
  },
  {
    id: 'G9',
    right: 'PCR values as a program prints them: named',
    make: async () => [file('t', text(`{0: [${'0, '.repeat(47)}0], 1: [${'7, '.repeat(47)}7]}\n`))],
    holds: (look) => notEvidence(look, 'unwrap.looks-like.printed-pcrs'),
  },
  {
    id: 'G10',
    right: 'decimals with spaces: the certificate that they are',
    make: async () => [file('t', text([...((await certificates())[0] ?? [])].join(' ')))],
    holds: (look) => has('x509.certificate')(look) && look.view.headline === 'SN',
  },
  {
    id: 'G11',
    right: 'rows of strace: the quote that they are',
    make: async () => [file('t', text(`write(3, "...", 4652) = 4652\n${strace(await tdx())}\n`))],
    holds: (look) => outcome(look, 'intel.quote-signed-by-attestation-key') === 'pass',
  },
  {
    id: 'G12',
    right: 'the builder’s measurements beside the document: values to compare with, equal',
    make: async () => [
      file('doc', await makeDocument({ pcrs: { 0: demoPcr(0), 1: demoPcr(1), 2: demoPcr(2) } })),
      file('build.json', build()),
    ],
    at: NITRO_AT,
    holds: (look) => has('reference-list.')(look) && look.view.answers.software.state === 'holds',
  },
  {
    id: 'G13',
    right: 'the builder’s output with its other lines: the same list',
    make: async () => [
      file(
        'out.txt',
        joinBytes([text('Start building the Enclave Image...\nEnclave Image successfully created.\n'), build()]),
      ),
    ],
    holds: (look) => has('reference-list.')(look) && look.view.headline === 'SN',
  },
  {
    id: 'G14',
    right: 'a PCR file of a big-endian machine: read',
    make: async () => {
      const { message, signature, pcrs } = await tpm()
      const parts = [message, asStructure(signature), ak(), toolsFile(pcrs, true)]
      return parts.map((bytes, i) => file(`${i}`, bytes))
    },
    holds: (look) => outcome(look, 'tpm.pcr-digest-matches') === 'pass',
  },
  {
    id: 'P1',
    right: 'dumps of a TDREPORT and a quote in one paste: both',
    make: async () => {
      const report = await makeTdReport(makeRuntimeData(demoAk))
      return [file('t', text(dump(report, 'xxd report.bin') + dump(await tdx(), 'xxd quote.bin')))]
    },
    holds: has('intel.tdreport', 'intel.tdx-quote'),
  },
  {
    id: 'P2',
    right: 'a list of decimals: the quote that it is',
    make: async () => [file('t', text(`[${[...(await tdx())].join(', ')}]`))],
    holds: (look) => outcome(look, 'intel.quote-signed-by-attestation-key') === 'pass',
  },
  {
    id: 'P3',
    right: 'transcripts with progress lines: collateral is used',
    make: async () => {
      const files = filesOf(await makeCase())
      const of = (part: string) => files.find(({ name }) => name.includes(part))?.bytes ?? new Uint8Array()
      const [chain, info, identity] = ['signing', 'tcb-info', 'identity'].map((part) =>
        new TextDecoder().decode(of(part)),
      )
      return [
        file('quote.bin', of('quote')),
        file('tcb.txt', transcript('/tdx/tcb', 'TCB-Info-Issuer-Chain', chain ?? '', info ?? '')),
        file('id.txt', transcript('/tdx/qe', 'SGX-Enclave-Identity-Issuer-Chain', chain ?? '', identity ?? '')),
        ...files.filter(({ name }) => name.endsWith('crl.der')).map(({ bytes }, i) => file(`${i}`, bytes)),
      ]
    },
    at: '2026-06-15T12:00:00Z',
    holds: ({ headline }) => headline === 'S5',
  },
  {
    id: 'P5',
    right: 'a pretty-printed TCB info: not the bytes that were signed',
    make: async () =>
      filesOf(await makeCase()).map((one) =>
        one.name === 'tcb-info.json'
          ? file(one.name, text(JSON.stringify(JSON.parse(new TextDecoder().decode(one.bytes)), null, 2)))
          : one,
      ),
    at: '2026-06-15T12:00:00Z',
    holds: ({ said, headline }) => said.has('collateral.compact-only') && headline === 'S4',
  },
  {
    id: 'P7',
    right: '5,000 selections of PCRs: an answer at once',
    make: async () => {
      const { message } = await makeQuote({ pcrs: [0] })
      const head = message.slice(0, message.length - 34 - 6 - 4)
      const selections = new Uint8Array(5000 * 6).map((_, i) => [0, 0x0b, 3, 1, 0, 0][i % 6] ?? 0)
      return [file('q', joinBytes([head, Uint8Array.of(0, 0, 0x13, 0x88), selections, message.slice(-34)]))]
    },
    holds: ({ view }) => ['S1', 'S4'].includes(view.headline),
  },
  {
    id: 'P8',
    right: 'Turin with another generation’s authorities: they are not used',
    make: async () => [
      file('report.bin', await makeReport({ product: 'Turin', version: 5 })),
      file('vcek.der', await makeLeaf({ product: 'Turin' })),
      file('ask.der', await issueAuthority('ask', 'Milan')),
      file('ark.der', await issueAuthority('ark', 'Milan')),
    ],
    holds: snpHolds,
  },
  {
    id: 'P9',
    right: 'the same PCR twice: readers differ on which counts',
    make: async () => [
      file(
        'doc',
        await makeDocument({
          bend: {
            // The number of the second register becomes that of the first; the signature is made over that.
            payload: (payload) => {
              const at = payload.findIndex(
                (byte, i) => byte === 0x01 && payload[i + 1] === 0x58 && payload[i + 2] === 0x30,
              )
              return payload.map((byte, i) => (i === at ? 0 : byte))
            },
          },
        }),
      ),
    ],
    at: NITRO_AT,
    holds: ({ said, headline }) => headline === 'S1' && said.has('cbor.duplicate-key'),
  },
  {
    id: 'P10',
    right: 'a nonce with zeros behind it: fresh holds',
    make: async () => [
      file(
        'q',
        (await makeCase({ td: { reportData: joinBytes([challenge, new Uint8Array(64 - challenge.length)]) } })).quote,
      ),
    ],
    policy: { nonce: toHex(challenge) },
    holds: ({ view }) => view.answers.fresh.state === 'holds',
  },
  {
    id: 'P11',
    right: 'wrapped base64 in a message: the document',
    make: async () => [
      file('m', text(`Hello,\n\nhere it is:\n\n${wrapped(toBase64(await makeDocument()), 76)}\n\nregards\n`)),
    ],
    at: NITRO_AT,
    holds: nitroHolds,
  },
  {
    id: 'P12',
    right: 'a token with tag 907: one token, bound',
    make: async () => [file('t', await makeCca({ form: 'cmw' })), file('k', ccaKey())],
    holds: (look) => outcome(look, 'cca.realm-key-bound-to-platform') === 'pass',
  },
  {
    id: 'P13',
    right: 'certificates as PEM with their text before: the chain',
    make: async () => [
      file(
        't',
        text(
          (await certificates())
            .map((own) => `subject=CN = x\nissuer=CN = y\n${encodePem('CERTIFICATE', own)}`)
            .join(''),
        ),
      ),
    ],
    holds: (look) => look.formats.filter((one) => one === 'x509.certificate').length === 3,
  },
]
