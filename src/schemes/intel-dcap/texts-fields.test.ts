import { describe, expect, it } from 'vitest'
import { en } from './texts-fields.en.ts'
import { zh } from './texts-fields.zh.ts'

describe('texts of fields', () => {
  it('say every field in written Chinese, with the same values filled in', () => {
    const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort((a, b) => a.localeCompare(b))
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      // The name of a format is the vendor's own; a sentence is not.
      if (!key.startsWith('format.')) expect(/\p{Script=Han}/u.test(zh[key]), key).toBe(true)
      expect(holes(zh[key]), key).toEqual(holes(en[key]))
    }
  })
})
