import type { HashLabel } from '../../core/derived.ts'
import { bytesOf, type Slice } from '../../core/place.ts'
import { parseJson, member, textOf, type JsonValue } from '../../bytes/json.ts'
import { fromHex } from '../../bytes/layout.ts'
import { joinBytes } from '../../bytes/join.ts'
import { hashLater, HASH_SIZES } from '../../crypto/hash.ts'
import { rsaSpki } from '../../crypto/keys.ts'
import { verifySignature } from '../../crypto/verify.ts'
import type { Computed, ComputedGroup, ComputedValue } from './computed.ts'
import { eifPcr, eifPcrs, readEif, SIGNATURE } from './eif.ts'
import { eifSignature } from './eif-signature.ts'
import { snpFirmware, tdvfSections } from './firmware.ts'
import { FORMATS } from './formats.ts'
import { mrtd } from './mrtd.ts'
import { authenticode, PHASES, readPe, ukiPcr11 } from './pe.ts'
import { sigstruct } from './sigstruct.ts'
import { beforeProcessors, withProcessors, type Booted, type SnpFirmware } from './snp.ts'
import { PROCESSORS, signatureOf, type Vmm } from './vmsa.ts'

const NOTHING: Computed = { groups: [], files: [], state: 'cut' }
const BANKS: readonly HashLabel[] = ['sha1', 'sha256', 'sha384']

/** Values that follow from one file alone. */
export async function computed(format: string, slice: Slice): Promise<Computed> {
  switch (format) {
    case FORMATS.eif:
      return ofEif(slice)
    case FORMATS.firmware:
      return ofFirmware(slice)
    case FORMATS.pe:
    case FORMATS.uki:
      return ofProgram(slice)
    case FORMATS.sigstruct:
      return ofSigstruct(slice)
    case FORMATS.compose:
      return ofCompose(slice)
    case FORMATS.snpInputs:
      return ofInputs(slice)
    default:
      return NOTHING
  }
}

async function ofEif(slice: Slice): Promise<Computed> {
  const eif = readEif(slice)
  if (!eif) return NOTHING
  const values = (await eifPcrs(eif)).map(([register, value]): ComputedValue => ({ register, hash: 'sha384', value }))
  const hex = (crc: number) => crc.toString(16).padStart(8, '0')
  const section = eif.sections.find(({ type }) => type === SIGNATURE)
  const signature = section && (await eifSignature(section.content, values[0]?.value ?? new Uint8Array()))
  // The hypervisor measures the certificate; whether it signed this image is asked apart.
  const pcr8 = signature
    ? [{ register: 'PCR8', hash: 'sha384' as const, value: await eifPcr(signature.certificate) }]
    : []
  const isSigned = signature === undefined || signature.result === 'valid'
  const state = !eif.isWhole
    ? 'cut'
    : eif.crc !== eif.statedCrc
      ? 'checksum'
      : isSigned
        ? 'whole'
        : signature.result === 'unsupported'
          ? 'unsupported'
          : 'signature'
  return {
    groups: eif.isWhole ? [{ name: '', values: [...values, ...pcr8] }] : [],
    files: [],
    state,
    ...(state === 'checksum' ? { found: hex(eif.crc), expected: hex(eif.statedCrc) } : {}),
  }
}

async function ofFirmware(slice: Slice): Promise<Computed> {
  const parts = tdvfSections(slice)
  const found = snpFirmware(slice)
  const snp = found && hasFewPages(found) ? found : undefined
  const groups: ComputedGroup[] = []
  if (parts)
    for (const passes of [1, 2] as const) {
      const value = await mrtd(slice, parts, passes)
      if (value)
        groups.push({
          name: passes === 1 ? 'MRTD, one pass (QEMU ≥ 9.0)' : 'MRTD, two passes (QEMU 8)',
          values: [{ register: 'MRTD', hash: 'sha384', value }],
        })
    }
  if (snp) {
    groups.push({ name: 'OVMF', values: [{ register: 'OVMF', hash: 'sha384', value: snp.own }] })
    groups.push(...(await snpGroups(snp, [undefined, await emptyBoot()], [], 1)))
  }
  return { groups, files: [], state: groups.length > 0 ? 'whole' : 'cut' }
}

