import { expect, it } from 'vitest'
import { finding } from '../testing.ts'
import { makeBundle } from '../attester.ts'
import { wellFormed } from './well-formed.ts'

const without = (name: string) => ({
  bend: {
    changeJson: (bundle: Record<string, unknown>) =>
      Object.fromEntries(Object.entries(bundle).filter(([key]) => key !== name)),
  },
})

it('passes for every version', async () => {
  for (const version of ['0.1', '0.2', '0.3'] as const)
    expect(await finding(wellFormed, { version })).toMatchObject({ outcome: 'pass' })
})
it('fails without content, and with two', async () => {
  expect(await finding(wellFormed, without('dsseEnvelope'))).toMatchObject({ outcome: 'fail' })
  const both = { bend: { changeJson: (bundle: Record<string, unknown>) => ({ ...bundle, messageSignature: {} }) } }
  expect(await finding(wellFormed, both)).toMatchObject({ because: { text: 'sigstore.form.content' } })
})
it('fails for a chain in version 0.3, a negative index and a name that stands twice', async () => {
  const media = 'application/vnd.dev.sigstore.bundle.v0.3+json'
  expect(await finding(wellFormed, { version: '0.2', bend: { mediaType: media } })).toMatchObject({
    because: { text: 'sigstore.form.chain' },
  })
  const text = new TextDecoder().decode(await makeBundle())
  const encoded = (changed: string) => new TextEncoder().encode(changed)
  expect(await finding(wellFormed, encoded(text.replace('"logIndex": "1234"', '"logIndex": "-1"')))).toMatchObject({
    outcome: 'fail',
    because: { text: 'sigstore.form.number' },
  })
  expect(await finding(wellFormed, encoded(text.replace('{', '{"mediaType":"x",')))).toMatchObject({ outcome: 'fail' })
})
