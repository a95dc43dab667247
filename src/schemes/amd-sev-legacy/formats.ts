import type { Slice } from '../../core/place.ts'
import { readWhole, type Layout } from '../../bytes/layout.ts'
import type { Decoding, EvidenceFormat, Facts, Inner } from '../../core/scheme.ts'
import { FORMATS, type DecodedCa, type DecodedCertificate, type DecodedLegacyReport } from './decoded.ts'
import { caCertificate, certificate, legacyReport } from './layout.ts'
import { authoritySigns, certificateSigns, isPdh } from './skeleton.ts'

function decodeWith<T>(
  layout: Layout<T>,
  slice: Slice,
  label: string,
): Decoding<{ readonly slice: Slice; readonly value: T | undefined }> {
  const reading = readWhole(layout, slice, '', label)
  const { value } = reading
  return { tree: () => reading.node, decoded: { slice, value }, spaces: () => [], problems: [], inner: [] }
}

/** ARK or ASK. */
export const caFormat: EvidenceFormat<DecodedCa> = {
  id: FORMATS.ca,
  message: 'endorsement',
  title: 'format.amd.sev-ca-certificate',
  rows: () => caCertificate.rows(),
  decode: (slice) => decodeWith(caCertificate, slice, 'AMD authority'),
}

/** CEK, OCA or PEK. */
export const certificateFormat: EvidenceFormat<DecodedCertificate> = {
  id: FORMATS.certificate,
  message: 'endorsement',
  title: 'format.amd.sev-certificate',
  rows: () => certificate.rows(),
  decode: (slice) => decodeWith(certificate, slice, 'SEV certificate'),
}

/** PDH: the key to which a guest's owner sends secrets, and so a platform's statement of what it is. */
export const pdhFormat: EvidenceFormat<DecodedCertificate> = {
  id: FORMATS.pdh,
  message: 'evidence',
  title: 'format.amd.sev-pdh',
  rows: () => certificate.rows(),
  decode: (slice) => decodeWith(certificate, slice, 'SEV certificate'),
}

function factsOf({ value }: DecodedLegacyReport): Facts {
  if (!value) return { measurements: [] }
  const { mnonce, launchDigest, policy } = value.body
  return {
    nonce: mnonce,
    measurements: [{ name: 'LAUNCH_DIGEST', value: launchDigest, identity: true }],
    debug: { path: `${policy.path}.NODBG`, ranges: policy.ranges, value: policy.flags.NODBG === 0 },
  }
}

/** The report of SEV and SEV-ES. */
export const reportFormat: EvidenceFormat<DecodedLegacyReport> = {
  id: FORMATS.report,
  message: 'evidence',
  title: 'format.amd.sev-report',
  rows: () => legacyReport.rows(),
  decode: (slice) => decodeWith(legacyReport, slice, 'SEV attestation report'),
  facts: factsOf,
}

/** Several certificates in one file, one after another: ASK and ARK as AMD publishes them, or a platform's whole chain. */
export const concatenatedFormat: EvidenceFormat<unknown> = {
  id: FORMATS.concatenated,
  message: 'endorsement',
  title: 'format.amd.sev-certificates',
  decode(slice) {
    const parts = partsOf(slice)
    const inner: Inner[] = parts.map(({ own, format, name }) => ({ slice: own, name, format, origin: 'embedded' }))
    const children = parts.map(({ own, name }, i) => ({
      path: `part${i}`,
      label: name,
      kind: 'leaf' as const,
      ranges: [{ space: own.space, start: own.start, end: own.end }],
      value: { kind: 'bytes' as const, length: own.end - own.start },
      children: [],
      problems: [],
      doc: 'field.sevCertificates.part',
    }))
    const end = parts.at(-1)?.own.end ?? slice.start
    const rest =
      end < slice.end
        ? [
            {
              path: 'rest',
              label: 'rest',
              kind: 'gap' as const,
              ranges: [{ space: slice.space, start: end, end: slice.end }],
              value: { kind: 'bytes' as const, length: slice.end - end },
              children: [],
              problems: [],
              doc: 'field.trailing',
            },
          ]
        : []
    return {
      tree: () => ({
        path: '',
        label: 'SEV certificates',
        kind: 'struct',
        ranges: [{ space: slice.space, start: slice.start, end: slice.end }],
        value: { kind: 'none' },
        children: [...children, ...rest],
        problems: [],
      }),
      decoded: undefined,
      spaces: () => [],
      problems: [],
      inner,
    }
  },
}

interface Part {
  readonly own: Slice
  readonly format: string
  readonly name: string
}

// Behind a whole certificate another one is expected: one changed field does not make it something else.
const fits = ({ fitting, of }: { readonly fitting: number; readonly of: number }, isBehind: boolean) =>
  fitting >= (isBehind ? of - 1 : of)

/** Certificates from the start on, as far as they follow each other. */
export function partsOf(slice: Slice): Part[] {
  const parts: Part[] = []
  for (let at = slice.start; at < slice.end && parts.length < 16;) {
    const rest: Slice = { ...slice, start: at }
    const ca = caCertificate.read(rest, '')
    const isCa = ca.value !== undefined && fits(authoritySigns(ca.value), parts.length > 0)
    const own = isCa ? undefined : certificate.read(rest, '')
    const isOwn = own?.value !== undefined && fits(certificateSigns(own.value), parts.length > 0)
    const end = isCa ? ca.end : isOwn ? own.end : undefined
    if (end === undefined) break
    const name = isCa
      ? ca.value?.body.usage.value === 0
        ? 'ARK'
        : 'ASK'
      : ({ 0x1001: 'OCA', 0x1002: 'PEK', 0x1003: 'PDH', 0x1004: 'CEK' }[own?.value?.body.usage.value ?? 0] ?? '')
    parts.push({
      own: { ...slice, start: at, end },
      format: isCa ? FORMATS.ca : own?.value && isPdh(own.value) ? FORMATS.pdh : FORMATS.certificate,
      name,
    })
    at = end
  }
  return parts
}
