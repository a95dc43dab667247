import { describe, expect, it } from 'vitest'
import { appraise } from '../../engine/appraise.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { samples } from './samples.ts'

describe('samples', () => {
  it.each(samples.map((sample) => [sample.id, sample] as const))('%s', async (_id, sample) => {
    const files = await sample.files()
    const view = await appraise(files, { at: Date.parse(sample.at), atSource: 'given', policy: NO_POLICY })
    const open = view.checks.filter((check) => check.weight === 'decides' && !['pass', 'not-applicable'].includes(check.outcome)).map((c) => [c.id, c.outcome, c.because.text, c.found, c.expected, c.remedy?.text, c.remedy?.params])
    console.log(view.subjects[0]?.vendor, view.sentence, JSON.stringify(open))
    expect(view.ifRootTrusted).toBe(sample.expect)
    expect(view.root.status).toBe('demonstration')
  })
})
