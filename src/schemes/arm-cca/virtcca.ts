import type { Slice, Space } from '../../core/place.ts'
import type { Decoding, Inner } from '../../core/scheme.ts'
import { member, readJson } from '../../bytes/json.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { listBytes, stringBytes } from '../../envelope/member-bytes.ts'
import { FORMATS } from './formats.ts'

/** Members that are opened, and as what. */
const MEMBERS: readonly { readonly name: string; readonly format: string | undefined }[] = [
  { name: 'evidence', format: FORMATS.virt },
  { name: 'dev_cert', format: undefined },
  { name: 'ima_log', format: undefined },
]

/** virtCCA's evidence as secGear's agents hand it over: JSON whose members are lists of byte values, or base64. */
export function decodeVirtEvidence(slice: Slice): Decoding<undefined> {
  const reading = readJson(slice, '', 'virtCCA evidence')
  const { value, expand } = reading
  const spaces: Space[] = []
  const inner: Inner[] = []
  for (const { name, format } of MEMBERS) {
    const found = member(value, name)
    const bytes = listBytes(slice, found) ?? stringBytes(slice, found, readBase64)
    if (!bytes || bytes.slice.end === bytes.slice.start) continue
    spaces.push(...bytes.spaces)
    inner.push({ slice: bytes.slice, name, origin: 'embedded', ...(format === undefined ? {} : { format }) })
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
