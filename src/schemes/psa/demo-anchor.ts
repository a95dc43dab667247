import type { TrustAnchor } from '../../core/scheme.ts'

/** The demonstration key: its private half is public, so whatever it signs proves nothing. */
export const demoAnchor: TrustAnchor = {
  subject: '',
  format: 'raw-key',
  purpose: 'evidence',
  holder: 'PSA demonstration key',
  country: '',
  source: '',
  status: 'demonstration',
  spki: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWbX+luyq2UlKVwYh/eWnXVSu+qxzxbDUESbcxmuAFNP37rUHykknc5FK70SKIQg8cglpnkM5qu1LGayXY3aNSw==',
  spkiSha256: '23db5995b86f1f8c4c1a0c87156c3ecd9531618613c756264cf6ac94ad7b201c',
  sha256: '23db5995b86f1f8c4c1a0c87156c3ecd9531618613c756264cf6ac94ad7b201c',
}
