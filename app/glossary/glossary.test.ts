import { describe, expect, it } from 'vitest'
import { chineseFaults } from '../../src/testing/texts.ts'
import { piecesOf } from './find.ts'
import { TERMS } from './terms.ts'

describe('the glossary', () => {
  it('names each term once, in both languages, with the text that defines it', () => {
    expect(new Set(TERMS.map((term) => term.id)).size).toBe(TERMS.length)
    for (const locale of ['en', 'zh'] as const) {
      const forms = TERMS.flatMap((term) => term.forms[locale].map((form) => form.toLowerCase()))
      expect(forms.filter((form, at) => forms.indexOf(form) !== at)).toEqual([])
    }
    expect(TERMS.filter((term) => term.source === '' || term.says.en === '' || term.says.zh === '')).toEqual([])
  })

  it('is written in the Chinese of the rest', () => {
    expect(TERMS.flatMap((term) => [...chineseFaults(term.says.zh), ...chineseFaults(term.name.zh)])).toEqual([])
  })

  it('explains in two sentences at most what takes a breath to read', () => {
    for (const term of TERMS) expect(term.says.en.split(/\s+/).length, term.id).toBeLessThanOrEqual(45)
  })
})

describe('terms in running text', () => {
  const found = (text: string, locale: 'en' | 'zh', used = new Set<string>()) =>
    piecesOf(text, locale, used).flatMap(({ text: piece, term }) => (term ? [`${piece}=${term.id}`] : []))

  it('are marked where they are used first, the longest first', () => {
    expect(found('The revocation list; a revocation list again. TCB info.', 'en')).toEqual([
      'revocation list=revocation',
      'TCB info=tcb-info',
    ])
    expect(found('吊销列表里没有，TCB 信息里也没有。', 'zh')).toEqual(['吊销列表=revocation', 'TCB 信息=tcb-info'])
  })

  it('are whole words', () => {
    expect(found('A rooted quoter is tokenised.', 'en')).toEqual([])
    expect(found('TCBX 与 RTMRs', 'zh')).toEqual([])
  })

  it('are not marked again', () => {
    expect(found('Evidence', 'en', new Set(['evidence']))).toEqual([])
  })

  it('lose no character of the text', () => {
    const text = 'Signed evidence (a quote), and a nonce.'
    expect(
      piecesOf(text, 'en', new Set())
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text)
  })
})
