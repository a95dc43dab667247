import {
  ANOTHER_VALUE,
  changes,
  changesIf,
  flips,
  negates,
  presetsOf,
  replayed,
  TOLD,
  zeroes,
  type LabDeed,
  type LabPreset,
} from '../../core/lab.ts'
import { bundledFilesOf, demoLevels, demoPlatform, filesOf, makeCase, type DemoFile, type Recipe } from './attester.ts'
import { DEFAULT_ATTESTATION_KEY, pointOf, AUTH_DATA } from './attester/quote.ts'
import { DEMO_NAMES, ECDSA_DER, issuePck, pckKeyOf } from './attester/pki.ts'
import { attackerKey } from './demo-keys.ts'
import { joinBytes } from '../../bytes/der-writer.ts'
import { digest } from '../../crypto/verify.ts'
import { basicConstraints, issueCertificate, keyUsage, subjectKeyIdentifier } from '../../pki/issue.ts'

/** Failures of quotes, made again. What must be signed is made anew by the attester. */

const DCAP = {
  title: 'Intel SGX DCAP',
  url: 'https://download.01.org/intel-sgx/latest/dcap-latest/linux/docs/Intel_SGX_ECDSA_QuoteLibReference_DCAP_API.pdf',
}
const PCS = {
  title: 'Intel PCS',
  url: 'https://api.portal.trustedservices.intel.com/content/documentation.html',
}
const TDX = {
  title: 'Intel TDX',
  url: 'https://www.intel.com/content/www/us/en/developer/tools/trust-domain-extensions/documentation.html',
}
const QE_UNCHECKED = {
  title: 'GHSA-796p-j2gh-9m2q',
  url: 'https://github.com/advisories/GHSA-796p-j2gh-9m2q',
}
const WIRETAP = { title: 'WireTap', url: 'https://wiretap.fail/' }

const SIGNED = changes('intel.quote-signed-by-attestation-key', 'pass', 'fail')

/** Fields that the two kinds of quotes call differently. */
interface Kind {
  readonly format: string
  readonly measurement: string
  readonly attributes: string
  readonly debugBit: number
  readonly enclave: string
  readonly tee: 'SGX' | 'TDX'
  /** Samples in good order, by how their collateral is laid out. */
  readonly separate: readonly string[]
  readonly bundled: readonly string[]
  readonly recipe: Recipe
}

const KINDS: readonly Kind[] = [
  {
    format: 'intel.tdx-quote',
    measurement: 'body.mrTd',
    attributes: 'body.tdAttributes',
    debugBit: 0,
    enclave: 'signatureData.certificationData.qeReport.mrEnclave',
    tee: 'TDX',
    separate: ['tdx-up-to-date'],
    bundled: ['tdx-out-of-date'],
    recipe: {},
  },
  {
    format: 'intel.sgx-quote',
    measurement: 'body.mrEnclave',
    attributes: 'body.attributes',
    debugBit: 1,
    enclave: 'signatureData.qeReport.mrEnclave',
    tee: 'SGX',
    separate: ['sgx-v3'],
    bundled: [],
    recipe: { version: 3 },
  },
]

/** A certificate of the attacker's that bears the platform's names. */
async function evilLeaf(): Promise<Uint8Array> {
  return issueCertificate({
    subject: DEMO_NAMES.pck,
    issuer: DEMO_NAMES.platformCa,
    issuerKey: attackerKey,
    subjectKey: attackerKey,
    serial: 0x666,
    notBefore: Date.parse('2026-01-10T00:00:00Z'),
    notAfter: Date.parse('2033-01-10T00:00:00Z'),
    extensions: [await subjectKeyIdentifier(attackerKey), keyUsage('digitalSignature'), basicConstraints(false)],
    algorithm: ECDSA_DER,
  })
}

