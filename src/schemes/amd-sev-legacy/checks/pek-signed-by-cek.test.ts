import { expect, it } from 'vitest'
import { makeCertificate } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { PEK } from '../layout.ts'
import { ask } from '../testing.ts'
import { pekSignedByCek } from './pek-signed-by-cek.ts'

it('passes', async () => expect(await ask(pekSignedByCek)).toMatchObject({ outcome: 'pass' }))
it('fails when another chip signed', async () => expect(await ask(pekSignedByCek, { replace: { pek: makeCertificate(PEK, { signer: demoKeys.foreign }) } })).toMatchObject({ outcome: 'fail' }))
it('is not checked without the CEK', async () => expect(await ask(pekSignedByCek, { without: ['cek'] })).toMatchObject({ outcome: 'not-checked', because: { text: 'sev.no-cek' } }))
