import { joinBytes } from '../../bytes/join.ts'
import { hashNow } from '../../crypto/hash.ts'
import { vmsaPage, type Vmm } from './vmsa.ts'

/** The launch digest of SEV-SNP: "SEV Secure Nested Paging Firmware ABI Specification" 8.17.2; order of pages as virtee/sev-snp-measure@8f2b337 has it. */

const PAGE = 4096
/** Kinds of pages. */
const NORMAL = 1
const VMSA = 2
const ZERO = 3
const UNMEASURED = 4
const SECRETS = 5
const CPUID = 6
const VMSA_ADDRESS = 0xfffffffff000
const FOUR_GIB = 0x1_0000_0000
const NOTHING = new Uint8Array(48)
/** Largest part that a section may claim: more is a lie. */
const LARGEST = 64 * 1024 * 1024

/** What firmware asks for. Types: 1 memory, 2 secrets, 3 CPUID, 4 calling area of an SVSM, 16 page of kernel hashes. */
export interface Section {
  readonly address: number
  readonly size: number
  readonly type: number
}

/** Everything of a firmware that the digest depends on. */
export interface SnpFirmware {
  /** The digest over the firmware's own pages. */
  readonly own: Uint8Array
  readonly sections: readonly Section[]
  /** Where the hashes of kernel, initrd and command line go; undefined where the firmware takes none. */
  readonly hashesAt: number | undefined
  /** Where further processors start. */
  readonly entry: number
}

/** SHA-256 of what is booted directly. */
export interface Booted {
  readonly kernel: Uint8Array
  readonly initrd: Uint8Array
  /** Of the text and its NUL. */
  readonly cmdline: Uint8Array
}

/** PAGE_INFO: digest so far, contents, length, type, permissions, address. */
function extended(digest: Uint8Array, type: number, address: number, contents: Uint8Array): Uint8Array {
  const info = new Uint8Array(112)
  info.set(digest)
  info.set(contents, 48)
  const view = new DataView(info.buffer)
  view.setUint16(96, 112, true)
  view.setUint8(98, type)
  view.setBigUint64(104, BigInt(address), true)
  return hashNow('sha384', info)
}

function withPages(digest: Uint8Array, address: number, bytes: Uint8Array): Uint8Array {
  let value = digest
  for (let at = 0; at < bytes.length; at += PAGE)
    value = extended(value, NORMAL, address + at, hashNow('sha384', bytes.subarray(at, at + PAGE)))
  return value
}

/** The digest over the firmware's pages, which end where the first four gibibytes do. */
export function firmwareDigest(firmware: Uint8Array): Uint8Array {
  return withPages(NOTHING, FOUR_GIB - firmware.length, firmware)
}

const guid = (text: string): Uint8Array => {
  const bytes = [...text.replace(/-/g, '').matchAll(/../g)].map(([pair]) => parseInt(pair, 16))
  return Uint8Array.from([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((i) => bytes[i] ?? 0))
}
const TABLE = guid('9438d606-4f22-4cc9-b479-a793d411fd21')
const CMDLINE = guid('97d02dd8-bd20-4c94-aa78-e7714d36ab2a')
const INITRD = guid('44baf731-3a2f-4bd7-9af1-41e29169781d')
const KERNEL = guid('4de79437-abd2-427f-b835-d5b172d2045b')
const u16 = (value: number) => Uint8Array.from([value, value >>> 8])

/** The page with the table of hashes, as QEMU writes it. */
function hashesPage(booted: Booted, at: number): Uint8Array {
  const entry = (id: Uint8Array, hash: Uint8Array) => joinBytes([id, u16(50), hash])
  const table = joinBytes([
    TABLE,
    u16(168),
    entry(CMDLINE, booted.cmdline),
    entry(INITRD, booted.initrd),
    entry(KERNEL, booted.kernel),
  ])
  const page = new Uint8Array(PAGE)
  page.set(table.subarray(0, PAGE - (at % PAGE)), at % PAGE)
  return page
}

/** The digest before the first processor's page. */
export function beforeProcessors(firmware: SnpFirmware, booted: Booted | undefined, vmm: Vmm): Uint8Array {
  const isEc2 = vmm === 'EC2' || vmm === 'EC2, older'
  let value = firmware.own
  const fill = (type: number, { address, size }: Section) => {
    for (let at = 0; at < Math.min(size, LARGEST); at += PAGE) value = extended(value, type, address + at, NOTHING)
  }
  for (const section of firmware.sections)
    switch (section.type) {
      case 1:
        fill(vmm === 'GCE' ? UNMEASURED : ZERO, section)
        break
      case 2:
        value = extended(value, SECRETS, section.address, NOTHING)
        break
      case 3:
        if (!isEc2) value = extended(value, CPUID, section.address, NOTHING)
        break
      case 16:
        if (booted && firmware.hashesAt !== undefined)
          value = withPages(value, section.address, hashesPage(booted, firmware.hashesAt))
        else fill(ZERO, section)
        break
      default:
        fill(ZERO, section)
    }
  if (isEc2)
    for (const section of firmware.sections)
      if (section.type === 3) value = extended(value, CPUID, section.address, NOTHING)
  return value
}

/** Digests for one processor, two, and so on, up to `most`. */
export function withProcessors(
  before: Uint8Array,
  firmware: SnpFirmware,
  kind: { readonly vmm: Vmm; readonly signature: number; readonly features: number },
  most: number,
): readonly Uint8Array[] {
  const page = (entry: number | undefined) =>
    hashNow('sha384', vmsaPage(kind.vmm, entry, kind.signature, kind.features))
  const values: Uint8Array[] = []
  let value = before
  const further = most > 1 ? page(firmware.entry) : undefined
  for (let i = 0; i < most; i++) {
    value = extended(value, VMSA, VMSA_ADDRESS, i === 0 || !further ? page(undefined) : further)
    values.push(value)
  }
  return values
}
