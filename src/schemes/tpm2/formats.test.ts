import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { joinBytes } from '../../bytes/der-writer.ts'
import { tilingFaults } from '../../bytes/layout.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { openCase } from '../../engine/case.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { asStructure, makeQuote } from './attester.ts'
import { FORMATS } from './decoded.ts'
import { keylimeFormat, pcrFileFormat } from './containers.ts'
import { pcrsFormat, responseFormat } from './formats.ts'

const formats = async (bytes: Uint8Array) => (await openCase([{ name: 'x', bytes }])).artifacts.map((artifact) => artifact.format)

it('opens the answer of TPM2_Quote: statement and signature in one piece', async () => {
  const { message, signature } = await makeQuote()
  const answer = joinBytes([Uint8Array.of(message.length >> 8, message.length & 255), message, asStructure(signature)])
  expect(await formats(answer)).toEqual([FORMATS.response, FORMATS.quote, FORMATS.signature])
  const { tree } = responseFormat.decode(sliceOf('', answer), { hints: {} })
  expect(tilingFaults(tree, sliceOf('', answer))).toEqual({ holes: [], overlaps: [] })
  // Told to be one, but cut off: the quote is broken, not missing.
  expect(responseFormat.decode(sliceOf('', answer.slice(0, 80)), { hints: {} }).inner.map((one) => one.format)).toEqual([FORMATS.quote])
  // Not filled exactly: then it is a statement with something behind it.
  expect(await formats(joinBytes([answer, Uint8Array.of(0)]))).toEqual([FORMATS.quote])
})
it('knows a file of all PCR values of a bank by its length and by the PCRs that nothing has set', async () => {
  for (const size of [20, 32, 48, 64]) {
    const bank = Uint8Array.from({ length: 24 * size }, (_, i) => (Math.floor(i / size) >= 17 && Math.floor(i / size) <= 22 ? 0xff : (i * 7) & 255))
    expect(await formats(bank)).toEqual([FORMATS.pcrs])
    expect(pcrsFormat.decode(sliceOf('', bank), { hints: {} }).tree.children).toHaveLength(24)
    expect(await formats(bank.map((byte, i) => (i === 18 * size ? 0 : byte)))).toEqual([null])
    expect(await formats(new Uint8Array(24 * size).fill(0xff))).toEqual([null])
  }
})

/** The memory of tpm2-tools: one bank of SHA-256, values in lists of eight, all the room that is not used. */
function toolsFile(pcrs: Uint8Array, map: readonly number[]): Uint8Array {
  const le = (value: number, width: number) => Uint8Array.from({ length: width }, (_, i) => (value >> (8 * i)) & 255)
  const values = Array.from({ length: pcrs.length / 32 }, (_, i) => joinBytes([le(32, 2), pcrs.subarray(32 * i, 32 * i + 32), new Uint8Array(32)]))
  const lists = Array.from({ length: Math.ceil(values.length / 8) }, (_, i) => {
    const own = values.slice(8 * i, 8 * i + 8)
    return joinBytes([le(own.length, 4), ...own, new Uint8Array((8 - own.length) * 66)])
  })
  return joinBytes([le(1, 4), le(0x000b, 2), Uint8Array.of(3, ...map, 0, 0), new Uint8Array(15 * 8), le(lists.length, 4), ...lists])
}

it('opens the PCR file of tpm2-tools, whose values give the quoted digest', async () => {
  const selected = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
  const { message, signature, pcrs } = await makeQuote({ pcrs: selected })
  const file = toolsFile(pcrs, [0xff, 3, 0])
  expect(file.length).toBe(4 + 128 + 4 + 2 * 532)
  expect(await formats(file)).toEqual([FORMATS.pcrFile, FORMATS.pcrs])
  const judged = async (values: Uint8Array) => {
    const view = await appraise([message, asStructure(signature), values].map((bytes, i) => ({ name: `${i}`, bytes })), { at: Date.parse('2026-06-01T00:00:00Z'), atSource: 'given', policy: NO_POLICY })
    return view.checks.find((check) => check.id === 'tpm.pcr-digest-matches')?.outcome
  }
  expect(await judged(file)).toBe('pass')
  expect(await judged(file.map((byte, i) => (i === 4 + 128 + 4 + 4 + 2 ? byte ^ 1 : byte)))).toBe('fail')
  const { tree } = pcrFileFormat.decode(sliceOf('', file), { hints: {} })
  expect(tilingFaults(tree, sliceOf('', file))).toEqual({ holes: [], overlaps: [] })
  expect((await formats(joinBytes([file, Uint8Array.of(0)]))).includes(FORMATS.pcrFile)).toBe(false)
})
it('opens a quote as Keylime sends it, in a file or in a member of JSON', async () => {
  const { message, signature, pcrs } = await makeQuote({ pcrs: [0, 1] })
  const parts = [message, asStructure(signature), toolsFile(pcrs, [3, 0, 0])].map(toBase64)
  const sent = new TextEncoder().encode(`r${parts.join(':')}`)
  const expected = [FORMATS.keylime, FORMATS.quote, FORMATS.signature, FORMATS.pcrFile, FORMATS.pcrs]
  expect(await formats(sent)).toEqual(expected)
  expect(await formats(new TextEncoder().encode(JSON.stringify({ code: 200, results: { quote: new TextDecoder().decode(sent), hash_alg: 'sha256' } })))).toEqual(expected)
  const { tree, inner } = keylimeFormat.decode(sliceOf('', sent), { hints: {} })
  expect(tilingFaults(tree, sliceOf('', sent))).toEqual({ holes: [], overlaps: [] })
  expect(inner.map((one) => one.name)).toEqual(['quote', 'signature', 'pcrs'])
  for (const cut of [0, 1, 50, parts[0]?.length ?? 0, sent.length - 3]) expect(tilingFaults(keylimeFormat.decode(sliceOf('', sent.slice(0, cut)), { hints: {} }).tree, sliceOf('', sent.slice(0, cut)))).toEqual({ holes: [], overlaps: [] })
})
