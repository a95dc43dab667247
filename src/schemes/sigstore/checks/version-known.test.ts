import { expect, it } from 'vitest'
import { makeBundle } from '../attester.ts'
import { finding } from '../testing.ts'
import { versionKnown } from './version-known.ts'

it('passes for 0.1 to 0.3', async () => {
  for (const version of ['0.1', '0.2', '0.3'] as const)
    expect(await finding(versionKnown, { version })).toMatchObject({ outcome: 'pass', found: version })
})
it('does not guess at others', async () => {
  expect(
    await finding(versionKnown, { bend: { mediaType: 'application/vnd.dev.sigstore.bundle.v9+json' } }),
  ).toMatchObject({ outcome: 'unsupported' })
})
it('fails where the promise of 0.1 or the proof of the others is missing', async () => {
  const cut = async (version: '0.1' | '0.3', name: string) => {
    const text = new TextDecoder().decode(await makeBundle({ version }))
    return new TextEncoder().encode(text.replace(`"${name}"`, '"other"'))
  }
  expect(await finding(versionKnown, await cut('0.1', 'inclusionPromise'))).toMatchObject({ outcome: 'fail' })
  expect(await finding(versionKnown, await cut('0.3', 'inclusionProof'))).toMatchObject({ outcome: 'fail' })
  expect(await finding(versionKnown, await cut('0.3', 'checkpoint'))).toMatchObject({ outcome: 'fail' })
})
