import { expect, it } from 'vitest'
import { lookAlikeRoot } from '../testing-hostile.ts'
import { findingOf } from '../testing.ts'
import { quoteCertificatesVouched } from './quote-certificates-vouched.ts'

it('passes when the root vouches for all, copies included', async () => {
  expect(await findingOf(quoteCertificatesVouched)).toMatchObject({
    outcome: 'pass',
    because: { params: { count: 3 } },
  })
  expect(
    await findingOf(quoteCertificatesVouched, {
      bend: { certificates: ({ leaf, intermediate, root }) => [leaf, leaf, intermediate, root] },
    }),
  ).toMatchObject({ outcome: 'pass' })
})
it('fails on a certificate that nobody signed, and on one that was altered', async () => {
  const root = await lookAlikeRoot()
  expect(
    await findingOf(quoteCertificatesVouched, {
      bend: { certificates: ({ leaf, intermediate, root: own }) => [leaf, intermediate, own, root] },
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'chain.stray' } })
  const altered = (der: Uint8Array, at: number) => der.map((byte, i) => (i === der.length + at ? byte ^ 1 : byte))
  expect(
    await findingOf(quoteCertificatesVouched, {
      bend: {
        certificates: ({ leaf, intermediate, root: own }) => [leaf, intermediate, own, altered(intermediate, -3)],
      },
    }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'chain.stray-altered' } })
})
it('fails when the text of the chain is damaged', async () => {
  const change = (from: string, to: string) => ({
    bend: {
      chainData: (data: Uint8Array) => new TextEncoder().encode(new TextDecoder().decode(data).replace(from, to)),
    },
  })
  expect(
    await findingOf(
      quoteCertificatesVouched,
      change('-----END CERTIFICATE-----\n-----BEGIN', '-----END CERTIFICATF-----\n-----BEGIN'),
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'pem.label-mismatch' } })
  expect(await findingOf(quoteCertificatesVouched, change('MII', 'M!I'))).toMatchObject({
    outcome: 'fail',
    because: { text: 'pem.body-not-base64' },
  })
})
