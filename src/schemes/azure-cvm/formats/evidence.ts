import type { Slice, Space } from '../../../core/place.ts'
import type { EvidenceFormat, Inner } from '../../../core/scheme.ts'
import { member, readJson } from '../../../bytes/json.ts'
import { FORMATS } from '../decoded.ts'
import { hclInner } from './hcl.ts'
import { jsonQuoteParts } from './quote.ts'
import { bytesOrText, textValue, type Opened } from './values.ts'
import { readYaml } from './yaml.ts'

/** Evidence of an Azure confidential VM as attestation agents write it: version 0 writes bytes as lists of numbers, later ones as hex and base64url. */

/** Names of one member across versions. */
const NAMES = { hcl: ['report', 'hcl_report'], quote: ['quote', 'tpm_quote'] } as const

/** Evidence JSON of every version. */
export const evidenceFormat: EvidenceFormat<unknown> = {
  id: FORMATS.evidence, message: 'supporting', title: 'format.azure.evidence',
  decode(slice) {
    const first = slice.bytes[slice.start]
    if (first !== 0x7b && first !== 0x20 && first !== 0x0a && first !== 0x0d) return readYaml(slice)
    const { value, node, expand } = readJson(slice, '', 'Azure evidence')
    const spaces: Space[] = []
    const inner: Inner[] = []
    const add = (opened: Opened | undefined, make: (slice: Slice) => Inner) => {
      if (!opened) return
      spaces.push(...opened.spaces)
      inner.push(make(opened.slice))
    }
    const pick = (names: readonly string[]) => names.map((name) => member(value, name)).find((one) => one !== undefined)
    // Text that is no JSON carries nothing that could be appraised: one broken report says so.
    if (!value) return { tree: node, decoded: undefined, spaces, problems: [], inner: [{ slice, name: 'evidence', format: FORMATS.hclTd, origin: 'embedded' }], expand: (path, from, to) => expand(path, from, to) ?? [] }
    add(bytesOrText(slice, pick(NAMES.hcl), 'base64'), (own) => hclInner(own, 'HCL report'))
    add(bytesOrText(slice, member(value, 'td_quote'), 'base64'), (own) => ({ slice: own, name: 'TD quote', origin: 'embedded' }))
    const quote = jsonQuoteParts(slice, pick(NAMES.quote))
    spaces.push(...quote.spaces)
    inner.push(...quote.inner)
    // PEM in version 0, base64url DER later: opened by its own look.
    const vcek = member(value, 'vcek')
    add(vcek?.kind === 'string' && !vcek.text.includes('-----BEGIN') ? bytesOrText(slice, vcek, 'base64') : textValue(slice, vcek), (own) => ({ slice: own, name: 'VCEK', origin: 'embedded', hints: { slot: 'VCEK' } }))
    return { tree: node, decoded: undefined, spaces, problems: [], inner, expand: (path, from, to) => expand(path, from, to) ?? [] }
  },
}
