import { bytesOf, type Slice, type Space } from '../../../core/place.ts'
import type { EvidenceFormat, Inner } from '../../../core/scheme.ts'
import { member, parseJson, readJson, type JsonValue } from '../../../bytes/json.ts'
import { gapNode, sameBytes } from '../../../bytes/layout.ts'
import type { MemberBytes } from '../../../envelope/member-bytes.ts'
import { FORMATS, type DecodedHclTd } from '../decoded.ts'
import { hclInner, quoteInner } from './hcl.ts'
import { hclReport } from '../layout.ts'
import { jsonQuoteParts, responseParts } from './quote.ts'
import { bytesOrText, textValue } from './values.ts'
import { readYaml } from './yaml.ts'

/** Evidence of an Azure confidential VM as attestation agents write it: version 0 writes bytes as lists of numbers, later ones as hex and base64url. */

/** Names of one member across versions. */
const NAMES = { hcl: ['report', 'hcl_report', 'hclReport'], quote: ['quote', 'tpm_quote', 'tpmQuote'] } as const

/** More objects than any wrapper has. */
const MOST = 256

/** The object that holds the report and the quote: the whole file, or what a wrapper puts around it. */
function holderOf(value: JsonValue | undefined): JsonValue | undefined {
  const queue = value ? [value] : []
  for (let seen = 0; seen < queue.length && seen < MOST; seen++) {
    const one = queue[seen]
    if (one?.kind === 'array') queue.push(...one.items.slice(0, MOST))
    if (one?.kind !== 'object') continue
    if (Object.values(NAMES).every((names) => names.some((name) => member(one, name) !== undefined))) return one
    queue.push(...one.members.map((own) => own.value))
  }
  return value
}

/** Neither null nor empty. */
function isGiven(value: JsonValue | undefined): boolean {
  return (
    value !== undefined &&
    value.kind !== 'null' &&
    !(value.kind === 'string' && value.text === '') &&
    !(value.kind === 'array' && value.items.length === 0)
  )
}

/** A report that stands beside the HCL report is opened when it is another one than is inside. */
function addOnce(
  file: Slice,
  beside: JsonValue | undefined,
  around: JsonValue | undefined,
  add: (opened: MemberBytes | undefined, make: (slice: Slice) => Inner) => void,
): void {
  if (!isGiven(beside)) return
  const own = bytesOrText(file, beside, 'base64')
  const hcl = around && bytesOrText(file, around, 'base64')
  const inside = hcl && hclReport.read(hcl.slice, '').value?.hardwareReport.value
  if (own && inside && sameBytes(bytesOf(own.slice), inside)) return
  add(own, (slice) => ({ slice, name: 'SNP report', format: 'amd.snp-report', origin: 'embedded' }))
}

/** Evidence JSON of every version. */
export const evidenceFormat: EvidenceFormat<unknown> = {
  id: FORMATS.evidence,
  message: 'supporting',
  title: 'format.azure.evidence',
  decode(slice) {
    const first = slice.bytes[slice.start]
    if (first !== 0x7b && first !== 0x20 && first !== 0x0a && first !== 0x0d) return readYaml(slice)
    const reading = readJson(slice, '', 'Azure evidence')
    const { value, expand } = reading
    const spaces: Space[] = []
    const inner: Inner[] = []
    const add = (opened: MemberBytes | undefined, make: (slice: Slice) => Inner) => {
      if (!opened) return
      spaces.push(...opened.spaces)
      inner.push(make(opened.slice))
    }
    const holder = holderOf(value)
    const pick = (names: readonly string[]) =>
      names.map((name) => member(holder, name)).find((one) => one !== undefined)
    if (!value)
      return {
        tree: () => reading.node,
        decoded: undefined,
        spaces: () => spaces,
        problems: [],
        inner: [{ slice, name: 'evidence', format: FORMATS.brokenText, origin: 'embedded' }],
        expand: (path, from, to) => expand(path, from, to) ?? [],
      }
    add(bytesOrText(slice, pick(NAMES.hcl), 'base64'), (own) => hclInner(own, 'HCL report'))
    const quoted = member(holder, 'td_quote')
    add(isGiven(quoted) ? bytesOrText(slice, quoted, 'base64') : undefined, quoteInner)
    const quoteValue = pick(NAMES.quote)
    const quote =
      quoteValue?.kind === 'string'
        ? responseParts(slice, quoteValue, member(holder, 'pcrs'))
        : jsonQuoteParts(slice, quoteValue)
    spaces.push(...quote.spaces)
    inner.push(...quote.inner)
    addOnce(slice, member(holder, 'snpReport'), member(holder, 'hclReport'), add)
    add(
      isGiven(member(holder, 'aikCert')) ? bytesOrText(slice, member(holder, 'aikCert'), 'base64') : undefined,
      (own) => ({ slice: own, name: 'AK certificate', origin: 'embedded' }),
    )
    // PEM in version 0, base64url DER later: opened by its own look.
    const vcek = member(holder, 'vcek')
    add(
      vcek?.kind === 'string' && !vcek.text.includes('-----BEGIN')
        ? bytesOrText(slice, vcek, 'base64')
        : textValue(slice, vcek),
      (own) => ({ slice: own, name: 'VCEK', origin: 'embedded', hints: { slot: 'VCEK' } }),
    )
    return {
      tree: () => reading.node,
      decoded: undefined,
      spaces: () => spaces,
      problems: [],
      inner,
      expand: (path, from, to) => expand(path, from, to) ?? [],
    }
  },
}

/** Evidence in a text that is no JSON: nothing in it can be appraised, and that is what is said of it. */
export const brokenTextFormat: EvidenceFormat<DecodedHclTd> = {
  id: FORMATS.brokenText,
  message: 'evidence',
  title: 'format.azure.broken-text',
  decode(slice) {
    const [broken] = parseJson(slice).problems
    return {
      tree: () => gapNode('', 'evidence', slice, broken ? [broken] : []),
      decoded: { slice, report: undefined, ...(broken ? { broken } : {}) },
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
}
