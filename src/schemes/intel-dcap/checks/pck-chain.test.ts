import { expect, it } from 'vitest'
import { attackerKey } from '../demo-keys.ts'
import { makeCase } from '../attester.ts'
import { evilLeaf, lookAlikeRoot } from '../testing-hostile.ts'
import { quoteCertificatesVouched } from './quote-certificates-vouched.ts'
import { findingOf } from '../testing.ts'
import { pckChain } from './pck-chain.ts'

it('passes whatever the order of the certificates', async () => {
  expect(await findingOf(pckChain)).toMatchObject({ outcome: 'pass', because: { params: { count: 3 } } })
  expect(
    await findingOf(pckChain, { bend: { certificates: ({ leaf, intermediate, root }) => [root, leaf, intermediate] } }),
  ).toMatchObject({ outcome: 'pass' })
})
it('fails when a certificate was not signed by the one above', async () => {
  const leaf = await evilLeaf({ issuerKey: attackerKey })
  expect(
    await findingOf(pckChain, {
      bend: {
        certificates: ({ intermediate, root }) => [leaf, intermediate, root],
        envelope: { qeSigner: attackerKey },
      },
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'chain.signature' } })
})
it('names a leaf that lies beside a genuine chain', async () => {
  const evil = await evilLeaf({ issuerKey: attackerKey })
  for (const order of [
    (leaf: Uint8Array, ca: Uint8Array, root: Uint8Array) => [evil, leaf, ca, root],
    (leaf: Uint8Array, ca: Uint8Array, root: Uint8Array) => [leaf, ca, root, evil],
  ]) {
    expect(
      await findingOf(pckChain, {
        bend: {
          certificates: ({ leaf, intermediate, root }) => order(leaf, intermediate, root),
          envelope: { qeSigner: attackerKey },
        },
      }),
    ).toMatchObject({ outcome: 'fail', because: { text: 'chain.leaf-binding' } })
  }
})
it('is not checked when the chain ends early, and fails when it carries a root that it never reaches', async () => {
  expect(await findingOf(pckChain, { bend: { certificates: ({ leaf }) => [leaf] } })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'chain.missing-issuer' },
  })
  expect(await findingOf(pckChain, { bend: { certificates: ({ leaf, root }) => [leaf, root] } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'chain.gap' },
  })
})
it('completes a chain from what lies beside the quote', async () => {
  const { caChain } = await makeCase()
  expect(
    await findingOf(
      pckChain,
      { bend: { certificates: ({ leaf }) => [leaf] } },
      { extra: caChain.map((bytes) => ({ format: 'x509.certificate', bytes })) },
    ),
  ).toMatchObject({ outcome: 'pass' })
})
it('reports an unknown root as a chain that holds; the root is told apart', async () => {
  const root = await lookAlikeRoot()
  const recipe = {
    bend: {
      certificates: ({ leaf, intermediate }: { leaf: Uint8Array; intermediate: Uint8Array }) => [
        leaf,
        intermediate,
        root,
      ],
    },
  }
  // The look-alike did not sign the intermediate, so the genuine root above it is found among the anchors, and the copy is a stray.
  expect(await findingOf(pckChain, recipe)).toMatchObject({ outcome: 'pass' })
  expect(await findingOf(quoteCertificatesVouched, recipe)).toMatchObject({
    outcome: 'fail',
    because: { text: 'chain.stray' },
  })
})
it('sees a certificate whose first or last line was damaged', async () => {
  const damaged = (mark: string, which: number) => (quote: Uint8Array) => {
    const text = new TextDecoder('latin1').decode(quote)
    let at = text.indexOf(mark)
    for (let i = 0; i < which; i++) at = text.indexOf(mark, at + 1)
    quote[at + 6] = (quote[at + 6] ?? 0) ^ 1
    return quote
  }
  for (const which of [0, 1, 2])
    for (const mark of ['-----BEGIN ', '-----END ']) {
      const finding = await findingOf(quoteCertificatesVouched, {}, { quote: damaged(mark, which) })
      expect([mark, which, finding.outcome]).toEqual([mark, which, 'fail'])
    }
  expect(await findingOf(quoteCertificatesVouched, {}, { quote: damaged('-----BEGIN ', 2) })).toMatchObject({
    because: { text: 'chain.unreadable', params: { count: 1 } },
  })
})
