import { describe, expect, it } from 'vitest'
import { say } from '../core/saying.ts'
import type { CheckResult, Headline, Layer, Outcome, Question, RootStatus } from '../core/verdict.ts'
import {
  asQuoted,
  atBest,
  decidedBy,
  exitCode,
  fold,
  headlineOf,
  headlineSaying,
  ifRootTrusted,
  questionOf,
  tierOf,
  withRoot,
  worst,
} from './judge.ts'

type Weighed = Pick<
  CheckResult,
  'id' | 'role' | 'layer' | 'outcome' | 'weight' | 'answer' | 'because' | 'code' | 'cites'
>

function check(
  layer: Layer,
  outcome: Outcome,
  answer: Question | null = questionOf(layer),
  weight: 'decides' | 'notes' = 'decides',
): Weighed {
  return {
    id: `t.${layer}.${outcome}`,
    layer,
    outcome,
    weight,
    answer,
    because: say(`because.${layer}.${outcome}`),
    cites: [],
  }
}

/** A subject for which nothing is open but what the reader has to give. */
const fine: readonly Weighed[] = [
  check(1, 'pass'),
  check(2, 'pass'),
  check(3, 'pass'),
  check(4, 'pass'),
  check(6, 'pass'),
  check(7, 'pass'),
  check(8, 'not-checked'),
  check(9, 'not-checked'),
]
const swap = (layer: Layer, outcome: Outcome, answer?: Question): readonly Weighed[] => [
  ...fine.filter((one) => one.layer !== layer),
  check(layer, outcome, answer ?? questionOf(layer)),
]
const headline = (
  checks: readonly Weighed[],
  root: RootStatus = 'pinned',
  message: 'evidence' | 'attestation-result' = 'evidence',
) => headlineOf({ checks, root, message })

describe('fold inside one answer', () => {
  it.each<[readonly Outcome[], string]>([
    [['pass', 'pass'], 'holds'],
    [['pass', 'warn'], 'warns'],
    [['pass', 'not-checked', 'warn'], 'not-checked'],
    [['unsupported', 'pass'], 'not-checked'],
    [['error', 'pass'], 'not-checked'],
    [['fail', 'not-checked', 'warn', 'pass', 'error'], 'fails'],
    [['not-applicable'], 'not-applicable'],
    [[], 'not-applicable'],
    [['not-applicable', 'pass'], 'holds'],
  ])('%j → %s', (outcomes, state) => {
    expect(
      fold(
        'genuine',
        outcomes.map((outcome) => check(2, outcome)),
      ).state,
    ).toBe(state)
  })
  it('notes never move an answer', () => {
    expect(fold('configured', [check(7, 'pass'), check(7, 'fail', 'configured', 'notes')]).state).toBe('holds')
  })
  it('rejected collateral leaves the answer open instead of accusing the evidence', () => {
    expect(fold('current', [check(5, 'fail', 'current'), check(6, 'pass')]).state).toBe('not-checked')
    expect(headline([...fine, check(5, 'fail', 'current')])).toBe('S4')
  })
  it('counts what ran', () => {
    const answer = fold('genuine', [
      check(1, 'pass'),
      check(2, 'fail'),
      check(3, 'not-checked'),
      check(4, 'not-applicable'),
    ])
    expect([answer.ran, answer.of]).toEqual([2, 3])
    expect(answer.because.text).toBe('because.2.fail')
  })
})

