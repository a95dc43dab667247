import type { SchemeEntry } from '../../core/scheme.ts'
import {
  detectCarrier,
  detectCertificate,
  detectContainer,
  detectCrl,
  detectOcsp,
  detectPem,
  detectPublicKey,
} from './detect.ts'
import { marks } from './inside.ts'

/** Certificates, revocation lists and public keys by themselves, and the containers they travel in. They endorse evidence; none is evidence. */
export const entry: SchemeEntry = {
  id: 'x509',
  formats: [
    'x509.certificate',
    'x509.carrier',
    'x509.crl',
    'x509.ocsp',
    'x509.pem',
    'x509.pkcs7',
    'x509.pkipath',
    'x509.concatenated',
    'x509.public-key',
  ],
  detectors: [detectCertificate, detectCarrier, detectCrl, detectOcsp, detectContainer, detectPem, detectPublicKey],
  marks,
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
