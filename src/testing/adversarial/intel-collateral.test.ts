import { describe, expect, it } from 'vitest'
import { basicConstraints, keyUsage } from '../../pki/issue.ts'
import {
  bundledFilesOf,
  DEMO_ISSUED,
  demoLevels,
  demoPlatform,
  demoTcbInfo,
  filesOf,
  makeCase,
  type DemoCase,
  type DemoFile,
  type Recipe,
} from '../../schemes/intel-dcap/attester.ts'
import {
  answerOf,
  signText,
  tcbInfoBody,
  type SignedText,
  type TcbInfoRecipe,
} from '../../schemes/intel-dcap/attester/collateral.ts'
import { DEMO_NAMES } from '../../schemes/intel-dcap/attester/pki.ts'
import { attackerKey, platformPckKey, rootKey, tcbSigningKey } from '../../schemes/intel-dcap/demo-keys.ts'
import { attackersCollateral } from '../../schemes/intel-dcap/testing-hostile.ts'
import { effective } from '../tamper.ts'
import {
  complaints,
  faultsOf,
  from,
  good,
  isAccepting,
  pem,
  replaced,
  signedFile,
  text,
  told,
  view,
  without,
  type Row,
} from './kit.ts'
import { certificate, freshKey, named } from './mint.ts'

const EVIDENCE = [
  'intel.quote-signed-by-attestation-key',
  'intel.qe-report-signed-by-pck',
  'intel.attestation-key-bound-by-qe',
  'intel.pck-chain',
  'intel.quote-certificates-vouched',
]

/** The TCB info of the untouched case with its signed text changed before it is signed, by default by the right key. */
const info = (change: (body: Record<string, unknown>) => Record<string, unknown>): Recipe => ({
  bend: { tcbInfo: change },
})
const identity = (change: (body: Record<string, unknown>) => Record<string, unknown>): Recipe => ({
  bend: { identity: change },
})
/** Changes the first level of a signed member. */
const first =
  (change: (level: Record<string, unknown>) => Record<string, unknown>) => (body: Record<string, unknown>) => {
    const [level, ...others] = body['tcbLevels'] as Record<string, unknown>[]
    return { ...body, tcbLevels: [change(level ?? {}), ...others] }
  }
const firstTcb = (change: (tcb: Record<string, unknown>) => Record<string, unknown>) =>
  info(first((level) => ({ ...level, tcb: change(level['tcb'] as Record<string, unknown>) })))
const component = (kind: 'sgxtcbcomponents' | 'tdxtcbcomponents', change: (list: unknown[]) => unknown[]) =>
  firstTcb((tcb) => ({ ...tcb, [kind]: change(tcb[kind] as unknown[]) }))

/** The untouched files with the TCB info's text signed as it stands. */
const signedAs =
  (change: (value: string) => string, member: 'tcbInfo' | 'identity' = 'tcbInfo') =>
  async () => {
    const made = await good()
    const own = made[member]
    return filesOf({ ...made, [member]: await signText(own.member, change(own.text)) })
  }
/** The same with the old signature. */
const altered =
  (change: (value: string) => string, member: 'tcbInfo' | 'identity' = 'tcbInfo') =>
  async () => {
    const made = await good()
    return filesOf({ ...made, [member]: { ...made[member], text: change(made[member].text) } })
  }
const answered = (change: (signed: SignedText) => string) => async () => {
  const made = await good()
  return replaced(filesOf(made), 'tcb-info.json', text(change(made.tcbInfo)))
}
const pretty = (value: string) => JSON.stringify(JSON.parse(value), null, 2)

