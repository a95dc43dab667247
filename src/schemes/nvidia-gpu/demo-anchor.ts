import type { TrustAnchor } from '../../core/scheme.ts'

/** Root of demonstration devices: its key is public, so whatever hangs on it proves nothing. */
export const demoDeviceRoot: TrustAnchor = {
  subject:
    '304a3129302706035504030c2044656d6f6e7374726174696f6e20446576696365204964656e74697479204341311d301b060355040a0c144174746573746174696f6e204578706c6f726572',
  spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE5KZ9A4hnyB89/BHvxBDhDYQ+0E8Ysd7eRgtQDkCkEW4Q+ELIk+2odxUQqItlF1ssIUUAvdwlpADFG4M5Jb/RjAAHVfxZx9EKvHES0H2fJb2rRd0EqAjr5lyZBfvWAJZo',
  format: 'x509',
  purpose: 'evidence',
  holder: 'NVIDIA demonstration root',
  country: '',
  source: '',
  status: 'demonstration',
  sha256: '5122a50a0dbfd3b19798a7fa57e894a7dabc4e83be138c13e9a99de1d9f32bb7',
  spkiSha256: '5122a50a0dbfd3b19798a7fa57e894a7dabc4e83be138c13e9a99de1d9f32bb7',
}

/** Root of demonstration manifests, as public as the other. */
export const demoRimRoot: TrustAnchor = {
  subject:
    '3040311f301d06035504030c1644656d6f6e7374726174696f6e2052494d20726f6f74311d301b060355040a0c144174746573746174696f6e204578706c6f726572',
  spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEyNZkIqfgUsm/wCnhVnoiYUN91ywQq4+7erDc4J+bwa93NcnLc0Q8leTdgCoLNS+wYDrPhzOjySotQqhtS7YKRtGG5Ob0iCbOhX2RaEOoVDQF2vmzWmGbfr7/7s8Xo6D1',
  format: 'x509',
  purpose: 'reference-values',
  holder: 'NVIDIA demonstration root of manifests',
  country: '',
  source: '',
  status: 'demonstration',
  sha256: '0f56587d0248dbe49818d8a33c2fe780e70c558e722f4a09c9a3f4d6f59066dc',
  spkiSha256: '0f56587d0248dbe49818d8a33c2fe780e70c558e722f4a09c9a3f4d6f59066dc',
}
