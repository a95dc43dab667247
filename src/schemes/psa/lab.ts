import {
  ANOTHER_VALUE,
  changes,
  flips,
  negates,
  presetsOf,
  replayed,
  signsAnew,
  TOLD,
  zeroes,
  type LabPreset,
} from '../../core/lab.ts'
import { demoKeys, makeToken, type PsaRecipe } from './attester.ts'

/** Failures of PSA tokens, made again. What must be signed is made anew by the attester. */

const PSA = { title: 'RFC 9783, 4.3.1', url: 'https://www.rfc-editor.org/rfc/rfc9783#section-4.3.1' }
const SIGNED = changes('psa.signed-by-device', 'pass', 'fail')

const anew = (recipe: PsaRecipe) => signsAnew('token', 'token.cbor', async () => makeToken(recipe))

const made = presetsOf('psa.token')

const WHERE_SIGNED = [{ check: 'psa.signed-by-device', is: 'pass' }] as const

export const presets: readonly LabPreset[] = [
  made('nonce', TOLD.freshness, flips('payload.nonce', 0, 8), [SIGNED]),
  made('debug-signed', PSA, anew({ lifecycle: 0x4000 }), [changes('psa.lifecycle-is-secured', 'pass', 'warn')]),
  made('r-zero', TOLD.psychic, zeroes('signature', 32), [SIGNED]),
  made('s-negated', TOLD.negated, negates('signature', 32, 'p256'), [], WHERE_SIGNED),
  made('other-platform', TOLD.freshness, anew({ bend: { signWith: demoKeys.other } }), [SIGNED]),
  made('trailing', TOLD.cose, { kind: 'append', hex: 'c0ffee' }, [changes('psa.nothing-follows', 'pass', 'warn')]),
  made('replayed', TOLD.freshness, { kind: 'expect', policy: { nonce: ANOTHER_VALUE } }, replayed('nonce')),
]
