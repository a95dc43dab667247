import { describe, expect, it } from 'vitest'
import { isMixedScript, visible } from './hostile.ts'
import { filled, sayIn } from './say.ts'

describe('text from outside', () => {
  it('shows what hides or reorders', () => {
    expect(visible('Intel\u202Egro.evil')).toBe('Intel⟨U+202E⟩gro.evil')
    expect(visible('a\u0000b\u200Bc\uFEFFd\u2066e\u{E0041}')).toBe('a⟨U+0000⟩b⟨U+200B⟩c⟨U+FEFF⟩d⟨U+2066⟩e⟨U+E0041⟩')
    expect(visible('a\nb\tc')).toBe('a⟨U+000A⟩b⟨U+0009⟩c')
    expect(visible('\uD800')).toBe('⟨U+D800⟩')
  })
  it('leaves ordinary writing alone', () => {
    for (const text of ['Intel SGX PCK Certificate', '海光 CSV 认证报告', 'Zoë', '<img src=x onerror=alert(1)>'])
      expect(visible(text)).toBe(text)
  })
  it('notices look-alikes', () => {
    expect(isMixedScript('Іntel')).toBe(true)
    expect(isMixedScript('Intel')).toBe(false)
    expect(isMixedScript('Интел')).toBe(false)
    expect(isMixedScript('Intel 海光')).toBe(false)
  })
  it('is made visible inside sentences', () => {
    expect(filled('signed by {name}', { name: 'x\u202Ey' })).toBe('signed by x⟨U+202E⟩y')
    expect(sayIn({}, { text: 'no.such', params: {} })).toBe('no.such')
    expect(sayIn({}, { text: 'constructor', params: {} })).toBe('constructor')
  })
})
