import {
  bundleFile,
  identityBody,
  separateFiles,
  signText,
  tcbInfoBody,
  type DemoCollateral,
  type IdentityRecipe,
  type LevelRecipe,
  type TcbInfoRecipe,
} from './attester/collateral.ts'
import {
  issueCa,
  issueList,
  issuePck,
  issueTcbSigning,
  pckKeyOf,
  rootCertificate,
  type ListRecipe,
  type PlatformRecipe,
} from './attester/pki.ts'
import {
  AUTH_DATA,
  chainData,
  DEFAULT_ATTESTATION_KEY,
  enclaveBody,
  fixed,
  makeQuoteBytes,
  measured,
  tdBody,
  VENDOR_ID,
  type EnclaveRecipe,
  type EnvelopeRecipe,
  type TdRecipe,
} from './attester/quote.ts'

/**
 * Makes complete Intel-shaped evidence under the demonstration root: a quote with its PCK chain, and collateral that speaks about it.
 * A recipe says only what shall differ from a platform in good order; `bend` changes things that a platform in good order never does.
 */
export interface Recipe {
  readonly version?: 3 | 4 | 5
  readonly bodyKind?: EnvelopeRecipe['bodyKind']
  readonly platform?: Partial<PlatformRecipe>
  readonly enclave?: Partial<EnclaveRecipe>
  readonly td?: Partial<TdRecipe>
  readonly qe?: Partial<EnvelopeRecipe['qe']>
  readonly tcbInfo?: Partial<TcbInfoRecipe>
  readonly identity?: Partial<IdentityRecipe>
  readonly pckCrl?: Partial<ListRecipe>
  readonly rootCrl?: Partial<ListRecipe>
  readonly bend?: Bend
}

/** What an attacker, or a mistake, may change. */
export interface Bend {
  readonly envelope?: Partial<Omit<EnvelopeRecipe, 'version' | 'bodyKind' | 'qe'>>
  /** The body before it is signed. */
  readonly body?: (body: Uint8Array) => Uint8Array
  /** Certificates of the quote, in the order in which they shall stand. */
  readonly certificates?: (chain: {
    readonly leaf: Uint8Array
    readonly intermediate: Uint8Array
    readonly root: Uint8Array
  }) => readonly Uint8Array[]
  /** The certification data as bytes. */
  readonly chainData?: (data: Uint8Array) => Uint8Array
  /** The signed member before it is signed. */
  readonly tcbInfo?: (body: Record<string, unknown>) => Record<string, unknown>
  readonly identity?: (body: Record<string, unknown>) => Record<string, unknown>
  /** Signs collateral instead of the TCB signing key. */
  readonly collateralKey?: JsonWebKey
  /** Signs the lists instead of their issuers. */
  readonly listKey?: JsonWebKey
}

/** What came out, part by part. */
export interface DemoCase extends DemoCollateral {
  readonly quote: Uint8Array
  readonly certificates: readonly Uint8Array[]
}

/** Instant at which everything in a default recipe is in date. */
export const DEMO_AT = '2026-06-15T12:00:00Z'
/** When the collateral of a default recipe was issued, and until when it holds. */
export const DEMO_ISSUED = { issueDate: '2026-06-01T00:00:00Z', nextUpdate: '2026-07-01T00:00:00Z' }

