import { joinBytes } from '../../bytes/der-writer.ts'
import { toHex } from '../../bytes/layout.ts'
import { digest } from '../../crypto/verify.ts'
import { toBase64, toBase64Url } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import { HARDWARE_SIZE, SNP_REPORT, TDX_REPORT } from './layout.ts'

/** Makes Azure's wrappers around a hardware report and a TPM quote that somebody else made. */

const le = (value: number, width: number) =>
  Uint8Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** i) % 256)

/** Runtime data that lists a key as the vTPM's attestation key. */
export function makeRuntimeData(ak: JsonWebKey): Uint8Array {
  const key = { kid: 'HCLAkPub', key_ops: ['sign'], kty: 'RSA', e: ak.e, n: ak.n }
  return new TextEncoder().encode(
    JSON.stringify({
      keys: [key],
      'vm-configuration': {
        'console-enabled': true,
        'secure-boot': true,
        'tpm-enabled': true,
        vmUniqueId: '00000000-0000-0000-0000-000000000000',
      },
      'user-data': '0'.repeat(128),
    }),
  )
}

/** What REPORT_DATA must be so that the report vouches for the runtime data. */
export async function userDataFor(runtimeData: Uint8Array): Promise<Uint8Array> {
  return joinBytes([await digest('SHA-256', runtimeData), new Uint8Array(32)])
}

/** An HCL report: header, room for the hardware report, runtime data, and a little of what is left of the NV index. */
export function makeHcl(hardware: Uint8Array, runtimeData: Uint8Array, type: number = SNP_REPORT): Uint8Array {
  const room = new Uint8Array(HARDWARE_SIZE)
  room.set(hardware.subarray(0, HARDWARE_SIZE))
  const size = 20 + runtimeData.length
  const used = joinBytes([
    new TextEncoder().encode('HCLA'),
    le(2, 4),
    le(32 + HARDWARE_SIZE + size, 4),
    le(2, 4),
    le(0, 4),
    new Uint8Array(12),
    room,
    le(size, 4),
    le(1, 4),
    le(type, 4),
    le(1, 4),
    le(runtimeData.length, 4),
    runtimeData,
  ])
  const whole = new Uint8Array(used.length + 16)
  whole.set(used)
  return whole
}

/** A TDREPORT with the runtime data's digest; its MAC is nobody's. */
export async function makeTdReport(runtimeData: Uint8Array): Promise<Uint8Array> {
  const data = await userDataFor(runtimeData)
  const mac = joinBytes([
    Uint8Array.of(0x81, 0, 0, 0),
    new Uint8Array(12),
    new Uint8Array(16).fill(3),
    new Uint8Array(96).fill(0x11),
    data,
    new Uint8Array(32),
    new Uint8Array(32).fill(0xac),
  ])
  return joinBytes([mac, new Uint8Array(239).fill(1), new Uint8Array(17), new Uint8Array(512).fill(0x22)])
}

/** An HCL report around a TDREPORT. */
export async function makeHclTd(runtimeData: Uint8Array): Promise<Uint8Array> {
  return makeHcl(await makeTdReport(runtimeData), runtimeData, TDX_REPORT)
}

export interface EvidenceParts {
  readonly hcl: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
  readonly pcrs: Uint8Array
  readonly vcek?: Uint8Array
  readonly tdQuote?: Uint8Array
}

const pcrList = (pcrs: Uint8Array) =>
  Array.from({ length: pcrs.length / 32 }, (_, i) => pcrs.subarray(i * 32, i * 32 + 32))

/** Evidence JSON, oldest form: bytes are lists of numbers, the certificate is PEM. */
export function makeEvidenceV0(parts: EvidenceParts): Uint8Array {
  const list = (bytes: Uint8Array) => [...bytes]
  const quote = { message: list(parts.message), pcrs: pcrList(parts.pcrs).map(list), signature: list(parts.signature) }
  return json(
    parts.tdQuote
      ? { tpm_quote: quote, hcl_report: list(parts.hcl), td_quote: list(parts.tdQuote) }
      : { quote, report: list(parts.hcl), vcek: encodePem('CERTIFICATE', parts.vcek ?? new Uint8Array()) },
  )
}

/** Evidence JSON, later form: hex and base64url. */
export function makeEvidenceV2(parts: EvidenceParts): Uint8Array {
  return json({
    version: 2,
    tpm_quote: {
      signature: toHex(parts.signature),
      message: toHex(parts.message),
      pcrs: pcrList(parts.pcrs).map(toHex),
    },
    hcl_report: toBase64Url(parts.hcl),
    ...(parts.vcek ? { vcek: toBase64Url(parts.vcek) } : {}),
    ...(parts.tdQuote ? { td_quote: toBase64Url(parts.tdQuote) } : {}),
  })
}

/** Evidence JSON of an agent that puts quote and signature in one piece, numbers the PCRs, repeats the report and the runtime data, and wraps all of it in more. */
export function makeAgentEvidence(
  parts: EvidenceParts,
  given: {
    readonly snpReport?: Uint8Array
    readonly runtimeClaims?: Uint8Array
    readonly response?: Uint8Array
    readonly numbers?: readonly number[]
  } = {},
): Uint8Array {
  const report = parts.hcl.slice(32, 32 + HARDWARE_SIZE)
  const runtimeClaims = given.runtimeClaims ?? parts.hcl.slice(32 + HARDWARE_SIZE + 20, parts.hcl.length - 16)
  // Members come in any order; their numbers count.
  const pcrs = pcrList(parts.pcrs)
    .map((value, i) => [String(given.numbers?.[i] ?? i), toBase64(value)] as const)
    .toReversed()
  const evidence = {
    tpmQuote: toBase64(given.response ?? quoteResponse(parts)),
    hclReport: toBase64(parts.hcl),
    snpReport: toBase64(given.snpReport ?? report),
    pcrs: Object.fromEntries(pcrs),
    runtimeClaims: JSON.parse(new TextDecoder().decode(runtimeClaims)) as unknown,
  }
  return json({
    report: {
      snpCvm: {
        evidence,
        nonce: toBase64(new Uint8Array(32)),
        ...(parts.vcek ? { platformCertificates: encodePem('CERTIFICATE', parts.vcek) } : {}),
      },
    },
    publicKey: 'none',
  })
}

/** What TPM2_Quote answers: the statement behind its length, then the signature as a structure. */
export function quoteResponse({ message, signature }: Pick<EvidenceParts, 'message' | 'signature'>): Uint8Array {
  const sized = (bytes: Uint8Array) => joinBytes([Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes])
  return joinBytes([sized(message), Uint8Array.of(0, 0x14, 0, 0x0b), sized(signature)])
}

const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
