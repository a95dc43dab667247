import { isZero, sameBytes } from '../../bytes/layout.ts'
import { member, type JsonValue } from '../../bytes/json.ts'
import { toBase64Url } from '../../envelope/base64.ts'
import { digest } from '../../crypto/verify.ts'
import { bytesOfText, claim, textClaim, type Token } from './decoded.ts'

/** Member orders in which the platform writes its runtime data; the service sorts the names, so the order has to be put back. */
const KEY = ['kid', 'key_ops', 'kty', 'e', 'n']
const CONFIGURATIONS = [
  [
    'root-cert-thumbprint',
    'console-enabled',
    'current-time',
    'secure-boot',
    'tpm-enabled',
    'tpm-persisted',
    'filtered-vpci-devices-allowed',
    'vmUniqueId',
  ],
  ['current-time', 'console-enabled', 'secure-boot', 'tpm-enabled', 'vmUniqueId'],
  [
    'console-enabled',
    'secure-boot',
    'tpm-enabled',
    'tpm-persisted',
    'vmUniqueId',
    'current-time',
    'root-cert-thumbprint',
    'filtered-vpci-devices-allowed',
  ],
]
const OUTER = ['keys', 'vm-configuration', 'user-data']

const ordered = (value: Extract<JsonValue, { kind: 'object' }>, order: readonly string[]) =>
  value.members.toSorted((a, b) => place(order, a.key) - place(order, b.key))
const place = (order: readonly string[], name: string) => (order.includes(name) ? order.indexOf(name) : order.length)

function written(value: JsonValue, source: Uint8Array, configuration: readonly string[], name = ''): string {
  if (value.kind === 'array')
    return `[${value.items.map((item) => written(item, source, configuration, name)).join(',')}]`
  if (value.kind !== 'object') return new TextDecoder().decode(source.subarray(value.range.start, value.range.end))
  const order = name === 'keys' ? KEY : name === 'vm-configuration' ? configuration : OUTER
  return `{${ordered(value, order)
    .map((one) => `${JSON.stringify(one.key)}:${written(one.value, source, configuration, one.key)}`)
    .join(',')}}`
}

/**
 * Whether the report data that an Azure token quotes is the digest of the runtime data that it quotes. That ties the guest's TPM key to the report that the service saw.
 * `open`: no known order of the members gives it, which proves nothing. Source: recomputed on tokens of the service.
 */
export async function runtimeTie(token: Token): Promise<'holds' | 'open' | undefined> {
  const runtime = claim(token, 'x-ms-isolation-tee.x-ms-runtime')
  const reported =
    textClaim(token, 'x-ms-isolation-tee.x-ms-sevsnpvm-reportdata') ??
    textClaim(token, 'x-ms-isolation-tee.tdx_report_data')
  const wanted = reported && bytesOfText(reported.value)
  if (runtime?.kind !== 'object' || !wanted || !token.payload || member(runtime, 'keys') === undefined) return undefined
  const source = token.payload.slice.bytes
  for (const order of CONFIGURATIONS) {
    const hash = await digest('SHA-256', new TextEncoder().encode(written(runtime, source, order)))
    if (sameBytes(hash, wanted.subarray(0, 32)) && isZero(wanted.subarray(32))) return 'holds'
  }
  return 'open'
}

/** Bytes of a dropped policy against `x-ms-policy-hash`: by itself, and in the two ways in which the service hashes. */
export async function policyHashes(file: Uint8Array): Promise<string[]> {
  const text = new TextEncoder()
  const once = await digest('SHA-256', file)
  const twice = await digest('SHA-256', text.encode(toBase64Url(file)))
  return [toBase64Url(once), toBase64Url(twice)]
}
