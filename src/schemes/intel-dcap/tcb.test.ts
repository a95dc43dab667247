import { fc } from '../../testing/seeded.ts'
import { describe, expect, it } from 'vitest'
import { TCB_STATUSES, type PlatformLevel, type SvnLevel, type TcbInfo, type TcbStatus } from './decoded.ts'
import {
  columnsFor,
  converge,
  evaluate,
  judgeTcb,
  matchPlatform,
  matchSvn,
  moduleId,
  moduleIdentity,
  relaunch,
  severity,
  shortfalls,
  sortedLevels,
  type PlatformSvns,
  type ReportedStatus,
} from './tcb.ts'

const range = { space: '', start: 0, end: 0 }
const zeros = (count: number) => Array.from({ length: count }, () => 0)

function level(
  index: number,
  sgx: readonly number[],
  pceSvn: number,
  status: TcbStatus,
  extra: Partial<PlatformLevel> = {},
): PlatformLevel {
  const date = `2024-0${index + 1}-01T00:00:00Z`
  return {
    index,
    sgx,
    tdx: undefined,
    pceSvn,
    status,
    date,
    dateMs: Date.parse(date),
    advisories: [],
    path: '',
    range,
    ...extra,
  }
}

function svnLevel(isvSvn: number, status: TcbStatus, extra: Partial<SvnLevel> = {}): SvnLevel {
  const date = '2025-01-01T00:00:00Z'
  return { index: 0, isvSvn, status, date, dateMs: Date.parse(date), advisories: [], path: '', range, ...extra }
}

function info(levels: readonly PlatformLevel[], extra: Partial<TcbInfo> = {}): TcbInfo {
  return {
    slice: { space: '', bytes: new Uint8Array(), start: 0, end: 0 },
    body: undefined,
    bodyPath: '',
    compact: () => undefined,
    signature: undefined,
    signatureRange: undefined,
    issuerChain: undefined,
    formatFaults: [],
    version: 3,
    id: 'SGX',
    issueDate: undefined,
    issueDateMs: undefined,
    nextUpdate: undefined,
    nextUpdateMs: undefined,
    fmspc: undefined,
    pceId: undefined,
    tcbType: 0,
    evaluationNumber: 1,
    tdxModule: undefined,
    tdxModuleIdentities: undefined,
    levels,
    sgxComponentNames: [],
    tdxComponentNames: [],
    sgxComponentCategories: [],
    tdxComponentCategories: [],
    ...extra,
  }
}

const platform = (components: readonly number[], pceSvn: number, teeTcbSvn?: readonly number[]): PlatformSvns => ({
  components,
  pceSvn,
  teeTcbSvn: teeTcbSvn && Uint8Array.from(teeTcbSvn),
})
const fives = [5, ...zeros(15)]

