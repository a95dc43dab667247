import { describe, expect, it } from 'vitest'
import { toHex } from '../bytes/layout.ts'
import type { InputFile } from './api.ts'
import { appraise } from './appraise.ts'
import { catalogue, sampleFiles } from './catalogue.ts'
import { inspect } from './inspect.ts'
import { headlineSaying } from './judge.ts'
import { newestLevelOf } from './lacks.ts'
import { outlook } from './outlook.ts'

/** What a verdict may say, on evidence of two schemes each. */

async function sample(scheme: string, id: string): Promise<{ files: readonly InputFile[]; at: number }> {
  const { samples } = await catalogue()
  const at = samples.find((one) => one.scheme === scheme && one.id === id)?.at ?? ''
  return { files: await sampleFiles(scheme, id), at: Date.parse(at) }
}

describe.each([
  ['intel-dcap', 'tdx-up-to-date'],
  ['amd-sev-snp', 'milan-v3-old'],
])('%s %s', (scheme, id) => {
  it('a value taken from this evidence is compared with itself and raises nothing', async () => {
    const { files, at } = await sample(scheme, id)
    const subject = (await inspect(files)).artifacts.find((one) => one.facts.userData !== undefined)
    const reportData = toHex(subject?.facts.userData?.value ?? new Uint8Array())
    const policy = { schema: 'policy/1', reportData } as const
    const given = await appraise(files, { at, atSource: 'given', policy })
    expect(given.checks.find((check) => check.id === 'fresh.report-data-matches')?.outcome).toBe('pass')
    const own = await appraise(files, { at, atSource: 'given', policy, sources: { reportData: 'this-evidence' } })
    expect(own.answers.fresh.state).toBe('not-checked')
    expect(own.answers.fresh.because.text).toBe('expect.own-value')
    expect(own.expectations).toEqual([
      { name: 'reportData', source: 'this-evidence', value: reportData, recipe: null, matches: true },
    ])
  })
  it('a changed signed byte leaves no other answer a statement', async () => {
    const { files, at } = await sample(scheme, id)
    const subject = (await inspect(files)).artifacts.find((one) => one.facts.userData !== undefined)
    const place = subject?.facts.userData?.ranges[0]
    expect(place?.space).toBe('')
    const changed = files.map((file, i) =>
      i === subject?.file
        ? { ...file, bytes: file.bytes.map((byte, at_) => (at_ === place?.start ? byte ^ 1 : byte)) }
        : file,
    )
    const { headline, answers } = await appraise(changed, { at, atSource: 'given', policy: { schema: 'policy/1' } })
    expect(headline).toBe('S1')
    for (const answer of [answers.current, answers.configured, answers.software, answers.fresh]) {
      expect(['not-checked', 'not-applicable']).toContain(answer.state)
      if (answer.state === 'not-checked') expect(answer.because.text).toBe('answer.unsigned')
    }
  })
  it('the verdict alters at the instant that is told, and not a second earlier', async () => {
    const { files, at } = await sample(scheme, id)
    const options = { at, atSource: 'given', policy: { schema: 'policy/1' } } as const
    const view = await appraise(files, options)
    const { changesAt, inDateAt } = await outlook(files, options, view)
    expect(inDateAt).not.toBeNull()
    if (changesAt === null) return
    const before = await appraise(files, { ...options, at: changesAt.at - 1000 })
    const after = await appraise(files, { ...options, at: changesAt.at })
    expect([before.headline, before.ifRootTrusted]).toEqual([view.headline, view.ifRootTrusted])
    expect([after.headline, after.ifRootTrusted]).not.toEqual([view.headline, view.ifRootTrusted])
  })
})

describe.each([
  ['intel-dcap', 'tdx-out-of-date'],
  ['intel-dcap', 'sgx-sw-hardening'],
])('%s %s', (scheme, id) => {
  it('a level is dated as what it is: the date that is reached, beside the newest', async () => {
    const { files, at } = await sample(scheme, id)
    const { subjects, checks } = await appraise(files, { at, atSource: 'given', policy: { schema: 'policy/1' } })
    const { vendor, ladders } = subjects[0] ?? {}
    const newestLevel = newestLevelOf(ladders ?? [], vendor?.tcbDate ?? null)
    const root = {
      status: 'pinned',
      holder: 'Intel',
      country: 'US',
      purpose: 'evidence',
      spkiSha256: '',
      sha256: '',
    } as const
    const said = headlineSaying('S5w', { checks, root: 'pinned', message: 'evidence' }, root, vendor ?? null, {
      day: '',
      newestLevel,
      missing: [],
      stale: [],
      equals: [],
      statedBy: [],
    })
    const reached = (vendor?.tcbDate ?? '').slice(0, 10)
    expect(reached).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(said.params).toMatchObject({ date: reached })
    const { texts } = await catalogue()
    const form = (newestLevel ?? '').slice(0, 10) > reached ? 'behind' : 'dated'
    expect(said.text).toMatch(new RegExp(`^headline\\.S5w\\.tcb\\.${form}`))
    expect(texts.en[said.text]).not.toMatch(/since/i)
    expect(texts.zh[said.text]).not.toMatch(/自 ?\{date\}|\{date\} 起/)
  })
})

