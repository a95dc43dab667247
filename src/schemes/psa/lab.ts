import {
  ANOTHER_VALUE,
  changes,
  CURVE_ORDER,
  flips,
  replayed,
  TOLD,
  type LabChange,
  type LabClass,
  type LabDeed,
  type LabPreset,
} from '../../core/lab.ts'
import { demoKeys, makeToken, type PsaRecipe } from './attester.ts'

/** Failures of PSA tokens, made again. What must be signed is made anew by the attester. */

const PSA = { title: 'RFC 9783, 4.3.1', url: 'https://www.rfc-editor.org/rfc/rfc9783#section-4.3.1' }
const SIGNED = changes('psa.signed-by-device', 'pass', 'fail')

const anew = (recipe: PsaRecipe): LabDeed => ({
  kind: 'remake',
  of: ['token'],
  make: async () => [{ name: 'token.cbor', bytes: await makeToken(recipe) }],
})

const made = (
  failure: LabClass,
  source: LabPreset['source'],
  deed: LabDeed,
  declared: readonly LabChange[],
  needs?: LabPreset['needs'],
): LabPreset => ({
  failure,
  format: 'psa.token',
  source,
  deed,
  changes: declared,
  ...(needs === undefined ? {} : { needs }),
})

const WHERE_SIGNED = [{ check: 'psa.signed-by-device', is: 'pass' }] as const

export const presets: readonly LabPreset[] = [
  made('nonce', TOLD.freshness, flips('payload.nonce', 0, 8), [SIGNED]),
  made('debug-signed', PSA, anew({ lifecycle: 0x4000 }), [changes('psa.lifecycle-is-secured', 'pass', 'warn')]),
  made('r-zero', TOLD.psychic, { kind: 'bytes', moves: [{ kind: 'write', path: 'signature', hex: '00'.repeat(32) }] }, [
    SIGNED,
  ]),
  made(
    's-negated',
    TOLD.negated,
    { kind: 'bytes', moves: [{ kind: 'negate', path: 'signature', offset: 32, order: CURVE_ORDER.p256 }] },
    [],
    WHERE_SIGNED,
  ),
  made('other-platform', TOLD.freshness, anew({ bend: { signWith: demoKeys.other } }), [SIGNED]),
  made('trailing', TOLD.cose, { kind: 'append', hex: 'c0ffee' }, [changes('psa.nothing-follows', 'pass', 'warn')]),
  made('replayed', TOLD.freshness, { kind: 'expect', policy: { nonce: ANOTHER_VALUE } }, replayed('nonce')),
]
