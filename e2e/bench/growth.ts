import { sliceOf } from '../../src/core/place.ts'
import { cborArray, cborBytes, cborInt, cborMap, cborText } from '../../src/bytes/cbor-writer.ts'
import { toBase64 } from '../../src/envelope/base64.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { detectAll } from '../../src/engine/registry.ts'
import { readCrl } from '../../src/pki/crl.ts'
import { issueCrl, name } from '../../src/pki/issue.ts'
import { demoTcbInfo, demoPlatform } from '../../src/schemes/intel-dcap/attester.ts'
import { answerOf, signText, tcbInfoBody } from '../../src/schemes/intel-dcap/attester/collateral.ts'
import { ECDSA_DER } from '../../src/schemes/intel-dcap/attester/pki.ts'
import { rootKey } from '../../src/schemes/intel-dcap/demo-keys.ts'

/** How the time to read something grows with its size, and the time for 64 KiB. */
export interface GrowthRow {
  readonly what: string
  readonly bytes: number
  readonly ms: number
  readonly times2: number
}

const KIB = 1024
const ROUNDS = 15

type Make = (size: number) => Promise<Uint8Array>

/** Every reader that takes long lists or large files, at 64 KiB and at twice that. */
export async function growthRows(): Promise<GrowthRow[]> {
  const decode = (bytes: Uint8Array) => inspect([{ name: 'file', bytes }])
  const detect = async (bytes: Uint8Array) => detectAll(sliceOf('', bytes))
  return [
    await row('decode, all trees: TCB info (JSON)', tcbInfo, decode),
    await row('decode, all trees: CBOR array of maps', cborFile, decode),
    await row('decode, all trees: revocation list (DER)', revocationList, decode),
    await row(
      'decode, all trees: base64 of a revocation list',
      async (size) => new TextEncoder().encode(toBase64(await revocationList((size * 3) / 4))),
      decode,
    ),
    await row('decode, all trees: noise', noise, decode),
    await row('decode, all trees: text that is no evidence', prose, decode),
    await row('detect: noise', noise, detect),
    await row('detect: TCB info', tcbInfo, detect),
    await row('read a revocation list and look one serial up', revocationList, async (bytes) =>
      readCrl(sliceOf('', bytes))?.find(Uint8Array.of(0x7f, 1, 2, 3)),
    ),
  ]
}

async function row(what: string, make: Make, run: (bytes: Uint8Array) => Promise<unknown>): Promise<GrowthRow> {
  const [one, two] = [await make(64 * KIB), await make(128 * KIB)]
  const [times1, times2]: [number[], number[]] = [[], []]
  for (let round = -3; round < ROUNDS; round++) {
    for (const [bytes, times] of [
      [one, times1],
      [two, times2],
    ] as const) {
      // A copy each round, so that nothing can be remembered by the buffer.
      const fresh = bytes.slice()
      const started = performance.now()
      await run(fresh)
      if (round >= 0) times.push(performance.now() - started)
    }
  }
  // Other work on the machine only ever adds time: the smallest says most about growth.
  return {
    what,
    bytes: one.length,
    ms: times1.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? 0,
    times2: Math.min(...times2) / Math.min(...times1),
  }
}

async function tcbInfo(size: number): Promise<Uint8Array> {
  const recipe = demoTcbInfo('TDX', demoPlatform('td10'))
  const one = recipe.levels[0]
  const textOf = (count: number) =>
    JSON.stringify(
      tcbInfoBody({
        ...recipe,
        levels: one ? Array.from({ length: count }, (_, i) => ({ ...one, pceSvn: 60_000 - i })) : [],
      }),
    )
  const [empty, per] = [textOf(0).length, textOf(1).length - textOf(0).length]
  return new TextEncoder().encode(answerOf(await signText('tcbInfo', textOf(Math.floor((size - empty) / per)))))
}

async function cborFile(size: number): Promise<Uint8Array> {
  const item = cborMap([1, cborText('a short text')], [2, cborBytes(new Uint8Array(24))], ['third', cborInt(123_456)])
  return cborArray(...Array.from({ length: Math.floor(size / item.length) }, () => item))
}

function revocationList(size: number): Promise<Uint8Array> {
  const entries = Array.from({ length: Math.floor(size / 37) }, (_, i) => ({
    serial: 0x0100_0000 + i,
    revokedAt: Date.parse('2026-01-01T00:00:00Z'),
  }))
  return issueCrl({
    issuer: name({ CN: 'Demonstration' }),
    issuerKey: rootKey,
    thisUpdate: Date.parse('2026-01-01T00:00:00Z'),
    nextUpdate: Date.parse('2027-01-01T00:00:00Z'),
    algorithm: ECDSA_DER,
    entries,
    extensions: [],
  })
}

async function noise(size: number): Promise<Uint8Array> {
  let state = 1
  return Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  })
}

async function prose(size: number): Promise<Uint8Array> {
  return new TextEncoder().encode(
    'It was a dark and stormy night; the rain fell in torrents. '.repeat(Math.ceil(size / 59)).slice(0, size),
  )
}
