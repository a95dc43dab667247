import type { FieldNode } from '../../core/field.ts'
import { bytesOf, rangeOf, type Located, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import { ascii, bytes, gapNode, struct, toHex, u16le, u8, type Bytes } from '../../bytes/layout.ts'

/** Names of the entries (NVIDIA's verifiers, spdm_msrt_resp_msg.py and gpu_opaque_data_parser.cpp). */
export const OPAQUE_NAMES: Readonly<Record<number, string>> = {
  1: 'CERT_ISSUER_NAME',
  2: 'CERT_AUTHORITY_KEY_IDENTIFIER',
  3: 'DRIVER_VERSION',
  4: 'GPU_INFO',
  5: 'SKU',
  6: 'VBIOS_VERSION',
  7: 'MANUFACTURER_ID',
  8: 'TAMPER_DETECTION',
  9: 'SMC',
  10: 'VPR',
  11: 'NVDEC0_STATUS',
  12: 'MSRSCNT',
  13: 'CPRINFO',
  14: 'BOARD_ID',
  15: 'CHIP_SKU',
  16: 'CHIP_SKU_MOD',
  17: 'PROJECT',
  18: 'PROJECT_SKU',
  19: 'PROJECT_SKU_MOD',
  20: 'FWID',
  21: 'PROTECTED_PCIE_STATUS',
  22: 'SWITCH_PDI',
  23: 'FLOORSWEPT_PORTS',
  24: 'POSITION_ID',
  25: 'LOCK_SWITCH_STATUS',
  26: 'SWITCH_GPU_PDIS',
  27: 'SWITCH_PORTS',
  32: 'GPU_LINK_CONN',
  33: 'SYS_ENABLE_STATUS',
  34: 'OPAQUE_DATA_VERSION',
  35: 'CHIP_INFO',
  36: 'FEATURE_FLAG',
  37: 'MIN_SVN',
}

/** Ids that every reader here asks for. */
export const OPAQUE = {
  driver: 3,
  gpuInfo: 4,
  vbios: 6,
  nvdec0: 11,
  counts: 12,
  chipSku: 15,
  project: 17,
  projectSku: 18,
  fwid: 20,
  protectedPcie: 21,
  switchPdi: 22,
  switchGpus: 26,
  chip: 35,
  feature: 36,
  minSvn: 37,
} as const

const ON_OFF = { 0xaa: 'enabled', 0x55: 'disabled' }
const FEATURES = { 0: 'SPT', 1: 'MPT', 2: 'PPCIE' }

const PLAIN = struct('nvidiaOpaqueEntry')
  .field('type', u16le(OPAQUE_NAMES), 'DataType')
  .field('length', u16le(), 'DataSize')
  .field('data', ({ length }) => bytes(length.value), 'Data')

const VALUE_TYPES = {
  1: 'digest',
  0x82: 'hardware configuration',
  0x83: 'firmware configuration',
  0x84: 'measurement manifest',
  0x85: 'device mode',
  0x86: 'firmware version',
  0x87: 'security version number',
}

const TYPED = struct('nvidiaTypedEntry')
  .field('type', u16le(OPAQUE_NAMES), 'DataType')
  .field('valueType', u16le(VALUE_TYPES), 'ValueType')
  .field('length', u16le(), 'DataSize')
  .field('data', ({ length }) => bytes(length.value), 'Data')

/** Twelve bytes before typed entries. */
export const HEADER = struct('nvidiaOpaqueHeader')
  .field('magic', ascii(6), 'Magic')
  .field('profile', u16le(), 'Profile')
  .field('major', u8(), 'Major')
  .field('minor', u8(), 'Minor')
  .field('patch', u8(), 'Patch')
  .field('padding', u8(), 'Padding')

/** One entry. */
export interface OpaqueEntry {
  readonly id: number
  /** DMTF value type; only the typed form has it. */
  readonly valueType: number | undefined
  readonly data: Bytes
}

/** What the device says about itself beyond measurements. */
export interface Opaque {
  /** `TLV`, or `NVDAOD 2.0.0`. */
  readonly form: string
  readonly entries: readonly OpaqueEntry[]
  /** Bytes at the end that are no whole entry. */
  readonly rest: Slice
}

const MAGIC = [0x4e, 0x56, 0x44, 0x41, 0x4f, 0x44]
const isTyped = ({ bytes: all, start, end }: Slice) =>
  end - start >= 12 && MAGIC.every((byte, index) => all[start + index] === byte)

/** Walks over the entries in either form; never throws, and keeps what is no entry. */
function walk(slice: Slice, path: string) {
  const typed = isTyped(slice)
  const header = typed ? HEADER.read({ ...slice, end: slice.start + 12 }, `${path}.header`, 'header') : undefined
  const layout = typed ? TYPED : PLAIN
  const readings = []
  let at = header?.end ?? slice.start
  while (at < slice.end) {
    const own = `${path}.${readings.length}`
    const reading = layout.read({ ...slice, start: at }, own, own)
    if (reading.value === undefined) break
    readings.push({ reading, value: reading.value })
    at = reading.end
  }
  return { header, readings, rest: { ...slice, start: at } }
}

/** Reads the entries. */
export function readOpaque(slice: Slice, path: string): Opaque {
  const { header, readings, rest } = walk(slice, path)
  const head = header?.value
  return {
    form: head ? `NVDAOD ${head.major.value}.${head.minor.value}.${head.patch.value}` : 'TLV',
    entries: readings.map(({ value }) => ({
      id: value.type.value,
      valueType: 'valueType' in value ? (value.valueType as Located<number>).value : undefined,
      data: value.data,
    })),
    rest,
  }
}

/** The entries as a tree that tiles them. */
export function opaqueNode(node: FieldNode, slice: Slice): FieldNode {
  const { header, readings, rest } = walk(slice, node.path)
  const children: FieldNode[] = header ? [header.node] : []
  for (const { reading, value } of readings) {
    const id = value.type.value
    const symbol = spoken(id, value.data.value)
    children.push({
      ...reading.node,
      label: OPAQUE_NAMES[id] ?? `0x${id.toString(16)}`,
      children: reading.node.children.map((child) =>
        child.path.endsWith('.data') && symbol !== '' ? { ...child, symbol } : child,
      ),
    })
  }
  if (rest.start < rest.end)
    children.push(
      gapNode(`${node.path}.rest`, 'rest', rest, [
        { because: say('nvidia.opaque-rest', { count: rest.end - rest.start }), range: rangeOf(rest) },
      ]),
    )
  return children.length === 0
    ? node
    : {
        path: node.path,
        label: node.label,
        kind: 'struct',
        ranges: node.ranges,
        value: { kind: 'none' },
        children,
        problems: node.problems,
        ...(node.doc === undefined ? {} : { doc: node.doc }),
      }
}

/** The value of an entry as people read it; '' where bytes say it best. */
export function spoken(id: number, value: Uint8Array): string {
  switch (id) {
    case OPAQUE.driver:
    case OPAQUE.chipSku:
    case 16:
    case OPAQUE.project:
    case OPAQUE.projectSku:
    case 19:
    case OPAQUE.chip:
      return textOf(value)
    case OPAQUE.vbios:
      return versionOf(value)
    case OPAQUE.nvdec0:
    case OPAQUE.protectedPcie:
      return ON_OFF[value[0] as keyof typeof ON_OFF] ?? ''
    case OPAQUE.feature:
      return FEATURES[numberOf(value) as keyof typeof FEATURES] ?? ''
    default:
      return ''
  }
}

/** ASCII up to the first NUL, without anything that does not print. */
export function textOf(value: Uint8Array): string {
  const end = value.indexOf(0)
  const own = end < 0 ? value : value.subarray(0, end)
  return String.fromCharCode(...own.subarray(0, 256).filter((byte) => byte >= 0x20 && byte < 0x7f)).trim()
}

/** A little-endian number of up to four bytes. */
export function numberOf(value: Uint8Array): number {
  return value.subarray(0, 4).reduce((sum, byte, index) => sum + byte * 2 ** (8 * index), 0)
}

/** A VBIOS version: of a GPU eight bytes (reversed: bytes 4 to 7, then byte 3), of a switch ASCII. */
export function versionOf(value: Uint8Array): string {
  if (value.length !== 8) return textOf(value)
  const reversed = value.toReversed()
  return [...reversed.subarray(4, 8), reversed[3] ?? 0]
    .map((byte) => byte.toString(16).padStart(2, '0').toUpperCase())
    .join('.')
}

/** Eight-byte identities in a list, zeros left out. */
export function pdisOf(value: Uint8Array, count: number, isReversed: boolean): string[] {
  const found: string[] = []
  for (let at = 0; at + 8 <= value.length && at < 8 * count; at += 8) {
    const one = value.slice(at, at + 8)
    if (one.some((byte) => byte !== 0)) found.push(toHex(isReversed ? one.toReversed() : one))
  }
  return found
}

/** The first entry with that id. */
export function entryOf(opaque: Opaque, id: number): OpaqueEntry | undefined {
  return opaque.entries.find((entry) => entry.id === id)
}

/** The bytes of the first entry with that id. */
export function valueOf(opaque: Opaque, id: number): Uint8Array | undefined {
  const entry = entryOf(opaque, id)
  return entry && bytesOf(entry.data.slice)
}
