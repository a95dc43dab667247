import {
  ANOTHER_VALUE,
  changes,
  changesIf,
  CURVE_ORDER,
  flips,
  presetsOf,
  replayed,
  TOLD,
  zeroes,
  type LabDeed,
  type LabPreset,
} from '../../core/lab.ts'
import { demoChipId, makeLeaf, makeReport, makeTable, OLD_TCB, PLAIN_POLICY } from './attester.ts'
import { issueAuthority, issueDemoCrl } from './demo-authorities.ts'
import { foreignAuthority, foreignChip } from './demo-keys.ts'
import { joinBytes } from '../../bytes/der-writer.ts'

/** Failures of SNP reports, made again. What must be signed is made anew by the attester. */

const SNP = { title: 'AMD 56860', url: 'https://www.amd.com/system/files/TechDocs/56860.pdf' }
const KDS = { title: 'AMD 57230', url: 'https://www.amd.com/system/files/TechDocs/57230.pdf' }

const SIGNED = changes('snp.signed-by-chip-key', 'pass', 'fail')

const made = presetsOf('amd.snp-report')

type Files = Awaited<ReturnType<Extract<LabDeed, { kind: 'remake' }>['make']>>

const anew = (sample: string, make: () => Promise<Files>): LabDeed => ({ kind: 'remake', of: [sample], make })

/** A leaf of the attacker's, with all that the genuine one says. */
const evil = { key: foreignChip, issuerKey: foreignAuthority }

export const presets: readonly LabPreset[] = [
  made('report-data', TOLD.freshness, flips('body.reportData'), [
    SIGNED,
    changesIf('snp.accompanying-data-bound', 'pass', 'fail'),
    changesIf('tpm.ak-vouched-for', 'pass', 'fail'),
  ]),
  made('measurement', TOLD.freshness, flips('body.measurement'), [SIGNED]),
  made('debug-on', SNP, flips('body.policy', 3, 2), [SIGNED, changes('snp.debug-off', 'pass', 'fail')]),
  made('debug-off', SNP, flips('body.policy', 3, 2), [SIGNED, changes('snp.debug-off', 'fail', 'pass')]),
  made(
    'debug-signed',
    SNP,
    anew('milan-v2', async () => [
      { name: 'report.bin', bytes: await makeReport({ version: 2, policy: PLAIN_POLICY | (1n << 19n) }) },
    ]),
    [changes('snp.debug-off', 'pass', 'fail')],
  ),
  made('r-zero', TOLD.psychic, zeroes('signature.r', 48), [SIGNED]),
  made(
    's-negated',
    TOLD.negated,
    {
      kind: 'bytes',
      moves: [{ kind: 'negate', path: 'signature.s', offset: 0, order: CURVE_ORDER.p384, isLittleEndian: true }],
    },
    [],
    [{ check: 'snp.signed-by-chip-key', is: 'pass' }],
  ),
  made('other-chip', SNP, flips('body.chipId'), [SIGNED, changesIf('snp.chip-matches-certificate', 'pass', 'fail')]),
  made(
    'other-platform',
    KDS,
    anew('milan-v2', async () => {
      const hwId = demoChipId('Milan')
      hwId[0] = 0x0e
      return [{ name: 'vcek.der', bytes: await makeLeaf({ key: foreignChip, hwId }) }]
    }),
    [SIGNED, changes('snp.chip-matches-certificate', 'pass', 'fail')],
  ),
  made(
    'evil-leaf',
    TOLD.firstLeaf,
    anew('milan-v3-old', async () => [
      {
        name: 'extended-report.bin',
        bytes: joinBytes([
          await makeReport({ tcb: OLD_TCB.Milan, key: foreignChip }),
          makeTable([
            { slot: 'VCEK', bytes: await makeLeaf({ tcb: OLD_TCB.Milan, ...evil }) },
            { slot: 'VCEK', bytes: await makeLeaf({ tcb: OLD_TCB.Milan }) },
            { slot: 'ASK', bytes: await issueAuthority('ask', 'Milan') },
            { slot: 'ARK', bytes: await issueAuthority('ark', 'Milan') },
          ]),
        ]),
      },
    ]),
    [changes('snp.chains-to-ark', 'pass', 'fail')],
  ),
  {
    ...made(
      'look-alike-root',
      TOLD.anchor,
      anew('milan-v3-old', async () => {
        const bend = { key: foreignAuthority, issuerKey: foreignAuthority }
        return [
          {
            name: 'extended-report.bin',
            bytes: joinBytes([
              await makeReport({ tcb: OLD_TCB.Milan, key: foreignChip }),
              makeTable([
                { slot: 'ARK', bytes: await issueAuthority('ark', 'Milan', bend) },
                { slot: 'ASK', bytes: await issueAuthority('ask', 'Milan', bend) },
                { slot: 'VCEK', bytes: await makeLeaf({ tcb: OLD_TCB.Milan, ...evil }) },
              ]),
            ]),
          },
        ]
      }),
      [
        changes('snp.authority-not-revoked', 'pass', 'not-checked'),
        changes('snp.lists-authentic', 'pass', 'not-applicable'),
      ],
    ),
    rootBecomes: 'unknown',
  },
  made(
    'revoked-authority',
    KDS,
    anew('milan-v2', async () => [
      {
        name: 'milan.crl',
        bytes: await issueDemoCrl('Milan', {
          revoked: [{ authority: 'ask', at: Date.parse('2026-05-01T00:00:00Z') }],
        }),
      },
    ]),
    [changes('snp.authority-not-revoked', 'pass', 'fail')],
  ),
  made(
    'expired-list',
    TOLD.list,
    anew('milan-v2', async () => [
      {
        name: 'milan.crl',
        bytes: await issueDemoCrl('Milan', {
          thisUpdate: Date.parse('2025-01-01T00:00:00Z'),
          nextUpdate: Date.parse('2025-06-01T00:00:00Z'),
        }),
      },
    ]),
    [changes('snp.authority-not-revoked', 'pass', 'not-checked')],
  ),
  made('list-removed', TOLD.list, { kind: 'take-away', format: 'x509.crl' }, [
    changesIf('snp.authority-not-revoked', 'pass', 'not-checked'),
    changesIf('snp.authority-not-revoked', 'fail', 'not-checked'),
    changes('snp.lists-authentic', 'pass', 'not-applicable'),
  ]),
  made('replayed', TOLD.freshness, { kind: 'expect', policy: { reportData: ANOTHER_VALUE } }, replayed('report-data')),
]
