import { toBase64 } from '../../src/envelope/base64.ts'
import { bundledFilesOf, DEMO_AT, makeCase, type Recipe } from '../../src/schemes/intel-dcap/attester.ts'
import type { BenchInput } from './page.ts'

const DISTINCT = 12

/** Distinct quotes under the demonstration root, made in the page by the attester: other report data, so another signature, each round. The last row repeats one. */
export async function attesterInputs(): Promise<BenchInput[]> {
  const inputs: BenchInput[] = []
  const make = async (name: string, recipe: (reportData: Uint8Array) => Recipe, distinct: number) => {
    const variants: BenchInput['variants'][number][] = []
    for (let i = 0; i < distinct; i++) {
      const made = await makeCase(recipe(crypto.getRandomValues(new Uint8Array(64))))
      variants.push(bundledFilesOf(made).map((file) => ({ name: file.name, base64: toBase64(file.bytes) })))
    }
    inputs.push({ name, kind: 'intel', at: Date.parse(DEMO_AT), variants })
  }
  await make('TDX quote v4, attester, another quote each round', (reportData) => ({ td: { reportData } }), DISTINCT)
  await make('TDX quote v4, attester, the same quote each round', (reportData) => ({ td: { reportData } }), 1)
  await make('SGX quote v3, attester, another quote each round', (reportData) => ({ version: 3, bodyKind: 'sgx', enclave: { reportData } }), DISTINCT)
  return inputs
}
