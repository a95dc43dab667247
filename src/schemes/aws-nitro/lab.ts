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
import { makeDocument, type NitroRecipe } from './attester.ts'
import { demoKeys } from './demo-keys.ts'

/** Failures of Nitro documents, made again. What must be signed is made anew by the attester. */

const NITRO = {
  title: 'AWS Nitro Enclaves',
  url: 'https://docs.aws.amazon.com/enclaves/latest/user/set-up-attestation.html',
}

const SIGNED = changes('nitro.signed-by-certificate', 'pass', 'fail')

const anew = (recipe: NitroRecipe) => signsAnew('enclave', 'enclave.cose', async () => makeDocument(recipe))

const made = presetsOf('nitro.document')

export const presets: readonly LabPreset[] = [
  made(
    'zero-registers',
    NITRO,
    {
      kind: 'bytes',
      moves: ['PCR0', 'PCR1', 'PCR2'].map((name) => ({
        kind: 'write',
        path: `payload.pcrs.${name}`,
        hex: '00'.repeat(48),
      })),
    },
    [SIGNED, changes('nitro.not-debug', 'pass', 'fail')],
  ),
  made('debug-signed', NITRO, anew({ debug: true }), [changes('nitro.not-debug', 'pass', 'fail')]),
  made('measurement', TOLD.freshness, flips('payload.pcrs.PCR0', 0, 8), [
    SIGNED,
    changesIf('nitro.not-debug', 'fail', 'pass'),
  ]),
  made('report-data', TOLD.freshness, flips('payload.user_data', 0, 4), [SIGNED]),
  made('nonce', TOLD.freshness, flips('payload.nonce', 0, 3), [SIGNED]),
  made('r-zero', TOLD.psychic, zeroes('signature', 48), [SIGNED]),
  made(
    's-negated',
    TOLD.negated,
    negates('signature', 48, 'p384'),
    [],
    [{ check: 'nitro.signed-by-certificate', is: 'pass' }],
  ),
  made('other-platform', NITRO, anew({ bend: { signWith: demoKeys.instance } }), [SIGNED]),
  made(
    'evil-leaf',
    TOLD.firstLeaf,
    anew({
      bend: {
        certificate: { issuerKey: demoKeys.leaf, subjectKey: demoKeys.region },
        signWith: demoKeys.region,
      },
    }),
    [changes('nitro.chain-holds', 'pass', 'fail')],
  ),
  {
    ...made(
      'look-alike-root',
      TOLD.anchor,
      anew({ root: { commonName: 'demonstration.nitro-enclaves', key: demoKeys.leaf } }),
      [],
    ),
    rootBecomes: 'unknown',
  },
  made('trailing', TOLD.cose, { kind: 'append', hex: 'c0ffee' }, [changes('nitro.nothing-follows', 'pass', 'warn')]),
  made('replayed', TOLD.freshness, { kind: 'expect', policy: { nonce: ANOTHER_VALUE } }, replayed('nonce')),
]
