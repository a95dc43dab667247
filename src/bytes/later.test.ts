import { expect, it } from 'vitest'
import { Attached } from './attached.ts'
import { withLater } from './later.ts'

const made = (own: number) => withLater({ own }, { twice: () => own * 2 })

it('makes a member when it is read, once, and gives copies its value', () => {
  let count = 0
  const object = withLater({ own: 1 }, { late: () => (count += 1) })
  expect(Object.keys(object)).toEqual(['own', 'late'])
  expect(count).toBe(0)
  expect([object.late, object.late, { ...object }.late, structuredClone(object).late]).toEqual([1, 1, 1, 1])
  expect(Reflect.ownKeys({ ...object })).toEqual(['own', 'late'])
})

it('takes more late members, each its own', () => {
  const object = withLater(made(1), { thrice: () => 3 })
  expect([object.own, object.twice, object.thrice, made(4).twice]).toEqual([1, 2, 3, 8])
})

// An accessor of its own for each object would be kept with the object's shape, and keep the object.
it('shares its accessors among objects', () => {
  const accessors = [made(1), made(2)].map((object) => Object.getOwnPropertyDescriptors(object).twice)
  expect(accessors[0]).toMatchObject({ get: expect.any(Function), enumerable: true })
  expect(accessors[0]?.get === accessors[1]?.get).toBe(true)
})

it('attaches what no copy has, and lets a frozen object be', () => {
  const notes = new Attached<object, string>()
  const [key, frozen] = [{ a: 1 }, Object.freeze({ a: 1 })]
  notes.set(key, 'note')
  notes.set(frozen, 'note')
  expect([notes.get(key), notes.get({ ...key }), notes.get(frozen), new Attached<object, string>().get(key)]).toEqual([
    'note',
    undefined,
    undefined,
    undefined,
  ])
  expect(key).toStrictEqual({ a: 1 })
})