describe('headline by condition, each alone, the rest fine', () => {
  it.each<[string, readonly Weighed[], RootStatus, Headline]>([
    ['nothing wrong, no expectations', fine, 'pinned', 'S5'],
    ['format wrong', swap(1, 'fail'), 'pinned', 'S1'],
    ['signature wrong', swap(2, 'fail'), 'pinned', 'S1'],
    ['chain wrong', swap(3, 'fail'), 'pinned', 'S1'],
    ['root unknown', fine, 'unknown', 'S2'],
    ['root added', fine, 'added', 'S2'],
    ['demonstration root', fine, 'demonstration', 'S2'],
    ['published test key', fine, 'development', 'S2'],
    ['root switched off', fine, 'switched-off', 'S2'],
    ['key not known', swap(2, 'not-checked'), 'none', 'S4'],
    ['algorithm unsupported', swap(2, 'unsupported'), 'pinned', 'S4'],
    ['outside validity', swap(3, 'not-checked'), 'pinned', 'S4'],
    ['CRL missing', swap(4, 'not-checked'), 'pinned', 'S4'],
    ['listed as revoked', swap(4, 'fail'), 'pinned', 'S3'],
    ['revoked later, own earlier time', swap(4, 'warn'), 'pinned', 'S5w'],
    ['identity does not match', [...fine, check(6, 'fail', 'genuine')], 'pinned', 'S3'],
    ['identity missing', [...fine, check(6, 'not-checked', 'genuine')], 'pinned', 'S4'],
    ['TCB behind', swap(6, 'warn'), 'pinned', 'S5w'],
    ['TCB revoked', swap(6, 'fail'), 'pinned', 'S3'],
    ['TCB not known', swap(6, 'not-checked'), 'pinned', 'S4'],
    ['debug', swap(7, 'fail'), 'pinned', 'S3'],
    ['migratable', swap(7, 'warn'), 'pinned', 'S5w'],
    ['given value differs', swap(8, 'fail'), 'pinned', 'S3'],
    ['given nonce differs', swap(9, 'fail'), 'pinned', 'S3'],
    ['no level for the format', fine.filter((one) => one.layer !== 6), 'pinned', 'S5'],
    [
      'both expectations met',
      [...fine.filter((one) => one.layer < 8), check(8, 'pass'), check(9, 'pass')],
      'pinned',
      'S6',
    ],
    [
      'one expectation met',
      [...fine.filter((one) => one.layer < 8), check(8, 'pass'), check(9, 'not-checked')],
      'pinned',
      'S5',
    ],
    ['crashed', swap(2, 'error'), 'pinned', 'SE'],
  ])('%s', (_name, checks, root, expected) => {
    expect(headline(checks, root)).toBe(expected)
  })
  it('keeps the precedence S1 → S2 → S3 → SE → S4 → SR → S5w', () => {
    const all = [
      check(2, 'fail'),
      check(4, 'fail'),
      check(3, 'error'),
      check(1, 'not-checked'),
      check(7, 'warn'),
      check(6, 'pass'),
    ]
    expect(headline(all, 'unknown')).toBe('S1')
    expect(headline(all.slice(1), 'unknown')).toBe('S2')
    expect(headline(all.slice(1))).toBe('S3')
    expect(headline(all.slice(2))).toBe('SE')
    expect(headline(all.slice(3))).toBe('S4')
    expect(headline([check(1, 'pass'), ...all.slice(4)], 'pinned', 'attestation-result')).toBe('SR')
    expect(headline([check(1, 'pass'), ...all.slice(4)])).toBe('S5w')
  })
  it('a proved failure beats our own crash', () => {
    expect(headline([check(2, 'fail'), check(3, 'error')])).toBe('S1')
    expect(headline([check(7, 'fail'), check(3, 'error')])).toBe('S3')
  })
})

describe('root', () => {
  it('fails genuine when unknown and leaves it open when somebody brought it', () => {
    const genuine = fold('genuine', fine)
    expect(withRoot(genuine, 'unknown').state).toBe('fails')
    for (const status of ['added', 'demonstration', 'switched-off', 'development'] as const)
      expect(withRoot(genuine, status).state).toBe('not-checked')
    expect(withRoot(genuine, 'pinned').state).toBe('holds')
  })
  it('says what it would be under that root', () => {
    expect(ifRootTrusted({ checks: fine, root: 'demonstration', message: 'evidence' })).toBe('S5')
    expect(ifRootTrusted({ checks: swap(7, 'fail'), root: 'unknown', message: 'evidence' })).toBe('S3')
    expect(ifRootTrusted({ checks: fine, root: 'pinned', message: 'evidence' })).toBeNull()
    expect(ifRootTrusted({ checks: fine, root: 'none', message: 'evidence' })).toBeNull()
  })
})