const FMSPC = 'd0e0f0000000'
const SVNS = [4, 4, 2, 2, 3, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0]
const TEE_TCB_SVN = [6, 1, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
const PCE_SVN = 13
const UP_TO_DATE = '2026-03-10T00:00:00Z'

const lowered = (svns: readonly number[], by: number, from = 0) =>
  svns.map((svn, i) => (i < from ? svn : Math.max(0, svn - by)))

/** Levels of the demonstration platform: current, in need of hardening, behind, and one that is revoked. */
export function demoLevels(tee: 'SGX' | 'TDX'): LevelRecipe[] {
  const tdx = (svns: readonly number[]) => (tee === 'TDX' ? { tdx: svns } : {})
  return [
    {
      sgx: SVNS,
      pceSvn: PCE_SVN,
      ...tdx([5, 0, 5, ...Array.from({ length: 13 }, () => 0)]),
      status: 'UpToDate',
      date: UP_TO_DATE,
    },
    {
      sgx: lowered(SVNS, 1),
      pceSvn: PCE_SVN,
      ...tdx([5, 0, 4, ...Array.from({ length: 13 }, () => 0)]),
      status: 'SWHardeningNeeded',
      date: '2025-08-13T00:00:00Z',
      advisories: ['INTEL-SA-90001'],
    },
    {
      sgx: lowered(SVNS, 2),
      pceSvn: 11,
      ...tdx([4, 0, 3, ...Array.from({ length: 13 }, () => 0)]),
      status: 'OutOfDate',
      date: '2025-02-12T00:00:00Z',
      advisories: ['INTEL-SA-90001', 'INTEL-SA-90002'],
    },
    {
      sgx: lowered(SVNS, 3),
      pceSvn: 5,
      ...tdx([3, 0, 2, ...Array.from({ length: 13 }, () => 0)]),
      status: 'Revoked',
      date: '2023-02-15T00:00:00Z',
      advisories: ['INTEL-SA-90001', 'INTEL-SA-90002', 'INTEL-SA-90003'],
    },
  ]
}

/** The platform of a default recipe. */
export function demoPlatform(bodyKind: EnvelopeRecipe['bodyKind']): PlatformRecipe {
  return {
    ca: bodyKind === 'sgx' ? 'processor' : 'platform',
    fmspc: FMSPC,
    pceId: '0000',
    components: SVNS,
    pceSvn: PCE_SVN,
    smtEnabled: false,
    serial: 0x5043_4b01,
    notBefore: '2026-01-10T00:00:00Z',
    notAfter: '2033-01-10T00:00:00Z',
  }
}

async function demoEnclave(): Promise<EnclaveRecipe> {
  return {
    cpuSvn: Uint8Array.from(SVNS),
    miscSelect: 0,
    attributes: 0x5n,
    xfrm: 0xe7n,
    mrEnclave: await measured('demonstration enclave', 'SHA-256'),
    mrSigner: await measured('demonstration author', 'SHA-256'),
    isvProdId: 1,
    isvSvn: 3,
    reportData: fixed(64, new TextEncoder().encode('chosen by the enclave')),
  }
}

async function demoTd(): Promise<TdRecipe> {
  return {
    teeTcbSvn: TEE_TCB_SVN,
    mrSeam: await measured('demonstration TDX module'),
    mrSignerSeam: new Uint8Array(48),
    seamAttributes: 0n,
    tdAttributes: 1n << 28n,
    xfam: 0x618e7n,
    mrTd: await measured('demonstration firmware'),
    mrConfigId: new Uint8Array(48),
    mrOwner: new Uint8Array(48),
    mrOwnerConfig: new Uint8Array(48),
    rtmrs: [
      await measured('demonstration RTMR0'),
      await measured('demonstration RTMR1'),
      await measured('demonstration RTMR2'),
      new Uint8Array(48),
    ],
    reportData: fixed(64, new TextEncoder().encode('chosen by the TD')),
    teeTcbSvn2: TEE_TCB_SVN,
    mrServiceTd: new Uint8Array(48),
  }
}

const QE_LEVELS = [
  { isvSvn: 8, status: 'UpToDate', date: UP_TO_DATE },
  { isvSvn: 6, status: 'OutOfDate', date: '2024-11-13T00:00:00Z', advisories: ['INTEL-SA-90010'] },
]

async function demoQe(isTdx: boolean): Promise<EnvelopeRecipe['qe']> {
  return {
    cpuSvn: Uint8Array.from(SVNS),
    miscSelect: 0,
    attributes: 0x15n,
    xfrm: 0xe7n,
    mrEnclave: await measured('demonstration quoting enclave', 'SHA-256'),
    mrSigner: await measured('demonstration QE signer', 'SHA-256'),
    isvProdId: isTdx ? 2 : 1,
    isvSvn: 8,
  }
}

/** A TCB info that calls the demonstration platform current. */
export function demoTcbInfo(tee: 'SGX' | 'TDX', platform: PlatformRecipe): TcbInfoRecipe {
  const module = { mrSigner: new Uint8Array(48), attributes: '0000000000000000' }
  return {
    tee,
    ...DEMO_ISSUED,
    fmspc: platform.fmspc,
    pceId: platform.pceId,
    evaluationNumber: 20,
    module,
    levels: demoLevels(tee),
    modules: [
      { id: 'TDX_03', ...module, levels: [{ isvSvn: 3, status: 'UpToDate', date: UP_TO_DATE }] },
      {
        id: 'TDX_01',
        ...module,
        levels: [
          { isvSvn: 6, status: 'UpToDate', date: UP_TO_DATE },
          { isvSvn: 4, status: 'OutOfDate', date: '2024-08-14T00:00:00Z', advisories: ['INTEL-SA-90020'] },
        ],
      },
    ],
  }
}

async function demoIdentity(isTdx: boolean): Promise<IdentityRecipe> {
  const qe = await demoQe(isTdx)
  return {
    id: isTdx ? 'TD_QE' : 'QE',
    ...DEMO_ISSUED,
    evaluationNumber: 20,
    miscSelect: '00000000',
    miscSelectMask: 'FFFFFFFF',
    attributes: '11000000000000000000000000000000',
    attributesMask: 'FBFFFFFFFFFFFFFF0000000000000000',
    mrSigner: qe.mrSigner,
    isvProdId: qe.isvProdId,
    levels: QE_LEVELS,
  }
}

const DEFAULT_LIST: ListRecipe = {
  thisUpdate: '2026-06-01T00:00:00Z',
  nextUpdate: '2026-07-01T00:00:00Z',
  revoked: [{ serial: 0x0bad, at: '2026-05-01T00:00:00Z', reason: 1 }],
}
const DEFAULT_ROOT_LIST: ListRecipe = {
  thisUpdate: '2026-01-15T00:00:00Z',
  nextUpdate: '2027-01-15T00:00:00Z',
  revoked: [],
}

/** Makes a case from a recipe. Signatures differ each time; everything else is the same. */
export async function makeCase(recipe: Recipe = {}): Promise<DemoCase> {
  const version = recipe.version ?? 4
  const bodyKind = recipe.bodyKind ?? (version === 3 ? 'sgx' : 'td10')
  const isTdx = bodyKind !== 'sgx'
  const platform = { ...demoPlatform(bodyKind), ...recipe.platform }
  const [leaf, intermediate, root, signing] = [
    await issuePck(platform),
    await issueCa(platform.ca),
    rootCertificate(),
    await issueTcbSigning(),
  ]
  const certificates = recipe.bend?.certificates?.({ leaf, intermediate, root }) ?? [leaf, intermediate, root]
  return {
    quote: await makeQuote(recipe, { version, bodyKind, platform, certificates }),
    certificates,
    ...(await makeCollateral(recipe, isTdx, platform)),
    signingChain: [signing, root],
    caChain: [intermediate, root],
  }
}

/** Quotes of one platform and its collateral, each with report data and signatures of its own: a fleet as it asks for its verdicts. */
export async function makeFleet(
  count: number,
): Promise<{ readonly quotes: Uint8Array[]; readonly collateral: DemoFile }> {
  const made = await makeCase()
  const base = {
    version: 4,
    bodyKind: 'td10',
    platform: demoPlatform('td10'),
    certificates: made.certificates,
  } as const
  const quotes: Uint8Array[] = []
  for (let i = 0; i < count; i++) {
    const reportData = new Uint8Array(64)
    new DataView(reportData.buffer).setUint32(0, i)
    quotes.push(await makeQuote({ td: { reportData } }, base))
  }
  return { quotes, collateral: bundleFile(made) }
}

async function makeQuote(
  recipe: Recipe,
  base: {
    version: 3 | 4 | 5
    bodyKind: EnvelopeRecipe['bodyKind']
    platform: PlatformRecipe
    certificates: readonly Uint8Array[]
  },
): Promise<Uint8Array> {
  const { bend } = recipe
  const isTdx = base.bodyKind !== 'sgx'
  const plain =
    base.bodyKind === 'sgx'
      ? enclaveBody({ ...(await demoEnclave()), ...recipe.enclave })
      : tdBody(base.bodyKind, { ...(await demoTd()), ...recipe.td })
  const data = chainData(base.certificates)
  const envelope: EnvelopeRecipe = {
    version: base.version,
    bodyKind: base.bodyKind,
    vendorId: VENDOR_ID,
    userData: new Uint8Array(20),
    signer: bend?.envelope?.attestationKey ?? DEFAULT_ATTESTATION_KEY,
    attestationKey: DEFAULT_ATTESTATION_KEY,
    qeSigner: pckKeyOf(base.platform.ca),
    qeAuthData: AUTH_DATA,
    qe: { ...(await demoQe(isTdx)), ...recipe.qe },
    certification: { type: 5, data: bend?.chainData?.(data) ?? data },
    trailing: new Uint8Array(),
    ...bend?.envelope,
  }
  return makeQuoteBytes(envelope, bend?.body?.(plain) ?? plain)
}

async function makeCollateral(
  recipe: Recipe,
  isTdx: boolean,
  platform: PlatformRecipe,
): Promise<Omit<DemoCollateral, 'signingChain' | 'caChain'>> {
  const { bend } = recipe
  const info = tcbInfoBody({ ...demoTcbInfo(isTdx ? 'TDX' : 'SGX', platform), ...recipe.tcbInfo })
  const identity = identityBody({ ...(await demoIdentity(isTdx)), ...recipe.identity })
  return {
    pckCrl: await issueList(platform.ca, { ...DEFAULT_LIST, ...recipe.pckCrl }, bend?.listKey),
    rootCrl: await issueList('root', { ...DEFAULT_ROOT_LIST, ...recipe.rootCrl }, bend?.listKey),
    tcbInfo: await signText('tcbInfo', JSON.stringify(bend?.tcbInfo?.(info) ?? info), bend?.collateralKey),
    identity: await signText(
      'enclaveIdentity',
      JSON.stringify(bend?.identity?.(identity) ?? identity),
      bend?.collateralKey,
    ),
  }
}

/** A file of a case. */
export interface DemoFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Quote and collateral as separate files; the quote comes first. */
export function filesOf(made: DemoCase): DemoFile[] {
  return [{ name: 'quote.bin', bytes: made.quote }, ...separateFiles(made)]
}

/** Quote and one file that holds all collateral. */
export function bundledFilesOf(made: DemoCase): DemoFile[] {
  return [{ name: 'quote.bin', bytes: made.quote }, bundleFile(made)]
}
