import { bytesOf, rangeOf, type ByteRange, type Located, type Slice, type Space } from '../../core/place.ts'
import type { FieldNode } from '../../core/field.ts'
import { say } from '../../core/saying.ts'
import { gapNode, isZero, toHex } from '../../bytes/layout.ts'
import { readCertificate } from '../../pki/certificate.ts'
import type { Certificate } from '../../pki/types.ts'
import { located, openDrk, openService, spkiOfModulus } from './certificates.ts'
import { SCENARIOS, type AkCertificate, type Endorsement, type QcaReport, type Signed } from './decoded.ts'
import { akHead, FIRST_BYTES_TAG, reportHead, TAG } from './layout.ts'

interface Parameter {
  readonly tag: { readonly value: number; readonly path: string; readonly ranges: readonly ByteRange[] }
  readonly value: { readonly value: number; readonly path: string; readonly ranges: readonly ByteRange[] }
  readonly offset: { readonly value: number }
}

/** The byte strings of a list of parameters, by their names. */
interface Parts {
  readonly by: ReadonlyMap<string, Slice>
  /** Names whose bytes lie outside, overlap, or stand twice. */
  readonly odd: readonly string[]
  /** The first of them: what is signed ends where the signature begins. */
  readonly algorithms: readonly Located<string>[]
}

const NAME: Readonly<Record<number, string>> = { 0x20001: 'RSA-4096', 0x20002: 'SHA-256' }

function partsOf(slice: Slice, parameters: readonly Parameter[]): Parts {
  const by = new Map<string, Slice>()
  const odd: string[] = []
  const algorithms: Located<string>[] = []
  for (const { tag, value, offset } of parameters) {
    const name = TAG[tag.value] ?? `0x${tag.value.toString(16)}`
    if (tag.value < FIRST_BYTES_TAG) {
      if (name === 'sign_alg' || name === 'hash_alg')
        algorithms.push({
          path: value.path,
          ranges: value.ranges,
          value: NAME[value.value] ?? `0x${value.value.toString(16)}`,
        })
      continue
    }
    const start = slice.start + offset.value
    const end = start + value.value
    const isClear = [...by.values()].every((one) => end <= one.start || start >= one.end)
    if (end > slice.end || by.has(name) || !isClear) odd.push(name)
    else by.set(name, { ...slice, start, end })
  }
  return { by, odd, algorithms }
}

/** Everything before the signature. What is named and stands behind it would not be signed. */
function signedBefore(slice: Slice, signature: Slice | undefined): Signed | undefined {
  if (!signature) return undefined
  const own = { ...slice, end: signature.start }
  return { kind: 'bytes', bytes: bytesOf(own), says: [rangeOf(own)] }
}

const partPath = (path: string, name: string) => (path === '' ? name : `${path}.${name}`)

function part(parts: Parts, path: string, name: string, missing: string[]): Located<Uint8Array> | undefined {
  const slice = parts.by.get(name)
  if (!slice) missing.push(name)
  return slice && located(partPath(path, name), { slice })
}

/** Parts that have to lie before the signature and do not. */
function behind(parts: Parts, signature: string, names: readonly string[]): string[] {
  const end = parts.by.get(signature)?.start ?? 0
  return names.filter((name) => (parts.by.get(name)?.end ?? 0) > end)
}

/** What was read, and the node that tiles it. */
export interface BinaryReading<T> {
  readonly value: T
  readonly node: () => FieldNode
  readonly spaces: readonly Space[]
  readonly drk: Slice | undefined
}

/** An attestation key with the device's signature. */
export function readBinaryAk(slice: Slice, path: string): BinaryReading<AkCertificate> {
  const reading = akHead.read(slice, path, 'AK certificate')
  const head = reading.value
  const parts = partsOf(slice, head?.parameters.items ?? [])
  const missing: string[] = head ? [] : ['params']
  const signed = ['ak_pub', 'qta_img', 'qta_mem']
  const [ak, qtaImg, qtaMem] = signed.map((name) => part(parts, path, name, missing))
  const signature = part(parts, path, 'sign_drk', missing)
  const sent = parts.by.get('cert_drk')
  if (!sent) missing.push('cert_drk')
  const drk = sent && openDrk(sent)
  const certificate = drk && readCertificate(drk.slice)
  if (sent && !certificate) missing.push('cert_drk')
  return {
    value: {
      slice,
      form: 'binary',
      missing: [...missing, ...parts.odd, ...behind(parts, 'sign_drk', signed)],
      repeated: undefined,
      scenario: undefined,
      algorithms: parts.algorithms,
      signed: signedBefore(slice, parts.by.get('sign_drk')),
      signature,
      ak: ak && { ...ak, value: spkiOfModulus(ak.value) },
      drk: certificate,
      qtaImg,
      qtaMem,
    },
    node: () => withParts(reading.node, slice, reading.end, parts, path, new Map()),
    spaces: drk?.spaces ?? [],
    drk: drk?.slice,
  }
}

