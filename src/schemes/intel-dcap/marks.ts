/** QE vendor id of Intel's own quoting enclaves. */
export const INTEL_QE_VENDOR = '939a7233f79c4ca9940a0db3957f0607'

/** The same, one character a byte, and where it stands in a quote. */
export const VENDOR_TEXT = INTEL_QE_VENDOR.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))
export const VENDOR_AT = 12

/** What tells that a certificate's extension holds evidence: the vendor id in a quote's header, or members of an answer of Intel's attestation service. One character a byte. */
export const CARRIER_MARKS: readonly string[] = [VENDOR_TEXT, 'isvEnclaveQuoteBody', '{"report":']
