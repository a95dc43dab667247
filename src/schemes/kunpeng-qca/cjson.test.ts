import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { member, parseJson } from '../../bytes/json.ts'
import { fc } from '../../testing/seeded.ts'
import { makeReportObject } from './attester.ts'
import { reportSignedByAk } from './checks/report-signed-by-ak.ts'
import { printObject } from './cjson.ts'
import { ask } from './testing.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
function printed(text: string) {
  const slice = sliceOf('', utf8(text))
  const { value } = parseJson(slice)
  return value && printObject(slice, value)
}

it('prints as cJSON does', () => {
  expect(printed('{ "a":"b", "c":{"d":[1,-2,[]],"e":{}},"f":null,"g":true}')).toMatchObject({
    text: '{\n\t"a":\t"b",\n\t"c":\t{\n\t\t"d":\t[1, -2, []],\n\t\t"e":\t{\n\t\t}\n\t},\n\t"f":\tnull,\n\t"g":\ttrue\n}',
  })
})
it('writes escapes as cJSON does, whatever the file wrote', () => {
  expect(printed('{"\\u0061":"\\/\\u0001\\n\\"\\\\é\\u00e9\\u007f"}')).toMatchObject({
    text: '{\n\t"a":\t"/\\u0001\\n\\"\\\\éé\u007f"\n}',
  })
})
it('says which bytes say it: names and values, no marks', () => {
  const text = '{"ab":"cd", "e":12}'
  const made = printed(text)
  expect(typeof made === 'object' && made.says.map(({ start, end }) => text.slice(start, end))).toEqual([
    'ab',
    'cd',
    'e',
    '12',
  ])
})
it.each([
  ['1.5', 'number'],
  ['1e30', 'number'],
  ['2147483648', 'number'],
  ['"\\u0000"', 'text'],
  ['"\\udc00"', 'text'],
])('does not guess at %s', (value, why) => expect(printed(`{"a":${value}}`)).toBe(why))

/** Writes a string with some characters escaped. */
function spelled(text: string, escapes: readonly boolean[]): string {
  const parts = Array.from(text, (character, i) =>
    escapes[i % escapes.length] === true
      ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
      : JSON.stringify(character).slice(1, -1),
  )
  return `"${parts.join('')}"`
}

it('of 500 re-orderings and re-spellings only those verify whose text is the one that was signed', async () => {
  const report = await makeReportObject()
  const payload = Object.entries(report['payload'] as Record<string, string>)
  const rest = JSON.stringify({ ...report, payload: undefined }).slice(0, -1)
  const original = await printedPayload(payload.map(([key, value]) => `"${key}":"${value}"`))
  let held = 0
  const order = fc.oneof(
    fc.constant(payload.map((_, i) => i)),
    fc.shuffledSubarray(
      payload.map((_, i) => i),
      { minLength: payload.length },
    ),
  )
  const white = fc.array(fc.constantFrom(' ', '\t', '\n', '\r'), { maxLength: 3 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(
      order,
      fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
      white,
      fc.boolean(),
      async (indices, escapes, space, isTwice) => {
        const members = indices.map((index) => {
          const [key, value] = payload[index] ?? ['', '']
          return `${space}${spelled(key, escapes)}${space}:${space}${spelled(value, escapes)}${space}`
        })
        if (isTwice) members.push(members[0] ?? '')
        const text = `${rest},"payload":{${members.join(',')}}}`
        const { outcome } = await ask(reportSignedByAk, { report: utf8(text) })
        const isSame = (await printedPayload(members)) === original
        if (outcome === 'pass') held++
        expect(outcome === 'pass', text.slice(-400)).toBe(isSame)
      },
    ),
    { numRuns: 500 },
  )
  // Otherwise nothing was shown.
  expect(held).toBeGreaterThan(50)
  expect(held).toBeLessThan(450)
}, 120_000)

/** What another reader of JSON makes of it, printed by rule: the oracle. */
async function printedPayload(members: readonly string[]): Promise<string> {
  const pairs = members.map((one) => Object.entries(JSON.parse(`{${one}}`) as Record<string, string>)[0] ?? ['', ''])
  return `{\n${pairs.map(([key, value]) => `\t${JSON.stringify(key)}:\t${JSON.stringify(value)}`).join(',\n')}\n}`
}

it('keeps the order of the file', () => {
  const slice = sliceOf('', utf8('{"payload":{"b":1,"a":2}}'))
  const value = member(parseJson(slice).value, 'payload')
  expect(value && printObject(slice, value)).toMatchObject({ text: '{\n\t"b":\t1,\n\t"a":\t2\n}' })
})
