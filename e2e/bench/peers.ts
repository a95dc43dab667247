import type { BenchInput } from './page.ts'

export interface Peer { readonly name: string; readonly run: () => Promise<string> }

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

/** The other verifiers that run in a page, each with what it takes. A peer that cannot be loaded is left out with its reason. */
export async function makePeers(input: BenchInput): Promise<Peer[]> {
  const peers: Peer[] = []
  const given = input.peer
  if (!given) return peers
  const add = async (name: string, make: () => Promise<() => Promise<string>>) => {
    try { peers.push({ name, run: await make() }) } catch (thrown) { peers.push({ name, run: async () => { throw new Error(`does not load: ${String(thrown).slice(0, 80)}`) } }) }
  }
  if (input.kind === 'intel' && given['quote'] !== undefined && given['collateral'] !== undefined) {
    const quote = decode(given['quote'])
    const collateral: unknown = JSON.parse(given['collateral'])
    const seconds = Math.floor(input.at / 1000)
    await add('@phala/dcap-qvl-web (WASM)', async () => {
      const module = await import('@phala/dcap-qvl-web')
      const { default: url } = await import('@phala/dcap-qvl-web/dcap-qvl-web_bg.wasm?url')
      await module.default({ module_or_path: url })
      return async () => String((module.js_verify(quote, collateral, BigInt(seconds)) as { status?: unknown }).status)
    })
    await add('@phala/dcap-qvl (JS)', async () => {
      const { Buffer } = await import('buffer')
      Object.assign(globalThis, { Buffer })
      const module = await import('@phala/dcap-qvl') as unknown as { verify?: (quote: Uint8Array, collateral: unknown, now: number) => { status: string }; default?: { verify: (quote: Uint8Array, collateral: unknown, now: number) => { status: string } } }
      const verify = module.verify ?? module.default?.verify
      if (!verify) throw new Error('no verify()')
      return async () => verify(Buffer.from(quote), collateral, seconds).status
    })
  }
  if (input.kind === 'snp' && given['report'] !== undefined && given['vcek'] !== undefined) {
    const report = decode(given['report'])
    const vcek = decode(given['vcek'])
    await add('@tinfoilsh/verifier', async () => {
      const [{ Report }, { CertificateChain }, { verifyAttestation }] = await Promise.all([import('../../node_modules/@tinfoilsh/verifier/dist/sev/report.js'), import('../../node_modules/@tinfoilsh/verifier/dist/sev/cert-chain.js'), import('../../node_modules/@tinfoilsh/verifier/dist/sev/verify.js')])
      return async () => { const read = new Report(report); return String(await verifyAttestation(await CertificateChain.fromReport(read, vcek), read)) }
    })
    await add('@lit-protocol/sev-snp-utils-sdk', async () => {
      const module = await import('@lit-protocol/sev-snp-utils-sdk') as unknown as { initWasmSevSnpUtilsSdk: () => Promise<unknown>; verify_attestation_report: (report: string, vcek: Uint8Array) => Promise<void> }
      await module.initWasmSevSnpUtilsSdk()
      return async () => { await module.verify_attestation_report(given['report'] ?? '', vcek); return 'no error' }
    })
  }
  if (input.kind === 'nitro' && given['document'] !== undefined) {
    const document = given['document']
    await add('@evervault/wasm-attestation-bindings', async () => {
      const module = await import('@evervault/wasm-attestation-bindings')
      const { default: url } = await import('@evervault/wasm-attestation-bindings/index_bg.wasm?url')
      await module.default({ module_or_path: url })
      return async () => {
        // It has no time parameter: the document's own time is put in the place of now, for this call only.
        const now = Date.now
        Date.now = () => input.at
        try { return String(module.validateAttestationDocPcrs(document, [])) } finally { Date.now = now }
      }
    })
  }
  return peers
}
