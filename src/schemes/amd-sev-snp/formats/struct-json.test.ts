import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../../core/policy.ts'
import { appraise } from '../../../engine/appraise.ts'
import { inspect } from '../../../engine/inspect.ts'
import { makeLeaf, makeReport, makeStructJson, type ReportRecipe } from '../attester.ts'

const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
async function evidence(
  report: ReportRecipe = {},
  form: 'old' | 'new' = 'old',
  change: (value: Record<string, unknown>) => void = () => undefined,
): Promise<Uint8Array> {
  const product = report.product ?? 'Milan'
  const value = makeStructJson(await makeReport(report), form, product === 'Turin')
  change(value)
  return text({
    attestation_report: value,
    cert_chain: [{ cert_type: 'VCEK', data: [...(await makeLeaf({ product }))] }],
  })
}
const view = async (bytes: Uint8Array) =>
  appraise([{ name: 'evidence.json', bytes }], {
    at: Date.parse('2026-06-01T00:00:00Z'),
    atSource: 'given',
    policy: NO_POLICY,
  })
const problems = async (bytes: Uint8Array) =>
  (await inspect([{ name: 'x', bytes }])).artifacts[0]?.problems.map((problem) => problem.because)

describe('a report field by field', () => {
  it.each([
    ['Milan, with reserved fields', { version: 2 }, 'old'],
    ['Milan version 3 without them', {}, 'new'],
    ['Genoa version 5', { product: 'Genoa', version: 5 }, 'new'],
    ['Turin version 5, with FMC', { product: 'Turin', version: 5 }, 'new'],
  ] as const)('%s: the signature holds over the bytes put together', async (_name, report, form) => {
    const bytes = await evidence(report, form)
    const result = await view(bytes)
    expect(result.checks.find((check) => check.id === 'snp.signed-by-chip-key')?.outcome).toBe('pass')
    expect(result.checks.filter((check) => check.outcome === 'fail')).toEqual([])
    expect((await problems(bytes))?.map((one) => one.text)).toEqual(['snp.put-together'])
  })
  it('bytes point back at the numbers in the text', async () => {
    const bytes = await evidence({ version: 2 })
    const { spaces, artifacts } = await inspect([{ name: 'x', bytes }])
    for (const artifact of artifacts) expect(artifact.tiled, artifact.name).toBe(true)
    const own = spaces.find((one) => one.space.via === 'concat')?.space
    const piece = own?.pieces.find((one) => one.at === 8)
    expect(new TextDecoder().decode(bytes.subarray(piece?.sourceStart, piece?.sourceEnd))).toBe('196608')
  })
  it('one changed number, and the signature does not hold', async () => {
    const result = await view(
      await evidence({}, 'old', (value) => {
        value['measurement'] = [0, ...(value['measurement'] as number[]).slice(1)]
      }),
    )
    expect(result.headline).toBe('S1')
    expect(result.checks.find((check) => check.outcome === 'fail')?.id).toBe('snp.signed-by-chip-key')
  })
  it('a reserved field that is given is taken as it is', async () => {
    const result = await view(
      await evidence({ version: 2 }, 'old', (value) => {
        value['signature'] = {
          ...(value['signature'] as object),
          _reserved: [...Array.from({ length: 367 }, () => 0), 1],
        }
      }),
    )
    expect(result.checks.find((check) => check.outcome === 'fail')?.because.text).toBe('snp.sig-format')
  })
  it.each([
    [
      'left out',
      (value: Record<string, unknown>) => {
        delete value['chip_id']
      },
      'chip_id',
    ],
    [
      'too long',
      (value: Record<string, unknown>) => {
        value['host_data'] = Array.from({ length: 33 }, () => 0)
      },
      'host_data',
    ],
    [
      'no byte',
      (value: Record<string, unknown>) => {
        value['report_id'] = Array.from({ length: 32 }, () => 256)
      },
      'report_id',
    ],
    [
      'too wide',
      (value: Record<string, unknown>) => {
        value['vmpl'] = 4294967296
      },
      'vmpl',
    ],
    [
      'negative',
      (value: Record<string, unknown>) => {
        value['guest_svn'] = -1
      },
      'guest_svn',
    ],
    [
      'of a TCB',
      (value: Record<string, unknown>) => {
        value['launch_tcb'] = { bootloader: 1 }
      },
      'launch_tcb.tee',
    ],
  ])('a field that is %s is named, and nothing is put together', async (_name, change, name) => {
    const bytes = await evidence({}, 'old', change)
    expect(await problems(bytes)).toEqual([{ text: 'snp.fields-incomplete', params: { name } }])
    expect((await view(bytes)).headline).toBe('SN')
  })
})