describe('tier and exit code', () => {
  it.each<[Headline, RootStatus, string, number]>([
    ['S5', 'pinned', 'affirming', 0],
    ['S6', 'pinned', 'affirming', 0],
    ['S5w', 'pinned', 'warning', 5],
    ['S1', 'pinned', 'contraindicated', 1],
    ['S2', 'unknown', 'contraindicated', 1],
    ['S3', 'pinned', 'contraindicated', 1],
    ['S2', 'added', 'none', 1],
    ['S2', 'demonstration', 'none', 1],
    ['S2', 'switched-off', 'none', 1],
    ['S4', 'pinned', 'none', 2],
    ['SR', 'pinned', 'none', 2],
    ['SN', 'none', 'none', 2],
    ['S0', 'none', 'none', 3],
    ['SE', 'none', 'none', 4],
  ])('%s under %s root', (which, root, tier, code) => {
    expect([tierOf(which, root), exitCode(which)]).toEqual([tier, code])
  })
})

describe('several subjects', () => {
  it('is as good as the worst', () => {
    expect(worst(['S5', 'S4', 'S6'])).toBe('S4')
    expect(worst(['S5', 'S6'])).toBe('S5')
    expect(worst(['S3', 'S1'])).toBe('S1')
  })
  it('unbound subjects are at best S5w', () => {
    expect(atBest('S5', 'S5w')).toBe('S5w')
    expect(atBest('S4', 'S5w')).toBe('S4')
  })
})

it('names the checks that decided', () => {
  expect(decidedBy('S1', [check(2, 'fail'), check(7, 'fail')])).toEqual(['t.2.fail'])
  expect(decidedBy('S3', [check(7, 'fail'), check(7, 'fail', 'configured', 'notes')])).toEqual(['t.7.fail'])
  expect(decidedBy('S4', [check(4, 'not-checked'), check(8, 'not-checked')])).toEqual(['t.4.not-checked'])
})

it('S3 says that the signature holds only where one was verified, and that a value was expected only where the reader gave one', () => {
  const root = {
    status: 'pinned',
    holder: 'Maker',
    country: '',
    purpose: 'evidence',
    spkiSha256: '',
    sha256: '',
  } as const
  const sentence = (checks: readonly Weighed[]) =>
    headlineSaying('S3', { checks, root: 'pinned', message: 'evidence' }, root, null).text
  const given = (id: string): Weighed => ({ ...check(8, 'fail'), id })
  // Whatever it is called.
  const expected = (id: string): Weighed => ({ ...given(id), role: 'expectation' })
  const unsigned = fine.map((one) => (one.layer === 2 ? check(2, 'not-checked') : one))
  expect(sentence([...fine, expected('software.registers-match')])).toBe('headline.S3.expectation')
  expect(sentence([...fine, expected('x.y')])).toBe('headline.S3.expectation')
  expect(sentence([...unsigned, expected('software.registers-match')])).toBe('headline.S3.expectation-open')
  expect(sentence([...fine, given('software.pcrs-covered')])).toBe('headline.S3')
  expect(sentence([...unsigned, given('tpm.pcrs-covered')])).toBe('headline.S3-open')
})

