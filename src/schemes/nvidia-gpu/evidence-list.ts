import type { Space, Slice } from '../../core/place.ts'
import type { EvidenceFormat, Inner } from '../../core/scheme.ts'
import { jsonStringContent, member, parseJson, readJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { later } from '../../bytes/later.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { readHex } from '../../envelope/hex.ts'
import { stringBytes } from '../../envelope/member-bytes.ts'
import { FORMATS } from './formats.ts'

/** One device as a list names it. */
export interface ListedDevice {
  /** As the list states them: claims of whoever wrote it. */
  readonly arch: string
  readonly nonce: string
  readonly report: Inner | undefined
  readonly chain: Inner | undefined
}

/** A list of devices as nvattest, the service's request and gateways write it. */
export interface EvidenceList {
  readonly devices: readonly ListedDevice[]
  readonly spaces: readonly Space[]
}

/** Most devices of one list. */
const DEVICES = 64
/** Members that hold the list where it is not the whole text. */
const LISTS = ['evidences', 'evidence_list', 'device_evidence_list']

interface Held {
  readonly list: readonly JsonValue[]
  readonly path: string
  /** What the list says of all its devices. */
  readonly common: JsonValue | undefined
}

function listOf(value: JsonValue | undefined): Held | undefined {
  if (value?.kind === 'array') return { list: value.items, path: '', common: undefined }
  for (const name of LISTS) {
    const own = member(value, name)
    if (own?.kind === 'array') return { list: own.items, path: name, common: value }
  }
  return undefined
}

/** Reads the list: every device, the same one twice included. */
export function readEvidenceList(slice: Slice): EvidenceList {
  const held = listOf(parseJson(slice).value)
  const spaces: Space[] = []
  const inner = (value: JsonValue | undefined, name: string, format: string): Inner | undefined => {
    if (value?.kind !== 'string') return undefined
    const read =
      format === FORMATS.report
        ? stringBytes(slice, value, readHex, readBase64)
        : // A chain may stand there as PEM, without a layer around it.
          (stringBytes(slice, value, readBase64) ?? jsonStringContent(slice, value))
    if (!read) return undefined
    spaces.push(...read.spaces)
    return { slice: read.slice, name, origin: 'dropped', format }
  }
  const devices = (held?.list ?? []).slice(0, DEVICES).map((one, index): ListedDevice => {
    const name = `${held?.path ?? ''}[${index}]`
    return {
      arch: textOf(member(one, 'arch')) ?? textOf(member(held?.common, 'arch')) ?? '',
      nonce: textOf(member(one, 'nonce')) ?? textOf(member(held?.common, 'nonce')) ?? '',
      report: inner(member(one, 'evidence'), `${name}.evidence`, FORMATS.report),
      chain: inner(member(one, 'certificate'), `${name}.certificate`, 'x509.pem'),
    }
  })
  return { devices, spaces }
}

/** Several devices in one text, each with its report and its chain. */
export const evidenceListFormat: EvidenceFormat<EvidenceList> = {
  id: FORMATS.list,
  message: 'supporting',
  title: 'format.nvidia.list',
  decode(slice) {
    const list = readEvidenceList(slice)
    const reading = later(() => readJson(slice, 'list', 'JSON'))
    return {
      tree: () => reading().node,
      decoded: list,
      spaces: () => list.spaces,
      problems: [],
      inner: list.devices.flatMap(({ report, chain }) => [...(chain ? [chain] : []), ...(report ? [report] : [])]),
      expand: (path, from, to) => reading().expand(path, from, to) ?? [],
    }
  },
  facts({ devices }) {
    const claims = devices.flatMap(({ arch, nonce }, index) => [
      ...(arch === '' ? [] : [{ name: `[${index}].arch`, value: arch }]),
      ...(nonce === '' ? [] : [{ name: `[${index}].nonce`, value: nonce }]),
    ])
    return { measurements: [], claims: [{ name: 'devices', value: String(devices.length) }, ...claims] }
  },
}