describe.each([
  ['intel-dcap', 'tdx-up-to-date'],
  ['amd-sev-snp', 'milan-v3-old'],
])('%s %s', (scheme, id) => {
  it('spoken of as demonstration, with the headline it would have, and recorded as none', async () => {
    const { files, at } = await sample(scheme, id)
    const view = await appraise(files, { at, atSource: 'given', policy: { schema: 'policy/1' } })
    expect(view.headline).toBe('S2')
    expect(view.demonstration?.headline).toBe(view.ifRootTrusted)
    expect(view.demonstration?.answers.genuine.because.text).toMatch(/^demonstration\./)
  })
  it('alone, it says what is missing by name, in one count', async () => {
    const { files, at } = await sample(scheme, id)
    const [bare] = files
    const view = await appraise(bare ? [bare] : [], { at, atSource: 'given', policy: { schema: 'policy/1' } })
    const sentence = view.demonstration?.sentence ?? view.sentence
    expect(view.demonstration?.headline ?? view.headline).toBe('S4')
    expect(sentence.lists?.['missing']?.length).toBeGreaterThan(0)
    const counted = (sentence.lists?.['missing'] ?? []).reduce(
      (sum, { params }) => sum + Number(params['count'] ?? 1),
      0,
    )
    expect(counted).toBe(view.wishes.length)
  })
  it('in a bundle, a member that nothing reads is listed with its bytes, and the evidence still stands', async () => {
    const { files, at } = await sample(scheme, id)
    const [bare] = files
    const text = JSON.stringify({ report: toHex(bare?.bytes ?? new Uint8Array()), junk: 'Qz0x'.repeat(60) })
    const bundle = { name: 'all.json', bytes: new TextEncoder().encode(text) }
    const { unread } = await inspect([bundle])
    expect(unread.map(({ path, size, looksLike }) => [path, size, looksLike])).toEqual([['junk', 240, 'base64']])
    const [member] = unread
    expect(text.slice(member?.range.start, member?.range.end)).toContain('Qz0xQz0x')
    const alone = await appraise(bare ? [bare] : [], { at, atSource: 'given', policy: { schema: 'policy/1' } })
    const inside = await appraise([bundle], { at, atSource: 'given', policy: { schema: 'policy/1' } })
    expect([inside.headline, inside.ifRootTrusted]).toEqual([alone.headline, alone.ifRootTrusted])
  })
})

it('a long member of a JSON text that nothing reads is listed, and the count is not silent about it', async () => {
  const text = JSON.stringify({ quote: 'Qz0'.repeat(67).slice(0, 200), more: { log: 'x'.repeat(300) } })
  const [pem] = await sampleFiles('intel-dcap', 'tdx-up-to-date')
  const wrapped = JSON.stringify({ ...JSON.parse(text), evidence: toHex(pem?.bytes ?? new Uint8Array()) })
  const { unread } = await inspect([{ name: 'all.json', bytes: new TextEncoder().encode(wrapped) }])
  expect(unread.map(({ path, size, looksLike }) => [path, size, looksLike])).toEqual([
    ['quote', 200, 'base64'],
    ['more.log', 300, 'base64'],
  ])
})

it('a chip id that no signature covers meets no expectation; one in signed bytes does', async () => {
  const outcomeOf = async (id: string) => {
    const { files, at } = await sample('hygon-csv', id)
    const chip = (await inspect(files)).artifacts.find(({ message }) => message === 'evidence')?.facts.deviceId
    const chipIds = [toHex(chip?.value ?? new Uint8Array())]
    const view = await appraise(files, { at, atSource: 'given', policy: { schema: 'policy/1', chipIds } })
    const found = view.checks.find((check) => check.id === 'fresh.device-expected')
    return `${found?.outcome} ${found?.because.text}`
  }
  expect(await outcomeOf('v2')).toBe('not-checked expect.device-stated')
  expect(await outcomeOf('dcu')).toBe('pass fresh.device-expected.holds')
})
