import { bytes, struct, u16le, u32le } from '../../bytes/layout.ts'
import type { ValueOf } from './layout-report.ts'

/** Attestation key types of DCAP quotes. */
export const KEY_TYPES = { 0: 'EPID unlinkable', 1: 'EPID linkable', 2: 'ECDSA-256-with-P-256', 3: 'ECDSA-384-with-P-384' } as const
/** TEE types. */
export const TEE_TYPES = { 0: 'SGX', 0x81: 'TDX' } as const
/** What certification data can be. */
export const CERTIFICATION_TYPES = {
  1: 'PPID in plain text', 2: 'PPID encrypted with RSA-2048-OAEP', 3: 'PPID encrypted with RSA-3072-OAEP', 4: 'PCK leaf certificate',
  5: 'PCK certificate chain', 6: 'QE report certification data', 7: 'platform manifest',
} as const
/** Quote bodies of version 5. */
export const BODY_TYPES = { 1: 'SGX enclave report', 2: 'TD report 1.0', 3: 'TD report 1.5', 4: 'TD report 1.5 extended' } as const

// Intel SGX ECDSA Quote Library Reference, "Quote Header"
/** Header of a version 3 quote, 48 bytes. */
export const quoteHeader3 = struct('quoteHeader3')
  .field('version', u16le())
  .field('attestationKeyType', u16le(KEY_TYPES), 'Attestation Key Type')
  .field('teeType', u32le({ 0: 'SGX' }), 'reserved (TEE Type)')
  .field('qeSvn', u16le(), 'QE SVN')
  .field('pceSvn', u16le(), 'PCE SVN')
  .field('qeVendorId', bytes(16), 'QE Vendor ID')
  .field('userData', bytes(20), 'User Data')

// Intel TDX DCAP Quoting Library API, "Quote Header"
/** Header of a version 4 or 5 quote, 48 bytes: the same places as in version 3, with other meanings. */
export const quoteHeader4 = struct('quoteHeader4')
  .field('version', u16le())
  .field('attestationKeyType', u16le(KEY_TYPES), 'Attestation Key Type')
  .field('teeType', u32le(TEE_TYPES), 'TEE Type')
  .field('qeSvn', u16le(), 'reserved (QE SVN)')
  .field('pceSvn', u16le(), 'reserved (PCE SVN)')
  .field('qeVendorId', bytes(16), 'QE Vendor ID')
  .field('userData', bytes(20), 'User Data')

/** What a version 5 quote says about its body, 6 bytes. Signed, as part of header and body. */
export const bodyDescriptor = struct('bodyDescriptor')
  .field('type', u16le(BODY_TYPES), 'Quote Body Type')
  .field('size', u32le(), 'Quote Body Size')

export type QuoteHeader = ValueOf<typeof quoteHeader4>
export type BodyDescriptor = ValueOf<typeof bodyDescriptor>
