import { describe, expect, it } from 'vitest'
import { demoChipId, GOOD_TCB, makeExtendedReport, makeLeaf, makeReport } from '../attester.ts'
import { foreignChip } from '../demo-keys.ts'
import { ask, changed, leafFile, preparedFrom } from '../testing.ts'
import { signedByChipKey } from './signed-by-chip-key.ts'

describe("with the chip's certificate", () => {
  it.each([
    ['Milan', 2],
    ['Milan', 3],
    ['Genoa', 3],
    ['Genoa', 4],
    ['Milan', 5],
    ['Turin', 5],
    ['Turin', 2],
  ] as const)('passes for %s, version %i', async (product, version) => {
    expect(
      await ask(signedByChipKey, await makeReport({ product, version }), {
        beside: [await leafFile(makeLeaf({ product }))],
      }),
    ).toMatchObject({ outcome: 'pass' })
  })
  it("passes with a provider's key", async () => {
    expect(
      await ask(signedByChipKey, await makeReport({ kind: 'VLEK' }), {
        beside: [await leafFile(makeLeaf({ kind: 'VLEK' }))],
      }),
    ).toMatchObject({ outcome: 'pass' })
  })
  it('tries every candidate, in whatever order they come', async () => {
    const wrong = await leafFile(makeLeaf({ key: foreignChip }))
    const right = await leafFile(makeLeaf())
    for (const beside of [
      [wrong, right],
      [right, wrong],
    ])
      expect(await ask(signedByChipKey, await makeReport(), { beside })).toMatchObject({ outcome: 'pass' })
  })
  it('fails when any byte of the signed part differs, the chip and TCB fields aside', async () => {
    const report = await makeReport()
    const { prepared } = await preparedFrom(report)
    const beside = [await leafFile(makeLeaf())]
    const end = prepared.report?.body.$.range.end ?? 0
    const naming = [
      prepared.report?.body.chipId.ranges[0],
      prepared.report?.body.reportedTcb.place.ranges[0],
      prepared.report?.body.cpuid.reserved.ranges[0],
      prepared.report?.body.version.ranges[0],
      prepared.report?.body.cpuid.family?.ranges[0],
    ]
    for (let at = 4; at < end; at += 3) {
      if (naming.some((range) => range && at >= range.start && at < range.end)) continue
      const finding = await ask(
        signedByChipKey,
        changed(report, (copy) => {
          copy[at] = (copy[at] ?? 0) ^ 1
        }),
        { beside },
      )
      expect(finding, `byte ${at}`).toMatchObject({ outcome: 'fail' })
    }
  })
  it('fails when the numbers are in the byte order of everything else', async () => {
    expect(
      await ask(signedByChipKey, await makeReport({ bigEndianSignature: true }), {
        beside: [await leafFile(makeLeaf())],
      }),
    ).toMatchObject({ outcome: 'fail', because: { text: 'signature.mismatch' } })
  })
})

describe('what proves nothing against the report', () => {
  it('is a missing certificate', async () =>
    expect(await ask(signedByChipKey, await makeReport())).toMatchObject({
      outcome: 'not-checked',
      because: { text: 'snp.no-certificate' },
    }))
  it('is a certificate for another chip', async () => {
    const other = await leafFile(makeLeaf({ key: foreignChip, hwId: new Uint8Array(64).fill(9) }))
    expect(await ask(signedByChipKey, await makeReport(), { beside: [other] })).toMatchObject({
      outcome: 'not-checked',
      because: { text: 'snp.certificate-other-chip' },
    })
  })
  it('is an unknown version', async () =>
    expect(
      await ask(signedByChipKey, await makeReport({ version: 6 }), { beside: [await leafFile(makeLeaf())] }),
    ).toMatchObject({ outcome: 'not-checked', because: { text: 'snp.version-unknown' } }))
})

it('fails for a certificate of this chip although one bit of its TCB, or one byte of its id, differs: a changed byte would look the same', async () => {
  const id = demoChipId('Milan')
  for (const change of [
    { tcb: { ...GOOD_TCB.Milan, snp: (GOOD_TCB.Milan.snp ?? 0) ^ 1 } },
    { hwId: id.map((byte, i) => (i === 5 ? byte ^ 1 : byte)) },
  ]) {
    const beside = [
      await leafFile(makeLeaf({ key: foreignChip, hwId: new Uint8Array(64).fill(9) })),
      await leafFile(makeLeaf({ key: foreignChip, ...change })),
    ]
    expect(await ask(signedByChipKey, await makeReport(), { beside })).toMatchObject({
      outcome: 'fail',
      because: { text: 'signature.mismatch' },
      remedy: { text: 'snp.remedy.meant' },
    })
  }
})
it('is not checked under a certificate of this chip for another TCB: it was fetched for another level', async () => {
  const tcb = { ...GOOD_TCB.Milan, snp: (GOOD_TCB.Milan.snp ?? 0) ^ 3 }
  const beside = [await leafFile(makeLeaf({ key: foreignChip, tcb }))]
  expect(await ask(signedByChipKey, await makeReport(), { beside })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'snp.certificate-other-tcb' },
    remedy: { text: 'snp.remedy.meant' },
  })
})
it('fails when the evidence itself carries a certificate that did not sign it', async () => {
  expect(
    await ask(signedByChipKey, await makeExtendedReport({}, { key: foreignChip, hwId: new Uint8Array(64).fill(9) })),
  ).toMatchObject({ outcome: 'fail', because: { text: 'signature.mismatch' } })
})
it('fails when the report says that nothing signed it', async () =>
  expect(await ask(signedByChipKey, await makeReport({ keyInfo: 7 << 2 }))).toMatchObject({
    outcome: 'fail',
    because: { text: 'snp.unsigned' },
  }))
