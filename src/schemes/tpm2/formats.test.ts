import { fc } from '../../testing/seeded.ts'
import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { joinBytes } from '../../bytes/der-writer.ts'
import { tilingFaults } from '../../bytes/layout.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { openCase } from '../../engine/case.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { spkiOf } from '../../pki/issue.ts'
import { asStructure, makeQuote } from './attester.ts'
import { FORMATS } from './decoded.ts'
import { keylimeFormat, pcrFileFormat, publicKeyFormat } from './containers.ts'
import { demoAk, foreignAk } from './demo-keys.ts'
import { pcrsFormat, responseFormat } from './formats.ts'
import { attestationFormat } from './protobuf.ts'

const formats = async (bytes: Uint8Array) =>
  (await openCase([{ name: 'x', bytes }])).artifacts.map((artifact) => artifact.format)

it('opens the answer of TPM2_Quote: statement and signature in one piece', async () => {
  const { message, signature } = await makeQuote()
  const answer = joinBytes([Uint8Array.of(message.length >> 8, message.length & 255), message, asStructure(signature)])
  expect(await formats(answer)).toEqual([FORMATS.response, FORMATS.quote, FORMATS.signature])
  const { tree } = responseFormat.decode(sliceOf('', answer), { hints: {} })
  expect(tilingFaults(tree(), sliceOf('', answer))).toEqual({ holes: [], overlaps: [] })
  // Told to be one, but cut off: the quote is broken, not missing.
  expect(responseFormat.decode(sliceOf('', answer.slice(0, 80)), { hints: {} }).inner.map((one) => one.format)).toEqual(
    [FORMATS.quote],
  )
  // Not filled exactly: then it is a statement with something behind it.
  expect(await formats(joinBytes([answer, Uint8Array.of(0)]))).toEqual([FORMATS.quote])
})
it('knows a file of all PCR values of a bank by its length and by the PCRs that nothing has set', async () => {
  for (const size of [20, 32, 48, 64]) {
    const bank = Uint8Array.from({ length: 24 * size }, (_, i) =>
      Math.floor(i / size) >= 17 && Math.floor(i / size) <= 22 ? 0xff : (i * 7) & 255,
    )
    expect(await formats(bank)).toEqual([FORMATS.pcrs])
    expect(pcrsFormat.decode(sliceOf('', bank), { hints: {} }).tree().children).toHaveLength(24)
    expect(await formats(bank.map((byte, i) => (i === 18 * size ? 0 : byte)))).toEqual([null])
    expect(await formats(new Uint8Array(24 * size).fill(0xff))).toEqual([null])
  }
})

/** The memory of tpm2-tools: one bank of SHA-256, values in lists of eight, all the room that is not used. */
function toolsFile(pcrs: Uint8Array, map: readonly number[]): Uint8Array {
  const le = (value: number, width: number) => Uint8Array.from({ length: width }, (_, i) => (value >> (8 * i)) & 255)
  const values = Array.from({ length: pcrs.length / 32 }, (_, i) =>
    joinBytes([le(32, 2), pcrs.subarray(32 * i, 32 * i + 32), new Uint8Array(32)]),
  )
  const lists = Array.from({ length: Math.ceil(values.length / 8) }, (_, i) => {
    const own = values.slice(8 * i, 8 * i + 8)
    return joinBytes([le(own.length, 4), ...own, new Uint8Array((8 - own.length) * 66)])
  })
  return joinBytes([
    le(1, 4),
    le(0x000b, 2),
    Uint8Array.of(3, ...map, 0, 0),
    new Uint8Array(15 * 8),
    le(lists.length, 4),
    ...lists,
  ])
}

