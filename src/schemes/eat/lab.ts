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
import { demoKeys, makeCwt, type CwtRecipe } from './attester.ts'

/** Failures of EAT tokens, made again. What must be signed is made anew by the attester. */

const EAT = { title: 'RFC 9711, 4.2.9', url: 'https://www.rfc-editor.org/rfc/rfc9711#section-4.2.9' }
const SIGNED = changes('eat.signed-by-given-key', 'pass', 'fail')

const anew = (recipe: CwtRecipe) => signsAnew('token', 'token.cbor', async () => makeCwt(recipe))

const made = presetsOf('eat.cwt')

export const presets: readonly LabPreset[] = [
  made('nonce', TOLD.freshness, flips('payload.eat_nonce', 0, 8), [SIGNED]),
  made('debug-signed', EAT, anew({ debugState: 0 }), [changes('eat.debug-is-disabled', 'pass', 'fail')]),
  made('r-zero', TOLD.psychic, zeroes('signature', 32), [SIGNED]),
  made(
    's-negated',
    TOLD.negated,
    negates('signature', 32, 'p256'),
    [],
    [{ check: 'eat.signed-by-given-key', is: 'pass' }],
  ),
  made('other-platform', TOLD.freshness, anew({ bend: { signWith: demoKeys.other } }), [SIGNED]),
  made('trailing', TOLD.cose, { kind: 'append', hex: 'c0ffee' }, [changes('eat.nothing-follows', 'pass', 'warn')]),
  made('replayed', TOLD.freshness, { kind: 'expect', policy: { nonce: ANOTHER_VALUE } }, replayed('nonce')),
]
