import { expect, it } from 'vitest'
import { makeSignerAnswer } from './attester.ts'
import { rimExaminer } from './rim-examiner.ts'
import { context, itemOf, rimItem } from './testing.ts'

const outcomes = async (item: Awaited<ReturnType<typeof rimItem>>, given: Partial<typeof context> = {}) => {
  const examined = await rimExaminer.examine(item, { ...context, ...given })
  return Object.fromEntries((examined?.findings ?? []).map(({ id, outcome }) => [id, outcome]))
}
const withoutRoot = (xml: string) =>
  xml.replace(/(<ds:X509Certificate>[^<]*<\/ds:X509Certificate>)<ds:X509C.*?(?=<\/ds:X509Data)/, '$1')

it('looks at a manifest by itself, and says good of its signer only where the responder did', async () => {
  const item = await rimItem(1)
  expect(await outcomes(item)).toMatchObject({
    'nvidia.manifest-signed': 'pass',
    'nvidia.manifest-digest': 'pass',
    'nvidia.manifest-chain': 'pass',
    'nvidia.manifest-signers-not-revoked': 'not-checked',
  })
  for (const [status, outcome] of [
    ['good', 'pass'],
    ['revoked', 'fail'],
  ] as const) {
    const items = [itemOf(30, await makeSignerAnswer(status), 'x509.ocsp')]
    expect(await outcomes(item, { items })).toMatchObject({ 'nvidia.manifest-signers-not-revoked': outcome })
  }
})

it('has asked nobody where the issuer of the signer is not here: that is no “good”', async () => {
  const item = await rimItem(1, {}, withoutRoot)
  const items = [itemOf(30, await makeSignerAnswer('good'), 'x509.ocsp')]
  expect(await outcomes(item, { anchors: [], items })).toMatchObject({
    'nvidia.manifest-signed': 'pass',
    'nvidia.manifest-chain': 'not-checked',
    'nvidia.manifest-signers-not-revoked': 'not-checked',
  })
})
