import { expect, it } from 'vitest'
import { sliceOf } from '../../../core/place.ts'
import { readDerStrict, sequenceOf } from '../../../bytes/der.ts'
import { octetString, oid, sequence } from '../../../bytes/der-writer.ts'
import { basicConstraints, customExtension, keyUsage, type IssuedExtension } from '../../../pki/issue.ts'
import { authority, certificate } from '../../../testing/adversarial/mint.ts'
import { DEMO_NAMES, pckExtension } from '../attester/pki.ts'
import { demoPlatform } from '../attester.ts'
import { attackerKey, platformCaKey, platformPckKey, rootKey } from '../demo-keys.ts'
import { PCK_EXTENSION } from '../formats/pck.ts'
import { pckChainStrict } from './pck-chain-strict.ts'
import { quoteCertificatesVouched } from './quote-certificates-vouched.ts'
import { findingOf } from '../testing.ts'
import { pckProfileHolds } from './pck-profile.ts'

it('passes on a whole PCK certificate', async () => {
  expect(await findingOf(pckProfileHolds)).toMatchObject({ outcome: 'pass', found: 'FMSPC d0e0f0000000' })
})
it('fails when a component is missing or too large', async () => {
  expect(
    await findingOf(pckProfileHolds, { platform: { components: Array.from({ length: 15 }, () => 1) } }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'pck.missing' } })
  expect(
    await findingOf(pckProfileHolds, { platform: { components: [300, ...Array.from({ length: 15 }, () => 1)] } }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'pck.malformed' } })
})
it('fails when an authority signed the QE report', async () => {
  expect(
    await findingOf(pckProfileHolds, {
      bend: { certificates: ({ intermediate, root }) => [intermediate, root], envelope: { qeSigner: platformCaKey } },
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'intel.pck-name' } })
})

const usual = (extension: IssuedExtension = pckExtension(demoPlatform('td10'))) => [
  keyUsage('digitalSignature', 'nonRepudiation'),
  basicConstraints(false),
  extension,
]

it('fails for one that the root issued itself, and beside an authority that is not in its path', async () => {
  const direct = await certificate({ issuer: DEMO_NAMES.root, issuerKey: rootKey, subjectKey: platformPckKey })
  for (const beside of [true, false])
    expect(
      await findingOf(pckProfileHolds, {
        bend: { certificates: ({ intermediate, root }) => [direct, ...(beside ? [intermediate] : []), root] },
      }),
    ).toMatchObject({ outcome: 'fail', because: { text: 'intel.pck-issuer' } })
})
it('does not know what an entry means that Intel does not publish', async () => {
  const plain = pckExtension(demoPlatform('td10'))
  const members = sequenceOf(readDerStrict(sliceOf('', plain.value))) ?? []
  const more = sequence(
    ...members.map((one) => one.content.bytes.slice(one.range.start, one.range.end)),
    sequence(oid(`${PCK_EXTENSION}.8`), octetString(Uint8Array.of(1))),
  )
  const leaf = await certificate({
    subjectKey: platformPckKey,
    extensions: usual(customExtension(PCK_EXTENSION, more)),
  })
  expect(
    await findingOf(pckProfileHolds, {
      bend: { certificates: ({ intermediate, root }) => [leaf, intermediate, root] },
    }),
  ).toMatchObject({ outcome: 'unsupported', because: { text: 'pck.unknown-entry' } })
})
it('a certificate of the same root beside the three is not known to mean anything', async () => {
  const other = await certificate({ subjectKey: attackerKey })
  expect(
    await findingOf(quoteCertificatesVouched, {
      bend: { certificates: ({ leaf, intermediate, root }) => [leaf, intermediate, root, other] },
    }),
  ).toMatchObject({ outcome: 'unsupported', because: { text: 'intel.certificate-count' } })
})
it.each([
  ['authorityKeyIdentifier', '2.5.29.35'],
  ['cRLDistributionPoints', '2.5.29.31'],
  ['subjectKeyIdentifier', '2.5.29.14'],
  ['keyUsage', '2.5.29.15'],
  ['basicConstraints', '2.5.29.19'],
])('a chain in which a certificate lacks %s is not Intel’s', async (_, without) => {
  const leaf = await certificate({ subjectKey: platformPckKey, extensions: usual(), without })
  expect(
    await findingOf(pckChainStrict, { bend: { certificates: ({ intermediate, root }) => [leaf, intermediate, root] } }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'cert.profile' } })
  const ca = await authority({ subjectKey: platformCaKey, without })
  expect(
    await findingOf(pckChainStrict, { bend: { certificates: ({ leaf: own, root }) => [own, ca, root] } }),
  ).toMatchObject({ outcome: 'fail' })
})
