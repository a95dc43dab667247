import type { Scheme } from '../../core/scheme.ts'
import { carrierFormat } from './carrier.ts'
import { chainExaminer } from './chain-examiner.ts'
import {
  certificateFormat,
  concatenatedFormat,
  crlFormat,
  ocspFormat,
  pemFormat,
  pkcs7Format,
  pkiPathFormat,
  publicKeyFormat,
} from './formats.ts'

/** Certificates and lists: read and shown here, appraised by the schemes whose evidence needs them. */
export const scheme: Scheme = {
  id: 'x509',
  formats: [
    certificateFormat,
    carrierFormat,
    crlFormat,
    ocspFormat,
    pemFormat,
    pkcs7Format,
    pkiPathFormat,
    concatenatedFormat,
    publicKeyFormat,
  ],
  appraisers: [],
  examiners: [chainExaminer],
  anchors: [],
  samples: [],
}
