import type { TrustAnchor } from '../../core/scheme.ts'

/** Tokens of no known profile hang on whatever key their reader gives. Known here is only the demonstration key: its private half is public, so whatever it signs proves nothing. */
export const anchors: readonly TrustAnchor[] = [
  {
    subject: '',
    format: 'raw-key',
    purpose: 'evidence',
    holder: 'EAT demonstration key',
    country: '',
    source: '',
    status: 'demonstration',
    spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZjEMHwGSUzgKMMQX++wPUQDd2fFFX5SI8CrUZzOWwbaONO4LQVDiHLxo3yy8sxOD1wOfzcA0oDKOePHiY48kMg==',
    spkiSha256: '601bc90182e3a5a1553fde83867ed3022446ecc3c38a8ccb02a0d8ba1c1475de',
    sha256: '601bc90182e3a5a1553fde83867ed3022446ecc3c38a8ccb02a0d8ba1c1475de',
  },
]
