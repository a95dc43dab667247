/** How tpm2-tools print what a TPM signed, and its signature; in an exception the line breaks are escaped. */
export const QUOTED = /\bquoted:\s*((?:[0-9a-f]{2}){40,})/
export const SIG = /\bsig:\s*((?:[0-9a-f]{2}){48,})/
