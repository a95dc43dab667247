import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../core/scheme.ts'
import { fromHex } from '../../../bytes/layout.ts'
import { joinBytes } from '../../../bytes/join.ts'
import { spkiOf } from '../../../pki/issue.ts'
import { demoKeys, makeMaaToken } from '../attester.ts'
import { pemHash } from '../prepare.ts'
import { droppedFile, finding, withKeys } from '../testing.ts'
import { signerInEvidence } from './signer-in-evidence.ts'

const at = <T>(value: T) => ({ path: 'value', ranges: [], value })
const MRSIGNER = '5e'.repeat(32)

/** What the check says of a token when evidence of these facts came along. */
async function ask(userData: Uint8Array, debug = false) {
  const keys = await withKeys('maa')
  const facts: Facts = {
    userData: at(userData),
    measurements: [{ name: 'MRSIGNER', value: at(fromHex(MRSIGNER) ?? new Uint8Array()), identity: true }],
    debug: at(debug),
  }
  const evidence = { ...droppedFile(2, ''), message: 'evidence' as const, facts }
  return finding(signerInEvidence, await makeMaaToken(), { ...keys, items: [...keys.items, evidence] })
}
const hashOf = (key: JsonWebKey) => pemHash(spkiOf(key))
const padded = (hash: Uint8Array, last = 0) => joinBytes([hash, new Uint8Array(31), Uint8Array.of(last)])

describe('the key that signed a token, in evidence', () => {
  it('says whose enclave holds it', async () =>
    expect(await ask(padded(await hashOf(demoKeys.maa)))).toMatchObject({
      outcome: 'pass',
      because: { text: 'jwt.signer-in-evidence.holds', params: { name: `MRSIGNER ${MRSIGNER}` } },
      uses: [2],
    }))
  it('and that the enclave can be read', async () =>
    expect(await ask(padded(await hashOf(demoKeys.maa)), true)).toMatchObject({
      outcome: 'warn',
      because: { text: 'jwt.signer-in-debug' },
    }))
  it('another key, or something else behind the digest, is not for this', async () => {
    expect(await ask(padded(await hashOf(demoKeys.ear)))).toMatchObject({ outcome: 'not-applicable' })
    expect(await ask(padded(await hashOf(demoKeys.maa), 1))).toMatchObject({ outcome: 'not-applicable' })
  })
  it('asks nothing without a key', async () =>
    expect(await finding(signerInEvidence, await makeMaaToken())).toBe('not-applicable'))
})