it('quotes a good word as a service’s only where somebody whom a root names signed it', () => {
  const good = fold('configured', fine)
  const said = (checks: readonly Weighed[], root: 'pinned' | 'none' | 'unknown') =>
    asQuoted(good, { checks, root, message: 'attestation-result' }).because.text
  expect(good.state).toBe('holds')
  expect(said(fine, 'pinned')).toBe('answer.claimed')
  expect(said(fine, 'none')).toBe('answer.claimed-by-nobody')
  expect(said(fine, 'unknown')).toBe('answer.claimed-by-nobody')
  const open = fine.map((one) => (one.layer === 2 ? check(2, 'not-checked') : one))
  expect(said(open, 'pinned')).toBe('answer.claimed-by-nobody')
})

it('says whose word a result outside its dates is, and until or from when', () => {
  const token = (code: 'token-expired' | 'token-early', params: Readonly<Record<string, string>>) => ({
    ...check(4, 'not-checked'),
    because: say('jwt.any', params),
    code,
  })
  const root = {
    status: 'pinned',
    holder: 'Service',
    country: '',
    purpose: 'service-token',
    spkiSha256: '',
    sha256: '',
  } as const
  const said = (...open: readonly Weighed[]) =>
    headlineSaying(
      'S4',
      { checks: [...fine.filter((one) => one.layer < 3), ...open], root: 'pinned', message: 'attestation-result' },
      root,
      null,
    )
  const ended = token('token-expired', { to: '2025-09-05T09:17:30Z' })
  const chain = { ...check(3, 'not-checked'), because: say('cert.any'), code: 'expired' } as const
  const expected = { text: 'headline.S4.expired.result', params: { holder: 'Service', to: '2025-09-05 09:17 UTC' } }
  expect(said(ended)).toMatchObject(expected)
  expect(said(chain, ended)).toMatchObject(expected)
  expect(said(token('token-early', { from: '2028-01-01T00:00:00Z' }))).toMatchObject({
    text: 'headline.S4.early.result',
    params: { holder: 'Service', from: '2028-01-01 00:00 UTC' },
  })
  // Whatever else is open is said instead.
  expect(said(ended, check(6, 'not-checked')).text).not.toMatch(/expired|early/)
})

it('says of evidence outside its dates that the signature holds, and nothing else', () => {
  const dated = (code: 'expired' | 'not-yet-valid') => ({ ...check(3, 'not-checked'), because: say('cert.any'), code })
  const root = {
    status: 'pinned',
    holder: 'AWS',
    country: 'US',
    purpose: 'evidence',
    spkiSha256: '',
    sha256: '',
  } as const
  const sentence = (checks: readonly Weighed[]) =>
    headlineSaying('S4', { checks, root: 'pinned', message: 'evidence' }, root, null).text
  const rest = fine.filter((one) => one.layer !== 3)
  expect(sentence([...rest, dated('expired')])).toBe('headline.S4.expired')
  expect(sentence([...rest, dated('not-yet-valid')])).toBe('headline.S4.early')
  // Anything else that is open, or a signature that was not verified, is said instead.
  expect(sentence([...rest, dated('expired'), check(4, 'not-checked')])).not.toMatch(/expired|early/)
  expect(sentence([...rest.filter((one) => one.layer !== 2), check(2, 'unsupported'), dated('expired')])).not.toMatch(
    /expired|early/,
  )
  expect(sentence([...rest.filter((one) => one.layer !== 2), dated('expired')])).not.toMatch(/expired|early/)
})

it('names the bytes of a failure only where there are bytes', () => {
  const root = {
    status: 'pinned' as const,
    holder: 'H',
    country: '',
    purpose: 'evidence' as const,
    spkiSha256: '',
    sha256: '',
  }
  const sentence = (space: string, start: number, end: number) =>
    headlineSaying(
      'S1',
      {
        checks: [
          ...fine.filter((one) => one.layer !== 1),
          { ...check(1, 'fail'), cites: [{ artifact: 0, path: 'a', ranges: [{ space, start, end }] }] },
        ],
        root: 'pinned',
        message: 'evidence',
      },
      root,
      null,
    )
  expect(sentence('', 3, 5)).toMatchObject({ text: 'headline.S1.form-bytes', params: { from: '0x3', to: '0x4' } })
  expect(sentence('', 3, 3).text).toBe('headline.S1.form')
  expect(sentence('slice@2', 3, 5).text).toBe('headline.S1.form')
})

