import { describe, expect, it } from 'vitest'
import { chineseFaults } from '../../src/testing/texts.ts'
import { isBilingual } from '../cli/words-in.ts'

const modules = import.meta.glob<Record<string, unknown>>(['../**/*words.ts', '../views/*/index.ts'], { eager: true })

const found = Object.entries(modules).flatMap(([file, exports]) =>
  Object.values(exports).flatMap((value) => {
    if (isBilingual(value)) return [{ file, words: value }]
    return typeof value === 'object' && value !== null && 'title' in value && isBilingual(value.title)
      ? [{ file, words: value.title }]
      : []
  }),
)

const placeholders = (text: string) => [...text.matchAll(/\{[A-Za-z0-9]+\}/g)].map((match) => match[0]).sort()

describe('the interface in both languages', () => {
  it('is found at all', () => expect(found.length).toBeGreaterThan(10))
  for (const { file, words } of found) {
    it(`${file}: every word is written in Chinese, and fills in the same things`, () => {
      for (const [key, en] of Object.entries(words.en)) {
        const zh = words.zh[key] ?? ''
        expect(placeholders(zh), key).toEqual(placeholders(en))
        // Names of units and formats are the same everywhere; anything with a word in it is written again.
        if (!/[a-z]{3}/.test(en.replaceAll(/\{[^}]*\}/g, ''))) continue
        expect(zh, key).not.toBe(en)
        expect(zh, key).toMatch(/\p{Script=Han}/u)
      }
    })
    it(`${file}: punctuation between Chinese characters is Chinese, and no word says more than is meant`, () => {
      for (const [key, zh] of Object.entries(words.zh)) {
        expect(chineseFaults(zh), key).toEqual([])
      }
    })
    it(`${file}: uses no stronger word than the checks do`, () => {
      for (const text of [...Object.values(words.en), ...Object.values(words.zh)]) {
        expect(text).not.toMatch(/\b(trusted(?! execution environment)|secure|affirming)\b|!$|可信(?!执行|计算)/i)
      }
    })
  }
})
