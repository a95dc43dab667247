import {
  ANOTHER_VALUE,
  changes,
  changesIf,
  CURVE_ORDER,
  flips,
  replayed,
  TOLD,
  type LabChange,
  type LabClass,
  type LabDeed,
  type LabPreset,
} from '../../core/lab.ts'
import { encodePem } from '../../envelope/pem.ts'
import { makeAnswer, makeChain, makeReport, type ChainRecipe } from './attester.ts'
import { demoKeys } from './demo-keys.ts'
import { FORMATS } from './formats.ts'
import { SAMPLES_AT } from './samples.ts'

/** Failures of GPU reports, made again. What must be signed is made anew by the attester. */

const NVIDIA = { title: 'NVIDIA nvtrust', url: 'https://github.com/NVIDIA/nvtrust' }
const OCSP = { title: 'RFC 6960, 2.2', url: 'https://www.rfc-editor.org/rfc/rfc6960#section-2.2' }

const SIGNED = changes('nvidia.report-signed-by-device', 'pass', 'fail')

const made = (
  failure: LabClass,
  source: LabPreset['source'],
  deed: LabDeed,
  declared: readonly LabChange[],
  needs?: LabPreset['needs'],
): LabPreset => ({
  failure,
  format: FORMATS.report,
  source,
  deed,
  changes: declared,
  ...(needs === undefined ? {} : { needs }),
})

const chainOf = (recipe: ChainRecipe): LabDeed => ({
  kind: 'remake',
  of: ['good'],
  make: async () => {
    const chain = await makeChain(recipe)
    return [
      {
        name: 'chain.pem',
        bytes: new TextEncoder().encode(chain.map((der) => encodePem('CERTIFICATE', der)).join('')),
      },
    ]
  },
})

const revoked = (index: number): LabDeed => ({
  kind: 'remake',
  of: ['good'],
  make: async () => [
    {
      name: `certificate-${index}.ocsp`,
      bytes: await makeAnswer({ index, madeAt: Date.parse(SAMPLES_AT), status: 'revoked', reason: 1 }),
    },
  ],
})

export const presets: readonly LabPreset[] = [
  made('nonce', TOLD.freshness, flips('report.request.nonce', 0, 3), [
    SIGNED,
    // The processor answers the other one.
    changesIf('composite.one-nonce', 'pass', 'absent'),
  ]),
  made('measurement', NVIDIA, flips('report.response.record[7].value', 0, 8), [
    SIGNED,
    changesIf('nvidia.driver-measurements-match', 'pass', 'fail'),
  ]),
  made(
    'r-zero',
    TOLD.psychic,
    { kind: 'bytes', moves: [{ kind: 'write', path: 'report.signature', hex: '00'.repeat(48) }] },
    [SIGNED],
  ),
  made(
    's-negated',
    TOLD.negated,
    { kind: 'bytes', moves: [{ kind: 'negate', path: 'report.signature', offset: 48, order: CURVE_ORDER.p384 }] },
    [],
    [{ check: 'nvidia.report-signed-by-device', is: 'pass' }],
  ),
  made('other-platform', NVIDIA, chainOf({ leafKey: demoKeys.brom, serial: 40 }), [
    SIGNED,
    // The answers are about the certificates that are gone.
    changes('nvidia.not-revoked', 'pass', 'not-checked'),
  ]),
  made(
    'debug-signed',
    NVIDIA,
    {
      kind: 'remake',
      of: ['good'],
      make: async () => [
        {
          name: 'report.bin',
          bytes: await makeReport({
            measurements: Object.fromEntries([1, 2, 3, 4, 9].map((index) => [index, new Uint8Array(48).fill(index)])),
          }),
        },
      ],
    },
    [changes('nvidia.vbios-measurements-match', 'pass', 'fail')],
  ),
  made('revoked-leaf', OCSP, revoked(1), [changes('nvidia.not-revoked', 'pass', 'fail')]),
  made('revoked-authority', OCSP, revoked(2), [changes('nvidia.not-revoked', 'pass', 'fail')]),
  made('list-removed', OCSP, { kind: 'take-away', format: 'x509.ocsp' }, [
    changes('nvidia.not-revoked', 'pass', 'not-checked'),
  ]),
  made('replayed', TOLD.freshness, { kind: 'expect', policy: { nonce: ANOTHER_VALUE } }, replayed('nonce')),
]
