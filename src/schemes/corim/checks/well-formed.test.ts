import { expect, it } from 'vitest'
import { makeCorim } from '../attester.ts'
import { finding } from '../testing.ts'
import { wellFormed } from './well-formed.ts'

it('passes for signed and unsigned ones, old and new', async () => {
  for (const recipe of [{}, { isOld: true }, { isSigned: false }, { isSigned: false, isOld: true }])
    expect(await finding(wellFormed, recipe)).toMatchObject({ outcome: 'pass' })
})
it('fails where bytes are missing, follow, or were read as text and written again', async () => {
  const whole = await makeCorim()
  expect(await finding(wellFormed, whole.slice(0, -1))).toMatchObject({ outcome: 'fail' })
  expect(await finding(wellFormed, Uint8Array.from([...whole, 0]))).toMatchObject({ outcome: 'fail' })
  const mangled = new TextEncoder().encode(new TextDecoder().decode(whole))
  expect(await finding(wellFormed, mangled)).toMatchObject({ outcome: 'fail' })
})
