import { describe, expect, it } from 'vitest'
import { NO_POLICY, type Policy } from '../../src/core/policy.ts'
import { say } from '../../src/core/saying.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { sampleFiles, textsFor } from '../../src/engine/catalogue.ts'
import { speaker, toContract, type ContractAppraisal } from '../../src/engine/contract.ts'
import { inspect } from '../../src/engine/inspect.ts'
import type { InputFile, Inspection } from '../../src/engine/api.ts'
import { readLink, writeLink } from '../../src/engine/link.ts'
import { linkDictionary } from '../../src/engine/link-dictionary.ts'
import { mergedPolicy, offersOf } from './arrivals.ts'
import { carried, identifiersIn, linkStateOf, partsOf, type LinkSource, type NamedFile } from './contents.ts'
import { toCsv } from './csv.ts'
import { fileNameOf } from './download.ts'
import { linkIn } from './open-link.ts'
import { policyLines } from './policy-lines.ts'
import { receive } from './receive.ts'
import { reportOf, toMarkdown } from './report.ts'
import { caseFile } from '../case/files.ts'
import { writeCaseFile } from '../../src/engine/case-file.ts'

const AT = Date.parse('2026-06-15T12:00:00Z')

async function example(): Promise<{
  readonly files: readonly NamedFile[]
  readonly contract: ContractAppraisal
  readonly source: LinkSource
  readonly inspection: Awaited<ReturnType<typeof inspect>>
}> {
  const input: readonly InputFile[] = [
    ...(await sampleFiles('intel-dcap', 'tdx-up-to-date')),
    { name: 'unrelated.txt', bytes: new TextEncoder().encode('nothing to do with it') },
  ]
  const inspection = await inspect(input)
  const appraisal = await appraise(input, { at: AT, atSource: 'given', policy: NO_POLICY })
  const files = input.map((file, index) => ({ ...file, sha256: inspection.files[index]?.sha256 ?? '' }))
  const speak = speaker(await textsFor(['intel-dcap'], 'en'))
  const parts = partsOf(files, inspection, appraisal)
  return {
    files,
    inspection,
    contract: toContract(appraisal, inspection, speak, { ms: 0, fields: false }),
    source: { parts, sample: null, locale: 'en', panel: 'fields', field: '0:body.mrTd', at: AT, policy: NO_POLICY },
  }
}

describe('what a link carries', () => {
  it('tells evidence, what had a say, and the rest apart', async () => {
    const { source } = await example()
    const roles = source.parts.map((part) => part.role)
    expect(roles[0]).toBe('evidence')
    expect(roles.at(-1)).toBe('unused')
    expect(roles.filter((role) => role === 'used').length).toBeGreaterThan(2)
    expect(carried(source.parts, 'all').map((part) => part.file.name)).not.toContain('unrelated.txt')
    expect(carried(source.parts, 'evidence')).toHaveLength(1)
    expect(carried(source.parts, 'none')).toHaveLength(0)
  })
  it('names what it leaves out by hash; without evidence not even the platform', async () => {
    const { source, files } = await example()
    const some = linkStateOf(source, { carry: 'evidence', withAt: false, withPolicy: false })
    expect(some.files).toHaveLength(1)
    expect(some.left.map((one) => one.sha256)).toEqual(files.slice(1, -1).map((file) => file.sha256))
    expect(some.left.some((one) => one.key !== '')).toBe(true)
    expect(some.at).toBeUndefined()
    const none = linkStateOf(source, { carry: 'none', withAt: true, withPolicy: true })
    expect(none.files).toEqual([])
    expect(none.left).toHaveLength(files.length)
    expect(none.left.every((one) => one.key === '')).toBe(true)
    expect(none.at).toBe(AT)
    expect(none.policy).toBeUndefined()
  })
  it('opens to the same bytes and place', async () => {
    const { source } = await example()
    const state = linkStateOf(
      { ...source, policy: { schema: 'policy/1', nonce: '00' } },
      { carry: 'all', withAt: true, withPolicy: true },
    )
    expect(readLink(writeLink(state, linkDictionary(1)) ?? '', linkDictionary).state).toEqual(state)
    expect(state.selection).toEqual({ artifact: 0, path: 'body.mrTd' })
    const bytes = linkStateOf(
      { ...source, field: '0:@base64@12!3-9' },
      { carry: 'none', withAt: false, withPolicy: false },
    )
    expect(bytes.selection).toEqual({ artifact: 0, path: '@base64@12!3-9' })
  })
  it('lists what identifies the machine, only while the bytes are carried', async () => {
    const { source, inspection } = await example()
    const found = identifiersIn(carried(source.parts, 'evidence'), inspection)
    expect(found.filter((one) => one.tells === 'machine').map((one) => one.label)).toContain('PPID')
    expect(found.filter((one) => one.tells === 'model').map((one) => one.label)).toContain('FMSPC')
    expect(identifiersIn([], inspection)).toEqual([])
    const amd: readonly InputFile[] = await sampleFiles('amd-sev-snp', 'milan-v2')
    const other = await inspect(amd)
    expect(
      identifiersIn(
        partsOf(
          amd.map((file) => ({ ...file, sha256: '' })),
          other,
          undefined,
        ),
        other,
      ).some((one) => /chip/i.test(one.label) && one.tells === 'machine'),
    ).toBe(true)
  })
})

