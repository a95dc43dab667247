import { expect, it } from 'vitest'
import { makeCertificate } from '../attester.ts'
import { sliceOf } from '../../../core/place.ts'
import { certificate, PEK } from '../layout.ts'
import { ask } from '../testing.ts'
import { pekSignedByOwner } from './pek-signed-by-owner.ts'

it('passes', async () => expect(await ask(pekSignedByOwner)).toMatchObject({ outcome: 'pass' }))
it('fails when that signature was changed', async () => {
  const pek = (await makeCertificate(PEK)).slice()
  const at = (certificate.read(sliceOf('', pek), '').value?.first.value.ranges[0]?.start ?? 0) + 3
  pek[at] = (pek[at] ?? 0) ^ 1
  expect(await ask(pekSignedByOwner, { replace: { pek: Promise.resolve(pek) } })).toMatchObject({ outcome: 'fail' })
})
it('is a note, and not checked without the OCA', async () => {
  expect(pekSignedByOwner.weight).toBe('notes')
  expect(await ask(pekSignedByOwner, { without: ['oca'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'sev.no-owner' },
  })
})
