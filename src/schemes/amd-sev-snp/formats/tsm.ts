import type { Slice, Space } from '../../../core/place.ts'
import type { Decoding, EvidenceFormat, Inner } from '../../../core/scheme.ts'
import { cborTree } from '../../../bytes/cbor-node.ts'
import { jsonStringContent, readJson } from '../../../bytes/json.ts'
import { readBase64 } from '../../../envelope/base64.ts'
import { stringBytes } from '../../../envelope/member-bytes.ts'
import { FORMATS } from '../decoded.ts'

/** What Linux gives through configfs-tsm, written down as JSON or CBOR: the report as `outblob`, the certificate table as `auxblob`. */

const PARTS: Readonly<Record<string, string>> = { outblob: FORMATS.report, auxblob: FORMATS.table }

function innerOf(name: string, slice: Slice): Inner[] {
  const format = PARTS[name]
  return format === undefined || slice.end <= slice.start ? [] : [{ slice, name, format, origin: 'embedded' }]
}

function decodeJson(slice: Slice): Decoding<unknown> {
  const reading = readJson(slice, '', 'TSM report')
  const { value, expand } = reading
  const inner: Inner[] = []
  const spaces: Space[] = []
  for (const member of value?.kind === 'object' ? value.members : []) {
    if (PARTS[member.key] === undefined || member.value.kind !== 'string') continue
    const part = stringBytes(slice, member.value, readBase64)
    const text = jsonStringContent(slice, member.value)
    spaces.push(...(part ?? text).spaces)
    // Text that says no bytes stays a member: what reads it can call it broken, where a missing one would only be missing.
    inner.push(
      ...innerOf(member.key, (part ?? text).slice).map((one) =>
        part ? one : { ...one, hints: { unreadable: member.key } },
      ),
    )
  }
  return {
    tree: () => reading.node,
    decoded: undefined,
    spaces: () => spaces,
    problems: [],
    inner,
    expand: (path, from, to) => expand(path, from, to) ?? [],
  }
}

function decodeCbor(slice: Slice): Decoding<unknown> {
  const { item, node, spaces, expand } = cborTree(slice, '', 'TSM report')
  const inner = (item?.kind === 'map' ? item.entries : []).flatMap(({ key, value }) =>
    key.kind === 'text' && value.kind === 'bytes' ? innerOf(key.text, value.content) : [],
  )
  return { tree: () => node, decoded: undefined, spaces: () => spaces, problems: [], inner, expand }
}

/** A report from configfs-tsm. */
export const tsmFormat: EvidenceFormat<unknown> = {
  id: FORMATS.tsm,
  message: 'supporting',
  title: 'format.amd.snp-tsm-report',
  decode: (slice) =>
    slice.bytes[slice.start] === 0x7b || slice.bytes[slice.start] === 0x20 || slice.bytes[slice.start] === 0x0a
      ? decodeJson(slice)
      : decodeCbor(slice),
}
