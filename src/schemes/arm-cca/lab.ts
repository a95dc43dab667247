import {
  ANOTHER_VALUE,
  changes,
  changesIf,
  flips,
  negates,
  presetsOf,
  replayed,
  signsAnew,
  TOLD,
  zeroes,
  type LabPreset,
} from '../../core/lab.ts'
import { demoKeys, makeToken, type CcaRecipe } from './attester.ts'

/** Failures of CCA tokens, made again. What must be signed is made anew by the attester. */

const CCA = {
  title: 'draft-ffm-rats-cca-token',
  url: 'https://datatracker.ietf.org/doc/draft-ffm-rats-cca-token/',
}

const REALM = changesIf('cca.realm-signed', 'pass', 'fail')
const PLATFORM = changes('cca.platform-signed', 'pass', 'fail')

const anew = (recipe: CcaRecipe) => signsAnew('token', 'token.cbor', async () => makeToken(recipe))

const made = presetsOf('cca.token')

export const presets: readonly LabPreset[] = [
  made('other-half', CCA, anew({ bend: { platformChallenge: new Uint8Array(32).fill(7) } }), [
    changes('cca.realm-key-bound-to-platform', 'pass', 'fail'),
  ]),
  made('report-data', TOLD.freshness, flips('realm.payload.challenge', 0, 8), [REALM]),
  made('measurement', TOLD.freshness, flips('realm.payload.initialMeasurement', 0, 8), [REALM]),
  made('debug-signed', CCA, anew({ lifecycle: 0x4003 }), [changes('cca.lifecycle-is-secured', 'pass', 'warn')]),
  made('r-zero', TOLD.psychic, zeroes('platform.signature', 48), [PLATFORM]),
  made('s-negated', TOLD.negated, negates('platform.signature', 48, 'p384'), []),
  made('other-platform', CCA, anew({ bend: { platformKey: demoKeys.other } }), [PLATFORM]),
  made('key-swapped', CCA, anew({ bend: { realmSigner: demoKeys.other } }), [REALM]),
  made('trailing', TOLD.cose, { kind: 'append', hex: 'c0ffee' }, [changes('cca.nothing-follows', 'pass', 'warn')]),
  made('replayed', TOLD.freshness, { kind: 'expect', policy: { reportData: ANOTHER_VALUE } }, replayed('report-data')),
]
