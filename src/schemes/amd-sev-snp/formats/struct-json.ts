import { derivedId, sliceOf, type Piece, type Slice, type Space } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Problem } from '../../../core/field.ts'
import type { Inner } from '../../../core/scheme.ts'
import { member, textOf, type JsonValue } from '../../../bytes/json.ts'
import { listBytes, stringBytes } from '../../../envelope/member-bytes.ts'
import { readBase64 } from '../../../envelope/base64.ts'
import { FORMATS } from '../decoded.ts'
import { REPORT_SIZE } from '../sniff.ts'

/**
 * A report written field by field, as agents do that serialise AMD's structure with Rust's serde (Confidential Containers among them). Newer ones leave out what must be zero.
 * The bytes that were signed are put together from the numbers, each of which keeps its place in the text; whether they are the signed ones, the signature says.
 */

type Shape = { readonly at: number; readonly width: number } & { readonly kind: 'number' | 'bytes' | 'tcb' }
interface Entry {
  readonly names: readonly string[]
  readonly shape: Shape
  /** What must be zero may be left out; everything else must be there. */ readonly optional?: true
}

const number = (at: number, width: number, ...names: string[]): Entry => ({
  names,
  shape: { at, width, kind: 'number' },
})
const bytes = (at: number, width: number, ...names: string[]): Entry => ({ names, shape: { at, width, kind: 'bytes' } })
const tcb = (at: number, ...names: string[]): Entry => ({ names, shape: { at, width: 8, kind: 'tcb' } })
const zeros = (entry: Entry): Entry => ({ ...entry, optional: true })

/** Offsets of the report, under the names that one library or another gives its fields: section 7.3 of AMD 56860. */
const ENTRIES: readonly Entry[] = [
  number(0x00, 4, 'version'),
  number(0x04, 4, 'guest_svn'),
  number(0x08, 8, 'policy'),
  bytes(0x10, 16, 'family_id'),
  bytes(0x20, 16, 'image_id'),
  number(0x30, 4, 'vmpl'),
  number(0x34, 4, 'sig_algo'),
  tcb(0x38, 'current_tcb', 'platform_version'),
  number(0x40, 8, 'plat_info', 'platform_info'),
  number(0x48, 4, 'key_info', '_author_key_en', 'author_key_en', 'flags'),
  zeros(number(0x4c, 4, '_reserved_0')),
  bytes(0x50, 64, 'report_data'),
  bytes(0x90, 48, 'measurement'),
  bytes(0xc0, 32, 'host_data'),
  bytes(0xe0, 48, 'id_key_digest'),
  bytes(0x110, 48, 'author_key_digest'),
  bytes(0x140, 32, 'report_id'),
  bytes(0x160, 32, 'report_id_ma'),
  tcb(0x180, 'reported_tcb'),
  zeros(number(0x188, 1, 'cpuid_fam_id')),
  zeros(number(0x189, 1, 'cpuid_mod_id')),
  zeros(number(0x18a, 1, 'cpuid_step')),
  bytes(0x1a0, 64, 'chip_id'),
  tcb(0x1e0, 'committed_tcb'),
  zeros(number(0x1e8, 1, 'current_build')),
  zeros(number(0x1e9, 1, 'current_minor')),
  zeros(number(0x1ea, 1, 'current_major')),
  zeros(number(0x1ec, 1, 'committed_build')),
  zeros(number(0x1ed, 1, 'committed_minor')),
  zeros(number(0x1ee, 1, 'committed_major')),
  zeros(number(0x1eb, 1, '_reserved_2')),
  zeros(number(0x1ef, 1, '_reserved_3')),
  zeros(bytes(0x1f8, 168, '_reserved_4')),
  tcb(0x1f0, 'launch_tcb'),
  zeros(number(0x1f8, 8, 'launch_mit_vector')),
  zeros(number(0x200, 8, 'current_mit_vector')),
]
/** Versions of the firmware in an object of their own. */
const VERSIONS: readonly (readonly [name: string, at: number])[] = [
  ['current', 0x1e8],
  ['committed', 0x1ec],
]
const COMPONENTS = {
  milan: { bootloader: 0, tee: 1, snp: 6, microcode: 7 },
  turin: { fmc: 0, bootloader: 1, tee: 2, snp: 3, microcode: 7 },
} as const

