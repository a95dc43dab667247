import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { joinBytes } from '../../bytes/der-writer.ts'
import { tilingFaults } from '../../bytes/layout.ts'
import { openCase } from '../../engine/case.ts'
import { asStructure, makeQuote } from './attester.ts'
import { FORMATS } from './decoded.ts'
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
