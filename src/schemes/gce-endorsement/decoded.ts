import { bytesOf, rangeOf, type Located, type Slice } from '../../core/place.ts'
import type { StatedGroup, StatedValue } from '../../core/statement.ts'
import { toHex } from '../../bytes/layout.ts'
import { protobufFields, type ProtobufField } from '../../envelope/protobuf.ts'

/** `VMLaunchEndorsement` and the `VMGoldenMeasurement` inside it (google/gce-tcb-verifier, proto/endorsement.proto). */
export interface Endorsement {
  readonly slice: Slice
  /** What is signed: the measurement's bytes as they stand. */
  readonly golden: Slice | undefined
  readonly signature: Slice | undefined
  readonly certificate: Slice | undefined
  /** PEM. */
  readonly bundle: Slice | undefined
  /** SHA-384 of the firmware. */
  readonly firmware: Located<Uint8Array> | undefined
  readonly groups: readonly StatedGroup[]
  readonly claims: readonly { readonly name: string; readonly value: string }[]
  /** The message was read to its end. */
  readonly isWhole: boolean
}

/** Most machine sizes of one endorsement. */
const MOST = 1000

const bytesAt = (fields: readonly ProtobufField[], number: number) =>
  fields.find((field) => field.number === number && field.value === undefined)?.content
const numberAt = (fields: readonly ProtobufField[], number: number) =>
  fields.find((field) => field.number === number && field.value !== undefined)?.value

const located = (slice: Slice, path: string): Located<Uint8Array> => ({
  path,
  ranges: [rangeOf(slice)],
  value: bytesOf(slice),
})

function group(name: string, register: string, value: Slice | undefined, path: string): StatedGroup[] {
  if (!value || value.end - value.start !== 48) return []
  const stated: StatedValue = { register, values: [located(value, path)] }
  return [{ name, values: [stated] }]
}

/** One value for each number of processors. */
function snpGroups(message: Slice): StatedGroup[] {
  const { fields } = protobufFields(message)
  return fields
    .filter(({ number, value }) => number === 2 && value === undefined)
    .slice(0, MOST)
    .flatMap(({ content }) => {
      const entry = protobufFields(content).fields
      return group(`SEV-SNP, ${numberAt(entry, 1) ?? 0} vCPU`, 'MEASUREMENT', bytesAt(entry, 2), 'sevSnp')
    })
}

/** One value for each size of memory, and way of taking it. */
function tdxGroups(message: Slice): StatedGroup[] {
  const { fields } = protobufFields(message)
  return fields
    .filter(({ number, value }) => number === 2 && value === undefined)
    .slice(0, MOST)
    .flatMap(({ content }) => {
      const entry = protobufFields(content).fields
      const early = numberAt(entry, 2) === 1 ? ', early accept' : ''
      return group(`TDX, ${numberAt(entry, 1) ?? 0} GiB${early}`, 'MRTD', bytesAt(entry, 3), 'tdx')
    })
}

/** Reads it as far as it goes; never throws. */
export function readEndorsement(slice: Slice): Endorsement {
  const outer = protobufFields(slice)
  const golden = bytesAt(outer.fields, 1)
  const inside = golden ? protobufFields(golden) : undefined
  const fields = inside?.fields ?? []
  const [commit, firmware, snp, tdx] = [3, 5, 7, 8].map((number) => bytesAt(fields, number))
  const spec = numberAt(fields, 2)
  const policy = snp && numberAt(protobufFields(snp).fields, 5)
  return {
    slice,
    golden,
    signature: bytesAt(outer.fields, 2),
    certificate: bytesAt(fields, 4),
    bundle: bytesAt(fields, 6),
    firmware: firmware && located(firmware, 'golden.digest'),
    groups: [...(snp ? snpGroups(snp) : []), ...(tdx ? tdxGroups(tdx) : [])],
    claims: [
      ...(spec === undefined ? [] : [{ name: 'cl_spec', value: String(spec) }]),
      ...(commit ? [{ name: 'commit', value: toHex(bytesOf(commit)) }] : []),
      ...(policy === undefined ? [] : [{ name: 'sev_snp.policy', value: `0x${policy.toString(16)}` }]),
    ],
    isWhole: outer.end === slice.end && inside !== undefined && inside.end === golden?.end,
  }
}
