import { describe, expect, it } from 'vitest'
import { caseKey, effectiveAt, NO_CASES, reduceCases, type Cases } from './case.ts'
import { caseFile } from './files.ts'

const at = { kind: 'now', instant: 1000 } as const

async function opened(...texts: string[]): Promise<Cases> {
  const files = await Promise.all(
    texts.map((text, index) => caseFile({ name: `${index}.txt`, bytes: new TextEncoder().encode(text) })),
  )
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
    const edited = reduceCases(cases, {
      kind: 'replace',
      number: 1,
      id: cases.list[0]?.files[0]?.id ?? '',
      file,
      isEdited: true,
    })
    expect(edited.list[0]).toMatchObject({ isEdited: true, files: [{ sha256: file.sha256 }] })
  })
  it('leaves other cases alone', async () => {
    const cases = await opened('a')
    expect(reduceCases(cases, { kind: 'at', number: 9, at: { kind: 'given', instant: 5 } })).toEqual(cases)
  })
})

describe('as of when', () => {
  const dated = {
    message: 'evidence',
    facts: { measurements: [], madeAt: { path: 'x', ranges: [], value: 500 } },
  } as const
  const undated = { message: 'evidence', facts: { measurements: [] } } as const
  const list = { message: 'endorsement', facts: { measurements: [] } } as const
  const asked = (
    choice: Parameters<typeof effectiveAt>[0]['at'],
    artifacts: Parameters<typeof effectiveAt>[1],
    sample: { scheme: string; id: string } | null = null,
  ) => effectiveAt({ at: choice, sample }, artifacts, artifacts.includes(dated) ? 500 : null)
  it('a time that has not come yet is no time to look at it', () => {
    expect(asked({ kind: 'now', instant: 499 }, [dated])).toEqual({ kind: 'now', instant: 499 })
  })
  it('evidence with a signed time of its own is looked at as of that, until the reader asks for now', () => {
    expect(asked(at, [dated, list])).toEqual({ kind: 'evidence' })
    expect(asked({ ...at, isChosen: true }, [dated])).toEqual({ kind: 'now', instant: 1000, isChosen: true })
    expect(asked({ kind: 'given', instant: 500 }, [dated])).toEqual({ kind: 'given', instant: 500 })
  })
  it('a date on one piece says nothing about another, and none means now', () => {
    expect(asked(at, [dated, undated])).toEqual(at)
    expect(asked(at, [undated])).toEqual(at)
    expect(asked(at, [list])).toEqual(at)
  })
  it('an example at the time of its evidence says so, and at another time not', () => {
    expect(asked({ kind: 'given', instant: 500 }, [dated], { scheme: 's', id: 'i' })).toEqual({ kind: 'evidence' })
    expect(asked({ kind: 'given', instant: 501 }, [dated], { scheme: 's', id: 'i' })).toEqual({
      kind: 'given',
      instant: 501,
    })
  })
})