/** Kernel, initrd and command line that are there and empty. */
export async function emptyBoot(): Promise<Booted> {
  return bootedOf(new Uint8Array(), new Uint8Array(), new Uint8Array())
}

/** The hashes of what is booted; the command line’s NUL is added. */
export async function bootedOf(kernel: Uint8Array, initrd: Uint8Array, cmdline: Uint8Array): Promise<Booted> {
  return {
    kernel: await hashLater('sha256', kernel),
    initrd: await hashLater('sha256', initrd),
    cmdline: await hashLater('sha256', joinBytes([cmdline, new Uint8Array(1)])),
  }
}

const VMMS: readonly Vmm[] = ['QEMU', 'EC2', 'EC2, older', 'GCE']
/** SNP active; the same with the restricted injection that newer hosts set. */
const FEATURES: readonly number[] = [0x1, 0x21]

/** One group for each way of starting; of all counts of processors only those that `targets` hold, and the first. */
export async function snpGroups(
  firmware: SnpFirmware,
  boots: readonly (Booted | undefined)[],
  targets: readonly Uint8Array[],
  most: number,
): Promise<readonly ComputedGroup[]> {
  const found: ComputedGroup[] = []
  for (const booted of boots)
    for (const vmm of VMMS) {
      const before = beforeProcessors(firmware, booted, vmm)
      for (const { name, signature } of vmm === 'QEMU' ? PROCESSORS : [{ name: '', signature: 0 }])
        for (const features of FEATURES) {
          const values = withProcessors(before, firmware, { vmm, signature, features }, most)
          const kind = [vmm, name, `0x${features.toString(16)}`, booted ? 'kernel' : ''].filter((word) => word !== '')
          for (const [i, value] of values.entries())
            if (i === 0 || targets.some((target) => sameAs(target, value)))
              found.push({
                name: `${kind.join(', ')}, ${i + 1} vCPU`,
                values: [{ register: 'MEASUREMENT', hash: 'sha384', value }],
              })
        }
    }
  return found
}

const sameAs = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i])

async function ofProgram(slice: Slice): Promise<Computed> {
  const pe = readPe(slice)
  if (!pe) return NOTHING
  const files = []
  for (const hash of BANKS) files.push({ name: 'Authenticode', hash, value: await authenticode(pe, hash) })
  if (!pe.isUki) return { groups: [], files, state: 'whole' }
  const groups: ComputedGroup[] = []
  for (const hash of BANKS) {
    let value = await ukiPcr11(pe, hash, HASH_SIZES[hash])
    if (!value) continue
    groups.push({ name: `PCR11, ${hash}`, values: [{ register: 'PCR11', hash, value }] })
    for (const [i, phase] of PHASES.entries()) {
      const digest = await hashLater(hash, new TextEncoder().encode(phase))
      value = await hashLater(hash, joinBytes([value, digest]))
      const path = PHASES.slice(0, i + 1).join(':')
      groups.push({ name: `PCR11, ${hash}, ${path}`, values: [{ register: 'PCR11', hash, value }] })
    }
  }
  return { groups, files, state: 'whole' }
}

async function ofSigstruct(slice: Slice): Promise<Computed> {
  const read = sigstruct.read(slice, '').value
  if (!read) return NOTHING
  const { bytes, start } = slice
  const signed = joinBytes([
    bytes.subarray(start, read.modulus.slice.start),
    bytes.subarray(read.miscSelect.ranges[0]?.start ?? start, read.reserved4.ranges[0]?.start ?? start),
  ])
  const modulus = read.modulus.value
  const { result } = await verifySignature(
    { kind: 'rsa-pkcs1', hash: 'SHA-256' },
    rsaSpki(modulus.toReversed(), Uint8Array.of(3)),
    signed,
    read.signature.value.toReversed(),
  )
  const values: ComputedValue[] = [
    { register: 'MRENCLAVE', hash: 'sha256', value: read.enclaveHash.value },
    { register: 'MRSIGNER', hash: 'sha256', value: await hashLater('sha256', modulus) },
  ]
  const state = result === 'valid' ? 'whole' : result === 'invalid' ? 'signature' : 'unsupported'
  return { groups: [{ name: '', values }], files: [], state }
}