const rows: readonly Row[] = [
  {
    name: 'I1 qe_identity_signed_by_attacker',
    files: async () => {
      const made = await good()
      return filesOf({ ...made, identity: await signText('enclaveIdentity', made.identity.text, attackerKey) })
    },
    headline: 'S4',
    mustFail: ['intel.qe-identity-signature'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'I1 another enclave, and an identity that the attacker wrote for it',
    files: async () => {
      const made = await makeCase({
        qe: { mrSigner: new Uint8Array(32).fill(3) },
        identity: { mrSigner: new Uint8Array(32).fill(3) },
      })
      return filesOf({ ...made, identity: await signText('enclaveIdentity', made.identity.text, attackerKey) })
    },
    headline: 'S4',
    mustFail: ['intel.qe-identity-signature'],
  },
  {
    name: 'I4 qe_identity_id_swapped',
    files: from({ identity: { id: 'QE' } }),
    headline: 'S4',
    mustFail: ['intel.qe-identity-id'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'I4 identity of the verifying enclave',
    files: from(identity((body) => ({ ...body, id: 'QVE' }))),
    headline: 'S4',
    mustFail: ['intel.qe-identity-id'],
  },
  {
    name: 'identity version 3',
    files: from(identity((body) => ({ ...body, version: 3 }))),
    headline: 'S4',
    mustFail: ['intel.qe-identity-format'],
  },
  {
    name: 'identity without its mask',
    files: from(identity(({ attributesMask: _none, ...body }) => body)),
    headline: 'S4',
    mustFail: ['intel.qe-identity-format'],
  },
  {
    name: 'identity with a status that only platforms have',
    files: from(identity(first((level) => ({ ...level, tcbStatus: 'SWHardeningNeeded' })))),
    headline: 'S4',
    mustFail: ['tcb.status-unknown'],
  },
  {
    name: 'identity revoked',
    files: from({ identity: { levels: [{ isvSvn: 8, status: 'Revoked', date: '2026-03-10T00:00:00Z' }] } }),
    headline: 'S3',
    mustFail: ['tcb.revoked'],
  },
  {
    name: 'identity_missing',
    files: async () => without(filesOf(await good()), 'qe-identity.json'),
    headline: 'S4',
    mustFail: ['intel.qe-identity-missing', 'intel.no-identity'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'I3 tcb_sig_bad',
    files: altered((value) => value.replace('"SWHardeningNeeded"', '"UpToDate"')),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-signature'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'I3 signed by the attacker under a look-alike root',
    files: async () => {
      const made = await good()
      return [filesOf(made)[0], ...(await attackersCollateral(made)), ...filesOf(made).slice(1, 3)].filter(
        (file): file is DemoFile => file !== undefined,
      )
    },
    headline: 'S4',
    mustFail: ['collateral.other-root'],
    mustNotFail: EVIDENCE,
  },
  {
    name: "I3 signed by the platform's own PCK key",
    files: async () => {
      const made = await good()
      return filesOf({ ...made, tcbInfo: await signText('tcbInfo', made.tcbInfo.text, platformPckKey) })
    },
    headline: 'S4',
    mustFail: ['intel.tcbinfo-signature'],
  },
  {
    name: 'I3 signed by the root itself',
    files: async () => {
      const made = await good()
      return filesOf({ ...made, tcbInfo: await signText('tcbInfo', made.tcbInfo.text, rootKey) })
    },
    headline: 'S4',
    mustFail: ['intel.tcbinfo-signature'],
  },
  {
    name: 'I3 signed by a certificate of another name under the same root',
    files: async () =>
      otherSigner({ subject: named('Demonstration something else'), issuer: DEMO_NAMES.root, issuerKey: rootKey }),
    headline: 'S4',
    mustFail: ['collateral.signer-name'],
  },
  {
    name: 'I3 signed by a certificate of the right name under the platform authority',
    files: async () => otherSigner({ subject: DEMO_NAMES.tcbSigning }),
    headline: 'S4',
    mustFail: ['collateral.signer-name'],
  },
  {
    name: 'I3 signature empty',
    files: answered((signed) => `{"tcbInfo":${signed.text},"signature":""}`),
    headline: 'S4',
    mustFail: ['collateral.unsigned'],
  },
  {
    name: 'I3 signature left out',
    files: answered((signed) => `{"tcbInfo":${signed.text}}`),
    headline: 'S4',
    mustFail: ['collateral.unsigned'],
  },
  {
    name: 'I3 signature zero',
    files: answered((signed) => answerOf({ ...signed, signature: '00'.repeat(64) })),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-signature'],
  },
  {
    name: 'I3 signature of the identity',
    files: async () => {
      const made = await good()
      return filesOf({ ...made, tcbInfo: { ...made.tcbInfo, signature: made.identity.signature } })
    },
    headline: 'S4',
    mustFail: ['intel.tcbinfo-signature'],
  },
  {
    name: 'tcb_json_respaced',
    files: altered(pretty),
    headline: 'S4',
    mustFail: ['collateral.compact-only'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'tcb_json with one blank at the end of the object',
    files: altered((value) => value.replace(/\}$/, ' }')),
    headline: 'S4',
    mustFail: ['collateral.compact-only'],
  },
  {
    name: 'tcb_json with escapes',
    files: altered((value) => value.replace('"TDX"', String.raw`"\u0054DX"`)),
    headline: 'S4',
    mustFail: ['collateral.compact-only'],
  },
  {
    name: 'tcb_json with an escaped slash in a name',
    files: altered((value) => value.replace('"OS/VMM"', String.raw`"OS\/VMM"`)),
    headline: 'S4',
    mustFail: ['collateral.compact-only'],
  },
  {
    name: 'identity respaced',
    files: altered(pretty, 'identity'),
    headline: 'S4',
    mustFail: ['collateral.compact-only'],
  },
  {
    name: 'respaced and signed like that',
    files: signedAs(pretty),
    headline: 'S4',
    mustFail: ['collateral.not-compact'],
  },
  {
    name: 'escapes that were signed like that',
    files: signedAs((value) => value.replace('"TDX"', String.raw`"\u0054DX"`)),
    headline: 'S4',
    mustFail: ['collateral.not-compact'],
  },
  {
    name: 'white space outside the signed member',
    files: answered((signed) => `{\n  "tcbInfo" : ${signed.text},\n  "signature" : "${signed.signature}"\n}\n`),
    headline: 'S5',
  },
  {
    name: 'duplicate tcbInfo key: good one first',
    files: answered((signed) => `{"tcbInfo":${signed.text},"tcbInfo":{},"signature":"${signed.signature}"}`),
    headline: 'S4',
    mustFail: ['json.duplicate-key'],
  },
  {
    name: 'duplicate tcbInfo key: good one last',
    files: answered(
      (signed) =>
        `{"tcbInfo":${signed.text.replace('"OutOfDate"', '"UpToDate"')},"tcbInfo":${signed.text},"signature":"${signed.signature}"}`,
    ),
    headline: 'S4',
    mustFail: ['intel.tcb-info-authentic'],
  },
  {
    name: 'duplicate tcbInfo key, once with an escape',
    files: answered(
      (signed) => `{"tcbInfo":${signed.text},"tcb\\u0049nfo":{"id":"TDX"},"signature":"${signed.signature}"}`,
    ),
    headline: 'S4',
    mustFail: ['json.duplicate-key'],
  },
  {
    name: 'duplicate signature',
    files: answered(
      (signed) => `{"tcbInfo":${signed.text},"signature":"${signed.signature}","signature":"${'00'.repeat(64)}"}`,
    ),
    headline: 'S4',
    mustFail: ['json.duplicate-key'],
  },
  {
    name: 'duplicate key inside what is signed',
    files: signedAs((value) => value.replace('"tcbType":0', '"tcbType":0,"fmspc":"D0E0F0000000"')),
    headline: 'S4',
    mustFail: ['json.duplicate-key'],
  },
  {
    name: 'bytes behind the JSON',
    files: answered((signed) => `${answerOf(signed)}{"tcbInfo":{}}`),
    headline: 'S4',
    mustFail: ['intel.tcb-info-authentic'],
  },
  {
    name: 'I4 tcb_type_sgx_for_tdx',
    files: from(info((body) => ({ ...body, id: 'SGX' }))),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-type'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'I4 SGX collateral on a TDX quote',
    files: async () => [...filesOf(await good()).slice(0, 3), ...filesOf(await good('sgx3')).slice(3)],
    headline: 'S4',
    mustFail: ['intel.tcbinfo-type', 'intel.qe-identity-id'],
  },
  {
    name: 'I4 TDX collateral on an SGX quote',
    files: async () => [...filesOf(await good('sgx3')).slice(0, 3), ...filesOf(await good()).slice(3)],
    headline: 'S4',
    mustFail: ['intel.tcbinfo-type', 'intel.qe-identity-id'],
  },
  {
    name: 'I4 TCB info of an unknown kind',
    files: from(info((body) => ({ ...body, id: 'tdx' }))),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  {
    name: 'I4 version 4',
    files: from(info((body) => ({ ...body, version: 4 }))),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  {
    name: 'I4 version 3 without an id',
    files: from(info(({ id: _none, ...body }) => body)),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  {
    name: 'I7 tcb_status_unknown',
    files: from(info(first((level) => ({ ...level, tcbStatus: 'FooBar' })))),
    headline: 'S4',
    mustFail: ['tcb.status-unknown'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'I7 status of another case',
    files: from(info(first((level) => ({ ...level, tcbStatus: 'uptodate' })))),
    headline: 'S4',
    mustFail: ['tcb.status-unknown'],
  },
  {
    name: 'I7 a status that no level may have',
    files: from(info(first((level) => ({ ...level, tcbStatus: 'TDRelaunchAdvised' })))),
    headline: 'S4',
    mustFail: ['tcb.status-unknown'],
  },
  {
    name: 'I7 a member of every object as status',
    files: from(info(first((level) => ({ ...level, tcbStatus: 'constructor' })))),
    headline: 'S4',
    mustFail: ['tcb.status-unknown'],
  },
  {
    name: 'I7 status missing',
    files: from(info(first(({ tcbStatus: _none, ...level }) => level))),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  {
    name: 'I7 status empty',
    files: from(info(first((level) => ({ ...level, tcbStatus: '' })))),
    headline: 'S4',
    mustFail: ['tcb.status-unknown'],
  },
  {
    name: 'I7 status unknown in a level that does not match',
    files: from({
      tcbInfo: { levels: demoLevels('TDX').map((level, i) => (i === 3 ? { ...level, status: 'FooBar' } : level)) },
    }),
    headline: 'S4',
    mustFail: ['tcb.status-unknown'],
  },
  {
    name: 'I7 tcb_status_revoked',
    files: from({ tcbInfo: { levels: demoLevels('TDX').map((level) => ({ ...level, status: 'Revoked' })) } }),
    headline: 'S3',
    mustFail: ['tcb.revoked'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'I7 below every level',
    files: from({ platform: { components: Array.from({ length: 16 }, () => 0) } }),
    headline: 'S3',
    mustFail: ['tcb.not-supported'],
  },
  {
    name: 'I15 tcb_outofdate',
    files: from({ platform: { pceSvn: 11 } }),
    headline: 'S5w',
    mustFail: ['tcb.out-of-date'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'I8 tcb_levels_unsorted',
    files: from({ tcbInfo: { levels: demoLevels('TDX').toReversed() } }),
    headline: 'S5',
    mustNotFail: ['intel.tcb-current'],
  },
  {
    name: 'I8 unsorted, out of date stays out of date',
    files: from({ platform: { pceSvn: 11 }, tcbInfo: { levels: demoLevels('TDX').toReversed() } }),
    headline: 'S5w',
    mustFail: ['tcb.out-of-date'],
  },
  {
    name: 'I8 two equal levels of different status',
    files: from({
      tcbInfo: {
        levels: demoLevels('TDX').flatMap((level, i) => (i === 0 ? [level, { ...level, status: 'Revoked' }] : [level])),
      },
    }),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  {
    name: 'I8 no levels',
    files: from({ tcbInfo: { levels: [] } }),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  {
    name: 'I8 tcb_15_components',
    files: from(component('sgxtcbcomponents', (list) => list.slice(1))),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'I8 no component at all',
    files: from(component('sgxtcbcomponents', () => [])),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  {
    name: 'I8 17 components',
    files: from(component('sgxtcbcomponents', (list) => [...list, { svn: 0 }])),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  {
    name: 'I8 15 TDX components',
    files: from(component('tdxtcbcomponents', (list) => list.slice(1))),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  {
    name: 'I8 TDX components left out',
    files: from(firstTcb(({ tdxtcbcomponents: _none, ...tcb }) => tcb)),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  ...[256, 261, -1, 1.5, '3', null, 1e300, true].map((svn): Row => ({
    name: `I8 SVN ${JSON.stringify(svn)}`,
    files: from(component('sgxtcbcomponents', ([, ...list]) => [{ svn }, ...list])),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  })),
  {
    name: 'I8 SVN "3e0"',
    files: signedAs((value) => value.replace('"svn":4', '"svn":3e0')),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  {
    name: 'I8 SVN "-0"',
    files: signedAs((value) => value.replace('"svn":4', '"svn":-0')),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  {
    name: 'I8 PCESVN 65536',
    files: from(firstTcb((tcb) => ({ ...tcb, pcesvn: 65_536 }))),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  },
  {
    name: 'I9 tcb_expired',
    files: from({ tcbInfo: { nextUpdate: '2026-06-15T11:59:59Z' } }),
    headline: 'S4',
    mustFail: ['collateral.expired'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'I9 tcb_future',
    files: from({ tcbInfo: { issueDate: '2026-06-15T12:00:01Z' } }),
    headline: 'S4',
    mustFail: ['collateral.future'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'I9 identity expired',
    files: from({ identity: { nextUpdate: '2026-06-15T11:59:59Z' } }),
    headline: 'S4',
    mustFail: ['collateral.expired'],
  },
  {
    name: 'I9 identity from the future',
    files: from({ identity: { issueDate: '2026-06-15T12:00:01Z' } }),
    headline: 'S4',
    mustFail: ['collateral.future'],
  },
  ...[
    '2026-07-01',
    '2026-07-01T00:00:00',
    '2026-07-01T00:00:00+00:00',
    '2026-07-01T00:00:00.000Z',
    '2026-02-30T00:00:00Z',
    '+02026-07-01T00:00:00Z',
    // A leap second, seconds left out, small letters, a blank, and the end of a day as its 24th hour: readers differ on each.
    '2026-06-30T23:59:60Z',
    '2026-07-01T00:00Z',
    '2026-07-01t00:00:00z',
    '2026-07-01 00:00:00Z',
    '2026-06-30T24:00:00Z',
  ].map((date): Row => ({
    name: `I9 nextUpdate "${date}"`,
    files: from({ tcbInfo: { nextUpdate: date } }),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-format'],
  })),
  {
    name: 'I9 tcb_rollback_evalnum: an older edition in date beside a newer one that is not',
    files: async () => [
      ...(await from({ tcbInfo: { evaluationNumber: 16 } })()),
      {
        name: 'new.json',
        bytes: await edition({
          evaluationNumber: 20,
          issueDate: '2026-05-01T00:00:00Z',
          nextUpdate: '2026-05-31T00:00:00Z',
        }),
      },
    ],
    headline: 'S5',
    mustFail: ['tcb.older-edition'],
  },
  {
    name: 'I9 editions of TCB info and identity differ',
    files: from({ identity: { evaluationNumber: 19 } }),
    headline: 'S5',
    mustFail: ['tcb.unequal-editions'],
  },
  {
    name: 'I5 TCB info of another family beside the right one',
    files: async () => [
      ...filesOf(await good()),
      {
        name: 'other.json',
        bytes: await edition({
          fmspc: 'd0e0f0000001',
          levels: demoLevels('TDX').map((level) => ({ ...level, status: 'Revoked' })),
        }),
      },
    ],
    headline: 'S5',
  },
  {
    name: 'I11 no module identities',
    files: from({ tcbInfo: { modules: undefined } }),
    headline: 'S4',
    mustFail: ['tdx.module-no-identities'],
  },
  {
    name: 'I11 module identities without the one in use',
    files: from({ tcbInfo: { modules: [] } }),
    headline: 'S4',
    mustFail: ['tdx.module-no-entry'],
  },
  { name: 'I11 module revoked', files: from(moduleLevels('Revoked')), headline: 'S3', mustFail: ['tcb.revoked'] },
  {
    name: 'I11 module out of date',
    files: from(moduleLevels('OutOfDate')),
    headline: 'S5w',
    mustFail: ['tcb.out-of-date'],
  },
  {
    name: 'I11 module status of platforms',
    files: from(moduleLevels('ConfigurationNeeded')),
    headline: 'S4',
    mustFail: ['tcb.status-unknown'],
  },
]

function moduleLevels(status: string): Recipe {
  return {
    tcbInfo: {
      modules: [
        {
          id: 'TDX_01',
          mrSigner: new Uint8Array(48),
          attributes: '0000000000000000',
          levels: [{ isvSvn: 0, status, date: '2026-03-10T00:00:00Z' }],
        },
      ],
    },
  }
}

/** Another authentic TCB info for the demonstration platform. */
async function edition(recipe: Partial<TcbInfoRecipe>): Promise<Uint8Array> {
  return signedFile(
    await signText('tcbInfo', JSON.stringify(tcbInfoBody({ ...demoTcbInfo('TDX', demoPlatform('td10')), ...recipe }))),
  )
}

/** TCB info and identity signed by a certificate that hangs on the right root but is no TCB signing certificate. */
async function otherSigner(recipe: Parameters<typeof certificate>[0]): Promise<DemoFile[]> {
  const made = await good()
  const signer = await certificate({
    serial: 0x4444,
    extensions: [keyUsage('digitalSignature'), basicConstraints(false)],
    ...recipe,
  })
  const [tcbInfo, own] = [
    await signText('tcbInfo', made.tcbInfo.text, attackerKey),
    await signText('enclaveIdentity', made.identity.text, attackerKey),
  ]
  return [...filesOf({ ...made, tcbInfo, identity: own }), { name: 'signer.pem', bytes: pem(signer) }]
}

/** Signed by the right key and about this platform: not bad, but worse, so it counts. */
const AUTHENTIC = /^I11 /

describe('what is done to the collateral', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, row) =>
    expect(await faultsOf(row)).toEqual([]),
  )

  it.each(
    rows.filter((row) => row.headline === 'S4' && !AUTHENTIC.test(row.name)).map((row) => [row.name, row] as const),
  )('beside a good copy nothing changes: %s', async (_name, row) => {
    const bad = (await row.files()).slice(1)
    const untouched = filesOf(await good())
    // Quotes of another kind have collateral of another kind; theirs is tried with their own case.
    const base = /on an SGX quote/.test(row.name) ? filesOf(await good('sgx3')) : untouched
    for (const files of [
      [...base, ...bad],
      [...bad, ...base],
    ]) {
      const result = await view(files)
      // What is authentic and in the future may say something worse, which counts; nothing here does.
      expect(effective(result), told(result)).toBe('S5')
    }
  })

  it('the status of what is out of date is still computed and named', async () => {
    const late = await view(await from({ tcbInfo: { nextUpdate: '2026-06-15T11:59:59Z' }, platform: { pceSvn: 11 } })())
    expect([effective(late), late.subjects[0]?.vendor?.tcbStatus]).toEqual(['S4', 'OutOfDate'])
    const old = await view(await from({ platform: { pceSvn: 11 } })())
    expect(old.subjects[0]?.vendor).toMatchObject({
      tcbStatus: 'OutOfDate',
      advisories: ['INTEL-SA-90001', 'INTEL-SA-90002'],
    })
  })
})

describe('of several, the one that counts', () => {
  const revoked = demoLevels('TDX').map((level) => ({ ...level, status: 'Revoked' }))
  const both = async (recipe: Partial<TcbInfoRecipe>, recipe2: Recipe = {}) => {
    const files = filesOf(await makeCase(recipe2))
    const more = { name: 'second.json', bytes: await edition(recipe) }
    const [one, other] = [await view([...files, more]), await view([more, ...files])]
    expect(effective(one)).toBe(effective(other))
    return one
  }
  it('newer and worse wins, whatever its edition and even from after the instant', async () => {
    expect(effective(await both({ issueDate: '2026-06-10T00:00:00Z', levels: revoked }))).toBe('S3')
    expect(effective(await both({ issueDate: '2026-06-10T00:00:00Z', evaluationNumber: 12, levels: revoked }))).toBe(
      'S3',
    )
    expect(
      effective(await both({ issueDate: '2026-06-20T00:00:00Z', nextUpdate: '2026-07-20T00:00:00Z', levels: revoked })),
    ).toBe('S3')
    expect(
      effective(await both({ issueDate: '2026-06-02T00:00:00Z', nextUpdate: '2026-06-03T00:00:00Z', levels: revoked })),
    ).toBe('S3')
  })
  it('older and worse does not, and older and better never does', async () => {
    expect(effective(await both({ issueDate: '2026-05-20T00:00:00Z', evaluationNumber: 19, levels: revoked }))).toBe(
      'S5',
    )
    expect(
      effective(
        await both({ issueDate: '2026-05-20T00:00:00Z', evaluationNumber: 19 }, { tcbInfo: { levels: revoked } }),
      ),
    ).toBe('S3')
    expect(
      effective(
        await both({ issueDate: '2026-05-20T00:00:00Z', evaluationNumber: 21 }, { tcbInfo: { levels: revoked } }),
      ),
    ).toBe('S3')
  })
  it('of two that are equal in date and edition the worse one, whatever the order', async () => {
    expect(effective(await both({ levels: revoked }))).toBe('S3')
    expect(effective(await both({ modules: [] }))).toBe('S4')
  })
  it('an identity that is newer and does not fit wins too', async () => {
    const made = await good()
    const other = await makeCase({
      identity: { ...DEMO_ISSUED, issueDate: '2026-06-10T00:00:00Z', mrSigner: new Uint8Array(32).fill(1) },
    })
    expect(effective(await view([...filesOf(made), { name: 'id2.json', bytes: signedFile(other.identity) }]))).toBe(
      'S3',
    )
  })
})

describe('forged collateral in every combination', () => {
  type Kind = 'absent' | 'good' | 'forged' | 'both'
  const KINDS: readonly Kind[] = ['absent', 'good', 'forged', 'both']
  const forgedFiles = async (made: DemoCase): Promise<Record<string, Uint8Array>> => {
    const evil = await makeCase({ bend: { listKey: attackerKey } })
    const hostile = await attackersCollateral(made)
    return {
      'pck-crl.der': evil.pckCrl,
      'root-crl.der': evil.rootCrl,
      'tcb-info.json': hostile.find((file) => file.name === 'tcb-info')?.bytes ?? new Uint8Array(),
      'qe-identity.json': hostile.find((file) => file.name === 'identity')?.bytes ?? new Uint8Array(),
      'tcb-signing-chain.pem': pem(
        ...hostile.filter((file) => file.name === 'signer' || file.name === 'root').map((file) => file.bytes),
      ),
    }
  }
  it('accepts exactly when every kind has a good copy, and never calls the evidence broken', async () => {
    const made = await good()
    const [quote, ...others] = filesOf(made)
    if (!quote) throw new Error('no quote')
    const forged = await forgedFiles(made)
    let ran = 0
    for (let code = 0; code < 4 ** others.length; code++) {
      // Every third of the 1,024 combinations, and all in which forged ones stand beside good ones only.
      const kinds = others.map((_, i) => KINDS[(code >> (2 * i)) & 3] ?? 'absent')
      if (code % 7 !== 0 && !kinds.every((kind) => kind === 'both' || kind === 'good')) continue
      const files = others.flatMap((file, i) => [
        ...(kinds[i] === 'forged' || kinds[i] === 'both'
          ? [{ name: `evil-${file.name}`, bytes: forged[file.name] ?? new Uint8Array() }]
          : []),
        ...(kinds[i] === 'good' || kinds[i] === 'both' ? [file] : []),
      ])
      const result = await view([quote, ...files])
      const isWhole = kinds.every((kind) => kind === 'good' || kind === 'both')
      expect(effective(result), `${kinds.join()}: ${told(result)}`).toBe(isWhole ? 'S5' : 'S4')
      for (const check of result.checks)
        if (check.outcome === 'fail') expect(check.layer, `${kinds.join()}: ${check.id}`).toBe(5)
      ran += 1
    }
    expect(ran).toBeGreaterThan(150)
  }, 60_000)

  it('in one bundle: a good one beside a forged one', async () => {
    const made = await good()
    const evil = {
      ...made,
      tcbInfo: await signText('tcbInfo', made.tcbInfo.text, attackerKey),
      identity: await signText('enclaveIdentity', made.identity.text, attackerKey),
    }
    expect(effective(await view(bundledFilesOf(evil)))).toBe('S4')
    expect(effective(await view([...bundledFilesOf(evil), ...bundledFilesOf(made).slice(1)]))).toBe('S5')
  })

  it('40 certificates of strangers before the right one change nothing', async () => {
    const recipe = {
      subject: DEMO_NAMES.tcbSigning,
      issuer: DEMO_NAMES.root,
      extensions: [keyUsage('digitalSignature'), basicConstraints(false)],
    }
    const keys = await Promise.all(Array.from({ length: 40 }, () => freshKey()))
    const strangers = await Promise.all(keys.map((key) => certificate({ ...recipe, issuerKey: key, subjectKey: key })))
    const sameKey = await Promise.all(
      keys.map((key, i) => certificate({ ...recipe, issuerKey: key, subjectKey: tcbSigningKey, serial: 500 + i })),
    )
    const files = filesOf(await good())
    for (const evil of [strangers, sameKey]) {
      const begun = performance.now()
      const result = await view([{ name: 'evil.pem', bytes: pem(...evil) }, ...files])
      expect(effective(result), told(result)).toBe('S5')
      expect(performance.now() - begun).toBeLessThan(5_000)
    }
    const revoked = await edition({
      issueDate: '2026-06-10T00:00:00Z',
      levels: demoLevels('TDX').map((level) => ({ ...level, status: 'Revoked' })),
    })
    const hidden = await view([
      { name: 'evil.pem', bytes: pem(...strangers) },
      ...files,
      { name: 'new.json', bytes: revoked },
    ])
    expect(effective(hidden)).toBe('S3')
  })

  it('a huge object that is no TCB info is survived', async () => {
    const huge = `{"tcbInfo":{${Array.from({ length: 130_000 }, (_, i) => `"k${i}":1`).join(',')}},"signature":"${'0'.repeat(128)}"}`
    const result = await view([...filesOf(await good()), { name: 'huge.json', bytes: text(huge) }])
    expect(effective(result)).toBe('S5')
    expect(complaints(result)).not.toContain('check.crashed')
    expect(
      isAccepting(
        await view([...without(filesOf(await good()), 'tcb-info.json'), { name: 'huge.json', bytes: text(huge) }]),
      ),
    ).toBe(false)
  }, 30_000)
})