/** A report of the older form. */
export function readBinaryReport(slice: Slice): BinaryReading<QcaReport> {
  const reading = reportHead.read(slice, '', 'QCA report')
  const head = reading.value
  const parts = partsOf(slice, head?.parameters.items ?? [])
  const missing: string[] = head ? [] : ['params']
  const [taImg, taMem] = ['ta_img', 'ta_mem'].map((name) => part(parts, '', name, missing))
  const signature = part(parts, '', 'sign_ak', missing)
  const sent = parts.by.get('cert_ak')
  if (!sent) missing.push('cert_ak')
  const scenario = head && SCENARIOS[head.scenario.value]
  const ak = sent && scenario === 'sce_no_as' ? readBinaryAk(sent, 'cert_ak') : undefined
  const service = sent && scenario === 'sce_as_no_daa' ? openService(sent) : undefined
  if (service && service.certificates.length === 0) missing.push('cert_ak')
  return {
    value: {
      slice,
      form: 'binary',
      missing: [...missing, ...parts.odd, ...behind(parts, 'sign_ak', ['ta_img', 'ta_mem'])],
      repeated: undefined,
      scenario: head && {
        path: head.scenario.path,
        ranges: head.scenario.ranges,
        value: scenario ?? String(head.scenario.value),
      },
      saidBeside: [],
      algorithms: parts.algorithms,
      nonce: head?.nonce,
      uuid: head && { path: head.uuid.path, ranges: head.uuid.ranges, value: uuidText(head.uuid.value) },
      taImg,
      taMem,
      signed: signedBefore(slice, parts.by.get('sign_ak')),
      signature,
      endorsement: endorsementOf(scenario, ak?.value, service?.certificates ?? []),
    },
    node: () => withParts(reading.node, slice, reading.end, parts, '', new Map(ak ? [['cert_ak', ak.node]] : [])),
    spaces: [...(ak?.spaces ?? []), ...(service?.spaces ?? [])],
    drk: ak?.drk,
  }
}

function endorsementOf(
  scenario: string | undefined,
  ak: AkCertificate | undefined,
  [leaf, ...pool]: readonly Certificate[],
): Endorsement | undefined {
  if (scenario === 'sce_as_with_daa') return { kind: 'daa' }
  if (ak) return { kind: 'drk', certificate: ak }
  return leaf && { kind: 'service', leaf, pool }
}

/** TEE_UUID: three numbers, least significant byte first, and eight bytes as they are. */
function uuidText(bytes: Uint8Array): string {
  const turned = (from: number, to: number) => toHex(bytes.slice(from, to).toReversed())
  return [turned(0, 4), turned(4, 6), turned(6, 8), toHex(bytes.subarray(8, 10)), toHex(bytes.subarray(10, 16))].join(
    '-',
  )
}

/** The head's node with the byte strings behind it, each under its name. */
function withParts(
  head: FieldNode,
  slice: Slice,
  from: number,
  { by }: Parts,
  path: string,
  opened: ReadonlyMap<string, () => FieldNode>,
): FieldNode {
  const children: FieldNode[] = [...head.children]
  let at = from
  const gap = (to: number) => {
    if (to <= at) return
    const own: Slice = { ...slice, start: at, end: to }
    const because = say(isZero(bytesOf(own)) ? 'layout.padding' : 'layout.trailing', {
      count: to - at,
      at: `0x${at.toString(16)}`,
    })
    const own_path = partPath(path, `rest${at - slice.start}`)
    children.push(gapNode(own_path, 'rest', own, [{ because, range: rangeOf(own) }], 'field.trailing'))
  }
  for (const [name, own] of [...by].toSorted(([, a], [, b]) => a.start - b.start)) {
    if (own.start < at || own.end === own.start) continue
    gap(own.start)
    const inner = opened.get(name)
    children.push(
      inner
        ? { ...inner(), path: partPath(path, name), label: name }
        : {
            path: partPath(path, name),
            label: name,
            kind: 'leaf',
            ranges: [rangeOf(own)],
            value: { kind: 'bytes', length: own.end - own.start },
            doc: `field.qcaPart.${name.startsWith('0x') ? 'other' : name}`,
            children: [],
            problems: [],
          },
    )
    at = own.end
  }
  gap(slice.end)
  return { ...head, kind: 'struct', ranges: [rangeOf(slice)], children }
}
