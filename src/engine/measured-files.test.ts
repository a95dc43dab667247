import { expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { appraise } from './appraise.ts'
import { sampleFiles } from './catalogue.ts'

const text = (name: string, words: string) => ({ name, bytes: new TextEncoder().encode(words) })

const sampleOf = (id: string) => sampleFiles('intel-dcap', id)

async function notes(sample: string, ...files: readonly { readonly name: string; readonly bytes: Uint8Array }[]) {
  const view = await appraise([...(await sampleOf(sample)), ...files], {
    at: Date.parse('2026-06-15T12:00:00Z'),
    atSource: 'given',
    policy: NO_POLICY,
  })
  return view.checks
    .filter(({ id }) => id === 'software.file-is-measured')
    .map(({ because, weight }) => `${weight} ${because.params['file']} ${because.params['register']}`)
}

it('a file whose digest an event of a replayed log holds is named, and no other file', async () => {
  expect(await notes('tdx-ccel', text('initrd.img', 'an initrd'), text('other.img', 'another'))).toEqual([
    'notes initrd.img RTMR2, /initrd.img',
  ])
})
it('a log that is not for this evidence names no file', async () => {
  const files = await sampleOf('tdx-ccel-other')
  const log = files.find(({ name }) => name === 'ccel.bin')
  const changed = log?.bytes.slice() ?? new Uint8Array()
  changed[200] = (changed[200] ?? 0) ^ 1
  expect(await notes('tdx-up-to-date', { name: 'ccel.bin', bytes: changed }, text('initrd.img', 'an initrd'))).toEqual(
    [],
  )
})