describe('what a link brings', () => {
  const policy: Policy = {
    schema: 'policy/1',
    nonce: '01',
    registers: { MRTD: ['00', '11'] },
    anchorsAdded: [{ pem: 'x', purpose: 'evidence' }],
    anchorsOff: ['ab'.repeat(32)],
  }
  it('is offered part by part', () => {
    expect(offersOf({ at: 1, policy })).toEqual(['at', 'expectations', 'anchors'])
    expect(offersOf({ at: null, policy: { schema: 'policy/1', anchorsOff: [] } })).toEqual(['anchors'])
    expect(offersOf({ at: null, policy: null })).toEqual([])
  })
  it('takes over only what was accepted', () => {
    const own: Policy = { schema: 'policy/1', nonce: 'ff', maxAgeSeconds: 5 }
    expect(mergedPolicy(own, policy, [])).toEqual(own)
    expect(mergedPolicy(own, policy, ['expectations'])).toEqual({
      schema: 'policy/1',
      nonce: '01',
      maxAgeSeconds: 5,
      registers: { MRTD: ['00', '11'] },
    })
    expect(mergedPolicy(own, policy, ['anchors'])).toEqual({
      ...own,
      anchorsAdded: policy.anchorsAdded,
      anchorsOff: policy.anchorsOff,
    })
  })
  it('lists every rule', () => {
    const whole: Required<Policy> = {
      schema: 'policy/1',
      reportData: '00',
      nonce: '01',
      maxAgeSeconds: 3,
      registers: { A: ['00'] },
      minimumTcb: { snp: 2 },
      acceptTcbStatus: ['OutOfDate'],
      allowAdvisories: ['X'],
      chipIds: ['00'],
      forbid: ['smt'],
      signers: ['owner/name'],
      anchorsOff: ['aa'],
      anchorsAdded: [{ pem: 'p', purpose: 'evidence' }],
    }
    expect(policyLines(whole).map((line) => line.word)).toHaveLength(Object.keys(whole).length - 1)
  })
  it('is found in a pasted address, and only there', () => {
    expect(linkIn('https://host/path/#lang=zh&link=1.a.b.c&panel=raw\n')).toBe('1.a.b.c')
    expect(linkIn('http://127.0.0.1:4173/#link=1.a.b.c')).toBe('1.a.b.c')
    expect(linkIn('see https://host/#link=1.a.b.c')).toBeUndefined()
    expect(linkIn('{"link":"1.a.b.c"}')).toBeUndefined()
  })
})

describe('what is dropped', () => {
  const intakeOf = async (name: string, text: string) => ({
    files: [await caseFile({ name, bytes: new TextEncoder().encode(text) })],
    refusals: [],
  })
  it('is opened as a case when it is a case file', async () => {
    const text = writeCaseFile(
      { files: [{ name: 'a', bytes: Uint8Array.of(1, 2), origin: 'dropped' }], at: AT, policy: NO_POLICY },
      undefined,
    )
    const got = await receive(await intakeOf('any name', text))
    expect(got.plain.files).toEqual([])
    expect(got.cases[0]?.files[0]?.bytes).toEqual(Uint8Array.of(1, 2))
    expect(got.cases[0]?.arrival).toMatchObject({ from: 'case-file', at: AT, policy: null })
  })
  it('is told to have no bytes when it is an appraisal', async () => {
    expect((await receive(await intakeOf('x.json', '{ "schema": "appraisal/1", "headline": "S6" }'))).notes).toEqual([
      { kind: 'no-bytes', name: 'x.json', detail: 'appraisal/1' },
    ])
  })
  it('stays evidence otherwise', async () => {
    const got = await receive(await intakeOf('x.json', '{ "quote": "00", "about": "attestation-case/1" }'))
    expect(got.plain.files).toHaveLength(1)
  })
})

