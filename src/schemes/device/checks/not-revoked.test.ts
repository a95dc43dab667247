import { expect, it } from 'vitest'
import { makeStatusList } from '../attester.ts'
import { FORMATS } from '../formats.ts'
import { android, context, itemOf } from '../testing.ts'
import { notRevoked } from './not-revoked.ts'

const withList = (...serials: readonly string[]) =>
  android({}, { items: [itemOf(1, FORMATS.statusList, makeStatusList(...serials))] })

it('passes where no serial is listed, and fails for one in hex or in decimal', async () => {
  expect(await notRevoked.run(await withList(), context)).toMatchObject({ outcome: 'pass' })
  for (const serial of ['a2', '00A2', '162'])
    expect(await notRevoked.run(await withList(serial), context)).toMatchObject({
      outcome: 'fail',
      because: { text: 'android.listed', code: 'revoked' },
    })
})
it('stays open without a list', async () => {
  const all = await android()
  expect(await notRevoked.run(all, context)).toMatchObject({ outcome: 'not-checked' })
  expect(all.wishes[0]?.urls).toEqual(['https://android.googleapis.com/attestation/status'])
})
it('is acquitted by no list that came inside a file with something else, and accused by one', async () => {
  const carried = (...serials: readonly string[]) =>
    android({}, { items: [{ ...itemOf(1, FORMATS.statusList, makeStatusList(...serials)), parent: 7 }] })
  expect(await notRevoked.run(await carried(), context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'android.list-carried' },
  })
  expect(await notRevoked.run(await carried('a2'), context)).toMatchObject({ outcome: 'fail' })
})
