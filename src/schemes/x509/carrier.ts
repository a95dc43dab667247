import type { FieldNode } from '../../core/field.ts'
import { rangeOf, type Slice } from '../../core/place.ts'
import type { EvidenceFormat, Inner } from '../../core/scheme.ts'
import { octetStringOf, readDer } from '../../bytes/der.ts'
import { later } from '../../bytes/later.ts'
import { certificateNode, readCertificate } from '../../pki/certificate.ts'
import { EVIDENCE_EXTENSIONS } from '../../pki/evidence-extensions.ts'
import type { Certificate } from '../../pki/types.ts'

/**
 * A certificate that brings evidence along under the identifier of a project that is known. What lies in the extension decides what it is: it is opened as an artifact of its own.
 * Whether the certificate's key is the one that the evidence speaks of is asked by the engine, for every project in one table.
 */
export const carrierFormat: EvidenceFormat<Certificate | undefined> = {
  id: 'x509.carrier',
  message: 'supporting',
  title: 'format.x509.carrier',
  decode: (slice) => {
    const certificate = readCertificate(slice)
    const carrying = certificate?.extensions.filter(({ oid }) => Object.hasOwn(EVIDENCE_EXTENSIONS, oid)) ?? []
    const name = certificate?.subject.commonName ?? ''
    const readers = Object.fromEntries(carrying.map(({ oid }) => [oid, carried]))
    return {
      tree: later(() =>
        certificateNode(slice, 'certificate', name === '' ? 'certificate' : name, { extensionReaders: readers }),
      ),
      decoded: certificate,
      spaces: () => [],
      problems: [],
      inner: carrying.map(({ oid, value }): Inner => ({ slice: contentOf(value), name: oid, origin: 'embedded' })),
    }
  },
}

/** Some write the evidence as it stands, some in a string of its own. */
function contentOf(value: Slice): Slice {
  const { element, end } = readDer(value)
  if (!element || end !== value.end || element.tagClass !== 'universal' || element.constructed) return value
  // OCTET STRING, UTF8String, IA5String.
  return octetStringOf(element) ?? (element.tag === 12 || element.tag === 22 ? element.content : value)
}

function carried(value: Slice, path: string): FieldNode {
  return {
    path,
    label: 'evidence',
    kind: 'embedded',
    ranges: [rangeOf(value)],
    value: { kind: 'none' },
    children: [],
    problems: [],
    doc: 'field.x509.evidence',
  }
}
