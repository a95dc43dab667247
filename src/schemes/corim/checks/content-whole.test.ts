import { expect, it } from 'vitest'
import { toHex } from '../../../bytes/layout.ts'
import { DEMO_DIGEST, DEMO_PRODUCT } from '../attester.ts'
import { finding, prepared } from '../testing.ts'
import { contentWhole } from './content-whole.ts'

it('passes for reference values, and names product, component and digest', async () => {
  for (const recipe of [{}, { isOld: true }, { isSigned: false }]) {
    expect(await finding(contentWhole, recipe)).toMatchObject({ outcome: 'pass' })
    const [group] = (await prepared(recipe)).statement?.groups ?? []
    expect(group).toMatchObject({ name: 'Demonstration Board', product: toHex(DEMO_PRODUCT) })
    expect(group?.values[0]).toMatchObject({ register: 'BL', hash: 'sha256' })
    expect(group?.values[0]?.values[0]?.value).toEqual(DEMO_DIGEST)
  }
})
it('fails for an empty map, signed as it may be', async () => {
  expect(await finding(contentWhole, { isEmpty: true })).toMatchObject({
    outcome: 'fail',
    because: { text: 'corim.content-empty' },
  })
})