describe('matching a level', () => {
  const high = level(0, fives, 10, 'UpToDate')
  const low = level(1, [3, ...zeros(15)], 9, 'OutOfDate')

  it('takes the highest level that is met, whatever the order in the file', () => {
    expect(matchPlatform([low, high], platform(fives, 10))).toBe(high)
    expect(matchPlatform([high, low], platform([4, ...zeros(15)], 10))).toBe(low)
  })
  it('compares PCESVN too, and says when nothing is met', () => {
    expect(matchPlatform([high, low], platform(fives, 9))).toBe(low)
    expect(matchPlatform([high, low], platform(fives, 8))).toBeUndefined()
  })
  it('orders by SGX components, then PCESVN, then TDX components', () => {
    const twin = level(2, fives, 11, 'UpToDate')
    const tdxLow = level(3, fives, 10, 'OutOfDate', { tdx: zeros(16) })
    const tdxHigh = level(4, fives, 10, 'UpToDate', { tdx: [0, 0, 1, ...zeros(13)] })
    expect(sortedLevels([low, high, twin]).map((one) => one.index)).toEqual([2, 0, 1])
    expect(sortedLevels([tdxLow, tdxHigh]).map((one) => one.index)).toEqual([4, 3])
  })
  it('never counts a missing component as met, on either side', () => {
    expect(matchPlatform([level(0, zeros(15), 0, 'UpToDate')], platform(zeros(16), 0))).toBeUndefined()
    expect(matchPlatform([level(0, zeros(16), 0, 'UpToDate')], platform([...zeros(15), -1], 0))).toBeUndefined()
  })
  it('leaves out the first two TDX components when the module has a major version, and only then', () => {
    const tdx = level(0, zeros(16), 0, 'UpToDate', { tdx: [9, 0, 2, ...zeros(13)] })
    expect(matchPlatform([tdx], platform(zeros(16), 0, [3, 1, 2, ...zeros(13)]))).toBe(tdx)
    expect(matchPlatform([tdx], platform(zeros(16), 0, [3, 0, 2, ...zeros(13)]))).toBeUndefined()
    expect(matchPlatform([tdx], platform(zeros(16), 0, [9, 1, 1, ...zeros(13)]))).toBeUndefined()
    expect(columnsFor(platform(zeros(16), 0, [3, 1, ...zeros(14)])).filter((column) => !column.compared)).toHaveLength(
      2,
    )
  })
  it('names every shortfall', () => {
    expect(
      shortfalls(high, platform([4, ...zeros(15)], 9)).map(({ column, have, need }) => [
        column.kind,
        column.component,
        have,
        need,
      ]),
    ).toEqual([
      ['sgx', 0, 4, 5],
      ['pce', 0, 9, 10],
    ])
  })
  it('takes the highest SVN level that is met', () => {
    const levels = [svnLevel(2, 'OutOfDate'), svnLevel(8, 'UpToDate')]
    expect(matchSvn(levels, 9)?.status).toBe('UpToDate')
    expect(matchSvn(levels, 7)?.status).toBe('OutOfDate')
    expect(matchSvn(levels, 1)).toBeUndefined()
  })
  it('a platform that is better in one column never matches a lower level', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 16, maxLength: 16 }),
        fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 16, maxLength: 16 }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.nat(15),
        (have, needs, at) => {
          const levels = needs.map((sgx, i) => level(i, sgx, 0, 'UpToDate'))
          const before = matchPlatform(levels, platform(have, 0))
          const after = matchPlatform(
            levels,
            platform(
              have.map((svn, i) => (i === at ? svn + 1 : svn)),
              0,
            ),
          )
          const order = sortedLevels(levels)
          expect(after ? order.indexOf(after) : order.length).toBeLessThanOrEqual(
            before ? order.indexOf(before) : order.length,
          )
        },
      ),
    )
  })
})

describe('TDX modules', () => {
  const identity = (id: string) => ({
    id,
    mrSigner: undefined,
    attributes: undefined,
    attributesMask: undefined,
    levels: [],
    path: '',
    range,
  })
  it('are found by two hex digits, without case', () => {
    expect([moduleId(1), moduleId(0x1f)]).toEqual(['TDX_01', 'TDX_1F'])
    const one = info([], { tdxModule: identity(''), tdxModuleIdentities: [identity('tdx_1f'), identity('TDX_01')] })
    expect(moduleIdentity(one, Uint8Array.of(0, 0x1f))?.id).toBe('tdx_1f')
    expect(moduleIdentity(one, Uint8Array.of(9, 0))?.id).toBe('')
    expect(moduleIdentity(one, Uint8Array.of(0, 2))).toBeUndefined()
  })
})

describe('converging', () => {
  const TABLE: Readonly<Record<TcbStatus, { readonly OutOfDate: TcbStatus }>> = {
    UpToDate: { OutOfDate: 'OutOfDate' },
    SWHardeningNeeded: { OutOfDate: 'OutOfDate' },
    OutOfDate: { OutOfDate: 'OutOfDate' },
    ConfigurationNeeded: { OutOfDate: 'OutOfDateConfigurationNeeded' },
    ConfigurationAndSWHardeningNeeded: { OutOfDate: 'OutOfDateConfigurationNeeded' },
    OutOfDateConfigurationNeeded: { OutOfDate: 'OutOfDateConfigurationNeeded' },
    Revoked: { OutOfDate: 'Revoked' },
  }
  it.each(TCB_STATUSES)('%s with parts that are up to date, out of date, revoked', (status) => {
    expect(converge(status, ['UpToDate', 'UpToDate'])).toBe(status)
    expect(converge(status, ['UpToDate', 'OutOfDate'])).toBe(TABLE[status].OutOfDate)
    expect(converge(status, ['Revoked', 'OutOfDate'])).toBe('Revoked')
  })
})

