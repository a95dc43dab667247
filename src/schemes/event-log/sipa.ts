import type { FieldNode } from '../../core/field.ts'
import { rangeOf, type Slice } from '../../core/place.ts'
import { gapNode } from '../../bytes/layout.ts'
import { Cursor } from './cursor.ts'

/** What Windows' loader measures: records in records, as wbcl.h of the Windows SDK numbers them. */

/** Records inside records. */
const AGGREGATION = 0x40000000
/** Deepest nesting that is read: a hostile log could nest in every eight bytes. */
const DEEPEST = 8
const MOST = 4096

const NAMES: Readonly<Record<number, string>> = {
  0x40010001: 'TRUSTBOUNDARY',
  0x40010002: 'ELAM_AGGREGATION',
  0x40010003: 'LOADEDMODULE_AGGREGATION',
  0xc0010004: 'TRUSTPOINT_AGGREGATION',
  0x40010005: 'KSR_AGGREGATION',
  0x40010006: 'KSR_SIGNED_MEASUREMENT_AGGREGATION',
  0x00020001: 'INFORMATION',
  0x00020002: 'BOOTCOUNTER',
  0x00020003: 'TRANSFER_CONTROL',
  0x00020004: 'APPLICATION_RETURN',
  0x00020005: 'BITLOCKER_UNLOCK',
  0x00020006: 'EVENTCOUNTER',
  0x00020007: 'COUNTERID',
  0x00020008: 'MORBIT_NOT_CANCELABLE',
  0x00020009: 'APPLICATION_SVN',
  0x0002000a: 'SVN_CHAIN_STATUS',
  0x0002000b: 'MORBIT_API_STATUS',
  0x00040001: 'BOOTDEBUGGING',
  0x00040002: 'BOOT_REVOCATION_LIST',
  0x00050001: 'OSKERNELDEBUG',
  0x00050002: 'CODEINTEGRITY',
  0x00050003: 'TESTSIGNING',
  0x00050004: 'DATAEXECUTIONPREVENTION',
  0x00050005: 'SAFEMODE',
  0x00050006: 'WINPE',
  0x00050007: 'PHYSICALADDRESSEXTENSION',
  0x00050008: 'OSDEVICE',
  0x00050009: 'SYSTEMROOT',
  0x0005000a: 'HYPERVISOR_LAUNCH_TYPE',
  0x0005000b: 'HYPERVISOR_PATH',
  0x0005000c: 'HYPERVISOR_IOMMU_POLICY',
  0x0005000d: 'HYPERVISOR_DEBUG',
  0x0005000e: 'DRIVER_LOAD_POLICY',
  0x0005000f: 'SI_POLICY',
  0x00050010: 'HYPERVISOR_MMIO_NX_POLICY',
  0x00050011: 'HYPERVISOR_MSR_FILTER_POLICY',
  0x00050012: 'VSM_LAUNCH_TYPE',
  0x00050013: 'OS_REVOCATION_LIST',
  0x00050014: 'SMT_STATUS',
  0x00050020: 'VSM_IDK_INFO',
  0x00050021: 'FLIGHTSIGNING',
  0x00050022: 'PAGEFILE_ENCRYPTION_ENABLED',
  0x00050023: 'VSM_IDKS_INFO',
  0x00050024: 'HIBERNATION_DISABLED',
  0x00050025: 'DUMPS_DISABLED',
  0x00050026: 'DUMP_ENCRYPTION_ENABLED',
  0x00050027: 'DUMP_ENCRYPTION_KEY_DIGEST',
  0x00050028: 'LSAISO_CONFIG',
  0x00060001: 'NOAUTHORITY',
  0x00060002: 'AUTHORITYPUBKEY',
  0x00070001: 'FILEPATH',
  0x00070002: 'IMAGESIZE',
  0x00070003: 'HASHALGORITHMID',
  0x00070004: 'AUTHENTICODEHASH',
  0x00070005: 'AUTHORITYISSUER',
  0x00070006: 'AUTHORITYSERIAL',
  0x00070007: 'IMAGEBASE',
  0x00070008: 'AUTHORITYPUBLISHER',
  0x00070009: 'AUTHORITYSHA1THUMBPRINT',
  0x0007000a: 'IMAGEVALIDATED',
  0x0007000b: 'MODULE_SVN',
  0x80080001: 'QUOTE',
  0x80080002: 'QUOTESIGNATURE',
  0x80080003: 'AIKID',
  0x80080004: 'AIKPUBDIGEST',
  0x00090001: 'ELAM_KEYNAME',
  0x00090002: 'ELAM_CONFIGURATION',
  0x00090003: 'ELAM_POLICY',
  0x00090004: 'ELAM_MEASURED',
  0x000a0001: 'VBS_VSM_REQUIRED',
  0x000a0002: 'VBS_SECUREBOOT_REQUIRED',
  0x000a0003: 'VBS_IOMMU_REQUIRED',
  0x000a0004: 'VBS_MMIO_NX_REQUIRED',
  0x000a0005: 'VBS_MSR_FILTERING_REQUIRED',
  0x000a0006: 'VBS_MANDATORY_ENFORCEMENT',
  0x000a0007: 'VBS_HVCI_POLICY',
  0x000a0008: 'VBS_MICROSOFT_BOOT_CHAIN_REQUIRED',
}
/** Values that are UTF-16. */
const WIDE: readonly number[] = [0x00050009, 0x0005000b, 0x00070001, 0x00070005, 0x00070008, 0x00090001, 0x80080003]