it('S4 does not say that the key is not here when it is, and only whose it is is not', () => {
  const root = { status: 'none', holder: 'TPM', country: '', purpose: 'evidence', spkiSha256: '', sha256: '' } as const
  const sentence = (signed: Outcome) =>
    headlineSaying(
      'S4',
      {
        checks: [
          check(1, 'pass'),
          { ...check(2, signed), id: 'x.y', role: 'signature-by-given-key' },
          { ...check(2, 'not-checked'), id: 'x.key-vouched-for' },
        ],
        root: 'none',
        message: 'evidence',
      },
      root,
      null,
    ).text
  expect(sentence('pass')).toBe('headline.S4.unproven-key')
  expect(sentence('not-checked')).toBe('headline.S4.no-key')
})

it('names debug mode only where a check showed that it is off', () => {
  const shown = (outcome: Outcome) => [...fine, { ...check(7, outcome), id: 'x.debug', role: 'debug-mode' as const }]
  expect(fold('configured', shown('pass')).because).toMatchObject({
    text: 'answer.configured.debug-off',
    params: { count: fine.filter((one) => one.answer === 'configured').length + 1 },
  })
  expect(fold('configured', shown('not-applicable')).because.text).toBe('answer.configured.holds')
  expect(fold('configured', fine).because.text).toBe('answer.configured.holds')
  expect(fold('configured', shown('warn')).because.text).toBe('because.7.warn')
})

it('S4 does not drop known weaknesses because a list is missing', () => {
  const root = {
    status: 'pinned',
    holder: 'AMD',
    country: 'US',
    purpose: 'evidence',
    spkiSha256: '',
    sha256: '',
  } as const
  const around = (missing: number, stale: number) => ({
    day: '2026-11-29',
    newestLevel: null,
    missing: Array.from({ length: missing }, () => say('a')),
    stale: Array.from({ length: stale }, () => say('b')),
    equals: [],
    statedBy: [],
  })
  const sentence = (level: Outcome, missing: number, stale: number) =>
    headlineSaying(
      'S4',
      {
        checks: [
          ...fine.filter((one) => one.layer !== 4 && one.layer !== 6),
          check(4, 'not-checked'),
          check(6, level, 'current'),
        ],
        root: 'pinned',
        message: 'evidence',
      },
      root,
      null,
      around(missing, stale),
    ).text
  expect(sentence('warn', 1, 0)).toBe('headline.S4.signature-holds.missing.behind')
  expect(sentence('warn', 0, 1)).toBe('headline.S4.signature-holds.stale.behind')
  expect(sentence('pass', 1, 0)).toBe('headline.S4.signature-holds.missing')
  expect(sentence('not-checked', 1, 1)).toBe('headline.S4.signature-holds.stale-and-missing')
})

