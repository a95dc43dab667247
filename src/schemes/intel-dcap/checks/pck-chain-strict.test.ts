import { expect, it } from 'vitest'
import { attackerKey, platformCaKey, platformPckKey } from '../demo-keys.ts'
import { evilLeaf, subAuthority } from '../testing-hostile.ts'
import { findingOf } from '../testing.ts'
import { pckChainStrict } from './pck-chain-strict.ts'

it('passes on certificates that keep the rules', async () => {
  expect(await findingOf(pckChainStrict)).toMatchObject({ outcome: 'pass' })
})
it("fails where Intel's library would not look: a PCK certificate that is an authority, an unknown critical extension, an authority that is none, too deep a path", async () => {
  const under = async (options: Omit<Parameters<typeof evilLeaf>[0], 'issuerKey'>, text: string) => {
    const leaf = await evilLeaf({ ...options, issuerKey: platformCaKey })
    expect(
      await findingOf(pckChainStrict, {
        bend: {
          certificates: ({ intermediate, root }) => [leaf, intermediate, root],
          envelope: { qeSigner: attackerKey },
        },
      }),
      text,
    ).toMatchObject({ outcome: 'fail', because: { text } })
  }
  await under({ isCa: true }, 'chain.leaf-is-ca')
  await under({ critical: '1.2.3.4' }, 'chain.critical-ext')
  await under({ version: 0 }, 'cert.profile')
  const byLeaf = await evilLeaf({ issuer: 'pck', issuerKey: platformPckKey })
  expect(
    await findingOf(pckChainStrict, {
      bend: {
        certificates: ({ leaf, intermediate, root }) => [byLeaf, leaf, intermediate, root],
        envelope: { qeSigner: attackerKey },
      },
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'chain.ca' } })
  const sub = await subAuthority()
  const below = await evilLeaf({ issuer: 'sub', issuerKey: attackerKey })
  expect(
    await findingOf(pckChainStrict, {
      bend: {
        certificates: ({ intermediate, root }) => [below, sub, intermediate, root],
        envelope: { qeSigner: attackerKey },
      },
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'chain.pathlen' } })
})
