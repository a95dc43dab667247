import { rangeOf, sliceAt, sliceOf, type Slice, type Space } from '../../core/place.ts'
import type { FieldNode } from '../../core/field.ts'
import type { EvidenceFormat, Inner } from '../../core/scheme.ts'
import { gapNode, toHex } from '../../bytes/layout.ts'
import { joinSlices } from '../../bytes/join.ts'
import { protobufFields, type ProtobufField } from '../../envelope/protobuf.ts'
import { FORMATS } from './decoded.ts'

/** The attestation message of go-tpm-tools, which attestation services of Google's cloud take: protocol buffers around the key, one quote for each bank, logs and certificates. */

/** Numbers of the fields. */
const ATTESTATION: Readonly<Record<number, string>> = {
  1: 'akPub',
  2: 'quotes',
  3: 'eventLog',
  4: 'instanceInfo',
  5: 'canonicalEventLog',
  6: 'akCert',
  7: 'intermediateCerts',
  8: 'sevSnp',
  9: 'tdx',
}
const QUOTE: Readonly<Record<number, string>> = { 1: 'quote', 2: 'rawSig', 3: 'pcrs' }

/** A message as a tree: each field is its tag and length, then what it holds. */
function messageNode(
  slice: Slice,
  path: string,
  label: string,
  names: Readonly<Record<number, string>>,
  open: (field: ProtobufField, path: string, name: string) => FieldNode | undefined,
): FieldNode {
  const { fields, end } = protobufFields(slice)
  const own = (name: string) => (path === '' ? name : `${path}.${name}`)
  const children = fields.flatMap((field, i): FieldNode[] => {
    const name = names[field.number] ?? `field${field.number}`
    const where = own(`${name}${i}`)
    const content =
      open(field, where, name) ??
      leaf(where, name, field.content, `field.tpm2.pb.${names[field.number] === undefined ? 'other' : name}`)
    return [
      leaf(`${where}.tag`, 'tag', field.head, 'field.tpm2.pb.tag'),
      ...(field.content.end > field.content.start ? [content] : []),
    ]
  })
  if (end < slice.end) children.push(gapNode(own('rest'), 'rest', { ...slice, start: end }, [], 'field.trailing'))
  return { path, label, kind: 'struct', ranges: [rangeOf(slice)], value: { kind: 'none' }, children, problems: [] }
}

function leaf(path: string, label: string, slice: Slice, doc: string): FieldNode {
  return {
    path,
    label,
    kind: 'leaf',
    ranges: [rangeOf(slice)],
    value: { kind: 'bytes', length: slice.end - slice.start },
    children: [],
    problems: [],
    doc,
  }
}

/** Values of PCRs in the order of their numbers. */
function valuesOf(message: Slice): { readonly space: Space; readonly size: number } | undefined {
  const values = protobufFields(message)
    .fields.filter((field) => field.number === 2 && field.value === undefined)
    .map((entry) => {
      const { fields } = protobufFields(entry.content)
      return {
        index: fields.find((field) => field.number === 1)?.value ?? 0,
        value: fields.find((field) => field.number === 2)?.content,
      }
    })
    .toSorted((a, b) => a.index - b.index)
    .flatMap(({ value }) => value ?? [])
  const first = values[0]
  if (!first) return undefined
  const { space } = joinSlices(message.space, message.start, values)
  return { space, size: first.end - first.start }
}

/** Quote, signature and values of one bank. */
function quoteParts(
  message: Slice,
  name: string,
): { readonly inner: readonly Inner[]; readonly spaces: readonly Space[] } {
  const { fields } = protobufFields(message)
  const find = (number: number) => fields.find((field) => field.number === number && field.value === undefined)?.content
  const [quote, signature, pcrs] = [find(1), find(2), find(3)]
  const values = pcrs && valuesOf(pcrs)
  return {
    spaces: values ? [values.space] : [],
    inner: [
      ...(quote
        ? [
            {
              slice: quote,
              name: `TPM ${name}`,
              format: FORMATS.quote,
              origin: 'embedded' as const,
              hints: { pair: name, ...(values ? { pcrs: toHex(values.space.bytes) } : {}) },
            },
          ]
        : []),
      ...(signature
        ? [
            {
              slice: signature,
              name: `signature of ${name}`,
              format: FORMATS.signature,
              origin: 'embedded' as const,
              hints: { pair: name },
            },
          ]
        : []),
      ...(values
        ? [
            {
              slice: sliceOf(values.space.id, values.space.bytes),
              name: `PCR values of ${name}`,
              format: FORMATS.pcrs,
              origin: 'embedded' as const,
              hints: { digestSize: String(values.size) },
            },
          ]
        : []),
    ],
  }
}

/** The whole message. */
export const attestationFormat: EvidenceFormat<unknown> = {
  id: FORMATS.attestation,
  message: 'supporting',
  title: 'format.tpm2.attestation',
  decode(slice) {
    const { fields } = protobufFields(slice)
    const inner: Inner[] = []
    const spaces: Space[] = []
    let quotes = 0
    for (const { number, content, value } of fields) {
      if (value !== undefined || content.end <= content.start) continue
      if (number === 1) inner.push({ slice: content, name: 'AK', format: FORMATS.publicKey, origin: 'embedded' })
      else if (number === 2) {
        const parts = quoteParts(content, `quote ${++quotes}`)
        inner.push(...parts.inner)
        spaces.push(...parts.spaces)
      } else if (number === 3 || number === 5)
        // The format is found by its first bytes: a firmware's log, and a canonical one.
        inner.push({
          slice: content,
          name: number === 3 ? 'event log' : 'canonical event log',
          origin: 'embedded',
        })
      else if (number === 6 || number === 7)
        inner.push({
          slice: content,
          name: number === 6 ? 'AK certificate' : 'intermediate certificate',
          format: 'x509.certificate',
          origin: 'embedded',
        })
    }
    const open = (field: ProtobufField, path: string, name: string) =>
      field.number === 2 && field.value === undefined
        ? messageNode(field.content, path, name, QUOTE, () => undefined)
        : undefined
    return {
      tree: () => messageNode(sliceAt(slice, rangeOf(slice)), '', 'Attestation', ATTESTATION, open),
      decoded: undefined,
      spaces: () => spaces,
      problems: [],
      inner,
    }
  },
}