describe('the sentence under each headline', () => {
  const root = (status: RootStatus) =>
    ({ status, holder: 'H', country: '', purpose: 'evidence', spkiSha256: '', sha256: '' }) as const
  type Vendor = Parameters<typeof headlineSaying>[3]
  type More = NonNullable<Parameters<typeof headlineSaying>[4]>
  const around: More = { day: '2026-01-02', newestLevel: null, missing: [], stale: [], equals: [], statedBy: [] }
  const sentence = (
    is: Headline,
    checks: readonly Weighed[],
    given: {
      status?: RootStatus
      vendor?: Vendor
      more?: Partial<More>
      message?: 'evidence' | 'attestation-result'
    } = {},
  ) => {
    const { status = 'pinned', vendor = null, more = {}, message = 'evidence' } = given
    return headlineSaying(is, { checks, root: status, message }, root(status), vendor, { ...around, ...more })
  }
  const at = (layer: Layer, outcome: Outcome, more: Partial<Weighed> = {}) => ({ ...check(layer, outcome), ...more })
  const rest = (...layers: readonly Layer[]) => fine.filter((one) => !layers.includes(one.layer))
  const level = (tcbStatus: string | null, more: Partial<NonNullable<Vendor>> = {}): Vendor => ({
    tcbStatus,
    tcbDate: null,
    advisories: [],
    ...more,
  })

  it('S1: what is missing was not altered, and bytes are named where a file has them', () => {
    const cut = at(1, 'fail', { because: say('x', {}, 'cut-off') })
    const range = { artifact: 0, path: 'a', ranges: [{ space: '', start: 16, end: 32 }] }
    expect(sentence('S1', [...rest(1), cut]).text).toBe('headline.S1.cut')
    expect(sentence('S1', [...rest(2), at(2, 'fail', { cites: [range] })])).toMatchObject({
      text: 'headline.S1.bytes',
      params: { from: '0x10', to: '0x1f' },
    })
    expect(sentence('S1', [...rest(2), at(2, 'fail')]).text).toBe('headline.S1')
  })

  it('S2 says what the root is', () => {
    for (const status of ['unknown', 'demonstration', 'development'] as const)
      expect(sentence('S2', fine, { status }).text).toBe(`headline.S2.${status}`)
  })

  it('S3 calls genuine only what was shown to be', () => {
    const debug = at(7, 'fail', { code: 'debug' })
    const open = [...rest(3, 7), check(3, 'not-checked')]
    expect(sentence('S3', [...rest(7), debug]).text).toBe('headline.S3.debug')
    expect(sentence('S3', [...rest(6, 7), debug]).text).toBe('headline.S3.debug.no-level')
    expect(sentence('S3', [...open, debug]).text).toBe('headline.S3.debug-open')
    expect(sentence('S3', [...rest(7), debug], { status: 'none' }).text).toBe('headline.S3.debug-open')
    expect(sentence('S3', [...rest(4), check(4, 'fail')]).text).toBe('headline.S3.revoked')
    const behind = check(6, 'fail', 'current')
    const told = { vendor: level('OutOfDate') }
    expect(sentence('S3', [...rest(6), behind], told)).toMatchObject({
      text: 'headline.S3.tcb',
      params: { status: 'OutOfDate' },
    })
    expect(sentence('S3', [...rest(6), behind], { vendor: level(null, { error: 'Revoked' }) })).toMatchObject({
      text: 'headline.S3.tcb',
      params: { status: 'Revoked' },
    })
    expect(sentence('S3', [...rest(6), behind]).text).toBe('headline.S3.reference')
    expect(sentence('S3', [...rest(3, 6), check(3, 'not-checked'), behind], told).text).toBe('headline.S3.tcb-open')
    expect(sentence('S3', [...rest(3, 6), check(3, 'not-checked'), behind]).text).toBe('headline.S3.reference-open')
    expect(sentence('S3', [...rest(6), check(6, 'fail', 'genuine')]).text).toBe('headline.S3')
  })

  it('S4 says first what no key and no collateral would help, then whose word it would be', () => {
    const anchored = at(3, 'not-checked', { code: 'not-anchored' })
    expect(sentence('S4', [...rest(3), anchored]).text).toBe('headline.S4.not-anchored')
    expect(sentence('S4', [...rest(2), check(2, 'unsupported')]).text).toBe('headline.S4.unsupported')
    const noted = check(2, 'unsupported', 'genuine', 'notes')
    expect(sentence('S4', [...fine, noted, check(4, 'unsupported')]).text).not.toBe('headline.S4.unsupported')
    const keyless = [...rest(2), check(2, 'not-checked')]
    const none = { status: 'none', message: 'attestation-result' } as const
    expect(sentence('S4', keyless, { status: 'none' }).text).toBe('headline.S4.no-key')
    expect(sentence('S4', keyless, none).text).toBe('headline.S4.no-key.result')
    expect(sentence('S4', keyless, { ...none, more: { speaker: 'Service' } })).toMatchObject({
      text: 'headline.S4.no-key.result-of',
      params: { holder: 'Service' },
    })
    expect(sentence('S4', [...rest(4), check(4, 'not-checked')])).toMatchObject({
      text: 'headline.S4.signature-holds',
      params: { open: 1 },
    })
    expect(sentence('S4', [...rest(6), check(6, 'not-checked', 'current')]).text).toBe('headline.S4.genuine')
    expect(sentence('S4', [...rest(2), check(2, 'not-checked')]).text).toBe('headline.S4')
  })

  it('S5w tells the level and since when it is behind', () => {
    const warned = [...rest(6), check(6, 'warn', 'current')]
    const say5 = (vendor: Vendor, newestLevel: string | null = null) =>
      sentence('S5w', warned, { vendor, more: { newestLevel } }).text
    expect(say5(level('SWHardeningNeeded'))).toBe('headline.S5w.tcb.undated')
    expect(say5(level('SWHardeningNeeded', { tcbDate: '2025-01-01T00:00:00Z' }))).toBe('headline.S5w.tcb.dated')
    const one = level('OutOfDate', { tcbDate: '2025-01-01T00:00:00Z', advisories: ['A'] })
    expect(say5(one, '2025-01-01T09:00:00Z')).toBe('headline.S5w.tcb.dated.one')
    expect(say5(one, '2025-01-02T00:00:00Z')).toBe('headline.S5w.tcb.behind.one')
    expect(say5(level('OutOfDate', { advisories: ['A', 'B'] }))).toBe('headline.S5w.tcb.undated.some')
    expect(say5(level('UpToDate'))).toBe('headline.S5w')
    expect(sentence('S5w', warned, { status: 'none', vendor: level('OutOfDate') }).text).toBe('headline.S5w.bound')
    expect(sentence('S5w', [...rest(6, 7), check(7, 'warn')]).text).toBe('headline.S5w.no-level')
  })

  it('S5 says "up to date" only where the vendor states a level', () => {
    expect(sentence('S5', fine, { status: 'none' }).text).toBe('headline.S5.bound')
    expect(sentence('S5', rest(6))).toMatchObject({ text: 'headline.S5.no-level', params: { day: '2026-01-02' } })
    expect(sentence('S5', fine, { vendor: level(null) }).text).toBe('headline.S5.own-floor')
    expect(sentence('S5', fine, { vendor: level('UpToDate') }).text).toBe('headline.S5')
    expect(sentence('S5', fine).text).toBe('headline.S5')
    expect(sentence('SR', fine).text).toBe('headline.SR')
  })
})

it('a code tells a root that the reader added from every other', () => {
  for (const status of ['added', 'demonstration', 'development', 'switched-off', 'unknown'] as const)
    expect(withRoot(fold('genuine', fine), status).because.code).toBe(status === 'added' ? 'root-added' : undefined)
})

it('a service’s good word about level and configuration raises no answer; its bad word, and what was shown, stay', () => {
  const judged = { checks: fine, root: 'pinned', message: 'attestation-result' } as const
  const after = (question: Question, outcome: Outcome, message: 'evidence' | 'attestation-result') =>
    asQuoted(fold(question, [check(6, outcome, question)]), { ...judged, message }).state
  for (const question of ['current', 'configured'] as const) {
    expect(after(question, 'pass', 'attestation-result')).toBe('not-checked')
    expect(after(question, 'fail', 'attestation-result')).toBe('fails')
    expect(after(question, 'pass', 'evidence')).toBe('holds')
  }
  for (const question of ['genuine', 'software', 'fresh'] as const)
    expect(after(question, 'pass', 'attestation-result')).toBe('holds')
})
