import { toBase64 } from '../../src/envelope/base64.ts'
import { makeLeaf, makeReport } from '../../src/schemes/amd-sev-snp/attester.ts'
import { SAMPLE_AT } from '../../src/schemes/amd-sev-snp/samples.ts'
import { MADE_AT, makeDocument } from '../../src/schemes/aws-nitro/attester.ts'
import { bundledFilesOf, DEMO_AT, makeCase, type Recipe } from '../../src/schemes/intel-dcap/attester.ts'
import { rootCertificate } from '../../src/schemes/intel-dcap/attester/pki.ts'
import type { BenchInput, Variant } from './page.ts'

/** Pieces of evidence per row: each says something else, so each has a signature of its own. */
const DISTINCT = 12

/** Evidence under the demonstration roots, made in the page by the attesters. Within a row the platform is the same and so are its certificates and collateral: a fleet's. The last row repeats one quote. */
export async function attesterInputs(): Promise<BenchInput[]> {
  return [
    await row('TDX quote v4, attester, another quote each round', 'intel', DISTINCT, (data) =>
      intel({ td: { reportData: data } }),
    ),
    await row('SGX quote v3, attester, another quote each round', 'intel', DISTINCT, (data) =>
      intel({ version: 3, bodyKind: 'sgx', enclave: { reportData: data } }),
    ),
    await row('SNP report v3, attester, another report each round', 'snp', DISTINCT, snp),
    await row('Nitro document, attester, another document each round', 'nitro', DISTINCT, nitro),
    await row('TDX quote v4, attester, the same quote each round', 'intel', 1, (data) =>
      intel({ td: { reportData: data } }),
    ),
  ]
}

async function row(
  name: string,
  kind: BenchInput['kind'],
  distinct: number,
  make: (reportData: Uint8Array) => Promise<Variant>,
): Promise<BenchInput> {
  const variants: Variant[] = []
  for (let i = 0; i < distinct; i++) variants.push(await make(crypto.getRandomValues(new Uint8Array(64))))
  return { name, kind, variants }
}

async function intel(recipe: Recipe): Promise<Variant> {
  const made = await makeCase(recipe)
  const files = bundledFilesOf(made)
  const text = (index: number) => new TextDecoder().decode(files[index]?.bytes)
  return {
    at: Date.parse(DEMO_AT),
    files: encoded(files),
    peer: { quote: toBase64(made.quote), collateral: text(1), root: toBase64(rootCertificate()) },
  }
}

async function snp(reportData: Uint8Array): Promise<Variant> {
  return {
    at: Date.parse(SAMPLE_AT),
    files: encoded([
      { name: 'report.bin', bytes: await makeReport({ product: 'Genoa', reportData }) },
      { name: 'vcek.der', bytes: await makeLeaf({ product: 'Genoa' }) },
    ]),
    peer: {},
  }
}

async function nitro(nonce: Uint8Array): Promise<Variant> {
  return { at: MADE_AT, files: encoded([{ name: 'document.cbor', bytes: await makeDocument({ nonce }) }]), peer: {} }
}

function encoded(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Variant['files'] {
  return files.map((file) => ({ name: file.name, base64: toBase64(file.bytes) }))
}
