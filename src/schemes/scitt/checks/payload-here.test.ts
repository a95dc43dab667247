import { expect, it } from 'vitest'
import { makePayload } from '../attester.ts'
import { context, droppedFile, finding, prepared } from '../testing.ts'
import { payloadHere } from './payload-here.ts'

const withPayload = { ...context, items: [droppedFile(3, makePayload())] }

it('does not arise where the payload is in the message', async () => {
  expect(await finding(payloadHere)).toBe('not-applicable')
})
it('passes with the file that was hashed, which then names its measurement', async () => {
  expect(await finding(payloadHere, { isHashed: true }, withPayload)).toMatchObject({ outcome: 'pass' })
  expect((await prepared({ isHashed: true }, withPayload)).statement?.groups).toHaveLength(1)
})
it('ties to nothing while only the hash is here', async () => {
  expect(await finding(payloadHere, { isHashed: true })).toMatchObject({ outcome: 'not-checked' })
  expect((await prepared({ isHashed: true })).statement?.groups).toEqual([])
  const other = { ...context, items: [droppedFile(3, makePayload('b2'.repeat(48)))] }
  expect(await finding(payloadHere, { isHashed: true }, other)).toMatchObject({ outcome: 'not-checked' })
})
