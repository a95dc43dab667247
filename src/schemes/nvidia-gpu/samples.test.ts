import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { toHex } from '../../bytes/layout.ts'
import { digest } from '../../crypto/verify.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import { bundledFilesOf, makeCase } from '../intel-dcap/attester.ts'
import {
  DRIVER_INDICES,
  makeAnswer,
  makeChain,
  makeReport,
  makeRim,
  makeSignerAnswer,
  measurement,
  VBIOS_INDICES,
  VBIOS_VERSION,
  type ReportRecipe,
  type RimRecipe,
} from './attester.ts'
import { samples, SAMPLES_AT } from './samples.ts'

interface File {
  readonly name: string
  readonly bytes: Uint8Array
}

const AT = Date.parse(SAMPLES_AT)
const NONCE = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 11) & 0xff)
const utf8 = (text: string) => new TextEncoder().encode(text)
const pem = (chain: readonly Uint8Array[]) => chain.map((der) => encodePem('CERTIFICATE', der)).join('')

/** Manifests and answers that go with the demonstration device. */
async function support(vbios: RimRecipe = {}, revoked?: number): Promise<File[]> {
  const answers = [1, 2, 3].map(async (index) => ({
    name: `certificate-${index}.ocsp`,
    bytes: await makeAnswer({
      index,
      madeAt: AT,
      ...(index === revoked ? { status: 'revoked' as const, reason: 1 } : {}),
    }),
  }))
  return [
    { name: 'driver.swidtag', bytes: utf8(await makeRim({ active: DRIVER_INDICES })) },
    {
      name: 'vbios.swidtag',
      bytes: utf8(await makeRim({ version: VBIOS_VERSION, active: VBIOS_INDICES, ...vbios })),
    },
    ...(await Promise.all(answers)),
    { name: 'rim-signer.ocsp', bytes: await makeSignerAnswer('good', AT) },
  ]
}

async function alone(report: ReportRecipe = {}, vbios: RimRecipe = {}, revoked?: number): Promise<File[]> {
  return [
    { name: 'report.bin', bytes: await makeReport({ nonce: NONCE, ...report }) },
    { name: 'chain.pem', bytes: utf8(pem(await makeChain())) },
    ...(await support(vbios, revoked)),
  ]
}

/** The list as a gateway writes it. */
async function listed(): Promise<string> {
  const entry = {
    arch: 'HOPPER',
    certificate: toBase64(utf8(pem(await makeChain()))),
    evidence: toBase64(await makeReport({ nonce: NONCE })),
    nonce: toHex(NONCE),
  }
  return JSON.stringify({ evidences: [entry] })
}

async function quoteWith(reportData: Uint8Array): Promise<File[]> {
  const field = new Uint8Array(64)
  field.set(reportData)
  return bundledFilesOf(await makeCase({ td: { reportData: field } }))
}

const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))

/** Makes the files of every sample anew. */
const RECIPES: Readonly<Record<string, () => Promise<File[]>>> = {
  good: () => alone(),
  'old-rim': () => alone({}, { values: { 9: new Uint8Array(48).fill(0x99) } }),
  // Firmware that was started for debugging measures differently from the start on.
  mismatch: () =>
    alone({ measurements: Object.fromEntries([1, 2, 3, 4, 9].map((index) => [index, measurement(100 + index)])) }),
  revoked: () => alone({}, {}, 2),
  'cpu-gpu-bound': async () => {
    const gpu = await listed()
    const [tls, hpke] = [new Uint8Array(32).fill(0x71), new Uint8Array(32).fill(0x72)]
    const hash = await digest('SHA-256', utf8(gpu))
    const data = {
      tls_key_fp: toHex(tls),
      hpke_key: toHex(hpke),
      nonce: toHex(NONCE),
      gpu_evidence_hash: toHex(hash),
    }
    const [quote, ...rest] = await quoteWith(await digest('SHA-256', joined(tls, hpke, NONCE, hash)))
    if (!quote) throw new Error('no quote')
    const gateway = `{"report_data":${JSON.stringify(data)},"gpu":${gpu}}`
    return [quote, ...rest, { name: 'gateway.json', bytes: utf8(gateway) }, ...(await support())]
  },
  'cpu-gpu-nonce': async () => {
    const address = new Uint8Array(32).fill(0x0a, 0, 20)
    const [quote, ...rest] = await quoteWith(joined(address, NONCE))
    if (!quote) throw new Error('no quote')
    return [quote, ...rest, { name: 'gpu.json', bytes: utf8(await listed()) }, ...(await support())]
  },
}

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  for (const [id, make] of Object.entries(RECIPES)) {
    const files = (await make()).map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files }, null, 2)}\n`,
    )
  }
})
it('has a recipe for every sample', () => {
  expect(samples.map((sample) => sample.id).sort()).toEqual(Object.keys(RECIPES).sort())
})
