import { expect, it } from 'vitest'
import { between, fill, joined } from './saying.ts'

it('a Chinese character and a Latin one never touch, whichever was filled in', () => {
  expect(between('缺少', 'TCB')).toBe(' ')
  expect(between('TCB', '信息')).toBe(' ')
  expect(between('缺少', '吊销列表')).toBe('')
  expect(between('missing ', 'TCB')).toBe('')
  expect(between('', 'TCB')).toBe('')
  expect(fill('缺少{what}。', { what: 'TCB 信息' })).toBe('缺少 TCB 信息。')
  expect(fill('{what}已过期', { what: '2 份 CRL' })).toBe('2 份 CRL 已过期')
})

it('a list keeps to it as well, and to each language’s own signs', () => {
  expect(joined(['MRTD', 'RTMR0', 'RTMR1'], '、', '和')).toBe('MRTD、RTMR0 和 RTMR1')
  expect(joined(['吊销列表', 'TCB 信息'], '、', '和')).toBe('吊销列表和 TCB 信息')
  expect(joined(['a', 'b', 'c'], ', ', ' and ')).toBe('a, b and c')
  expect([joined(['a'], ', ', ' and '), joined([], ', ', ' and ')]).toEqual(['a', ''])
})

it('a name that nobody filled in stays visible', () => {
  expect(fill('{a} and {toString}', { a: 'x' })).toBe('x and {toString}')
})