it('opens the PCR file of tpm2-tools, whose values give the quoted digest', async () => {
  const selected = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
  const { message, signature, pcrs } = await makeQuote({ pcrs: selected })
  const file = toolsFile(pcrs, [0xff, 3, 0])
  expect(file.length).toBe(4 + 128 + 4 + 2 * 532)
  expect(await formats(file)).toEqual([FORMATS.pcrFile, FORMATS.pcrs])
  const judged = async (values: Uint8Array) => {
    const view = await appraise(
      [message, asStructure(signature), values].map((bytes, i) => ({ name: `${i}`, bytes })),
      { at: Date.parse('2026-06-01T00:00:00Z'), atSource: 'given', policy: NO_POLICY },
    )
    return view.checks.find((check) => check.id === 'tpm.pcr-digest-matches')?.outcome
  }
  expect(await judged(file)).toBe('pass')
  expect(await judged(file.map((byte, i) => (i === 4 + 128 + 4 + 4 + 2 ? byte ^ 1 : byte)))).toBe('not-checked')
  const { tree } = pcrFileFormat.decode(sliceOf('', file), { hints: {} })
  expect(tilingFaults(tree(), sliceOf('', file))).toEqual({ holes: [], overlaps: [] })
  expect((await formats(joinBytes([file, Uint8Array.of(0)]))).includes(FORMATS.pcrFile)).toBe(false)
})
it('opens a quote as Keylime sends it, in a file or in a member of JSON', async () => {
  const { message, signature, pcrs } = await makeQuote({ pcrs: [0, 1] })
  const parts = [message, asStructure(signature), toolsFile(pcrs, [3, 0, 0])].map(toBase64)
  const sent = new TextEncoder().encode(`r${parts.join(':')}`)
  const expected = [FORMATS.keylime, FORMATS.quote, FORMATS.signature, FORMATS.pcrFile, FORMATS.pcrs]
  expect(await formats(sent)).toEqual(expected)
  expect(
    await formats(
      new TextEncoder().encode(
        JSON.stringify({ code: 200, results: { quote: new TextDecoder().decode(sent), hash_alg: 'sha256' } }),
      ),
    ),
  ).toEqual(expected)
  const { tree, inner } = keylimeFormat.decode(sliceOf('', sent), { hints: {} })
  expect(tilingFaults(tree(), sliceOf('', sent))).toEqual({ holes: [], overlaps: [] })
  expect(inner.map((one) => one.name)).toEqual(['quote', 'signature', 'pcrs'])
  for (const cut of [0, 1, 50, parts[0]?.length ?? 0, sent.length - 3])
    expect(
      tilingFaults(
        keylimeFormat.decode(sliceOf('', sent.slice(0, cut)), { hints: {} }).tree(),
        sliceOf('', sent.slice(0, cut)),
      ),
    ).toEqual({ holes: [], overlaps: [] })
})

/** The demonstration key as a TPM writes public areas: RSA, signs with RSASSA and SHA-256 only. */
function tpmPublic(key: JsonWebKey): Uint8Array {
  const be = (value: number, width: number) =>
    Uint8Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** (width - 1 - i)) % 256)
  const n = Uint8Array.from(Buffer.from(key.n ?? '', 'base64url'))
  return joinBytes([
    be(0x0001, 2),
    be(0x000b, 2),
    be(0x00050072, 4),
    be(0, 2),
    be(0x0010, 2),
    be(0x0014, 2),
    be(0x000b, 2),
    be(n.length * 8, 2),
    be(0, 4),
    be(n.length, 2),
    n,
  ])
}

it("takes the key in the TPM's own form, with and without its length: a key, and nothing that vouches for it", async () => {
  const area = tpmPublic(demoAk)
  const withLength = joinBytes([Uint8Array.of(area.length >> 8, area.length & 255), area])
  const { message, signature } = await makeQuote()
  for (const key of [area, withLength]) {
    expect(await formats(key)).toEqual([FORMATS.publicKey])
    expect(publicKeyFormat.decode(sliceOf('', key), { hints: {} }).decoded.spki).toEqual(spkiOf(demoAk))
    expect(tilingFaults(publicKeyFormat.decode(sliceOf('', key), { hints: {} }).tree(), sliceOf('', key))).toEqual({
      holes: [],
      overlaps: [],
    })
    const view = await appraise(
      [message, asStructure(signature), key].map((bytes, i) => ({ name: `${i}`, bytes })),
      { at: Date.parse('2026-06-01T00:00:00Z'), atSource: 'given', policy: NO_POLICY },
    )
    expect(
      ['tpm.signed-by-ak', 'tpm.ak-vouched-for'].map(
        (id) => view.checks.find((check) => check.id === id)?.because.text,
      ),
    ).toEqual(['tpm.signed-by-ak.holds', 'tpm.ak-unproven'])
    expect(view.headline).toBe('S4')
  }
  expect(await formats(withLength.map((byte, i) => (i === 1 ? byte ^ 1 : byte)))).toEqual([null])
  expect(await formats(joinBytes([area, Uint8Array.of(0)]))).toEqual([null])
})
it('takes a key on a curve, whose coordinates may lack leading zeros', () => {
  const sized = (bytes: Uint8Array) => joinBytes([Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes])
  const area = joinBytes([
    Uint8Array.of(0, 0x23, 0, 0x0b, 0, 5, 0, 0x72, 0, 0, 0, 0x10, 0, 0x18, 0, 0x0b, 0, 3, 0, 0x10),
    sized(new Uint8Array(31).fill(7)),
    sized(new Uint8Array(32).fill(9)),
  ])
  const { spki } = publicKeyFormat.decode(sliceOf('', area), { hints: {} }).decoded
  expect(spki?.slice(-64)).toEqual(Uint8Array.from([0, ...new Uint8Array(31).fill(7), ...new Uint8Array(32).fill(9)]))
})

