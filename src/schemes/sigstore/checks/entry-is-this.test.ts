import { expect, it } from 'vitest'
import { makeAuthority } from '../attester.ts'
import { finding } from '../testing.ts'
import { entryIsThis } from './entry-is-this.ts'

const file = new TextEncoder().encode('a file')

it('passes for both kinds of content', async () => {
  expect(await finding(entryIsThis)).toMatchObject({ outcome: 'pass' })
  expect(await finding(entryIsThis, { file })).toMatchObject({ outcome: 'pass' })
})
it('fails for an entry of another content, signature or certificate, authentic as it may be', async () => {
  const [other] = await makeAuthority()
  for (const [bend, text] of [
    [{ entryPayload: new Uint8Array(3) }, 'sigstore.body.hash'],
    [{ entrySignature: new Uint8Array(70) }, 'sigstore.body.signature'],
    [{ entryCertificate: other }, 'sigstore.body.certificate'],
  ] as const) {
    expect(await finding(entryIsThis, { bend })).toMatchObject({ outcome: 'fail', because: { text } })
    expect(await finding(entryIsThis, { file, bend })).toMatchObject({ outcome: 'fail', because: { text } })
  }
})
it('stays open for an entry that no log vouches for, with or without a path that leads nowhere', async () => {
  type Json = Record<string, unknown>
  for (const bare of [false, true]) {
    const changeJson = (bundle: Json) => {
      const material = bundle['verificationMaterial'] as Json
      const [entry = {}] = material['tlogEntries'] as Json[]
      const { inclusionPromise: _promise, inclusionProof, ...rest } = entry
      const { checkpoint: _checkpoint, ...proof } = inclusionProof as Json
      const changed = bare ? rest : { ...rest, inclusionProof: proof }
      return { ...bundle, verificationMaterial: { ...material, tlogEntries: [changed] } }
    }
    expect(await finding(entryIsThis, { bend: { changeJson } })).toMatchObject({
      outcome: 'not-checked',
      because: { text: 'sigstore.entry-unproven' },
    })
  }
})
