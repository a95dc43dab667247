import { describe, expect, it } from 'vitest'
import { caseKey, NO_CASES, reduceCases, type Cases } from './case.ts'
import { caseFile } from './files.ts'

const at = { kind: 'now', instant: 0 } as const

async function opened(...texts: string[]): Promise<Cases> {
  const files = await Promise.all(texts.map((text, index) => caseFile({ name: `${index}.txt`, bytes: new TextEncoder().encode(text) })))
  return reduceCases(NO_CASES, { kind: 'open', number: 1, files, at, sample: null })
}

describe('a case', () => {
  it('takes the same file once', async () => {
    const cases = await opened('a', 'b')
    const first = cases.list[0]
    expect(first?.files).toHaveLength(2)
    const again = reduceCases(cases, { kind: 'add', number: 1, files: first?.files ?? [] })
    expect(again.list[0]?.files).toHaveLength(2)
  })
  it('is named by its content', async () => {
    const key = async (...texts: string[]) => caseKey((await opened(...texts)).list[0]?.files ?? [])
    expect(await key('a', 'b')).toBe(await key('a', 'b'))
    expect(await key('a', 'b')).not.toBe(await key('a', 'c'))
  })
  it('says that bytes were changed', async () => {
    const cases = await opened('a')
    const file = await caseFile({ name: '0.txt', bytes: new Uint8Array([0x62]) })
    const edited = reduceCases(cases, { kind: 'replace', number: 1, id: cases.list[0]?.files[0]?.id ?? '', file, isEdited: true })
    expect(edited.list[0]).toMatchObject({ isEdited: true, files: [{ sha256: file.sha256 }] })
  })
  it('leaves other cases alone', async () => {
    const cases = await opened('a')
    expect(reduceCases(cases, { kind: 'at', number: 9, at: { kind: 'given', instant: 5 } })).toEqual(cases)
  })
})
