import { expect, it } from 'vitest'
import { attackerKey } from '../demo-keys.ts'
import { makeCase } from '../attester.ts'
import { answerOf, signText } from '../attester/collateral.ts'
import { findingOf } from '../testing.ts'
import { tcbInfoAuthentic } from './tcb-info-authentic.ts'

it('passes on a TCB info signed over exactly its bytes', async () => {
  expect(await findingOf(tcbInfoAuthentic)).toMatchObject({
    outcome: 'pass',
    covers: [{ by: 'collateral' }, { by: 'signature' }],
  })
})
it('refuses one that an attacker signed, or whose bytes changed', async () => {
  expect(await findingOf(tcbInfoAuthentic, { bend: { collateralKey: attackerKey } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'intel.tcbinfo-signature' },
  })
  const made = await makeCase()
  const forged = made.tcbInfo.text.replace('"OutOfDate"', '"UpToDate" ')
  expect(
    await findingOf(
      tcbInfoAuthentic,
      {},
      { replace: { tcbInfo: new TextEncoder().encode(answerOf({ ...made.tcbInfo, text: forged })) } },
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'intel.tcbinfo-signature' } })
})
it('says when only the compact form is what was signed', async () => {
  const made = await makeCase()
  const spaced = JSON.stringify(JSON.parse(made.tcbInfo.text), null, 1)
  expect(
    await findingOf(
      tcbInfoAuthentic,
      {},
      { replace: { tcbInfo: new TextEncoder().encode(answerOf({ ...made.tcbInfo, text: spaced })) } },
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'collateral.compact-only' } })
})
it('refuses what is signed but not whole: 15 components, an SVN of 256, two equal levels, an unknown status, a member twice', async () => {
  const bent = (change: (body: Levels) => void) => ({
    bend: {
      tcbInfo: (body: Record<string, unknown>) => {
        const copy = structuredClone(body)
        change(copy as unknown as Levels)
        return copy
      },
    },
  })
  expect(
    await findingOf(
      tcbInfoAuthentic,
      bent(({ tcbLevels }) => tcbLevels[0]?.tcb.sgxtcbcomponents.pop()),
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'intel.tcbinfo-format' } })
  expect(
    await findingOf(
      tcbInfoAuthentic,
      bent(({ tcbLevels }) => {
        const first = tcbLevels[0]?.tcb.sgxtcbcomponents[0]
        if (first) first.svn = 256
      }),
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'intel.tcbinfo-format' } })
  expect(
    await findingOf(
      tcbInfoAuthentic,
      bent(({ tcbLevels }) => {
        const first = tcbLevels[0]
        if (first) tcbLevels.push(first)
      }),
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'intel.tcbinfo-format' } })
  expect(
    await findingOf(
      tcbInfoAuthentic,
      bent(({ tcbLevels }) => {
        const first = tcbLevels[0]
        if (first) first.tcbStatus = 'FooBar'
      }),
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'tcb.status-unknown' } })
  const made = await makeCase()
  const twice = await signText('tcbInfo', made.tcbInfo.text.replace('{"id":"TDX",', '{"id":"TDX","id":"TDX",'))
  expect(
    await findingOf(tcbInfoAuthentic, {}, { replace: { tcbInfo: new TextEncoder().encode(answerOf(twice)) } }),
  ).toMatchObject({ outcome: 'fail', because: { text: 'json.duplicate-key' } })
})
it('is not checked when it is missing, or when its signer is', async () => {
  expect(await findingOf(tcbInfoAuthentic, {}, { without: ['tcbInfo'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'intel.tcb-info-missing' },
  })
  expect(await findingOf(tcbInfoAuthentic, {}, { without: ['signingChain'] })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'collateral.no-signer' },
  })
})
it('takes a good one beside a bad one', async () => {
  const bad = await makeCase({ bend: { collateralKey: attackerKey } })
  expect(
    await findingOf(
      tcbInfoAuthentic,
      {},
      { extra: [{ format: 'intel.tcb-info', bytes: new TextEncoder().encode(answerOf(bad.tcbInfo)) }] },
    ),
  ).toMatchObject({ outcome: 'pass' })
})

interface Levels {
  readonly tcbLevels: { tcb: { sgxtcbcomponents: { svn: number }[] }; tcbStatus: string }[]
}
