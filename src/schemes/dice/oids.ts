/** TCG DICE Attestation Architecture 1.1, sections 6 and 7; Open DICE profile, section "X.509 certificates". */
export const TCB_INFO = '2.23.133.5.4.1'
export const UEID = '2.23.133.5.4.4'
export const MULTI_TCB_INFO = '2.23.133.5.4.5'
export const OPEN_DICE = '1.3.6.1.4.1.11129.2.1.24'

/** The same as they stand in a file, one character a byte: what detectors look for. */
export const MARKS: readonly string[] = [
  '\x06\x06\x67\x81\x05\x05\x04\x01',
  '\x06\x06\x67\x81\x05\x05\x04\x04',
  '\x06\x06\x67\x81\x05\x05\x04\x05',
  '\x06\x0a\x2b\x06\x01\x04\x01\xd6\x79\x02\x01\x18',
]
/** `extensionRequest` of PKCS #9. */
export const REQUEST_MARK = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x0e'
