import type { Slice } from '../../core/place.ts'
import { Cursor } from './cursor.ts'
import { guidText } from './variable.ts'

/** A node of a device path: UEFI 2.11 section 10.3. */
export interface PathNode {
  readonly start: number
  readonly end: number
  readonly type: number
  readonly subtype: number
  readonly text: string
}

const MOST_NODES = 64
const UTF16 = new TextDecoder('utf-16le')
const PNP0A03 = 0x0a0341d0
const PNP0A08 = 0x0a0841d0

/** The nodes up to the end mark, or as far as they make sense. */
export function devicePathNodes(slice: Slice): readonly PathNode[] {
  const nodes: PathNode[] = []
  for (let at = slice.start; at + 4 <= slice.end && nodes.length < MOST_NODES;) {
    const cursor = new Cursor(slice, at)
    const [type, subtype, length] = [cursor.le(1), cursor.le(1), cursor.le(2)]
    if (length < 4 || at + length > slice.end) break
    const end = at + length
    nodes.push({ start: at, end, type, subtype, text: nodeText({ ...slice, start: at + 4, end }, type, subtype) })
    at = end
    if (type === 0x7f && subtype === 0xff) break
  }
  return nodes
}

/** `PciRoot(0)/Pci(4,0)/…/\EFI\BOOT\BOOTX64.EFI`. */
export function devicePathText(slice: Slice): string {
  return devicePathNodes(slice)
    .flatMap(({ text }) => (text === '' ? [] : [text]))
    .join('/')
}

function nodeText(body: Slice, type: number, subtype: number): string {
  const cursor = new Cursor(body)
  const bytes = body.bytes.subarray(body.start, body.end)
  switch (type * 256 + subtype) {
    case 0x0101: {
      const [fn, device] = [cursor.le(1), cursor.le(1)]
      return `Pci(${device},${fn})`
    }
    case 0x0104:
      return `VenHw(${guidText(bytes)})`
    case 0x0201: {
      const [hid, uid] = [cursor.le(4), cursor.le(4)]
      return hid === PNP0A03 || hid === PNP0A08 ? `PciRoot(${uid})` : `Acpi(0x${hid.toString(16)},${uid})`
    }
    case 0x0302: {
      const [target, unit] = [cursor.le(2), cursor.le(2)]
      return `Scsi(${target},${unit})`
    }
    case 0x0305: {
      const [port, iface] = [cursor.le(1), cursor.le(1)]
      return `USB(${port},${iface})`
    }
    case 0x030a:
      return `VenMsg(${guidText(bytes)})`
    case 0x030b:
      return `MAC(${[...bytes.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join('')})`
    case 0x030c:
      return 'IPv4'
    case 0x030d:
      return 'IPv6'
    case 0x0312: {
      const [port, multiplier, unit] = [cursor.le(2), cursor.le(2), cursor.le(2)]
      return `Sata(${port},${multiplier},${unit})`
    }
    case 0x0317:
      return `NVMe(${cursor.le(4)})`
    case 0x0318:
      return `Uri(${new TextDecoder('latin1').decode(bytes)})`
    case 0x0401: {
      const partition = cursor.le(4)
      cursor.skip(16)
      const signature = cursor.take(16)
      return `HD(${partition},${guidText(signature)})`
    }
    case 0x0403:
      return `VenMedia(${guidText(bytes)})`
    case 0x0404:
      return UTF16.decode(bytes).replace(/\0.*$/s, '')
    case 0x0406:
      return `FvFile(${guidText(bytes)})`
    case 0x0407:
      return `Fv(${guidText(bytes)})`
    case 0x0408:
      return 'Offset'
    default:
      return type === 0x7f ? '' : `Path(${type},${subtype})`
  }
}
