import { toBase64 } from '../../envelope/base64.ts'
import { signWith } from '../../pki/issue.ts'
import { demoKeys } from './demo-keys.ts'

/** What a demonstration service would answer, signed by its public demonstration key. */
export async function makeResult(): Promise<Uint8Array> {
  const text = JSON.stringify({ str_tee_platform: 'CSV', bool_debug_disabled: 'true', hex_user_data: '00'.repeat(32) })
  const signature = await signWith(
    demoKeys.service,
    { kind: 'ecdsa', hash: 'SHA-256', form: 'der' },
    new TextEncoder().encode(text),
  )
  const result = { json_result: text, b64_signature: toBase64(signature) }
  return new TextEncoder().encode(`${JSON.stringify(result, null, 2)}\n`)
}
