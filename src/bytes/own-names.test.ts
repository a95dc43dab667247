import { expect, it } from 'vitest'
import { ownNames } from './own-names.ts'

it('names the members of the first object only', () => {
  expect([
    ...ownNames(
      '{ "a" : 1, "b\\"c": {"inner": [ {"deep": 1} ], "x": "y\\"}"}, "list": ["text", {"in": 2}], "last":null }',
    ),
  ]).toEqual(['a', 'b\\"c', 'list', 'last'])
  expect([...ownNames('[{"a": 1}]')]).toEqual([])
  expect([...ownNames('{"a": "cut o')]).toEqual(['a'])
  expect([...ownNames('{"value": "keys", "other": "vm": ')]).toEqual(['value', 'other', 'vm'])
  expect([...ownNames('')]).toEqual([])
})
