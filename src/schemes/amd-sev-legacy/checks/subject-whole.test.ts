import { expect, it } from 'vitest'
import { makeCertificate, makeLegacyReport } from '../attester.ts'
import { PDH } from '../layout.ts'
import { ask } from '../testing.ts'
import { subjectWhole } from './subject-whole.ts'

it('passes on a whole report and a whole PDH', async () => {
  expect(await ask(subjectWhole)).toMatchObject({ outcome: 'pass' })
  expect(await ask(subjectWhole, { kind: 'pdh' })).toMatchObject({ outcome: 'pass' })
})
it('fails where it is cut off', async () => {
  expect(await ask(subjectWhole, { subject: (await makeLegacyReport()).slice(0, 100) })).toMatchObject({
    outcome: 'fail',
    because: { params: { have: 100 } },
  })
  expect(await ask(subjectWhole, { kind: 'pdh', subject: (await makeCertificate(PDH)).slice(0, 2000) })).toMatchObject({
    outcome: 'fail',
  })
})
