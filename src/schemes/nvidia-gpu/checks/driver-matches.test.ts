import { expect, it } from 'vitest'
import { demoKeys } from '../demo-keys.ts'
import { chainItems, context, prepared, rimItem, VBIOS } from '../testing.ts'
import { driverMatches } from './driver-matches.ts'

const OTHER = new Uint8Array(48).fill(0xee)

it('passes on an authentic manifest with the same values', async () => {
  const items = [...(await chainItems()), await rimItem(2)]
  expect(await driverMatches.run(await prepared({}, items), context)).toMatchObject({ outcome: 'pass' })
})
it('fails on other values, and names the index', async () => {
  const items = [...(await chainItems()), await rimItem(2)]
  const finding = await driverMatches.run(await prepared({ measurements: { 2: OTHER } }, items), context)
  expect(finding).toMatchObject({ outcome: 'fail', because: { text: 'nvidia.rim.mismatch' } })
  expect(finding.because.params['names']).toContain('2 HashedMeasurement_2_FSP')
})
it('leaves the video decoder out while it is off', async () => {
  const items = [...(await chainItems()), await rimItem(2, { active: [1, 35] })]
  expect(await driverMatches.run(await prepared({ measurements: { 35: OTHER } }, items), context)).toMatchObject({
    outcome: 'pass',
  })
})
it.each([
  ['a changed value', (xml: string) => xml.replace('0202', '0302'), 'nvidia.rim.digest'],
  ['a comment', (xml: string) => xml.replace('<Payload>', '<!-- --><Payload>'), 'nvidia.rim.missing'],
  ['a document type', (xml: string) => `<!DOCTYPE a>${xml}`, 'nvidia.rim.missing'],
  ['a second signature', (xml: string) => xml.replace(/(<ds:Signature .*<\/ds:Signature>)/, '$1$1'), 'nvidia.rim.form'],
  [
    'a moved signature',
    (xml: string) => xml.replace(/<\/Payload>(<ds:Signature .*<\/ds:Signature>)/, '$1</Payload>'),
    'nvidia.rim.form',
  ],
  [
    'another canonical form',
    (xml: string) => xml.replace('2006/12/xml-c14n11', '2001/10/xml-exc-c14n#'),
    'nvidia.rim.form',
  ],
])('is not checked on %s', async (_name, bend, reason) => {
  const items = [...(await chainItems()), await rimItem(2, {}, bend)]
  expect(await driverMatches.run(await prepared({}, items), context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: reason },
  })
})
it('is not checked on a manifest that another key signed, or for another version or chip', async () => {
  for (const recipe of [{ key: demoKeys.leaf }, { version: '1.2' }, { product: 'GB100' }]) {
    const items = [...(await chainItems()), await rimItem(2, recipe)]
    expect(await driverMatches.run(await prepared({}, items), context)).toMatchObject({ outcome: 'not-checked' })
  }
})
it('is not checked when both manifests claim one index', async () => {
  const items = [...(await chainItems()), await rimItem(2), await rimItem(3, { version: VBIOS, active: [3] })]
  expect(await driverMatches.run(await prepared({}, items), context)).toMatchObject({
    because: { text: 'nvidia.rim.conflict' },
  })
})
