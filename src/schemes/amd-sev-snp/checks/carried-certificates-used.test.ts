import { expect, it } from 'vitest'
import { makeExtendedReport, makeLeaf, makeReport, makeTable } from '../attester.ts'
import { foreignChip } from '../demo-keys.ts'
import { issueAuthority } from '../demo-authorities.ts'
import { joinBytes } from '../../../bytes/der-writer.ts'
import { ask, changed, leafFile, preparedFrom } from '../testing.ts'
import { carriedCertificatesUsed } from './carried-certificates-used.ts'

it('passes when all of them are on the chain', async () => {
  for (const kind of ['VCEK', 'VLEK'] as const)
    expect(await ask(carriedCertificatesUsed, await makeExtendedReport({ kind }))).toMatchObject({
      outcome: 'pass',
      because: { params: { count: 3 } },
    })
})
it('sees a changed copy of an authority that ours could stand in for', async () => {
  const report = await makeExtendedReport()
  const { context } = await preparedFrom(report)
  for (const item of context.items) {
    for (const part of [0.1, 0.5, 0.9]) {
      const at = Math.floor(item.slice.start + part * (item.slice.end - item.slice.start))
      const finding = await ask(
        carriedCertificatesUsed,
        changed(report, (copy) => {
          copy[at] = (copy[at] ?? 0) ^ 1
        }),
      )
      expect(finding.outcome, `${item.name} at ${part}`).not.toBe('not-checked')
      if (item.name !== 'VCEK') expect(finding, `${item.name} at ${part}`).toMatchObject({ outcome: 'fail' })
    }
  }
})
it('names a place that holds no certificate', async () => {
  const report = joinBytes([
    await makeReport(),
    makeTable([
      { slot: 'VCEK', bytes: await makeLeaf() },
      { slot: 'ASK', bytes: Uint8Array.of(0x30, 3, 1, 2, 3) },
    ]),
  ])
  expect(await ask(carriedCertificatesUsed, report)).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.carried-unreadable', params: { slot: 'ASK' } },
  })
})
it("lets a provider's authority stand there unused only as what it is", async () => {
  const report = joinBytes([
    await makeReport(),
    makeTable([
      { slot: 'VCEK', bytes: await makeLeaf() },
      { slot: 'VLEK', bytes: await makeLeaf({ kind: 'VLEK' }) },
      { slot: 'ASK', bytes: await issueAuthority('ask', 'Milan') },
    ]),
  ])
  expect(await ask(carriedCertificatesUsed, report)).toMatchObject({ outcome: 'pass' })
})
it('is not asked where the certificates came on their own', async () =>
  expect(
    await ask(carriedCertificatesUsed, await makeReport(), { beside: [await leafFile(makeLeaf())] }),
  ).toMatchObject({ outcome: 'not-applicable' }))
it('does not mind an older certificate in the file when the right one was added', async () => {
  const report = joinBytes([
    await makeReport(),
    makeTable([{ slot: 'VCEK', bytes: await makeLeaf({ key: foreignChip, tcb: { snp: 1 } }) }]),
  ])
  expect(await ask(carriedCertificatesUsed, report, { beside: [await leafFile(makeLeaf())] })).toMatchObject({
    outcome: 'pass',
  })
})
