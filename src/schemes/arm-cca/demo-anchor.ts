import type { TrustAnchor } from '../../core/scheme.ts'

/** The demonstration key: its private half is public, so whatever it signs proves nothing. */
export const demoAnchor: TrustAnchor = {
  subject: '',
  format: 'raw-key',
  purpose: 'evidence',
  holder: 'CCA demonstration key',
  country: '',
  source: '',
  status: 'demonstration',
  spki: 'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEla7G6IBSarR0/5eFLSNPwJKJtZI8HjlIDBffu0H2wuTXu2URB3T7/S9nXhZZyKKgYP2UpDyJFSibJyz4SlQed5Lc0g8O07SKDLyZZLaIFegChQsd/Fy7BNo2zGa+kLsw',
  spkiSha256: 'bcd2f5bfa2fa7fca5cf446652ae80eb0d40c52ee6cf65de4d85664be3c7ebb2d',
  sha256: 'bcd2f5bfa2fa7fca5cf446652ae80eb0d40c52ee6cf65de4d85664be3c7ebb2d',
}