/** The message of go-tpm-tools: the key, quotes with their PCR values by number, and an unsigned log. */
async function attestationMessage(
  change: { readonly key?: JsonWebKey; readonly value?: (value: Uint8Array) => Uint8Array } = {},
): Promise<Uint8Array> {
  const varint = (value: number): Uint8Array =>
    Uint8Array.from(value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)])
  const field = (number: number, bytes: Uint8Array) =>
    joinBytes([Uint8Array.of((number << 3) | 2), varint(bytes.length), bytes])
  const number = (id: number, value: number) => joinBytes([Uint8Array.of(id << 3), varint(value)])
  const quote = async (selected: readonly number[]) => {
    const { message, signature, pcrs } = await makeQuote({ pcrs: selected })
    // A map: in no order, and number 0 is left out as the default that it is.
    const entries = selected
      .map((pcr, i) =>
        field(
          2,
          joinBytes([
            ...(pcr === 0 ? [] : [number(1, pcr)]),
            field(2, (change.value ?? ((value) => value))(pcrs.slice(32 * i, 32 * i + 32))),
          ]),
        ),
      )
      .toReversed()
    return field(
      2,
      joinBytes([
        field(1, message),
        field(2, asStructure(signature)),
        field(3, joinBytes([number(1, 0x0b), ...entries])),
      ]),
    )
  }
  return joinBytes([
    field(1, tpmPublic(change.key ?? demoAk)),
    await quote([0, 4, 7]),
    await quote([1, 2, 23]),
    field(3, new Uint8Array(300).fill(3)),
    field(4, new TextEncoder().encode('zone')),
  ])
}

it('opens the message of go-tpm-tools: every quote with the key, its signature and its values', async () => {
  const bytes = await attestationMessage()
  const one = [FORMATS.quote, FORMATS.signature, FORMATS.pcrs]
  expect(await formats(bytes)).toEqual([FORMATS.attestation, FORMATS.publicKey, ...one, ...one, null])
  expect(tilingFaults(attestationFormat.decode(sliceOf('', bytes), { hints: {} }).tree(), sliceOf('', bytes))).toEqual({
    holes: [],
    overlaps: [],
  })
  const outcomes = async (file: Uint8Array) => {
    const view = await appraise([{ name: 'a.pb', bytes: file }], {
      at: Date.parse('2026-06-01T00:00:00Z'),
      atSource: 'given',
      policy: NO_POLICY,
    })
    return [
      view.headline,
      ...['tpm.attest-whole', 'tpm.signed-by-ak', 'tpm.pcr-digest-matches', 'tpm.ak-vouched-for'].map((id) =>
        view.checks
          .filter((check) => check.id === id)
          .map((check) => check.outcome)
          .join(),
      ),
    ]
  }
  expect(await outcomes(bytes)).toEqual(['S4', 'pass,pass', 'pass,pass', 'pass,pass', 'not-checked,not-checked'])
  expect(
    await outcomes(await attestationMessage({ value: (value) => value.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) })),
  ).toEqual(['S1', 'pass,pass', 'pass,pass', 'fail,fail', 'not-checked,not-checked'])
  // The key that came with it is not the one that signed: that is proved, and nothing is missing.
  expect(await outcomes(await attestationMessage({ key: foreignAk }))).toEqual([
    'S1',
    'pass,pass',
    'fail,fail',
    'pass,pass',
    'not-checked,not-checked',
  ])
})
it('reads the message of go-tpm-tools to wherever it makes sense, and always tiles', async () => {
  const bytes = await attestationMessage()
  for (const cut of [0, 1, 2, 3, 10, 300, 400, 600, bytes.length - 1]) {
    const own = bytes.slice(0, cut)
    expect(
      tilingFaults(attestationFormat.decode(sliceOf('', own), { hints: {} }).tree(), sliceOf('', own)),
      String(cut),
    ).toEqual({ holes: [], overlaps: [] })
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
      expect(
        tilingFaults(attestationFormat.decode(sliceOf('', noise), { hints: {} }).tree(), sliceOf('', noise)),
      ).toEqual({ holes: [], overlaps: [] })
    }),
    { numRuns: 200 },
  )
})