/** A root with the genuine one's name and the attacker's key. */
async function lookAlikeRoot(): Promise<Uint8Array> {
  return issueCertificate({
    subject: DEMO_NAMES.root,
    issuer: DEMO_NAMES.root,
    issuerKey: attackerKey,
    subjectKey: attackerKey,
    serial: 1,
    notBefore: Date.parse('2020-01-01T00:00:00Z'),
    notAfter: Date.parse('2049-12-31T23:59:59Z'),
    extensions: [
      await subjectKeyIdentifier(attackerKey),
      keyUsage('keyCertSign', 'cRLSign'),
      basicConstraints(true, 1),
    ],
    algorithm: ECDSA_DER,
  })
}

/** Levels as they stood before the last two were published: what is behind today was up to date then. */
const OLDER: NonNullable<Recipe['tcbInfo']> = {
  evaluationNumber: 17,
  levels: demoLevels('TDX')
    .slice(2, 3)
    .map(({ advisories: _later, ...level }) => ({ ...level, status: 'UpToDate' })),
}

const only = (files: readonly DemoFile[], ...names: readonly string[]) =>
  files.filter((file) => names.includes(file.name))

async function quoteOf(recipe: Recipe): Promise<readonly DemoFile[]> {
  return only(filesOf(await makeCase(recipe)), 'quote.bin')
}

