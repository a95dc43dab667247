import { expect, it } from 'vitest'
import { sliceOf } from '../../../core/place.ts'
import { NO_POLICY } from '../../../core/policy.ts'
import { RECIPES } from '../attester.ts'
import { FORMATS } from '../formats.ts'
import { prepare } from '../prepare.ts'
import { isWhole } from './is-whole.ts'

const context = { at: 0, policy: NO_POLICY, anchors: [], items: [] }

async function found(format: string, bytes: Uint8Array) {
  const prepared = await prepare(
    {
      artifact: 0,
      parent: null,
      name: 'image',
      sha256: () => '',
      origin: 'dropped',
      format,
      message: 'reference-values',
      slice: sliceOf('', bytes),
      decoded: undefined,
      facts: { measurements: [] },
      hints: {},
    },
    context,
  )
  const { outcome, because } = await isWhole.run(prepared, context)
  return `${outcome} ${because.text}`
}

const recipe = (id: string) => RECIPES[id]?.() ?? new Uint8Array()

it('passes for a whole image', async () => {
  expect(await found(FORMATS.eif, recipe('eif'))).toBe('pass measured-image.is-whole.holds')
  expect(await found(FORMATS.firmware, recipe('tdvf'))).toBe('pass measured-image.is-whole.holds')
})
it('is not checked where the checksum is another one, or the file ends early', async () => {
  expect(await found(FORMATS.eif, recipe('eif-wrong'))).toBe('not-checked measured-image.checksum')
  expect(await found(FORMATS.eif, recipe('eif').slice(0, -20))).toBe('not-checked measured-image.cut')
})
it('fails where an author’s signature is not one over these bytes', async () => {
  const file = new Uint8Array(1808)
  file.set([6, 0, 0, 0, 0xe1, 0, 0, 0, 0, 0, 1])
  file.fill(0xa5, 128, 512)
  expect(await found(FORMATS.sigstruct, file)).toBe('fail measured-image.signature')
})