/** Writes values to their offsets and remembers where each came from; `missing` names the first one that is not as it must be. */
function writing(size: number) {
  const out = new Uint8Array(size)
  const pieces: Piece[] = []
  let missing: string | undefined
  const lacks = (name: string) => {
    missing ??= name
  }
  function writeNumber(
    at: number,
    width: number,
    value: JsonValue | undefined,
    name: string,
    isOptional = false,
  ): void {
    if (isOptional && (value === undefined || value.kind === 'null')) return
    if (value?.kind !== 'number' || !/^\d{1,20}$/.test(value.text)) return lacks(name)
    const wide = BigInt(value.text)
    if (wide >> BigInt(8 * width) !== 0n) return lacks(name)
    for (let i = 0; i < width; i++) out[at + i] = Number((wide >> BigInt(8 * i)) & 0xffn)
    pieces.push({ at, length: width, sourceStart: value.range.start, sourceEnd: value.range.end })
  }
  function writeBytes(at: number, width: number, value: JsonValue | undefined, name: string, isOptional = false): void {
    if (isOptional && (value === undefined || value.kind === 'null')) return
    if (value?.kind !== 'array' || value.items.length !== width) return lacks(name)
    for (const [i, item] of value.items.entries()) writeNumber(at + i, 1, item, name)
  }
  function writeTcb(at: number, value: JsonValue | undefined, name: string): void {
    if (value?.kind !== 'object') return lacks(name)
    const fmc = member(value, 'fmc')
    const order = fmc !== undefined && fmc.kind !== 'null' ? COMPONENTS.turin : COMPONENTS.milan
    for (const [component, offset] of Object.entries(order))
      writeNumber(at + offset, 1, member(value, component), `${name}.${component}`)
    if (order === COMPONENTS.milan) writeBytes(at + 2, 4, member(value, '_reserved'), `${name}._reserved`, true)
  }
  return {
    writeNumber,
    writeBytes,
    writeTcb,
    done: () => ({ out, pieces: pieces.toSorted((a, b) => a.at - b.at), missing }),
  }
}

/** The object that is a report field by field, wherever it stands at the top of the file. */
export function structReport(value: JsonValue | undefined): JsonValue | undefined {
  return [member(value, 'attestation_report'), member(value, 'report'), value].find(
    (one) =>
      one?.kind === 'object' &&
      member(one, 'measurement')?.kind === 'array' &&
      member(member(one, 'signature'), 'r')?.kind === 'array',
  )
}

/** The report's bytes as an artifact, with the certificates beside it. */
export function structParts(
  file: Slice,
  value: JsonValue | undefined,
): { readonly inner: readonly Inner[]; readonly spaces: readonly Space[]; readonly problems: readonly Problem[] } {
  const report = structReport(value)
  if (!report) return { inner: [], spaces: [], problems: [] }
  const { writeNumber, writeBytes, writeTcb, done } = writing(REPORT_SIZE)
  for (const { names, shape, optional } of ENTRIES) {
    const name = names[0] ?? ''
    const own = names.map((one) => member(report, one)).find((one) => one !== undefined)
    if (shape.kind === 'bytes') writeBytes(shape.at, shape.width, own, name, optional)
    else if (shape.kind === 'tcb') writeTcb(shape.at, own, name)
    else writeNumber(shape.at, shape.width, own, name, optional)
  }
  for (const [name, at] of VERSIONS)
    for (const [i, part] of ['build', 'minor', 'major'].entries())
      writeNumber(at + i, 1, member(member(report, name), part), `${name}.${part}`, true)
  const signature = member(report, 'signature')
  writeBytes(0x2a0, 72, member(signature, 'r'), 'signature.r')
  writeBytes(0x2a0 + 72, 72, member(signature, 's'), 'signature.s')
  writeBytes(0x2a0 + 144, 368, member(signature, '_reserved'), 'signature._reserved', true)
  // 24 bytes before version 3, 21 behind the processor since then.
  const rest = member(report, '_reserved_1')
  const width = rest?.kind === 'array' && rest.items.length === 21 ? 21 : 24
  writeBytes(0x1a0 - width, width, rest, '_reserved_1', true)
  const { out, pieces, missing } = done()
  const certificates = certificatesOf(file, value)
  if (missing !== undefined)
    return {
      inner: certificates.inner,
      spaces: certificates.spaces,
      problems: [{ because: say('snp.fields-incomplete', { name: missing }), range: report.range }],
    }
  const id = derivedId(file.space, 'concat', report.range.start)
  const space: Space = { id, parent: file.space, via: 'concat', map: 'exact', bytes: out, pieces }
  return {
    inner: [
      { slice: sliceOf(id, out), name: 'report', format: FORMATS.report, origin: 'embedded' },
      ...certificates.inner,
    ],
    spaces: [space, ...certificates.spaces],
    problems: [{ because: say('snp.put-together'), range: report.range }],
  }
}

/** `cert_chain`: a list of `{ cert_type, data }`, data as numbers or base64. */
function certificatesOf(
  file: Slice,
  value: JsonValue | undefined,
): { readonly inner: readonly Inner[]; readonly spaces: readonly Space[] } {
  const inner: Inner[] = []
  const spaces: Space[] = []
  const list = member(value, 'cert_chain')
  for (const [i, item] of (list?.kind === 'array' ? list.items : []).slice(0, 16).entries()) {
    const data = member(item, 'data')
    const kind = textOf(member(item, 'cert_type')) ?? ''
    const opened = listBytes(file, data) ?? stringBytes(file, data, readBase64)
    if (!opened) continue
    spaces.push(...opened.spaces)
    inner.push({
      slice: opened.slice,
      name: kind === '' ? `cert_chain[${i}]` : kind,
      origin: 'embedded',
      ...(['VCEK', 'VLEK', 'ASK', 'ARK'].includes(kind) ? { hints: { slot: kind } } : {}),
    })
  }
  return { inner, spaces }
}
