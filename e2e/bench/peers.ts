import { fromBase64 } from './bytes.ts'
import type { BenchInput, Variant } from './page.ts'

/** `run` takes the number of a variant. */
export interface Peer {
  readonly name: string
  readonly run: (variant: number) => Promise<string>
}

type Verdict = (variant: Variant) => Promise<() => Promise<string>>

/** `script`: JavaScript all the way. Its garbage would be collected in its neighbours' turns, so these have a page of their own. */
export type PeerKind = 'compiled' | 'script'

/** The other verifiers that run in a page, each with what it takes. A peer that does not load says so in its row. */
export async function makePeers(input: BenchInput, kind: PeerKind): Promise<Peer[]> {
  const isScript = kind === 'script'
  const peers: Peer[] = []
  const add = async (name: string, load: () => Promise<Verdict>) => {
    try {
      const verdict = await load()
      // What a caller would have at hand already (bytes, parsed JSON) is prepared outside the clock.
      const runs = await Promise.all(input.variants.map(verdict))
      peers.push({ name, run: async (variant) => (runs[variant] ? runs[variant]() : 'no such variant') })
    } catch (thrown) {
      peers.push({
        name,
        run: async () => {
          throw new Error(`does not load: ${String(thrown).slice(0, 80)}`)
        },
      })
    }
  }
  if (input.kind === 'intel') {
    // The WASM build knows Intel's root only, and would refuse a demonstration's chain half way.
    if (!isScript && input.variants[0]?.peer['root'] === undefined) await add('@phala/dcap-qvl-web (WASM)', dcapWasm)
    if (isScript) await add('@phala/dcap-qvl (JS)', dcapJs)
  }
  if (input.kind === 'snp' && input.variants[0]?.peer['vcek'] !== undefined) {
    if (isScript) await add('@tinfoilsh/verifier', tinfoil)
    else await add('@lit-protocol/sev-snp-utils-sdk', lit)
  }
  if (!isScript && input.kind === 'nitro' && input.variants[0]?.peer['document'] !== undefined)
    await add('@evervault/wasm-attestation-bindings', evervault)
  return peers
}

const given = (variant: Variant, name: string): string => variant.peer[name] ?? ''
const secondsOf = (variant: Variant): number => Math.floor(variant.at / 1000)

/** Loads `@phala/dcap-qvl-web`. */
export async function dcapWasm(): Promise<Verdict> {
  const module = await import('@phala/dcap-qvl-web')
  const { default: url } = await import('@phala/dcap-qvl-web/dcap-qvl-web_bg.wasm?url')
  await module.default({ module_or_path: url })
  return async (variant) => {
    const quote = fromBase64(given(variant, 'quote'))
    const collateral: unknown = JSON.parse(given(variant, 'collateral'))
    return async () =>
      String((module.js_verify(quote, collateral, BigInt(secondsOf(variant))) as { status?: unknown }).status)
  }
}

interface JsVerifier {
  verify(quote: Uint8Array, collateral: unknown, seconds: number): { readonly status: string }
}
interface JsModule {
  readonly verify: JsVerifier['verify']
  readonly QuoteVerifier: { newWithRootCa(root: Uint8Array): JsVerifier }
}

/** Loads `@phala/dcap-qvl`, which wants Node's Buffer. */
export async function dcapJs(): Promise<Verdict> {
  const { Buffer } = await import('buffer')
  Object.assign(globalThis, { Buffer })
  const loaded = (await import('@phala/dcap-qvl')) as unknown as JsModule & { readonly default?: JsModule }
  const module = loaded.default ?? loaded
  return async (variant) => {
    const quote = Buffer.from(fromBase64(given(variant, 'quote')))
    const collateral: unknown = JSON.parse(given(variant, 'collateral'))
    const root = variant.peer['root']
    const verifier = root === undefined ? module : module.QuoteVerifier.newWithRootCa(Buffer.from(fromBase64(root)))
    return async () => verifier.verify(quote, collateral, secondsOf(variant)).status
  }
}

async function tinfoil(): Promise<Verdict> {
  const [{ Report }, { CertificateChain }, { verifyAttestation }] = await Promise.all([
    import('../../node_modules/@tinfoilsh/verifier/dist/sev/report.js'),
    import('../../node_modules/@tinfoilsh/verifier/dist/sev/cert-chain.js'),
    import('../../node_modules/@tinfoilsh/verifier/dist/sev/verify.js'),
  ])
  return async (variant) => {
    const [report, vcek] = [fromBase64(given(variant, 'report')), fromBase64(given(variant, 'vcek'))]
    return async () => {
      const read = new Report(report)
      return String(await verifyAttestation(await CertificateChain.fromReport(read, vcek), read))
    }
  }
}

interface LitModule {
  readonly initWasmSevSnpUtilsSdk: () => Promise<unknown>
  readonly verify_attestation_report: (report: string, vcek: Uint8Array) => Promise<void>
}

async function lit(): Promise<Verdict> {
  const loaded = (await import('@lit-protocol/sev-snp-utils-sdk')) as unknown as LitModule & {
    readonly default?: LitModule
  }
  const module = loaded.default ?? loaded
  await module.initWasmSevSnpUtilsSdk()
  return async (variant) => {
    const vcek = fromBase64(given(variant, 'vcek'))
    return async () => {
      await module.verify_attestation_report(given(variant, 'report'), vcek)
      return 'no error'
    }
  }
}

async function evervault(): Promise<Verdict> {
  const module = await import('@evervault/wasm-attestation-bindings')
  const { default: url } = await import('@evervault/wasm-attestation-bindings/index_bg.wasm?url')
  await module.default({ module_or_path: url })
  return async (variant) => async () => {
    // It has no time parameter: the document's own time is put in the place of now, for this call only.
    const now = Date.now
    Date.now = () => variant.at
    try {
      return String(module.validateAttestationDocPcrs(given(variant, 'document'), []))
    } finally {
      Date.now = now
    }
  }
}