interface Sipa {
  readonly id: number
  readonly start: number
  readonly from: number
  readonly end: number
  readonly inside: readonly Sipa[] | undefined
}

/** Records that fill the bytes exactly; undefined otherwise. `left` counts down over the whole log of records. */
function recordsIn(slice: Slice, depth: number, left: { count: number }): readonly Sipa[] | undefined {
  const found: Sipa[] = []
  for (let at = slice.start; at < slice.end;) {
    const cursor = new Cursor(slice, at)
    const [id, size] = [cursor.le(4), cursor.le(4)]
    const from = cursor.at
    cursor.skip(size)
    if (cursor.short || left.count-- <= 0) return undefined
    const isOpen = Math.floor(id / AGGREGATION) % 2 === 1 && depth < DEEPEST
    const inside = isOpen ? recordsIn({ ...slice, start: from, end: cursor.at }, depth + 1, left) : undefined
    found.push({ id, start: at, from, end: cursor.at, inside })
    at = cursor.at
  }
  return found
}

/** Undefined where the bytes are something else: the first record must be one that is known. */
function sipaIn(slice: Slice): readonly Sipa[] | undefined {
  const first = new Cursor(slice).le(4)
  return slice.end - slice.start >= 8 && NAMES[first] !== undefined ? recordsIn(slice, 0, { count: MOST }) : undefined
}

const nameOf = (id: number): string => NAMES[id] ?? `0x${id.toString(16).padStart(8, '0')}`
const UTF16 = new TextDecoder('utf-16le')

function textOf({ bytes }: Slice, { id, from, end }: Sipa): string {
  const value = bytes.subarray(from, end)
  if (WIDE.includes(id)) return UTF16.decode(value.subarray(0, 1024)).replace(/\0.*$/s, '')
  if (value.length <= 8) {
    let number = 0n
    for (const byte of value.toReversed()) number = number * 256n + BigInt(byte)
    return String(number)
  }
  return (
    [...value.subarray(0, 24)].map((byte) => byte.toString(16).padStart(2, '0')).join('') +
    (value.length > 24 ? '…' : '')
  )
}

/** In one line: `BOOTDEBUGGING 0, FILEPATH \Windows\…`. Undefined for other bytes. */
export function sipaWords(slice: Slice): string | undefined {
  const records = sipaIn(slice)
  if (!records) return undefined
  const said: string[] = []
  const queue = [...records]
  for (let next = queue.shift(); next && said.length < 12; next = queue.shift())
    if (next.inside) queue.unshift(...next.inside)
    else said.push(`${nameOf(next.id)} ${textOf(slice, next)}`)
  return said.join(', ')
}

/** The tree; undefined for other bytes. */
export function sipaNode(slice: Slice, path: string): FieldNode | undefined {
  const records = sipaIn(slice)
  return records && listNode(slice, records, path, 'event')
}

function listNode(slice: Slice, records: readonly Sipa[], path: string, label: string): FieldNode {
  return {
    path,
    label,
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children: records.map((one, i) => recordNode(slice, one, `${path}[${i}]`)),
    problems: [],
    doc: 'field.log.sipa',
  }
}

function recordNode(slice: Slice, one: Sipa, path: string): FieldNode {
  const range = (start: number, end: number) => [{ space: slice.space, start, end }]
  const head: FieldNode = {
    path: `${path}.head`,
    label: 'type, size',
    kind: 'leaf',
    ranges: range(one.start, one.from),
    value: { kind: 'text', text: `${nameOf(one.id)}, ${one.end - one.from}` },
    children: [],
    problems: [],
    doc: 'field.log.sipaHead',
  }
  const own: Slice = { ...slice, start: one.from, end: one.end }
  const value: FieldNode[] =
    one.end === one.from
      ? []
      : one.inside
        ? [listNode(own, one.inside, `${path}.inside`, 'inside')]
        : Math.floor(one.id / AGGREGATION) % 2 === 1
          ? [gapNode(`${path}.inside`, 'inside', own, [], 'field.log.sipaDeep')]
          : [
              {
                path: `${path}.value`,
                label: 'value',
                kind: 'leaf',
                ranges: range(one.from, one.end),
                value: { kind: 'text', text: textOf(slice, one) },
                children: [],
                problems: [],
                doc: 'field.log.sipaValue',
              },
            ]
  return {
    path,
    label: nameOf(one.id),
    kind: 'struct',
    ranges: range(one.start, one.end),
    value: { kind: 'none' },
    children: [head, ...value],
    problems: [],
    doc: 'field.log.sipa',
  }
}
