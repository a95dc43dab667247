/**
 * Extensions that carry evidence, or what a device measured: by whom. One list for everybody who meets a certificate; what lies in the extension decides what it is.
 * Sources: the projects' own code at the revisions that were read.
 */
export const EVIDENCE_EXTENSIONS: Readonly<Record<string, string>> = {
  '1.2.840.113556.10.1.1': 'Open Enclave, Microsoft Azure Attestation until 2020',
  '1.2.840.113556.10.1.2': 'Microsoft Azure Attestation until 2020, kind of quote',
  '1.3.6.1.4.1.311.105.1': 'Open Enclave, EGo, Microsoft Azure Attestation from 2021',
  '1.3.6.1.4.1.311.105.1000.1': 'Microsoft Azure Attestation from 2025, evidence',
  '1.3.6.1.4.1.311.105.1000.2': 'Microsoft Azure Attestation from 2025, kind of TEE',
  '0.6.9.42.840.113741.1337.6': 'Gramine until 1.7',
  '1.2.840.113741.1337.6': 'rats-tls, Gramine, Cosmian (SGX)',
  '1.2.840.113741.1337.7': 'Cosmian (SEV-SNP)',
  '1.2.840.113741.1337.8': 'Cosmian (TDX)',
  '2.23.133.5.4.9': 'Interoperable RA-TLS (Gramine from 1.8, librats)',
  '2.23.133.5.4.2': 'Interoperable RA-TLS, endorsements',
  '1.3.6.1.4.1.62397.1.1': 'dstack, quote',
  '1.3.6.1.4.1.62397.1.2': 'dstack, event log',
  '1.3.6.1.4.1.62397.1.8': 'dstack, attestation',
  '1.3.9900.1.1': 'Constellation, dummy',
  '1.3.9900.2.1': 'Constellation, AWS NitroTPM',
  '1.3.9900.2.2': 'Constellation, AWS SEV-SNP',
  '1.3.9900.3.1': 'Constellation, GCP SEV-ES',
  '1.3.9900.3.2': 'Constellation, GCP SEV-SNP',
  '1.3.9900.4.1': 'Constellation, Azure SEV-SNP',
  '1.3.9900.4.2': 'Constellation, Azure Trusted Launch',
  '1.3.9900.4.3': 'Constellation, Azure TDX',
  '1.3.9900.5.1': 'Constellation, QEMU vTPM',
  '1.3.9901.2.1': 'Contrast, Privatemode (SEV-SNP)',
  '1.3.9901.2.2': 'Contrast, Privatemode (TDX)',
  '2.16.840.1.113730.1.13': 'Reports of the ended service for EPID (comment)',
  '1.3.6.1.5.5.7.1.35': 'Conceptual Message Wrapper',
  '2.23.133.5.4.1': 'DICE TcbInfo',
  '2.23.133.5.4.4': 'DICE Ueid',
  '2.23.133.5.4.5': 'DICE MultiTcbInfo',
  '1.3.6.1.4.1.11129.2.1.24': 'Open Profile for DICE',
  '1.3.6.1.4.1.11129.2.1.17': 'Android Key Attestation',
  '1.2.840.113635.100.8.2': 'Apple App Attest, WebAuthn',
}

/** Whether one of these extensions stands among a certificate's. */
export function carriesEvidence(extensions: readonly { readonly oid: string }[]): boolean {
  return extensions.some(({ oid }) => Object.hasOwn(EVIDENCE_EXTENSIONS, oid))
}
