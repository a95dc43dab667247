import { beforeAll, describe, expect, it } from 'vitest'
import { fill } from '../core/saying.ts'
import type { AppraisalView, SampleView } from './api.ts'
import { appraise } from './appraise.ts'
import { catalogue, sampleFiles } from './catalogue.ts'
import { speaker, toContract } from './contract.ts'
import { inspect } from './inspect.ts'
import { NO_POLICY } from '../core/policy.ts'

const asked = (at: string) => ({ at: Date.parse(at), atSource: 'given' as const, policy: NO_POLICY })
let samples: readonly SampleView[] = []
let texts: Awaited<ReturnType<typeof catalogue>>['texts']
const of = async (scheme: string, id: string): Promise<AppraisalView> => {
  const sample = samples.find((one) => one.scheme === scheme && one.id === id)
  return appraise(await sampleFiles(scheme, id), asked(sample?.at ?? ''))
}

describe('evidence under the demonstration root', () => {
  beforeAll(async () => {
    ;({ samples, texts } = await catalogue())
  })
  it.each([
    ['intel-dcap', 'tdx-up-to-date', 'S5', 'demonstration.S5'],
    ['intel-dcap', 'tdx-debug', 'S3', 'demonstration.S3.debug'],
    ['amd-sev-snp', 'milan-v3-old', 'S5w', null],
  ])('%s %s is spoken of as %s, and recorded as S2', async (scheme, id, headline, text) => {
    const view = await of(scheme, id)
    expect(view).toMatchObject({ headline: 'S2', root: { status: 'demonstration' } })
    expect(view.demonstration?.headline).toBe(headline)
    expect(view.demonstration?.headline).toBe(view.ifRootTrusted)
    if (text !== null) expect(view.demonstration?.sentence.text).toBe(text)
    expect(view.demonstration?.answers.genuine.state).toBe('holds')
    const files = await sampleFiles(scheme, id)
    const json = toContract(view, await inspect(files), speaker(texts.en), { ms: 0, fields: false })
    expect(json).toMatchObject({ headline: 'S2', ifRootTrusted: headline, decidedBy: [] })
  })
  it('is never called genuine, whatever it ends as', async () => {
    for (const { scheme, id } of samples.filter(({ scheme: one }) => one === 'intel-dcap' || one === 'aws-nitro')) {
      const { demonstration } = await of(scheme, id)
      if (!demonstration) continue
      for (const locale of ['en', 'zh'] as const) {
        const sentence = fill(texts[locale][demonstration.sentence.text] ?? '', demonstration.sentence.params)
        expect(sentence).not.toBe('')
        expect(sentence).not.toMatch(/\bgenuine (?!was)|真实|是真的/i)
      }
    }
  })
})