describe('advice to start a TD again', () => {
  const CURRENT: Readonly<Record<TcbStatus, readonly [ReportedStatus, ReportedStatus]>> = {
    UpToDate: ['TDRelaunchAdvised', 'TDRelaunchAdvisedConfigurationNeeded'],
    SWHardeningNeeded: ['TDRelaunchAdvised', 'TDRelaunchAdvisedConfigurationNeeded'],
    ConfigurationNeeded: ['TDRelaunchAdvisedConfigurationNeeded', 'TDRelaunchAdvisedConfigurationNeeded'],
    ConfigurationAndSWHardeningNeeded: ['TDRelaunchAdvisedConfigurationNeeded', 'TDRelaunchAdvisedConfigurationNeeded'],
    OutOfDate: ['OutOfDate', 'OutOfDateConfigurationNeeded'],
    OutOfDateConfigurationNeeded: ['OutOfDate', 'OutOfDateConfigurationNeeded'],
    Revoked: ['OutOfDate', 'OutOfDateConfigurationNeeded'],
  }
  it.each(TCB_STATUSES)('launched out of date, now %s', (now) => {
    expect([relaunch('OutOfDate', now), relaunch('OutOfDateConfigurationNeeded', now)]).toEqual(CURRENT[now])
  })
  it('is only for TDs that were launched out of date', () => {
    const others = TCB_STATUSES.filter((launch) => !launch.startsWith('OutOfDate'))
    expect(others.map((launch) => TCB_STATUSES.map((now) => relaunch(launch, now)))).toEqual(
      others.map((launch) => TCB_STATUSES.map(() => launch)),
    )
  })
})

describe('a whole evaluation', () => {
  const qe = {
    levels: [
      svnLevel(8, 'UpToDate', { date: '2023-05-01T00:00:00Z', dateMs: 1, advisories: ['B'] }),
      svnLevel(2, 'OutOfDate'),
    ],
    svn: 8,
  }
  const modules = [
    {
      id: 'TDX_01',
      mrSigner: undefined,
      attributes: undefined,
      attributesMask: undefined,
      levels: [svnLevel(5, 'UpToDate'), svnLevel(2, 'OutOfDate', { advisories: ['C'] })],
      path: '',
      range,
    },
  ]
  const tdx = info([level(0, zeros(16), 0, 'UpToDate', { tdx: zeros(16), advisories: ['A', 'B'] })], {
    id: 'TDX',
    tdxModuleIdentities: modules,
  })

  it('takes the earliest date and the union of advisories', () => {
    expect(evaluate({ info: tdx, platform: platform(zeros(16), 0, [4, 1, ...zeros(14)]), qe })).toMatchObject({
      status: 'OutOfDate',
      date: '2023-05-01T00:00:00Z',
      advisories: ['A', 'B', 'C'],
      isBelowEveryLevel: false,
    })
  })
  it('is below every level when platform, module or quoting enclave matches none', () => {
    expect(evaluate({ info: tdx, platform: platform(zeros(16), 0, [1, 1, ...zeros(14)]), qe })).toMatchObject({
      status: undefined,
      isBelowEveryLevel: true,
    })
    expect(
      evaluate({ info: tdx, platform: platform(zeros(16), 0, [5, 1, ...zeros(14)]), qe: { ...qe, svn: 1 } }),
    ).toMatchObject({ status: undefined, isBelowEveryLevel: true })
    expect(evaluate({ info: tdx, platform: platform(zeros(15), 0, [5, 1, ...zeros(14)]), qe })).toMatchObject({
      status: undefined,
      isBelowEveryLevel: true,
    })
    expect(evaluate({ info: tdx, platform: platform(zeros(16), 0, [5, 2, ...zeros(14)]), qe })).toMatchObject({
      status: undefined,
      isBelowEveryLevel: true,
    })
  })
  it('has no status without an identity of the quoting enclave, though the platform matches', () => {
    expect(
      evaluate({ info: tdx, platform: platform(zeros(16), 0, [5, 1, ...zeros(14)]), qe: undefined }),
    ).toMatchObject({ status: undefined, isBelowEveryLevel: false, platform: { matched: true } })
  })
  it('compares launch with now for TD reports 1.5, and reports the launch', () => {
    const input = { info: tdx, platform: platform(zeros(16), 0, [4, 1, ...zeros(14)]), qe }
    expect(judgeTcb(input, Uint8Array.from([5, 1, ...zeros(14)]))).toMatchObject({
      status: 'TDRelaunchAdvised',
      advisories: ['A', 'B', 'C'],
    })
    expect(judgeTcb(input, Uint8Array.from([4, 1, ...zeros(14)]))).toMatchObject({ status: 'OutOfDate' })
    expect(judgeTcb(input, Uint8Array.from([1, 1, ...zeros(14)]))).toMatchObject({
      status: undefined,
      isBelowEveryLevel: true,
    })
    expect(judgeTcb(input, undefined)).toMatchObject({ status: 'OutOfDate', current: undefined })
  })
  it('ranks statuses from good to bad', () => {
    const order: (ReportedStatus | undefined)[] = [
      'UpToDate',
      'SWHardeningNeeded',
      'ConfigurationNeeded',
      'OutOfDate',
      undefined,
      'Revoked',
    ]
    expect(order.map(severity)).toEqual(order.map(severity).toSorted((a, b) => a - b))
  })
})