function presetsFor(kind: Kind): readonly LabPreset[] {
  const { format, recipe } = kind
  const notDebug = (from: 'pass' | 'fail', to: 'pass' | 'fail') => changes('intel.not-debug', from, to)
  const made = presetsOf(format)
  const anew = (own: Recipe): LabDeed => ({
    kind: 'remake',
    of: kind.separate,
    make: async () => quoteOf({ ...recipe, ...own }),
  })
  const collateral = (name: string, own: Recipe): LabDeed => ({
    kind: 'remake',
    of: kind.separate,
    make: async () => only(filesOf(await makeCase({ ...recipe, ...own })), name),
  })
  const platform = demoPlatform(kind.tee === 'SGX' ? 'sgx' : 'td10')
  return [
    made('report-data', TOLD.freshness, flips('body.reportData'), [SIGNED]),
    made('measurement', TOLD.freshness, flips(kind.measurement), [SIGNED]),
    made('debug-on', TDX, flips(kind.attributes, kind.debugBit), [SIGNED, notDebug('pass', 'fail')]),
    made('debug-off', TDX, flips(kind.attributes, kind.debugBit), [SIGNED, notDebug('fail', 'pass')]),
    made(
      'debug-signed',
      TDX,
      anew(kind.tee === 'TDX' ? { td: { tdAttributes: (1n << 28n) | 1n } } : { enclave: { attributes: 0x7n } }),
      [notDebug('pass', 'fail')],
    ),
    made('r-zero', TOLD.psychic, zeroes('signatureData.signature', 32), [SIGNED]),
    made(
      's-negated',
      TOLD.negated,
      negates('signatureData.signature', 32, 'p256'),
      [],
      [{ check: 'intel.quote-signed-by-attestation-key', is: 'pass' }],
    ),
    made(
      'key-swapped',
      DCAP,
      {
        kind: 'remake',
        of: kind.separate,
        make: async () =>
          quoteOf({
            ...recipe,
            bend: {
              envelope: {
                attestationKey: attackerKey,
                qeReportData: await digest('SHA-256', joinBytes([pointOf(DEFAULT_ATTESTATION_KEY), AUTH_DATA])),
              },
            },
          }),
      },
      [changes('intel.attestation-key-bound-by-qe', 'pass', 'fail')],
    ),
    made('other-signer', QE_UNCHECKED, flips(kind.enclave), [changes('intel.qe-report-signed-by-pck', 'pass', 'fail')]),
    made(
      'other-signer-report',
      DCAP,
      {
        kind: 'remake',
        of: kind.separate,
        make: async () =>
          quoteOf({
            ...recipe,
            bend: {
              envelope: {
                qeReportData: await digest('SHA-256', joinBytes([pointOf(attackerKey), AUTH_DATA])),
                attestationKey: DEFAULT_ATTESTATION_KEY,
              },
            },
          }),
      },
      [changes('intel.attestation-key-bound-by-qe', 'pass', 'fail')],
    ),
    made(
      'evil-leaf',
      TOLD.firstLeaf,
      {
        kind: 'remake',
        of: kind.separate,
        make: async () => {
          const evil = await evilLeaf()
          return quoteOf({
            ...recipe,
            bend: {
              certificates: ({ leaf, intermediate, root }) => [evil, leaf, intermediate, root],
              envelope: { qeSigner: attackerKey },
            },
          })
        },
      },
      [
        changes('intel.quote-certificates-vouched', 'pass', 'fail'),
        changes('intel.qe-report-signed-by-pck', 'pass', 'fail'),
      ],
    ),
    made(
      'look-alike-root',
      TOLD.anchor,
      {
        kind: 'remake',
        of: kind.separate,
        make: async () => {
          const root = await lookAlikeRoot()
          return quoteOf({ ...recipe, bend: { certificates: ({ leaf, intermediate }) => [leaf, intermediate, root] } })
        },
      },
      [changes('intel.quote-certificates-vouched', 'pass', 'fail')],
    ),
    made(
      'other-platform',
      DCAP,
      {
        kind: 'remake',
        of: kind.separate,
        make: async () => {
          const other = await issuePck(
            { ...platform, serial: platform.serial + 1 },
            pckKeyOf(platform.ca === 'platform' ? 'processor' : 'platform'),
          )
          return quoteOf({
            ...recipe,
            bend: { certificates: ({ intermediate, root }) => [other, intermediate, root] },
          })
        },
      },
      [changes('intel.qe-report-signed-by-pck', 'pass', 'fail')],
    ),
    made(
      'revoked-leaf',
      WIRETAP,
      collateral('pck-crl.der', {
        pckCrl: { revoked: [{ serial: platform.serial, at: '2026-05-01T00:00:00Z', reason: 1 }] },
      }),
      [changes('intel.pck-not-revoked', 'pass', 'fail')],
    ),
    made(
      'revoked-authority',
      PCS,
      collateral('root-crl.der', {
        rootCrl: { revoked: [{ serial: platform.ca === 'platform' ? 2 : 3, at: '2026-05-01T00:00:00Z', reason: 2 }] },
      }),
      [changes('intel.pck-ca-not-revoked', 'pass', 'fail')],
    ),
    made(
      'expired-list',
      TOLD.list,
      collateral('pck-crl.der', { pckCrl: { thisUpdate: '2026-04-01T00:00:00Z', nextUpdate: '2026-05-01T00:00:00Z' } }),
      [changes('intel.pck-not-revoked', 'pass', 'not-checked')],
    ),
    made('list-removed', TOLD.list, { kind: 'take-away', format: 'x509.crl' }, [
      changes('intel.pck-crl-authentic', 'pass', 'not-checked'),
      changesIf('intel.pck-not-revoked', 'pass', 'not-checked'),
      changesIf('intel.pck-not-revoked', 'fail', 'not-checked'),
    ]),
    made(
      'older-levels',
      PCS,
      {
        kind: 'remake',
        of: kind.bundled,
        make: async () => only(bundledFilesOf(await makeCase({ ...recipe, tcbInfo: OLDER })), 'collateral.json'),
      },
      [changes('intel.platform-level', 'warn', 'pass'), changes('intel.evaluation-numbers', 'pass', 'warn')],
    ),
    made('trailing', TOLD.trailing, { kind: 'append', hex: 'c0ffee' }, [
      changes('intel.no-trailing-bytes', 'pass', 'warn'),
    ]),
    made(
      'replayed',
      TOLD.freshness,
      { kind: 'expect', policy: { reportData: ANOTHER_VALUE } },
      replayed('report-data'),
    ),
  ]
}

export const presets: readonly LabPreset[] = KINDS.flatMap(presetsFor)
