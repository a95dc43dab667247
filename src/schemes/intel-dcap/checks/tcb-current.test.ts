import { namesOf } from '../../../core/saying.ts'
import { expect, it } from 'vitest'
import { demoLevels, demoPlatform } from '../attester.ts'
import { findingOf, preparedFrom } from '../testing.ts'
import { tcbCurrent } from './tcb-current.ts'

const svns = demoPlatform('td10').components
const lower = (by: number) => svns.map((svn) => Math.max(0, svn - by))
const tee = (...first: number[]) => [...first, ...Array.from({ length: 16 - first.length }, () => 0)]

it('passes when Intel calls it up to date', async () => {
  expect(await findingOf(tcbCurrent)).toMatchObject({ outcome: 'pass', because: { params: { status: 'UpToDate' } } })
})
it("warns with Intel's word, what is short, and which update cures it", async () => {
  expect(
    await findingOf(tcbCurrent, { platform: { components: lower(1) }, td: { teeTcbSvn: tee(6, 1, 4) } }),
  ).toMatchObject({
    outcome: 'warn',
    because: { text: 'tcb.sw-hardening', lists: { advisories: namesOf(['INTEL-SA-90001']) } },
    remedy: { text: 'tcb.remedy.hardening' },
  })
  const behind = await findingOf(tcbCurrent, {
    platform: { components: [3, ...svns.slice(1)] },
    tcbInfo: { levels: demoLevels('TDX').filter((level) => level.status !== 'SWHardeningNeeded') },
  })
  expect(behind).toMatchObject({
    outcome: 'warn',
    because: { text: 'tcb.out-of-date' },
    found: 'SGX 1 (Early Microcode Update) 3',
    expected: 'SGX 1 (Early Microcode Update) 4',
    remedy: { text: 'tcb.remedy.bios' },
  })
  // The quoting enclave is behind on its own ladder: the remedy names it as well.
  expect(
    await findingOf(tcbCurrent, {
      platform: { components: [3, ...svns.slice(1)] },
      qe: { isvSvn: 7 },
      tcbInfo: { levels: demoLevels('TDX').filter((level) => level.status !== 'SWHardeningNeeded') },
    }),
  ).toMatchObject({ remedy: { params: { parts: expect.stringMatching(/^SGX 1 .*, QE$/) as string } } })
  // The levels ask for more of the provisioning certification enclave than the platform has, and for nothing else.
  const pce = await findingOf(tcbCurrent, {
    tcbInfo: {
      levels: demoLevels('TDX').map((level, i) =>
        i === 0 ? { ...level, pceSvn: 99 } : { ...level, status: 'OutOfDate' as const },
      ),
    },
  })
  expect(pce).toMatchObject({
    outcome: 'warn',
    found: expect.stringMatching(/^PCESVN \d+$/) as string,
    expected: 'PCESVN 99',
    remedy: { text: 'tcb.remedy.pce', params: { parts: 'PCESVN' } },
  })
  expect(await findingOf(tcbCurrent, { qe: { isvSvn: 7 } })).toMatchObject({
    outcome: 'warn',
    because: { text: 'tcb.out-of-date', params: { status: 'OutOfDate', date: '2024-11-13' } },
  })
  expect(await findingOf(tcbCurrent, { version: 5, bodyKind: 'td15', td: { teeTcbSvn: tee(4, 1, 3) } })).toMatchObject({
    outcome: 'warn',
    because: { text: 'tcb.relaunch' },
    remedy: { text: 'tcb.remedy.relaunch' },
  })
})
it('fails when the level is revoked, even where something else is missing', async () => {
  expect(
    await findingOf(tcbCurrent, { platform: { components: lower(3), pceSvn: 5 }, td: { teeTcbSvn: tee(6, 1, 2) } }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'tcb.revoked' } })
  expect(
    await findingOf(
      tcbCurrent,
      { platform: { components: lower(3), pceSvn: 5 }, td: { teeTcbSvn: tee(6, 1, 2) } },
      { without: ['identity'] },
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'tcb.revoked' } })
})
it('fails below every level, naming the part', async () => {
  expect(await findingOf(tcbCurrent, { platform: { components: Array.from({ length: 16 }, () => 0) } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'tcb.not-supported' },
  })
  expect(await findingOf(tcbCurrent, { td: { teeTcbSvn: tee(1, 1, 5) } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'tcb.not-supported', params: { part: 'TDX_01' } },
    remedy: { text: 'tcb.remedy.module' },
  })
  expect(await findingOf(tcbCurrent, { qe: { isvSvn: 1 } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'tcb.not-supported', params: { part: 'QE' } },
  })
  expect((await preparedFrom({ qe: { isvSvn: 1 } })).vendor).toMatchObject({
    tcbStatus: null,
    error: 'TCB_NOT_SUPPORTED',
    advisories: [],
  })
})
it('is not checked when TCB info or identity are missing, or the module has no identity', async () => {
  expect(await findingOf(tcbCurrent, {}, { without: ['tcbInfo'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'intel.tcb-info-missing' },
  })
  expect(await findingOf(tcbCurrent, {}, { without: ['identity'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'intel.no-identity' },
  })
  expect(await findingOf(tcbCurrent, { tcbInfo: { modules: undefined } })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'tdx.module-no-identities' },
  })
})
it('computes the level whatever the dates', async () => {
  expect(await findingOf(tcbCurrent, {}, { at: '2031-01-01T00:00:00Z' })).toMatchObject({ outcome: 'pass' })
})
