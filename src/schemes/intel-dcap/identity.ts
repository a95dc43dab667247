import { bytesOf, sliceAt, type ByteRange, type Slice } from '../../core/place.ts'
import { sameBytes, toHex } from '../../bytes/layout.ts'
import type { EnclaveIdentity, QuoteBody, TcbInfo, TdxModule } from './decoded.ts'
import type { EnclaveReport } from './layout-report.ts'
import { moduleId, moduleIdentity, moduleMajor } from './tcb.ts'

/** A value that is not what its reference asks for. */
export interface Mismatch {
  readonly field: string
  readonly path: string
  readonly ranges: readonly ByteRange[]
  readonly found: string
  readonly expected: string
}

/** Bytes of a value where the report holds it. */
function rawBytes(slice: Slice, ranges: readonly ByteRange[]): Uint8Array {
  const first = ranges[0]
  return first ? bytesOf(sliceAt(slice, first)) : new Uint8Array()
}

function masked(bytes: Uint8Array, mask: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => byte & (mask[i] ?? 0))
}

// Intel QVL EnclaveReportVerifier.cpp; the ISVSVN is a level, not part of the identity
/** How a quoting enclave's report differs from Intel's identity of it. Empty: it is the enclave that Intel stands for. */
export function identityMismatches(report: EnclaveReport, slice: Slice, identity: EnclaveIdentity): Mismatch[] {
  const found: Mismatch[] = []
  const note = (
    field: string,
    at: { readonly path: string; readonly ranges: readonly ByteRange[] },
    have: string,
    expected: string,
  ) => {
    found.push({ field, path: at.path, ranges: at.ranges, found: have, expected })
  }
  const { miscSelect, miscSelectMask, attributes, attributesMask, mrSigner, isvProdId } = identity
  if (!miscSelect || !miscSelectMask || !attributes || !attributesMask || !mrSigner || isvProdId === undefined)
    return [{ field: 'identity', path: '', ranges: [], found: '', expected: '' }]
  // MISCSELECT is written as a number, so it is compared as one.
  const misc = toHex(rawBytes(slice, report.miscSelect.ranges).toReversed())
  const miscMasked = toHex(masked(rawBytes(slice, report.miscSelect.ranges).toReversed(), miscSelectMask))
  if (miscMasked !== toHex(miscSelect))
    note('MISCSELECT', report.miscSelect, misc, `${toHex(miscSelect)} & ${toHex(miscSelectMask)}`)
  const attributeBytes = Uint8Array.from([
    ...rawBytes(slice, report.attributes.ranges),
    ...rawBytes(slice, report.xfrm.ranges),
  ])
  if (!sameBytes(masked(attributeBytes, attributesMask), attributes)) {
    note(
      'ATTRIBUTES',
      { path: report.attributes.path, ranges: [...report.attributes.ranges, ...report.xfrm.ranges] },
      toHex(attributeBytes),
      `${toHex(attributes)} & ${toHex(attributesMask)}`,
    )
  }
  if (!sameBytes(report.mrSigner.value, mrSigner))
    note('MRSIGNER', report.mrSigner, toHex(report.mrSigner.value), toHex(mrSigner))
  if (report.isvProdId.value !== isvProdId)
    note('ISVPRODID', report.isvProdId, String(report.isvProdId.value), String(isvProdId))
  return found
}

/** What was found about the TDX module of a quote. */
export type ModuleFinding =
  /** The TCB info has no identities at all (issued before there were any). */
  | { readonly kind: 'no-identities'; readonly id: string }
  /** It has some, but none for this major version. */
  | { readonly kind: 'no-entry'; readonly id: string }
  | {
      readonly kind: 'compared'
      readonly id: string
      readonly identity: TdxModule
      readonly mismatches: readonly Mismatch[]
    }

type TdBody = Exclude<QuoteBody, { readonly kind: 'sgx' }>

// Intel QVL 4.1.2.5.12: signer equal, attributes equal and all zero; the mask in the file is read there but not applied
/** Compares the TDX module with the identity for its major version. */
export function findModule(body: TdBody, info: TcbInfo): ModuleFinding {
  const { report } = body
  const svn = report.teeTcbSvn.value
  const major = moduleMajor(svn)
  const id = major === 0 ? 'TDX' : moduleId(major)
  const identity = moduleIdentity(info, svn)
  if (!identity) return { kind: major > 0 && !info.tdxModuleIdentities ? 'no-identities' : 'no-entry', id }
  const mismatches: Mismatch[] = []
  const signer = identity.mrSigner
  if (!signer || !sameBytes(report.mrSignerSeam.value, signer)) {
    mismatches.push({
      field: 'MRSIGNERSEAM',
      path: report.mrSignerSeam.path,
      ranges: report.mrSignerSeam.ranges,
      found: toHex(report.mrSignerSeam.value),
      expected: signer ? toHex(signer) : '',
    })
  }
  const attributes = rawBytes(body.slice, report.seamAttributes.ranges)
  const wanted = identity.attributes
  if (!wanted || !sameBytes(attributes, wanted) || report.seamAttributes.value !== 0n) {
    mismatches.push({
      field: 'SEAMATTRIBUTES',
      path: report.seamAttributes.path,
      ranges: report.seamAttributes.ranges,
      found: toHex(attributes),
      expected: wanted ? toHex(wanted) : '',
    })
  }
  return { kind: 'compared', id, identity, mismatches }
}
