import type { FieldNode } from '../core/field.ts'
import { type ArtifactIndex, bytesOf, type ByteRange } from '../core/place.ts'
import type { KnownValue } from '../core/known-value.ts'
import { toHex } from '../bytes/layout.ts'
import type { InputFile } from './api.ts'
import { treeOf } from './case.ts'
import { caseOf } from './inspect.ts'

const modules = import.meta.glob<{ readonly knownValues: readonly KnownValue[] }>('../schemes/*/known.ts')

/** A field whose value somebody has a name for. */
export interface KnownField extends Omit<KnownValue, 'value'> {
  readonly artifact: ArtifactIndex
  readonly path: string
  /** Lower-case hex. */
  readonly value: string
}

/** Fields longer than this are no identities. */
const LONGEST = 64
const MOST = 64

/** Names for values of a case, by the tables in the schemes' folders. They decide nothing. Never throws for any bytes. */
export async function knownFields(files: readonly InputFile[]): Promise<readonly KnownField[]> {
  const opened = await caseOf(files)
  const tables = (await Promise.all(Object.values(modules).map((load) => load()))).flatMap((one) => one.knownValues)
  const byLabel = new Map(tables.map(({ label }) => [label, tables.filter((one) => one.label === label)] as const))
  const found: KnownField[] = []
  const spaces = new Map(opened.spaces().map(({ file, space }) => [`${file} ${space.id}`, space.bytes]))
  for (const artifact of opened.artifacts) {
    if (artifact.format === null) continue
    const stack: FieldNode[] = [treeOf(artifact)]
    for (let node = stack.pop(); node && found.length < MOST; node = stack.pop()) {
      stack.push(...node.children)
      const own = byLabel.get(node.label)
      if (!own) continue
      // In DER the name stands on the pair, the value in a leaf below it.
      for (const place of [node, ...node.children]) {
        const [range, more] = place.ranges
        if (!range || more || range.end - range.start > LONGEST) continue
        const isOwn = range.space === artifact.slice.space
        const hex = hexAt(range, isOwn ? artifact.slice.bytes : spaces.get(`${artifact.file} ${range.space}`))
        const known = hex === undefined ? undefined : own.find((one) => one.value.test(hex))
        if (!known || hex === undefined) continue
        const value = known.value.exec(hex)?.[1] ?? hex
        if (found.some((one) => one.value === value && one.label === known.label)) continue
        const { value: _pattern, ...rest } = known
        found.push({ ...rest, value, artifact: artifact.artifact, path: place.path })
      }
    }
  }
  return found
}

function hexAt({ start, end, space }: ByteRange, bytes: Uint8Array | undefined): string | undefined {
  return bytes && end <= bytes.length ? toHex(bytesOf({ bytes, start, end, space })) : undefined
}
