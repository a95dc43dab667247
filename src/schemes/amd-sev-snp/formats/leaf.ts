import { rangeOf } from '../../../core/place.ts'
import type { EvidenceFormat } from '../../../core/scheme.ts'
import type { FieldNode } from '../../../core/field.ts'
import { readDerStrict, smallIntegerOf, textOf } from '../../../bytes/der.ts'
import { certificateNode, readCertificate, type ExtensionReader } from '../../../pki/certificate.ts'
import { FORMATS } from '../decoded.ts'
import { AMD_OID, hwIdOf, readVcek, type AmdExtension, type Vcek } from '../vcek.ts'

const reader =
  (name: AmdExtension): ExtensionReader =>
  (value, path) => {
    const node = (kind: FieldNode['value'], ranges = [rangeOf(value)]): FieldNode => ({
      path,
      label: name,
      kind: 'leaf',
      ranges,
      value: kind,
      children: [],
      problems: [],
      doc: `field.amdExtension.${name}`,
    })
    if (name === 'hwId')
      return node({ kind: 'bytes', length: (hwIdOf(value) ?? value).end - (hwIdOf(value) ?? value).start })
    const element = readDerStrict(value)
    const number = smallIntegerOf(element)
    if (number !== undefined) return node({ kind: 'uint', value: String(number), width: 0 })
    const text = textOf(element)
    return text === undefined ? node({ kind: 'bytes', length: value.end - value.start }) : node({ kind: 'text', text })
  }

/** Readers of AMD's extensions, by OID. */
export const amdExtensionReaders: Readonly<Record<string, ExtensionReader>> = Object.fromEntries(
  (Object.keys(AMD_OID) as AmdExtension[]).map((name) => [AMD_OID[name], reader(name)]),
)

/** The certificate of a chip's key (VCEK) or of a provider's key (VLEK). */
export const leafFormat: EvidenceFormat<Vcek | undefined> = {
  id: FORMATS.leaf,
  message: 'endorsement',
  title: 'format.amd.snp-certificate',
  decode(slice) {
    const certificate = readCertificate(slice)
    return {
      tree: () => certificateNode(slice, 'certificate', 'certificate', { extensionReaders: amdExtensionReaders }),
      decoded: certificate && readVcek(certificate),
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
}