/** compose-hash is the hash of the text as it stands. */
async function ofCompose(slice: Slice): Promise<Computed> {
  const hash = await hashLater('sha256', bytesOf(slice))
  const config = new Uint8Array(48)
  config.set([1])
  config.set(hash, 1)
  return {
    groups: [
      {
        name: '',
        values: [
          { register: 'compose-hash', hash: 'sha256', value: hash },
          { register: 'app-id', hash: 'sha256', value: hash.slice(0, 20), isRemark: true },
        ],
      },
      { name: 'MRCONFIGID', values: [{ register: 'MRCONFIGID', hash: 'sha256', value: config }] },
    ],
    files: [],
    state: 'whole',
  }
}

const numberIn = (value: JsonValue | undefined): number | undefined => {
  const number = value?.kind === 'number' ? Number(value.text) : undefined
  return number !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}
const MOST_PROCESSORS = 512

/** dstack's own inputs for SEV-SNP: digests instead of files. */
async function ofInputs(slice: Slice): Promise<Computed> {
  const { value } = parseJson(slice)
  const list = member(value, 'ovmf_sections')
  const own = fromHex(textOf(member(value, 'ovmf_hash')) ?? '-')
  const kernel = fromHex(textOf(member(value, 'kernel_hash')) ?? '-')
  const initrd = fromHex(textOf(member(value, 'initrd_hash')) ?? '-')
  const line = textOf(member(value, 'base_cmdline'))
  const count = numberIn(member(value, 'vcpus'))
  const signature = signatureOf(textOf(member(value, 'vcpu_type')) ?? '')
  const features = numberIn(member(value, 'guest_features'))
  const entry = numberIn(member(value, 'sev_es_reset_eip'))
  const hashesAt = numberIn(member(value, 'sev_hashes_table_gpa'))
  if (list?.kind !== 'array' || own?.length !== 48 || kernel?.length !== 32 || initrd?.length !== 32) return NOTHING
  if (line === undefined || signature === undefined || features === undefined || entry === undefined) return NOTHING
  if (count === undefined || count < 1 || count > MOST_PROCESSORS || list.items.length > 64) return NOTHING
  const firmware: SnpFirmware = {
    own,
    hashesAt,
    entry,
    sections: list.items.map((item) => ({
      address: numberIn(member(item, 'gpa')) ?? 0,
      size: numberIn(member(item, 'size')) ?? 0,
      type: numberIn(member(item, 'section_type')) ?? 0,
    })),
  }
  if (!hasFewPages(firmware)) return NOTHING
  const cmdline = await hashLater('sha256', new TextEncoder().encode(`${line}\0`))
  const before = beforeProcessors(firmware, { kernel, initrd, cmdline }, 'QEMU')
  const digest = withProcessors(before, firmware, { vmm: 'QEMU', signature, features }, count).at(-1)
  return digest
    ? {
        groups: [{ name: '', values: [{ register: 'MEASUREMENT', hash: 'sha384', value: digest }] }],
        files: [],
        state: 'whole',
      }
    : NOTHING
}

const PAGE = 4096
/** Most pages that sections may ask for: real firmware asks for a few hundred. */
const MOST_PAGES = 16_384

/** False where sections claim more than any firmware does. */
export function hasFewPages({ sections }: SnpFirmware): boolean {
  return sections.reduce((sum, { size }) => sum + size / PAGE, 0) <= MOST_PAGES
}
