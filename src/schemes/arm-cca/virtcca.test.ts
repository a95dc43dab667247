import { expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { tilingFaults } from '../../bytes/layout.ts'
import { realmKeyBoundToAik } from './checks/realm-key-bound-to-aik.ts'
import { realmSigned } from './checks/realm-signed.ts'
import { wellFormed } from './checks/well-formed.ts'
import { entry } from './index.ts'
import { prepare } from './prepare.ts'
import { scheme } from './scheme.ts'
import { context, droppedFile } from './testing.ts'
import { makeVirtToken } from './virt-attester.ts'
import { decodeVirtEvidence } from './virtcca.ts'

it('reads a token, verifies it by its own key, and says that nothing anchors that key', async () => {
  const bytes = await makeVirtToken()
  const slice = sliceOf('', bytes)
  expect(entry.detectors.flatMap((detect) => detect(slice) ?? [])[0]).toMatchObject({
    format: 'cca.virtcca-token',
    score: 1,
  })
  const format = scheme.formats.find((one) => one.id === 'cca.virtcca-token')
  if (!format) throw new Error('no such format')
  const { decoded, tree } = format.decode(slice, { hints: {} })
  expect(tilingFaults(tree(), slice)).toEqual({ holes: [], overlaps: [] })
  const prepared = await prepare({ ...droppedFile(0, bytes), format: format.id, decoded }, context)
  expect(await wellFormed.run(prepared, context)).toMatchObject({ outcome: 'pass' })
  expect(await realmSigned.run(prepared, context)).toMatchObject({ outcome: 'pass' })
  expect(await realmKeyBoundToAik.run(prepared, context)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'cca.not-anchored' },
  })
  expect(prepared).toMatchObject({
    root: { status: 'none' },
    doesNotProve: expect.arrayContaining(['limit.cca.virtcca']),
  })
  expect(format.facts?.(decoded).measurements.map((register) => register.name)).toEqual([
    'RIM',
    'REM0',
    'REM1',
    'REM2',
    'REM3',
    'RPV',
  ])
  const changed = bytes.slice()
  changed[bytes.length - 400] = (changed[bytes.length - 400] ?? 0) ^ 1
  const other = await prepare(
    {
      ...droppedFile(0, changed),
      format: format.id,
      decoded: format.decode(sliceOf('', changed), { hints: {} }).decoded,
    },
    context,
  )
  expect((await realmSigned.run(other, context)).outcome).not.toBe('pass')
})
it('is self-consistent, not anchored to hardware: never verified, never failed', async () => {
  const result = await appraise([{ name: 'token', bytes: await makeVirtToken() }], {
    at: context.at,
    atSource: 'given',
    policy: NO_POLICY,
  })
  expect([result.headline, result.sentence.text, result.root.status, result.answers.genuine.because.text]).toEqual([
    'S4',
    'headline.S4.not-anchored',
    'none',
    'cca.not-anchored',
  ])
})
it('opens the evidence of secGear’s agents', async () => {
  const bytes = await makeVirtToken()
  const json = new TextEncoder().encode(JSON.stringify({ evidence: [...bytes], dev_cert: [0x30, 0x00], ima_log: null }))
  expect(entry.detectors.flatMap((detect) => detect(sliceOf('', json)) ?? [])[0]).toMatchObject({
    format: 'cca.virtcca-evidence',
  })
  const { inner } = decodeVirtEvidence(sliceOf('', json))
  expect(inner.map((one) => [one.name, one.format])).toEqual([
    ['evidence', 'cca.virtcca-token'],
    ['dev_cert', undefined],
  ])
  expect(Buffer.from(bytesOf(inner[0]?.slice ?? sliceOf('', new Uint8Array()))).equals(Buffer.from(bytes))).toBe(true)
})
