import { toHex } from '../../../bytes/layout.ts'
import { encodePem } from '../../../envelope/pem.ts'
import { signWith } from '../../../pki/issue.ts'
import { tcbSigningKey } from '../demo-keys.ts'
import { ECDSA_RAW } from './pki.ts'

/** A level of a platform, as the reader of a TCB info sees it. */
export interface LevelRecipe {
  readonly sgx: readonly number[]
  readonly pceSvn: number
  /** TDX only. */
  readonly tdx?: readonly number[]
  readonly status: string
  readonly date: string
  readonly advisories?: readonly string[]
}

/** A level of an enclave or module. */
export interface SvnLevelRecipe {
  readonly isvSvn: number
  readonly status: string
  readonly date: string
  readonly advisories?: readonly string[]
}

/** Identity of one TDX module. */
export interface ModuleRecipe {
  readonly id: string
  readonly mrSigner: Uint8Array
  readonly attributes: string
  readonly levels: readonly SvnLevelRecipe[]
}

/** What a TCB info shall say; dates as ISO text without fractions. */
export interface TcbInfoRecipe {
  readonly tee: 'SGX' | 'TDX'
  readonly issueDate: string
  readonly nextUpdate: string
  readonly fmspc: string
  readonly pceId: string
  readonly evaluationNumber: number
  readonly module: Pick<ModuleRecipe, 'mrSigner' | 'attributes'>
  /** Undefined: the member is left out, as in early TCB info. */
  readonly modules: readonly ModuleRecipe[] | undefined
  readonly levels: readonly LevelRecipe[]
}

/** What an enclave's identity shall say. */
export interface IdentityRecipe {
  readonly id: 'QE' | 'TD_QE'
  readonly issueDate: string
  readonly nextUpdate: string
  readonly evaluationNumber: number
  readonly miscSelect: string
  readonly miscSelectMask: string
  readonly attributes: string
  readonly attributesMask: string
  readonly mrSigner: Uint8Array
  readonly isvProdId: number
  readonly levels: readonly SvnLevelRecipe[]
}

const NAMES: Readonly<Record<string, Readonly<Record<number, { readonly category: string; readonly type: string }>>>> =
  {
    sgx: {
      0: { category: 'BIOS', type: 'Early Microcode Update' },
      1: { category: 'OS/VMM', type: 'SGX Late Microcode Update' },
      2: { category: 'OS/VMM', type: 'TXT SINIT' },
      3: { category: 'BIOS', type: '' },
      7: { category: 'OS/VMM', type: 'SEAMLDR ACM' },
    },
    tdx: {
      0: { category: 'OS/VMM', type: 'TDX Module' },
      1: { category: 'OS/VMM', type: 'TDX Module' },
      2: { category: 'OS/VMM', type: 'TDX Late Microcode Update' },
    },
  }

function components(kind: 'sgx' | 'tdx', svns: readonly number[]): unknown {
  return svns.map((svn, i) => {
    const named = NAMES[kind]?.[i]
    return { svn, ...(named ? { category: named.category, ...(named.type === '' ? {} : { type: named.type }) } : {}) }
  })
}

const tail = (level: { readonly status: string; readonly date: string; readonly advisories?: readonly string[] }) => ({
  tcbDate: level.date,
  tcbStatus: level.status,
  ...(level.advisories && level.advisories.length > 0 ? { advisoryIDs: level.advisories } : {}),
})

const svnLevels = (levels: readonly SvnLevelRecipe[]) =>
  levels.map((level) => ({ tcb: { isvsvn: level.isvSvn }, ...tail(level) }))

const upper = (bytes: Uint8Array) => toHex(bytes).toUpperCase()

