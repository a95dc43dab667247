import type { FieldNode, Problem } from '../../../core/field.ts'
import { rangeOf, type Slice } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { EvidenceFormat, Inner } from '../../../core/scheme.ts'
import { octetStringOf, readDer } from '../../../bytes/der.ts'
import { later } from '../../../bytes/later.ts'
import { findText } from '../../../envelope/characters.ts'
import { certificateNode, readCertificate } from '../../../pki/certificate.ts'
import { EVIDENCE_EXTENSIONS } from '../../../pki/evidence-extensions.ts'
import { FORMATS } from '../decoded.ts'
import { CARRIER_MARKS } from '../marks.ts'

/**
 * A certificate that brings evidence along in an extension: RA-TLS as Gramine, RATS-TLS, dstack, Open Enclave and others do it, each under an identifier of its own.
 * What counts is what lies in the extension, not its identifier; it is opened as an artifact of its own. How the certificate's key is tied to the evidence differs by project.
 */
export const carrierFormat: EvidenceFormat<undefined> = {
  id: FORMATS.carrier,
  message: 'supporting',
  title: 'format.intel.evidence-certificate',
  decode: (slice) => {
    const certificate = readCertificate(slice)
    const carrying =
      certificate?.extensions.filter(({ value }) =>
        CARRIER_MARKS.some((mark) => findText(value.bytes, value.start, value.end, mark) >= 0),
      ) ?? []
    const inner = carrying.map(({ oid, value }): Inner => ({ slice: contentOf(value), name: oid, origin: 'embedded' }))
    const readers = Object.fromEntries(carrying.map(({ oid }) => [oid, carried]))
    const label =
      certificate === undefined || certificate.subject.commonName === ''
        ? 'certificate'
        : certificate.subject.commonName
    const tree = later(() => certificateNode(slice, 'certificate', label, { extensionReaders: readers }))
    const problems: readonly Problem[] = carrying.map(({ value }) => ({
      because: say('intel.carrier-not-bound'),
      range: rangeOf(value),
    }))
    return {
      tree,
      decoded: undefined,
      spaces: () => [],
      problems,
      inner,
      // What stands beside the quote under a project's own identifier: the log that belongs to it, endorsements.
      unexplored: (certificate?.extensions ?? [])
        .filter((one) => !carrying.includes(one) && Object.hasOwn(EVIDENCE_EXTENSIONS, one.oid))
        .map(({ oid, value }) => ({ slice: contentOf(value), name: oid })),
    }
  },
}

// Some write the quote as it stands, some in an OCTET STRING of its own.
function contentOf(value: Slice): Slice {
  const { element, end } = readDer(value)
  const octets = octetStringOf(element)
  return octets && end === value.end ? octets : value
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
    doc: 'field.certificate.evidence',
  }
}
