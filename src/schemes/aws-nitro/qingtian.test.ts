import { expect, it } from 'vitest'
import { cborBytes, cborText } from '../../bytes/cbor-writer.ts'
import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { MADE_AT, makeDocument, type NitroRecipe } from './attester.ts'
import { demoKeys } from './demo-keys.ts'
import { entry } from './index.ts'

/** As Huawei's module writes documents: UUID in the module's id, numbers in long form, r and s last byte first, one register for the image. */
const QINGTIAN: NitroRecipe = {
  kind: 'qingtian',
  root: { commonName: 'huaweicloud.qingtian-enclaves', key: demoKeys.region },
}

const view = async (bytes: Uint8Array) =>
  appraise([{ name: 'document', bytes }], { at: MADE_AT, atSource: 'given', policy: NO_POLICY })
const formatOf = (bytes: Uint8Array) => entry.detectors.flatMap((detect) => detect(sliceOf('', bytes)) ?? [])[0]?.format

it('is told by its structure, and its signature holds in the form that the platform writes', async () => {
  const bytes = await makeDocument(QINGTIAN)
  expect(formatOf(bytes)).toBe('nitro.qingtian-document')
  const result = await view(bytes)
  expect([result.headline, result.root.status, result.root.note?.text, result.ifRootTrusted]).toEqual([
    'S2',
    'unknown',
    'nitro.qingtian',
    'S5',
  ])
  expect(result.checks.find((check) => check.id === 'nitro.signed-by-certificate')).toMatchObject({
    outcome: 'pass',
    because: { text: 'nitro.signature-reversed' },
  })
  expect(result.doesNotProve).toContain('limit.nitro.operator-qingtian')
})
it('is told by the name of the key’s member in Huawei’s own CDDL', async () => {
  const bytes = await makeDocument({
    ...QINGTIAN,
    bend: {
      fields: [
        ['module_id', cborText('anything')],
        ['pubkey', cborBytes(new Uint8Array(2000))],
      ],
    },
  })
  expect(formatOf(bytes)).toBe('nitro.qingtian-document')
  expect((await view(bytes)).ifRootTrusted).toBe('S5')
})
it('is in debug mode when PCR0 is zero', async () => {
  const result = await view(await makeDocument({ ...QINGTIAN, debug: true }))
  expect(result.ifRootTrusted).toBe('S3')
  expect(result.checks.find((check) => check.id === 'nitro.not-debug')).toMatchObject({
    outcome: 'fail',
    because: { text: 'nitro.debug', params: { registers: 'PCR0 = 0' } },
  })
})
it('fails on any changed byte, and a document of AWS is never read backwards', async () => {
  const bytes = await makeDocument(QINGTIAN)
  for (const at of [30, 200, bytes.length - 1, bytes.length - 60]) {
    const changed = bytes.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(['S0', 'S1'], `byte ${at}`).toContain((await view(changed)).headline)
  }
  const own = await makeDocument()
  const backwards = Uint8Array.of(
    ...own.slice(0, -96),
    ...own.slice(-96, -48).toReversed(),
    ...own.slice(-48).toReversed(),
  )
  expect((await view(backwards)).headline).toBe('S1')
})