/** The signed member of a TCB info as plain data, in Intel's order. Tests bend it before it is signed. */
export function tcbInfoBody(recipe: TcbInfoRecipe): Record<string, unknown> {
  const isTdx = recipe.tee === 'TDX'
  const moduleOf = (module: Pick<ModuleRecipe, 'mrSigner' | 'attributes'>) => ({
    mrsigner: upper(module.mrSigner),
    attributes: module.attributes,
    attributesMask: 'FFFFFFFFFFFFFFFF',
  })
  return {
    id: recipe.tee,
    version: 3,
    issueDate: recipe.issueDate,
    nextUpdate: recipe.nextUpdate,
    fmspc: recipe.fmspc.toUpperCase(),
    pceId: recipe.pceId,
    tcbType: 0,
    tcbEvaluationDataNumber: recipe.evaluationNumber,
    ...(isTdx ? { tdxModule: moduleOf(recipe.module) } : {}),
    ...(isTdx && recipe.modules
      ? {
          tdxModuleIdentities: recipe.modules.map((module) => ({
            id: module.id,
            ...moduleOf(module),
            tcbLevels: svnLevels(module.levels),
          })),
        }
      : {}),
    tcbLevels: recipe.levels.map((level) => ({
      tcb: {
        sgxtcbcomponents: components('sgx', level.sgx),
        pcesvn: level.pceSvn,
        ...(isTdx ? { tdxtcbcomponents: components('tdx', level.tdx ?? []) } : {}),
      },
      ...tail(level),
    })),
  }
}

/** The signed member of an enclave's identity. */
export function identityBody(recipe: IdentityRecipe): Record<string, unknown> {
  return {
    id: recipe.id,
    version: 2,
    issueDate: recipe.issueDate,
    nextUpdate: recipe.nextUpdate,
    tcbEvaluationDataNumber: recipe.evaluationNumber,
    miscselect: recipe.miscSelect,
    miscselectMask: recipe.miscSelectMask,
    attributes: recipe.attributes,
    attributesMask: recipe.attributesMask,
    mrsigner: upper(recipe.mrSigner),
    isvprodid: recipe.isvProdId,
    tcbLevels: svnLevels(recipe.levels),
  }
}

/** A signed member as text, with its signature in hex. */
export interface SignedText {
  readonly member: 'tcbInfo' | 'enclaveIdentity'
  readonly text: string
  readonly signature: string
}

/** Signs exactly the text that is given. */
export async function signText(
  member: SignedText['member'],
  text: string,
  key: JsonWebKey = tcbSigningKey,
): Promise<SignedText> {
  return { member, text, signature: toHex(await signWith(key, ECDSA_RAW, new TextEncoder().encode(text))) }
}

/** As Intel's service answers. */
export function answerOf(signed: SignedText): string {
  return `{"${signed.member}":${signed.text},"signature":"${signed.signature}"}`
}

/** Collateral of one case, in parts. */
export interface DemoCollateral {
  readonly pckCrl: Uint8Array
  readonly rootCrl: Uint8Array
  readonly tcbInfo: SignedText
  readonly identity: SignedText
  /** TCB signing certificate and root, DER. */
  readonly signingChain: readonly Uint8Array[]
  /** Issuer of PCK certificates and root, DER. */
  readonly caChain: readonly Uint8Array[]
}

const pem = (certificates: readonly Uint8Array[]) => certificates.map((der) => encodePem('CERTIFICATE', der)).join('')

/** Collateral as separate files. */
export function separateFiles(collateral: DemoCollateral): { readonly name: string; readonly bytes: Uint8Array }[] {
  const text = (value: string) => new TextEncoder().encode(value)
  return [
    { name: 'pck-crl.der', bytes: collateral.pckCrl },
    { name: 'root-crl.der', bytes: collateral.rootCrl },
    { name: 'tcb-info.json', bytes: text(answerOf(collateral.tcbInfo)) },
    { name: 'qe-identity.json', bytes: text(answerOf(collateral.identity)) },
    { name: 'tcb-signing-chain.pem', bytes: text(pem(collateral.signingChain)) },
  ]
}

/** The same in one JSON file, as several tools write it. */
export function bundleFile(collateral: DemoCollateral): { readonly name: string; readonly bytes: Uint8Array } {
  const bundle = {
    pck_crl_issuer_chain: pem(collateral.caChain),
    root_ca_crl: toHex(collateral.rootCrl),
    pck_crl: toHex(collateral.pckCrl),
    tcb_info_issuer_chain: pem(collateral.signingChain),
    tcb_info: collateral.tcbInfo.text,
    tcb_info_signature: collateral.tcbInfo.signature,
    qe_identity_issuer_chain: pem(collateral.signingChain),
    qe_identity: collateral.identity.text,
    qe_identity_signature: collateral.identity.signature,
  }
  return { name: 'collateral.json', bytes: new TextEncoder().encode(JSON.stringify(bundle, null, 2)) }
}
