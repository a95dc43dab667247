import type { Slice } from '../../core/place.ts'
import { array, bytes, struct, u16le, u32le, u64le } from '../../bytes/layout.ts'

// Open Enclave, include/openenclave/internal/report.h: oe_endorsements_t
/** Head of Open Enclave's endorsement file; the offsets of the elements follow. */
export const oeHeader = struct('oeEndorsements')
  .field('version', u32le())
  .field('enclaveType', u32le({ 2: 'SGX', 0x81: 'TDX' }))
  .field('bufferSize', u32le())
  .field('count', u32le())

// Intel DCAP, sgx_ql_qve_collateral_t written out as it lies in memory on a 64-bit machine
/** Where an element was in memory, and how long it is. */
export const collateralPointer = struct('collateralPointer')
  .field('address', u64le())
  .field('size', u32le())
  .field('padding', bytes(4))
/** Head of Intel's collateral structure; seven pointers follow. */
export const dumpHeader = struct('collateralDump')
  .field('majorVersion', u16le())
  .field('minorVersion', u16le())
  .field('teeType', u32le({ 0: 'SGX', 0x81: 'TDX' }))

// Open Enclave, include/openenclave/internal/report.h: oe_report_header_t
/** Bytes that a collateral structure at the start of a slice says it has in all; undefined when it is cut off. */
export function dumpLength(slice: Slice): number | undefined {
  const head = dumpHeader.read(slice, '')
  const pointers = array(DUMP_POINTERS, collateralPointer).read({ ...slice, start: head.end }, '')
  return pointers.value?.items.reduce((sum, each) => sum + each.size.value, pointers.end - slice.start)
}

/** Elements of Intel's collateral structure. */
export const DUMP_POINTERS = 7

/** Head of Open Enclave's evidence; the quote follows. */
export const evidenceHeader = struct('oeEvidence')
  .field('version', u32le())
  .field('reportType', u32le({ 1: 'local report', 2: 'remote quote' }))
  .field('reportSize', u64le())
