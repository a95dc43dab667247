import { bytesOf, type Located, type Slice } from '../../core/place.ts'
import type { StatedGroup, StatedValue } from '../../core/statement.ts'
import { fromHex } from '../../bytes/layout.ts'
import { member, parseJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { base64Text } from '../../envelope/base64.ts'
import { FORMATS } from './formats.ts'

/** What a list says, in the one form of all statements. One group is one entry: values of two entries are never put together. */
export interface ReferenceList {
  readonly slice: Slice
  readonly isJson: boolean
  readonly groups: readonly StatedGroup[]
  /** Milliseconds since 1970, where the list gives it. */
  readonly expires: number | undefined
  readonly about: string
}

const MOST = 2000
type Reader = (root: JsonValue) => {
  readonly groups: readonly StatedGroup[]
  readonly about?: string
  readonly expires?: number | undefined
}

const items = (value: JsonValue | undefined) => (value?.kind === 'array' ? value.items.slice(0, MOST) : [])
const members = (value: JsonValue | undefined) => (value?.kind === 'object' ? value.members.slice(0, MOST) : [])

/** Hex, or base64 of a digest's size. */
function bytesIn(text: string): Uint8Array | undefined {
  const plain = text.replace(/^0x/, '')
  const hex = fromHex(plain)
  if (hex && hex.length >= 16) return hex
  const read = base64Text(plain)
  const bytes = read && bytesOf(read.slice)
  return bytes && [20, 32, 48, 64].includes(bytes.length) ? bytes : undefined
}

function stated(register: string, value: JsonValue | undefined, path: string, isRemark = false): StatedValue[] {
  const held = value?.kind === 'array' ? value.items.slice(0, MOST) : value ? [value] : []
  const values = held.flatMap((one): Located<Uint8Array>[] => {
    const bytes = bytesIn(textOf(one) ?? '')
    return bytes ? [{ path, ranges: [one.range], value: bytes }] : []
  })
  return values.length > 0 ? [{ register, values, ...(isRemark ? { isRemark } : {}) }] : []
}

const group = (name: string, values: readonly StatedValue[]): StatedGroup[] =>
  values.length > 0 ? [{ name, values }] : []

/** Contrast's manifest: entries for each platform, and policies by their hash. */
const contrast: Reader = (root) => {
  const references = member(root, 'ReferenceValues')
  const policies = members(member(root, 'Policies'))
  const hashes: StatedValue[] = policies.flatMap(({ key, keyRange }) => {
    const value = fromHex(key)
    return value?.length === 32
      ? [{ register: 'HOST_DATA', values: [{ path: `Policies.${key}`, ranges: [keyRange], value }] }]
      : []
  })
  const any: StatedValue[] =
    hashes.length > 0 ? [{ register: 'HOST_DATA', values: hashes.flatMap(({ values }) => values) }] : []
  return {
    groups: [
      ...items(member(references, 'snp')).flatMap((one, i) =>
        group(`snp[${i}]`, [
          ...stated('MEASUREMENT', member(one, 'TrustedMeasurement'), `ReferenceValues.snp[${i}]`),
          ...any,
        ]),
      ),
      ...items(member(references, 'tdx')).flatMap((one, i) => {
        const path = `ReferenceValues.tdx[${i}]`
        return group(`tdx[${i}]`, [
          ...stated('MRTD', member(one, 'MrTd'), path),
          ...stated('MRSEAM', member(one, 'MrSeam'), path),
          ...items(member(one, 'Rtmrs')).flatMap((value, k) => stated(`RTMR${k}`, value, path)),
        ])
      }),
    ],
  }
}

/** Names of Trustee's default policy, as evidence names its registers. */
const RVPS: Readonly<Record<string, string>> = {
  snp_launch_measurement: 'MEASUREMENT',
  mr_td: 'MRTD',
  mr_seam: 'MRSEAM',
  rtmr_0: 'RTMR0',
  rtmr_1: 'RTMR1',
  rtmr_2: 'RTMR2',
  rtmr_3: 'RTMR3',
  snp_pcr11: 'PCR11',
  tdx_pcr11: 'PCR11',
  tpm_pcr11: 'PCR11',
  measurement: 'MEASURE',
}

/** The sample provenance of Trustee's reference value service, whose payload is JSON in base64, or a stored value. */
const rvps: Reader = (root) => {
  const expires = Date.parse(textOf(member(root, 'expiration')) ?? '')
  const payload = textOf(member(root, 'payload'))
  const read = payload === undefined ? undefined : base64Text(payload)
  const held = read ? parseJson(read.slice).value : undefined
  const named = held
    ? members(held).map(({ key, value }) => ({ key, value }))
    : [{ key: textOf(member(root, 'name')) ?? '', value: member(root, 'value') }]
  return {
    groups: group(
      '',
      named.flatMap(({ key, value }) =>
        Object.hasOwn(RVPS, key) ? stated(RVPS[key] ?? '', value, held ? `payload.${key}` : 'value') : [],
      ),
    ),
    expires: Number.isNaN(expires) ? undefined : expires,
  }
}

/** Constellation: PCRs by cloud and variant; what is `warnOnly` decides nothing. */
const constellation: Reader = (root) => ({
  about: textOf(member(root, 'version')) ?? '',
  groups: items(member(root, 'list')).flatMap((one, i) =>
    group(
      `${textOf(member(one, 'csp')) ?? ''} ${textOf(member(one, 'attestationVariant')) ?? ''}`.trim(),
      pcrs(member(one, 'measurements'), `list[${i}].measurements`, (index) => `PCR${index}`),
    ),
  ),
})

function pcrs(value: JsonValue | undefined, path: string, name: (index: string) => string): StatedValue[] {
  return members(value).flatMap(({ key, value: held }) => {
    const warnOnly = member(held, 'warnOnly')
    return /^\d{1,2}$/.test(key)
      ? stated(name(key), member(held, 'expected'), `${path}.${key}`, warnOnly?.kind === 'bool' && warnOnly.value)
      : []
  })
}

/** BuilderNet: Azure's guests by vTPM, bare ones by the registers of the TD. */
const measurements: Reader = (root) => ({
  groups: items(root).flatMap((one, i) => {
    const kind = textOf(member(one, 'attestation_type')) ?? ''
    const name = (index: string) =>
      kind !== 'dcap-tdx' ? `PCR${index}` : index === '0' ? 'MRTD' : `RTMR${Number(index) - 1}`
    return group(textOf(member(one, 'measurement_id')) ?? '', pcrs(member(one, 'measurements'), `[${i}]`, name))
  }),
})

/** What AWS' tool prints when it builds an enclave image. */
const enclave: Reader = (root) => ({
  groups: group(
    '',
    members(member(root, 'Measurements')).flatMap(({ key, value }) =>
      /^PCR\d{1,2}$/.test(key) ? stated(key, value, `Measurements.${key}`) : [],
    ),
  ),
})

const READERS: Readonly<Record<string, Reader>> = {
  [FORMATS.contrast]: contrast,
  [FORMATS.rvps]: rvps,
  [FORMATS.constellation]: constellation,
  [FORMATS.measurements]: measurements,
  [FORMATS.enclave]: enclave,
}

/** Reads a list of one format; never throws. */
export function readList(slice: Slice, format: string): ReferenceList {
  const { value } = parseJson(slice)
  const read = value ? READERS[format]?.(value) : undefined
  return {
    slice,
    isJson: value !== undefined,
    groups: read?.groups ?? [],
    expires: read?.expires,
    about: read?.about ?? '',
  }
}
