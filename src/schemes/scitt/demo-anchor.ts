import type { TrustAnchor } from '../../core/scheme.ts'

/** Root of demonstration statements: its key is public, so whatever hangs on it proves nothing. */
export const demoAnchor: TrustAnchor = {
  subject:
    '3046311d301b060355040a0c144174746573746174696f6e204578706c6f7265723125302306035504030c1c44656d6f6e7374726174696f6e2053746174656d656e7420526f6f74',
  spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAECArr98phU3o0ljGrv2s811w3Yb6xgU494iRhMe1e/VbwXRkbzYKX29D7Dwvc0ukLte2qw9ohkG3WKovTi0dirETWv19V1Z+PqUFfI0EdLHRtNswFi/4GFKotXn15qVna',
  format: 'x509',
  purpose: 'reference-values',
  holder: 'Demonstration root of statements',
  country: '',
  source: '',
  status: 'demonstration',
  sha256: '9e6995de8713ff3020298c86dc2744e01ce59a9a29ee359c93abb0c2213d9f80',
  spkiSha256: '9e6995de8713ff3020298c86dc2744e01ce59a9a29ee359c93abb0c2213d9f80',
}
