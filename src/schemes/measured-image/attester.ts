import { joinBytes } from '../../bytes/join.ts'
import { crc32 } from './eif.ts'

/** Makes images as builders do: small ones, whose programs are a few words. */

const text = new TextEncoder()
const be = (value: number, width: 2 | 4 | 8): Uint8Array =>
  Uint8Array.from({ length: width }, (_, i) => {
    const shift = 8 * (width - 1 - i)
    return shift < 32 ? value >>> shift : 0
  })
const le = (value: number, width: 2 | 4 | 8): Uint8Array => be(value, width).reverse()
const HEAD = 548

/** An enclave image; sections of kind and content. */
export function makeEif(sections: readonly (readonly [kind: number, content: Uint8Array])[]): Uint8Array {
  let at = HEAD
  const places = sections.map(([, content]) => {
    const start = at
    at += 12 + content.length
    return { start, size: content.length }
  })
  const table = (pick: (place: { start: number; size: number }) => number) =>
    Array.from({ length: 32 }, (_, i) => be(places[i] ? pick(places[i]) : 0, 8))
  const head = joinBytes([
    text.encode('.eif'),
    be(4, 2),
    be(0, 2),
    be(0x10000000, 8),
    be(2, 8),
    be(0, 2),
    be(sections.length, 2),
    ...table(({ start }) => start),
    ...table(({ size }) => size),
    be(0, 4),
  ])
  const body = joinBytes(sections.flatMap(([kind, content]) => [be(kind, 2), be(0, 2), be(content.length, 8), content]))
  return joinBytes([head, be(crc32([head, body]), 4), body])
}

/** Kernel, command line, two ramdisks, metadata. */
export const EIF_SECTIONS: readonly (readonly [kind: number, content: Uint8Array])[] = [
  [1, text.encode('demonstration kernel')],
  [2, text.encode('reboot=k panic=30 pci=off')],
  [3, text.encode('demonstration ramdisk of the system')],
  [3, text.encode('demonstration ramdisk of the application')],
  [5, text.encode('{}')],
]

const guid = (value: string): Uint8Array => {
  const bytes = [...value.replace(/-/g, '').matchAll(/../g)].map(([pair]) => parseInt(pair, 16))
  return Uint8Array.from([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map((i) => bytes[i] ?? 0))
}

/** A part of firmware for a trust domain. */
export interface TdvfRecipe {
  readonly offset: number
  readonly rawSize: number
  readonly address: number
  readonly size: number
  readonly type: number
  readonly attributes: number
}

/** The table at the end of OVMF: entries of GUID and content, the last one nearest to the footer. */
function withTable(image: Uint8Array, entries: readonly (readonly [id: string, content: Uint8Array])[]): Uint8Array {
  const table = joinBytes(entries.flatMap(([id, content]) => [content, le(content.length + 18, 2), guid(id)]))
  const footer = joinBytes([table, le(table.length + 18, 2), guid('96b582de-1fb2-45f7-baea-a366c55a082d')])
  image.set(footer, image.length - 32 - footer.length)
  return image
}

/** Firmware with a descriptor for TDX; `fill` is what its first bytes say. */
export function makeTdvf(fill: string, parts: readonly TdvfRecipe[]): Uint8Array {
  const image = new Uint8Array(12_288)
  image.set(text.encode(fill))
  const descriptorAt = image.length - 1024
  image.set(
    joinBytes([
      text.encode('TDVF'),
      le(16 + 32 * parts.length, 4),
      le(1, 4),
      le(parts.length, 4),
      ...parts.flatMap((part) => [
        le(part.offset, 4),
        le(part.rawSize, 4),
        le(part.address, 8),
        le(part.size, 8),
        le(part.type, 4),
        le(part.attributes, 4),
      ]),
    ]),
    descriptorAt,
  )
  return withTable(image, [['e47a6535-984a-4798-865e-4685a7bf8ec2', le(image.length - descriptorAt, 4)]])
}

/** Firmware with metadata for SEV-SNP, which takes hashes of kernel, initrd and command line. */
export function makeSnpFirmware(fill: string): Uint8Array {
  const image = new Uint8Array(8192)
  image.set(text.encode(fill))
  const metadataAt = image.length - 1024
  const sections = [
    [0x800000, 0x9000, 1],
    [0x80d000, 0x1000, 2],
    [0x80e000, 0x1000, 3],
    [0x810000, 0x1000, 16],
  ] as const
  image.set(
    joinBytes([
      text.encode('ASEV'),
      le(16 + 12 * sections.length, 4),
      le(1, 4),
      le(sections.length, 4),
      ...sections.flatMap((section) => section.map((value) => le(value, 4))),
    ]),
    metadataAt,
  )
  return withTable(image, [
    ['dc886566-984a-4798-a75e-5585a7bf67cc', le(image.length - metadataAt, 4)],
    ['7255371f-3a3b-4b04-927b-1da6efa8d454', joinBytes([le(0x810c00, 4), le(0x400, 4)])],
    ['00f771de-1a7e-4fcb-890e-68c77e2fb44e', le(0x80b004, 4)],
  ])
}

/** A boot volume that is measured, a store of variables, and memory that is only added. */
export const TDVF_PARTS: readonly TdvfRecipe[] = [
  { offset: 0, rawSize: 8192, address: 0xffffd000, size: 8192, type: 0, attributes: 1 },
  { offset: 8192, rawSize: 4096, address: 0xfffff000, size: 4096, type: 1, attributes: 0 },
  { offset: 0, rawSize: 0, address: 0x809000, size: 8192, type: 2, attributes: 0 },
]

/** An application of dstack. */
export const COMPOSE = JSON.stringify({
  manifest_version: 2,
  name: 'demonstration',
  runner: 'docker-compose',
  docker_compose_file: 'services:\n  app:\n    image: example.com/app@sha256:00\n',
})

/** Every sample by its name. */
export const RECIPES: Readonly<Record<string, () => Uint8Array>> = {
  eif: () => makeEif(EIF_SECTIONS),
  'eif-wrong': () => {
    const image = makeEif(EIF_SECTIONS)
    image[HEAD + 14] = (image[HEAD + 14] ?? 0) ^ 1
    return image
  },
  tdvf: () => makeTdvf('demonstration firmware', TDVF_PARTS),
  'app-compose': () => text.encode(COMPOSE),
}
