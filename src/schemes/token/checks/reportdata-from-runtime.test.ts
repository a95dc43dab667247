import { expect, it } from 'vitest'
import { toHex } from '../../../bytes/layout.ts'
import { digest } from '../../../crypto/verify.ts'
import { makeMaaToken } from '../attester.ts'
import { finding } from '../testing.ts'
import { reportdataFromRuntime } from './reportdata-from-runtime.ts'

const runtime =
  '{"keys":[{"kid":"HCLAkPub","key_ops":["sign"],"kty":"RSA","e":"AQAB","n":"AAAA"}],"vm-configuration":{"console-enabled":true,"secure-boot":true,"tpm-enabled":true,"vmUniqueId":"x"}}'
const sorted = {
  keys: [{ e: 'AQAB', key_ops: ['sign'], kid: 'HCLAkPub', kty: 'RSA', n: 'AAAA' }],
  'vm-configuration': { 'console-enabled': true, 'secure-boot': true, 'tpm-enabled': true, vmUniqueId: 'x' },
}

it('passes when the order can be put back, and is open otherwise', async () => {
  const hash = toHex(await digest('SHA-256', new TextEncoder().encode(runtime)))
  const token = (value: string) =>
    makeMaaToken({
      'x-ms-isolation-tee': { 'x-ms-runtime': sorted, 'x-ms-sevsnpvm-reportdata': value + '00'.repeat(32) },
    })
  expect(await finding(reportdataFromRuntime, await token(hash))).toMatchObject({ outcome: 'pass' })
  expect(await finding(reportdataFromRuntime, await token('11'.repeat(32)))).toMatchObject({ outcome: 'not-checked' })
})
