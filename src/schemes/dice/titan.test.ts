import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { CaseItem } from '../../core/scheme.ts'
import { joinBytes } from '../../bytes/join.ts'
import { base64Text } from '../../envelope/base64.ts'
import { bytesOf } from '../../core/place.ts'
import { signWith } from '../../pki/issue.ts'
import { KEYS } from '../../pki/testing.ts'
import { entry } from './index.ts'
import { titanExaminer, titanFormats } from './titan.ts'

const turned = (bytes: Uint8Array) => Uint8Array.from(bytes).reverse()
function number(text: string): Uint8Array {
  const read = base64Text(text, { url: true })
  return turned(read ? bytesOf(read.slice) : new Uint8Array(32))
}
const point = [number(KEYS.leaf.x), number(KEYS.leaf.y)]
async function signed(body: Uint8Array): Promise<Uint8Array> {
  const raw = await signWith(KEYS.leaf, { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }, body)
  return joinBytes([body, turned(raw.subarray(0, 32)), turned(raw.subarray(32))])
}
const selfSigned = () => signed(joinBytes([Uint8Array.of(0xef, 0xf0, 0x28, 1), new Uint8Array(168), ...point]))
const scribe = () =>
  signed(joinBytes([Uint8Array.of(0x30, 0x82, 1, 0x28), new Uint8Array(40).fill(7), ...point, new Uint8Array(128)]))

const formatOf = (bytes: Uint8Array) =>
  entry.detectors.map((detect) => detect(sliceOf('', bytes))?.format).find((format) => format !== undefined)
async function standing(bytes: Uint8Array) {
  const format = formatOf(bytes) ?? ''
  const slice = sliceOf('', bytes)
  const item: CaseItem = {
    artifact: 0,
    parent: null,
    name: '',
    sha256: () => '',
    origin: 'dropped',
    format,
    message: 'endorsement',
    slice,
    decoded: titanFormats.find(({ id }) => id === format)?.decode(slice, { hints: {} }).decoded,
    facts: { measurements: [] },
    hints: {},
  }
  const found = await titanExaminer.examine(item, { at: 0, policy: NO_POLICY, anchors: [], items: [] })
  return { root: found?.root?.status, outcome: found?.findings[0]?.outcome }
}

it('reads both forms, and says that each is signed by the key that it names, under nobody’s root', async () => {
  for (const [bytes, format] of [
    [await selfSigned(), 'dice.titan-self-signed'],
    [await scribe(), 'dice.titan-scribe'],
  ] as const) {
    expect(bytes).toHaveLength(300)
    expect(formatOf(bytes)).toBe(format)
    expect(await standing(bytes)).toEqual({ root: 'unknown', outcome: 'pass' })
    bytes[60] = 1 ^ (bytes[60] ?? 0)
    expect(await standing(bytes)).toEqual({ root: 'unknown', outcome: 'fail' })
  }
})

it('takes no other length and no other head for one', async () => {
  const bytes = await selfSigned()
  expect(formatOf(bytes.subarray(1))).toBeUndefined()
  expect(formatOf(joinBytes([bytes, new Uint8Array(1)]))).toBeUndefined()
  expect(await standing(new Uint8Array(300))).toEqual({ root: undefined, outcome: undefined })
})
