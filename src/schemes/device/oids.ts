/** Android Key Attestation: KeyDescription. */
export const KEY_DESCRIPTION = '1.3.6.1.4.1.11129.2.1.17'
/** Apple: nonce of App Attest and of anonymous attestation. */
export const APPLE_NONCE = '1.2.840.113635.100.8.2'
/** FIDO: id-fido-gen-ce-aaguid. */
export const FIDO_AAGUID = '1.3.6.1.4.1.45724.1.1.4'
/** KeyDescription as it stands in a file, one character a byte. */
export const KEY_DESCRIPTION_MARK = '\x06\x0a\x2b\x06\x01\x04\x01\xd6\x79\x02\x01\x11'
