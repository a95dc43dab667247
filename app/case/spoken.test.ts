import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../src/core/policy.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { sampleFiles } from '../../src/engine/catalogue.ts'
import { examples } from '../front/examples.ts'
import { asSpoken, isDemonstration } from './spoken.ts'

const opened = async (scheme: string, id: string) => {
  const at = Date.parse(examples.find((one) => one.scheme === scheme && one.id === id)?.at ?? '')
  return appraise(await sampleFiles(scheme, id), { at, atSource: 'given', policy: NO_POLICY })
}

describe('what the page says of its own examples', () => {
  it.each([
    ['intel-dcap', 'tdx-debug'],
    ['intel-dcap', 'tdx-out-of-date'],
    ['amd-sev-snp', 'milan-v3-old'],
    ['aws-nitro', 'debug'],
  ])('%s %s ends as its mark on the front door says', async (scheme, id) => {
    const record = await opened(scheme, id)
    const spoken = asSpoken(record)
    expect(record.headline).toBe('S2')
    expect(spoken.headline).toBe(examples.find((one) => one.scheme === scheme && one.id === id)?.expect)
    expect(spoken.subjects.map((one) => one.headline)).not.toContain('S2')
    expect(spoken.decidedBy.length).toBeGreaterThan(0)
    expect(isDemonstration(record)).toBe(true)
  })
  it('a foreign root stays what it is', async () => {
    const record = await opened('intel-dcap', 'tdx-up-to-date')
    const { demonstration: _made, ...other } = record
    const foreign = { ...other, root: { ...other.root, status: 'unknown' as const } }
    expect(asSpoken(foreign)).toBe(foreign)
  })
})
