import { expect, it } from 'vitest'
import { cborBytes } from '../../../bytes/cbor-writer.ts'
import { basicConstraints, customExtension, keyUsage } from '../../../pki/issue.ts'
import { demoKeys } from '../demo-keys.ts'
import { context, prepared } from '../testing.ts'
import { chainHolds } from './chain-holds.ts'

it('passes up to the root, whatever the order of the bundle', async () => {
  const good = await prepared()
  expect(await chainHolds.run(good, context)).toMatchObject({ outcome: 'pass' })
  expect(good.root.status).toBe('demonstration')
  const reversed = await prepared({ bend: { bundle: (bundle) => bundle.toReversed() } })
  expect(await chainHolds.run(reversed, context)).toMatchObject({ outcome: 'pass' })
  expect(reversed.root.status).toBe('demonstration')
})
it('holds under a root of somebody’s own with the same names, and that root is unknown', async () => {
  const own = await prepared({ root: { commonName: 'demonstration.nitro-enclaves', key: demoKeys.region } })
  expect(await chainHolds.run(own, context)).toMatchObject({ outcome: 'pass' })
  expect(own.root).toMatchObject({ status: 'unknown', note: { text: 'nitro.root' } })
})
it('names a QingTian root as such, and never pins it', async () => {
  expect(
    (await prepared({ root: { commonName: 'huaweicloud.qingtian-enclaves', key: demoKeys.region } })).root,
  ).toMatchObject({ status: 'unknown', note: { text: 'nitro.qingtian' } })
  expect(
    (await prepared({ root: { commonName: 'qingtian-enclaves.example', key: demoKeys.region } })).root,
  ).toMatchObject({ status: 'unknown', note: { text: 'nitro.root' } })
})
it.each([
  [
    'a certificate that is none',
    { fields: [['certificate', cborBytes(Uint8Array.of(0x30, 0))] as const] },
    'fail',
    'nitro.certificate-unreadable',
  ],
  [
    'an issuer that is missing',
    { bundle: (bundle: readonly Uint8Array[]) => bundle.slice(0, 2) },
    'not-checked',
    'nitro.issuer-missing',
  ],
  ['a leaf signed by another key', { certificate: { issuerKey: demoKeys.root } }, 'fail', 'chain.signature'],
  [
    'a leaf that is an authority',
    { certificate: { extensions: [basicConstraints(true), keyUsage('digitalSignature', 'keyCertSign')] } },
    'fail',
    'chain.pathlen',
  ],
  [
    'an unknown critical extension',
    { certificate: { extensions: [customExtension('1.2.3.4', Uint8Array.of(5, 0), true)] } },
    'fail',
    'chain.critical-ext',
  ],
])('does not pass on %s', async (_name, bend, outcome, reason) => {
  const finding = await chainHolds.run(await prepared({ bend }), context)
  expect(finding.outcome).toBe(outcome)
  expect([reason, 'chain.leaf-is-ca']).toContain(finding.because.text)
})
