import type { Slice } from '../core/place.ts'
import { say } from '../core/saying.ts'
import { parseJson } from '../bytes/json.ts'
import { hexOffset } from '../bytes/layout.ts'
import { STRONG, type Branch, type Opened, type Work } from './types.ts'

/** Bytes that mark a known structure, and how far behind its start they stand. */
interface Magic {
  readonly bytes: readonly number[]
  readonly behind: number
  /** What else must stand there, asked before the place counts as a hit. */
  readonly holds?: (within: Uint8Array, start: number) => boolean
}

const MAGICS: readonly Magic[] = [
  // Vendor id of Intel's quoting enclave, in the header of SGX and TDX quotes.
  {
    bytes: [0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9, 0x94, 0x0a, 0x0d, 0xb3, 0x95, 0x7f, 0x06, 0x07],
    behind: 12,
  },
  // `HCLA`: report of Azure's paravisor.
  { bytes: [0x48, 0x43, 0x4c, 0x41], behind: 0 },
  // TPM_GENERATED_VALUE: what a TPM signs.
  { bytes: [0xff, 0x54, 0x43, 0x47], behind: 0 },
  // COSE_Sign1 with ES384 alone in its protected header, with and without its tag: Nitro documents.
  { bytes: [0xd2, 0x84, 0x44, 0xa1, 0x01, 0x38, 0x22], behind: 0 },
  { bytes: [0x84, 0x44, 0xa1, 0x01, 0x38, 0x22], behind: 0 },
]
/** AMD's reports have no mark: SIGNATURE_ALGO is 1, VERSION a small number, and POLICY has its bit 17 and nothing above bit 25. */
const SNP_REPORT: Magic = {
  bytes: [1, 0, 0, 0],
  behind: 0x34,
  holds: (within, start) =>
    start >= 0 &&
    within.length - start >= 0x4a0 &&
    (within[start] ?? 0) >= 1 &&
    (within[start] ?? 0) <= 6 &&
    [1, 2, 3, 0x0c, 0x0d, 0x0e, 0x0f].every((at) => within[start + at] === 0) &&
    ((within[start + 0x0a] ?? 0) & 2) === 2,
}
/** `-----BEGIN `: evidence carries its certificates as PEM too, so PEM alone counts only where nothing else does. */
const PEM = { bytes: [0x2d, 0x2d, 0x2d, 0x2d, 0x2d, 0x42, 0x45, 0x47, 0x49, 0x4e, 0x20], behind: 0 } as const
/** Intel's signed JSON as a library keeps it beside a quote, between lengths. Where it stands, the certificates and lists in PEM around it belong to it. */
const SIGNED_JSON: readonly Magic[] = ['{"tcbInfo":{', '{"enclaveIdentity":{'].map((text) => ({
  bytes: Array.from(text, (character) => character.charCodeAt(0)),
  behind: 0,
}))
/** No signed text is longer; where it ends is looked for so far, so that many beginnings before much else cost little. */
const LONGEST_SIGNED = 256 * 1024
/** Length of the head before the report of Azure's paravisor. */
const HCL_HEAD = 32
/** Most places that are asked about. */
const HITS = 32

/** Known structures in the middle of bytes that are not known: offered with their offset. */
export function openMagics(slice: Slice, work: Work): Opened | undefined {
  const marked = placesOf(slice, MAGICS)
  // The report in Azure's belongs to that, and stands behind its head.
  const reports = placesOf(slice, [SNP_REPORT]).filter((start) => !marked.includes(start - HCL_HEAD))
  const structures = branchesAt(
    slice,
    work,
    [...marked, ...reports].sort((a, b) => a - b),
  )
  const signed = branchesAt(slice, work, placesOf(slice, SIGNED_JSON), wholeText)
  const pem =
    structures.length > 0 && signed.length === 0 ? [] : branchesAt(slice, work, placesOf(slice, [PEM]).slice(0, 1))
  // What stands before the first is not explained by it; what stands before the others may be.
  const [first] = [...structures, ...signed, ...pem].sort((a, b) => a.slice.start - b.slice.start)
  const branches = [...structures, ...signed, ...pem].map((one) => (one === first ? one : { ...one, problems: [] }))
  return branches.length === 0 ? undefined : { branches, isContainer: true, problems: [] }
}

/** Offsets behind the slice's start at which a structure may begin, in order. */
function placesOf(slice: Slice, magics: readonly Magic[]): number[] {
  const within = slice.bytes.subarray(slice.start, slice.end)
  const places = new Set<number>()
  for (const { bytes, behind, holds } of magics) {
    const first = bytes[0] ?? 0
    let hits = 0
    for (let at = within.indexOf(first); at >= 0 && hits < HITS; at = within.indexOf(first, at + 1)) {
      if (!bytes.every((byte, i) => within[at + i] === byte)) continue
      const start = at - behind
      if (holds && !holds(within, start)) continue
      hits++
      // What begins where the slice does was asked about already; a tag before a structure belongs to it.
      if (start > 0 && !places.has(start - 1)) places.add(start)
    }
  }
  return [...places].sort((a, b) => a - b)
}

// A text ends where its value does, and one that ends nowhere is none. A structure of bytes says by itself how long it is.
function wholeText(own: Slice): Slice | undefined {
  const { value, end } = parseJson({ ...own, end: Math.min(own.end, own.start + LONGEST_SIGNED) })
  return value && { ...own, end }
}

function branchesAt(
  slice: Slice,
  work: Work,
  places: readonly number[],
  bounded?: (own: Slice) => Slice | undefined,
): Branch[] {
  let behind = slice.start
  return places.flatMap((start): Branch[] => {
    const from: Slice = { ...slice, start: slice.start + start }
    // What lies inside a text that was found belongs to it.
    const own = bounded ? (from.start < behind ? undefined : bounded(from)) : from
    if (!own) return []
    if (bounded) behind = own.end
    if ((work.detect(own)[0]?.score ?? 0) < STRONG) return []
    const at = hexOffset(own.start)
    return [
      {
        via: `bytes from ${at}`,
        because: say('unwrap.layer.found-inside', { at }),
        slice: own,
        spaces: [],
        problems: [
          {
            because: say('unwrap.found-inside', { at, count: start }),
            range: { space: slice.space, start: slice.start, end: own.start },
          },
        ],
        name: at,
        isOpenEnded: true,
      },
    ]
  })
}
