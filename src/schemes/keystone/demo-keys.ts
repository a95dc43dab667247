import type { TrustAnchor } from '../../core/scheme.ts'
import { keyFrom, type PrivateKey } from './ed25519-sha3.ts'
import { sha3of512 } from './sha3.ts'

/** Keys for demonstrations: anybody can make them from these words, so whatever they sign proves nothing. */
const fromWords = (words: string): PrivateKey => keyFrom(sha3of512(new TextEncoder().encode(words)).subarray(0, 32))

export const demoDevice = () => fromWords('Keystone demonstration device')
export const demoMonitor = () => fromWords('Keystone demonstration security monitor')
/** Another device, which nobody here knows. */
export const strangeDevice = () => fromWords('another Keystone device')
export const strangeMonitor = () => fromWords('another Keystone security monitor')

/** The demonstration device's public key. */
export const demoAnchor: TrustAnchor = {
  subject: '',
  format: 'raw-key',
  purpose: 'evidence',
  holder: 'Keystone demonstration key',
  country: '',
  source: '',
  status: 'demonstration',
  spki: 'MCowBQYDK2VwAyEApoGqfeVfktHQTHY6j9ZlZSmtVaEpmOyB1bG/KZNcoLk=',
  spkiSha256: '0da2540a14aef9b41535ebb7095581c832d8aa99fb3db94c55d37ce4ffd0144c',
  sha256: '0da2540a14aef9b41535ebb7095581c832d8aa99fb3db94c55d37ce4ffd0144c',
}
