import { expect, it } from 'vitest'
import { context, droppedFile, finding } from '../testing.ts'
import { fileIsHere } from './file-is-here.ts'

const file = new TextEncoder().encode('a file')

it('passes with the file, and not with another', async () => {
  const of = (bytes: Uint8Array) => ({ ...context, items: [droppedFile(1, bytes)] })
  expect(await finding(fileIsHere, { file }, of(file))).toMatchObject({ outcome: 'pass' })
  expect(await finding(fileIsHere, { file }, of(new Uint8Array(5)))).toMatchObject({ outcome: 'not-checked' })
  expect(await finding(fileIsHere)).toBe('not-applicable')
})