describe('tables for spreadsheets', () => {
  it('cannot start a formula', () => {
    expect(toCsv([['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '"=1"', '＝1', 'plain', 7]])).toBe(
      `'=1+1,'+1,'-1,'@x,'\t=1,' =1,"'""=1""",'＝1,plain,7\r\n`,
    )
  })
  it('quotes commas, quotes and line ends', () =>
    expect(toCsv([['a,b', 'c"d', 'e\r\nf']])).toBe('"a,b","c""d","e\r\nf"\r\n'))
})

describe('file names', () => {
  it('take nothing from evidence', () => {
    expect(fileNameOf('case', 'ab12cd34ef')).toBe('attestation-case-ab12cd34.json')
    expect(fileNameOf('report', '../../x')).toBe('attestation-report-unknown.md')
  })
})

/** A report's surroundings with nothing chosen and no words of a scheme. */
const plainContext = ({ files }: Inspection) => ({
  files,
  policy: NO_POLICY,
  isEdited: false,
  rootHolder: '',
  rootScopes: {},
  text: () => undefined,
})

describe('the report', () => {
  it('says of several pieces of evidence which one a row is about', async () => {
    const { contract, inspection } = await example()
    const [subject] = contract.subjects
    if (!subject) throw new Error('no subject')
    const two = {
      ...contract,
      subjects: [subject, { ...subject, sentence: 'The second one.' }],
      checks: [...contract.checks, ...contract.checks.map((check) => ({ ...check, subject: 1 }))],
    }
    const context = plainContext(inspection)
    const of = (id: string, appraisal: typeof contract) =>
      reportOf(appraisal, context, 'en').sections.find((section) => section.id === id)
    expect(of('subjects', contract)).toBeUndefined()
    expect(of('subjects', two)?.rows?.map((row) => row.at(-1))).toEqual([subject.sentence, 'The second one.'])
    for (const id of ['checks', 'open']) {
      const rows = of(id, two)?.rows ?? []
      expect(rows).toHaveLength(2 * (of(id, contract)?.rows?.length ?? 0))
      expect(rows.map((row) => row.at(-1)?.slice(0, 2))).toEqual([
        ...rows.slice(0, rows.length / 2).map(() => '#1'),
        ...rows.slice(rows.length / 2).map(() => '#2'),
      ])
      expect(of(id, two)?.head).toHaveLength(rows[0]?.length ?? 0)
    }
  })
  it('names files, roots, date, engine and what was not checked, in both languages', async () => {
    const { contract, inspection } = await example()
    for (const locale of ['en', 'zh'] as const) {
      const texts = await textsFor(['intel-dcap'], locale)
      const report = reportOf(
        contract,
        {
          files: inspection.files,
          policy: NO_POLICY,
          isEdited: false,
          rootHolder: 'Held by this one',
          rootScopes: {},
          text: (id) => texts[id],
        },
        locale,
      )
      const text = toMarkdown(report)
      expect(
        report.facts.map(([, value]) => value).filter((value) => /(?:, |，)Held by this one$/.test(value)),
      ).toHaveLength(1)
      for (const one of [
        contract.engine,
        contract.at,
        contract.id,
        ...inspection.files.map((file) => file.sha256),
        ...contract.anchors.map((anchor) => anchor.spkiSha256),
        ...contract.collateral.map((item) => item.sha256),
      ])
        expect(text).toContain(one.replaceAll('_', '\\_'))
      for (const check of contract.checks.filter((candidate) => candidate.outcome !== 'not-applicable'))
        expect(text, check.id).toContain(check.id.replaceAll('_', '\\_'))
      const open = contract.checks.filter((check) => check.outcome === 'not-checked')
      expect(open.length).toBeGreaterThan(0)
      expect(report.sections.find((section) => section.id === 'open')?.rows?.map((row) => row[1])).toEqual(
        open.map((check) => check.id),
      )
      expect(text).not.toMatch(/\{[a-z]+\}|undefined/)
    }
  })
  it('says no more than the page: no level is not up to date, some checks are not none, and nothing appraised is not everything answered', async () => {
    const { contract, inspection } = await example()
    const context = plainContext(inspection)
    const { answers } = contract
    const levelless = {
      ...contract,
      headline: 'S5' as const,
      ifRootTrusted: null,
      answers: {
        ...answers,
        genuine: { ...answers.genuine, state: 'not-checked' as const, ran: 3, of: 4 },
        current: { ...answers.current, state: 'not-applicable' as const },
      },
    }
    const { facts, sections } = reportOf(levelless, context, 'en')
    expect(facts[0]?.[1]).toBe('S5: genuine; the vendor states no level, and what runs in it is unknown')
    expect(sections.find(({ id }) => id === 'answers')?.rows?.[0]?.[1]).toBe('Not fully checked')
    const none = reportOf({ ...contract, headline: 'SN', subjects: [], checks: [] }, context, 'en').sections
    expect(none.map(({ id }) => id)).not.toContain('answers')
    expect(none.find(({ id }) => id === 'open')?.lead).toBe(
      'Nothing here is evidence, so no check ran and no question was answered.',
    )
    // Chinese stands between its own marks.
    expect(
      reportOf(levelless, context, 'zh')
        .facts.map(([, value]) => value.replaceAll(/\d:\d/g, ''))
        .join('\n'),
    ).not.toMatch(/[\u4e00-\u9fff] ?[(:]|[,(] ?[\u4e00-\u9fff]/)
  })
  it('says of each statement who signed it, how far it holds, and which registers it names as signed', async () => {
    const { contract, inspection } = await example()
    const register = { register: 'MRTD', found: 'ab', stated: ['ab'], matches: true }
    const statement: (typeof contract)['statements'][number] = {
      index: 0,
      artifact: 0,
      format: 'sigstore.bundle',
      issuer: 'owner/name',
      about: 'v1',
      signed: true,
      standing: 'anybody',
      root: 'pinned',
      rootSpkiSha256: '',
      madeAt: '2026-01-01T00:00:00.000Z',
      madeBy: 'log',
      claims: [],
      registers: [],
      files: [],
      ties: [{ subject: 0, fit: 'matches', group: 'small', counts: false, registers: [register] }],
      steps: [
        { id: 'a', outcome: 'pass' },
        { id: 'b', outcome: 'not-checked' },
        { id: 'c', outcome: 'not-applicable' },
      ],
    }
    const context = plainContext(inspection)
    const rows = (given: typeof contract) =>
      reportOf(given, context, 'en').sections.find(({ id }) => id === 'statements')?.rows
    expect(rows(contract)).toBeUndefined()
    expect(rows({ ...contract, statements: [statement] })).toEqual([
      [
        'owner/name v1',
        'Holds; by whom is not said to be expected',
        'pinned in the page',
        '2026-01-01T00:00:00.000Z',
        '1 / 2',
        'MRTD (small)',
      ],
    ])
  })
  it('is redone by its own last lines: the policy comes along, and the shell reads it back', async () => {
    const { contract, inspection } = await example()
    const policy: Policy = { schema: 'policy/1', reportData: 'ab', registers: { "it's <b> $(id) `id` 名": ['00'] } }
    const report = reportOf(
      contract,
      { files: inspection.files, policy, isEdited: false, rootHolder: '', rootScopes: {}, text: () => undefined },
      'en',
    )
    const code = report.sections.find((section) => section.id === 'by-hand')?.code ?? ''
    const [, text, , command] = code.split('\n')
    expect(JSON.parse(text ?? '')).toEqual(policy)
    expect(command).toMatch(/^npm run -s appraise -- --policy policy\.json --at /)
  })
  it('says first what does not hold and what to do, and failures before what holds', async () => {
    const { contract, inspection } = await example()
    const bent = {
      ...contract,
      checks: contract.checks.map((check, index) =>
        index === 5 ? { ...check, outcome: 'fail' as const, weight: 'decides' as const, remedy: 'Do this.' } : check,
      ),
    }
    const { sections, facts } = reportOf(
      bent,
      {
        files: inspection.files,
        policy: NO_POLICY,
        isEdited: false,
        rootHolder: '',
        rootScopes: {},
        text: () => undefined,
      },
      'en',
    )
    expect(sections.slice(0, 3).map(({ id }) => id)).toEqual(['answers', 'to-do', 'left'])
    expect(sections[1]?.rows?.[0]?.at(-1)).toBe('Do this.')
    expect(sections.find(({ id }) => id === 'checks')?.rows?.[0]?.[0]).toBe('Fails')
    expect(facts[0]?.[1]).toContain(': ')
  })
  it('lets evidence write no markup', async () => {
    const { contract, inspection } = await example()
    const evil =
      '](javascript:alert(1)) <img src=x onerror=alert(1)> | # x\n# Genuine `a` **b** https://evil.example \u202E'
    const speak = speaker(await textsFor([], 'en'))
    const bent = {
      ...contract,
      sentence: evil,
      checks: contract.checks.map((check) => ({
        ...check,
        found: evil,
        sentence: speak(say('headline.S2.development', { holder: evil })),
      })),
    }
    const text = toMarkdown(
      reportOf(
        bent,
        {
          files: [{ name: evil, size: 1, sha256: '' }],
          policy: { schema: 'policy/1', acceptTcbStatus: [evil] },
          isEdited: false,
          rootHolder: evil,
          rootScopes: {},
          text: () => undefined,
        },
        'en',
      ),
    )
    expect(inspection.files.length).toBeGreaterThan(0)
    expect(text).not.toMatch(/<img|\u202E|^# Genuine|[^\\]\]\(|(?<!`)https:\/\/evil/m)
    for (const line of text.split('\n').filter((one) => one.startsWith('|') && !one.startsWith('| ---')))
      expect((line.match(/(?<!\\)\|/g) ?? []).length).toBeLessThan(12)
  })
})
