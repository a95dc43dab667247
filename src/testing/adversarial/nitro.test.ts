import { describe, expect, it } from 'vitest'
import { joinBytes } from '../../bytes/der-writer.ts'
import { cborArray, cborBytes, cborHead, cborInt, cborMap, cborNull, cborText } from '../../bytes/cbor-writer.ts'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { inspect } from '../../engine/inspect.ts'
import { readCose } from '../../envelope/cose.ts'
import { signWith } from '../../pki/issue.ts'
import { demoPcr, MADE_AT, makeDocument, type NitroRecipe } from '../../schemes/aws-nitro/attester.ts'
import { demoKeys } from '../../schemes/aws-nitro/demo-keys.ts'
import { coseFaults, said, type CoseRow } from './cose-kit.ts'
import { flip } from './kit.ts'
import { freshKey } from './mint.ts'

/** SECURITY.md N1–N7, and what any reader of CBOR must withstand. */

const file = (bytes: Uint8Array) => [{ name: 'document.bin', bytes }]
const from =
  (recipe: NitroRecipe = {}) =>
  async () =>
    file(await makeDocument(recipe))
const bent = (bend: NonNullable<NitroRecipe['bend']>) => from({ bend })
const changed = (change: (document: Uint8Array) => Uint8Array | Promise<Uint8Array>) => async () =>
  file(await change(await makeDocument()))
const HOUR = 3_600_000
const header = (...more: readonly (readonly [number | Uint8Array, Uint8Array])[]) => cborMap([1, cborInt(-35)], ...more)
const ES384 = cborMap([1, cborInt(-35)])
const ALG = 'nitro.algorithm-is-es384'
const SIGNED = 'nitro.signed-by-certificate'
const FIELDS = 'nitro.fields-follow-rules'
const FORMED = 'nitro.well-formed'
const pcrs = (value: Uint8Array) => bent({ fields: [['pcrs', value]] })
/** The signed map with one more member, or with its head written otherwise; signed as it then is. */
const member = (key: Uint8Array, value: Uint8Array) =>
  bent({ payload: (payload) => joinBytes([cborHead(5, 10), payload.subarray(1), key, value]) })

/** Signed over other external data than none. */
async function withExternalData(document: Uint8Array): Promise<Uint8Array> {
  const { message } = readCose(sliceOf('', document))
  if (!message?.payload) throw new Error('no message')
  const structure = cborArray(
    cborText('Signature1'),
    cborBytes(bytesOf(message.protectedBytes)),
    cborBytes(Uint8Array.of(1)),
    cborBytes(bytesOf(message.payload)),
  )
  const signature = await signWith(demoKeys.leaf, { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' }, structure)
  return joinBytes([document.subarray(0, -96), signature])
}

/** The last number of the timestamp written in a longer form, signed so. */
const longForm = (payload: Uint8Array): Uint8Array => {
  const at = payload.findIndex((_, i) => payload[i] === 0x00 && payload[i + 1] === 0x58 && payload[i + 2] === 0x30)
  return joinBytes([payload.subarray(0, at), Uint8Array.of(0x18, 0x00), payload.subarray(at + 1)])
}

const twins: readonly CoseRow[] = [
  { name: 'ok: the untouched document', files: from(), headline: 'S5', plain: 'S2' },
  { name: 'ok: tag 18 in front', files: bent({ tagged: true }), headline: 'S5' },
  { name: 'ok: indef_map, as real documents have it', files: bent({ indefinite: true }), headline: 'S5' },
  {
    name: 'ok: user_data of no bytes',
    files: bent({ fields: [['user_data', cborBytes(new Uint8Array())]] }),
    headline: 'S5',
  },
  { name: 'ok: NitroTPM', files: from({ kind: 'tpm' }), headline: 'S5' },
  {
    name: 'ok: s replaced by n − s would be as good: an entry more in the header that nobody signs',
    files: bent({ unprotectedHeader: cborMap([4, cborBytes(Uint8Array.of(1))]) }),
    headline: 'S5',
  },
]

const rows: readonly CoseRow[] = [
  // N1
  {
    name: 'N1 root_replaced: the same name, another key',
    files: from({ root: { commonName: 'demonstration.nitro-enclaves', key: demoKeys.instance } }),
    headline: 'S5',
    plain: 'S2',
    root: 'nitro.root',
  },
  {
    name: 'N1 root_replaced: AWS’ name, another key',
    files: from({ root: { commonName: 'aws.nitro-enclaves', key: demoKeys.instance } }),
    headline: 'S5',
    plain: 'S2',
    root: 'nitro.root',
  },
  {
    name: 'N1 cabundle_reversed',
    files: bent({ bundle: (bundle) => bundle.toReversed() }),
    headline: 'S5',
    says: [said('nitro.bundle-root-first', 'warn', 'nitro.bundle-order')],
  },
  {
    name: 'N1 an authority is missing',
    files: bent({ bundle: (bundle) => bundle.slice(0, 2) }),
    headline: 'S4',
    says: [said('nitro.chain-holds', 'not-checked', 'nitro.issuer-missing')],
  },
  {
    name: 'N1 the leaf is signed by another key',
    files: bent({ certificate: { issuerKey: demoKeys.root } }),
    headline: 'S1',
    says: [said('nitro.chain-holds', 'fail', 'chain.signature')],
  },
  // N2
  {
    name: 'N2 pcr0_zero_debug',
    files: from({ debug: true }),
    headline: 'S3',
    says: [said('nitro.not-debug', 'fail', 'nitro.debug')],
  },
  {
    name: 'N2 debug, and user_data with the words of another kind',
    files: from({ debug: true, userData: new TextEncoder().encode('nitrotpm_pcrs fpubkey') }),
    headline: 'S3',
    says: [said('nitro.not-debug', 'fail', 'nitro.debug')],
  },
  {
    name: 'N2 PCR0 alone is zero: no debug mode',
    files: from({ pcrs: { 1: demoPcr(1), 2: demoPcr(2) } }),
    headline: 'S5',
  },
  {
    name: 'N2 PCR2 is left out: it cannot be told',
    files: pcrs(cborMap([0, cborBytes(new Uint8Array(48))], [1, cborBytes(new Uint8Array(48))])),
    headline: 'S4',
    says: [said('nitro.not-debug', 'not-checked', 'nitro.image-registers-missing')],
  },
  // N3
  {
    name: 'N3 no reference values: the software is not compared',
    files: from(),
    headline: 'S5',
    says: [said('software.registers-match', 'not-checked', 'expect.none-given')],
  },
  {
    name: 'N3 one of three registers given',
    files: from(),
    policy: { registers: { PCR0: ['a0'.repeat(48)] } },
    headline: 'S5',
    says: [said('software.registers-match', 'not-checked', 'expect.registers-partial')],
  },
  {
    name: 'N3 another PCR0',
    files: from(),
    policy: { registers: { PCR0: ['a1'.repeat(48)] } },
    headline: 'S3',
    says: [said('software.registers-match', 'fail', 'expect.register-differs')],
  },
  // N4
  {
    name: 'N4 leaf_expired_asof',
    files: from(),
    at: MADE_AT + 3 * HOUR,
    headline: 'S4',
    says: [said('nitro.certificates-in-date', 'not-checked', 'cert.expired')],
  },
  {
    name: 'N4 before the leaf',
    files: from(),
    at: MADE_AT - HOUR,
    headline: 'S4',
    says: [said('nitro.certificates-in-date', 'not-checked', 'cert.not-yet-valid')],
  },
  { name: 'N4 the last second', files: from(), at: MADE_AT + 2.5 * HOUR, headline: 'S5' },
  {
    name: 'N4 a leaf that lives for two days',
    files: from({ leafHours: 48 }),
    headline: 'S5',
    says: [said('nitro.leaf-is-short-lived', 'warn', 'nitro.long-lived')],
  },
  {
    name: 'N4 nonce_mismatch',
    files: from({ nonce: new Uint8Array(32).fill(1) }),
    policy: { nonce: '02'.repeat(32) },
    headline: 'S3',
    says: [said('fresh.nonce-matches', 'fail', 'fresh.nonce-matches.fails')],
  },
  {
    name: 'N4 older than the reader allows',
    files: from(),
    at: MADE_AT + HOUR,
    policy: { maxAgeSeconds: 60 },
    headline: 'S3',
    says: [said('fresh.young-enough', 'fail', 'fresh.young-enough.fails')],
  },
  // N5
  {
    name: 'N5 alg_unprotected',
    files: bent({ protectedHeader: cborMap(), unprotectedHeader: ES384 }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.alg.unprotected')],
  },
  {
    name: "N5 protected_empty h''",
    files: bent({ protectedHeader: new Uint8Array() }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.alg.missing')],
  },
  {
    name: "N5 protected_empty h'a0'",
    files: bent({ protectedHeader: cborMap() }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.alg.missing')],
  },
  {
    name: 'N5 alg_es256',
    files: bent({ protectedHeader: cborMap([1, cborInt(-7)]) }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.alg'), said(SIGNED, 'fail', 'cose.alg.key')],
  },
  {
    name: 'N5 alg in both headers',
    files: bent({ unprotectedHeader: cborMap([1, cborInt(-7)]) }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.alg.both')],
  },
  {
    name: 'N5 alg under the text key "1"',
    files: bent({ protectedHeader: cborMap(['1', cborInt(-35)]) }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.alg.missing')],
  },
  {
    name: 'N5 the key of the certificate is on another curve',
    files: async () => {
      const subjectKey = await freshKey('P-256')
      return file(await makeDocument({ bend: { certificate: { subjectKey } } }))
    },
    headline: 'S1',
    says: [said(SIGNED, 'fail', 'cose.alg.key')],
  },
  {
    name: 'N5 crit',
    files: bent({ protectedHeader: header([2, cborArray(cborInt(99))]) }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.crit')],
  },
  {
    name: 'N5 external data',
    files: changed(withExternalData),
    headline: 'S1',
    says: [said(SIGNED, 'fail', 'signature.mismatch')],
  },
  {
    name: 'N5 the protected header is no map',
    files: bent({ protectedHeader: cborInt(1) }),
    headline: 'S1',
    says: [said(ALG, 'fail', 'cose.header')],
  },
  {
    name: 'N5 sig_95',
    files: changed((document) => {
      const cut = document.slice(0, -1)
      cut[cut.length - 96] = 95
      return cut
    }),
    headline: 'S1',
    says: [said(SIGNED, 'fail', 'signature.length')],
  },
  {
    name: 'N5 signature of zeros',
    files: changed((document) => joinBytes([document.subarray(0, -96), new Uint8Array(96)])),
    headline: 'S1',
    says: [said(SIGNED, 'fail', 'signature.range')],
  },
  {
    name: 'N5 one bit of the signature',
    files: changed((document) => flip(document, -20)),
    headline: 'S1',
    says: [said(SIGNED, 'fail', 'signature.mismatch')],
  },
  {
    name: 'N5 signed by another key',
    files: bent({ signWith: demoKeys.instance }),
    headline: 'S1',
    says: [said(SIGNED, 'fail', 'signature.mismatch')],
  },
  // N6
  {
    name: 'N6 dup_key_pcrs: `pcrs` twice, both signed',
    files: member(cborText('pcrs'), cborMap([0, cborBytes(demoPcr(9))])),
    headline: 'S1',
    says: [said('nitro.keys-unique', 'fail', 'cbor.duplicate-key')],
  },
  {
    name: 'N6 a register twice',
    files: pcrs(cborMap(...[0, 1, 2, 0].map((index) => [index, cborBytes(demoPcr(index))] as const))),
    headline: 'S1',
    says: [said('nitro.keys-unique', 'fail', 'cbor.duplicate-key')],
  },
  {
    name: 'N6 a register twice, once in a longer form',
    files: pcrs(
      joinBytes([
        cborHead(5, 4),
        ...[0, 1, 2].flatMap((index) => [cborInt(index), cborBytes(demoPcr(index))]),
        Uint8Array.of(0x18, 0x00),
        cborBytes(demoPcr(7)),
      ]),
    ),
    headline: 'S1',
    says: [said('nitro.keys-unique', 'fail', 'cbor.duplicate-key')],
  },
  {
    name: 'N6 NaN as a key, twice',
    files: member(
      Uint8Array.of(0xf9, 0x7e, 0),
      cborMap([Uint8Array.of(0xf9, 0x7e, 0), cborInt(1)], [Uint8Array.of(0xf9, 0x7e, 0), cborInt(2)]),
    ),
    headline: 'S1',
    says: [said('nitro.keys-unique', 'fail', 'cbor.duplicate-key')],
  },
  {
    name: 'N6 a register under the text key "0"',
    files: pcrs(cborMap(['0', cborBytes(demoPcr(0))], [1, cborBytes(demoPcr(1))], [2, cborBytes(demoPcr(2))])),
    headline: 'S1',
    says: [said(FIELDS, 'fail', 'nitro.format')],
  },
  {
    name: 'N6 nonmin_int: still verifies over the bytes as they are, and is said',
    files: bent({ payload: longForm }),
    headline: 'S5',
    says: [
      said('nitro.shortest-encoding', 'warn', 'cbor.non-minimal'),
      said(SIGNED, 'pass', 'nitro.signed-by-certificate.holds'),
    ],
  },
  {
    name: 'N6 trailing',
    files: changed((document) => joinBytes([document, Uint8Array.of(0)])),
    headline: 'S5',
    says: [said('nitro.nothing-follows', 'warn', 'cbor.trailing')],
  },
  {
    name: 'N6 two documents, one behind the other',
    files: async () => file(joinBytes([await makeDocument(), await makeDocument({ debug: true })])),
    // What stands behind is read as a document of its own, and the worse of the two speaks.
    headline: 'S3',
    says: [said('nitro.nothing-follows', 'warn', 'cbor.trailing'), said('nitro.not-debug', 'fail', 'nitro.debug')],
  },
  {
    name: 'N6 bytes behind the map, inside the payload',
    files: bent({ payload: (payload) => joinBytes([payload, Uint8Array.of(0)]) }),
    headline: 'S1',
    says: [said(FORMED, 'fail', 'cbor.trailing')],
  },
  {
    name: 'N6 bad UTF-8 in module_id',
    files: bent({ fields: [['module_id', Uint8Array.of(0x61, 0xff)]] }),
    headline: 'S1',
    says: [said(FORMED, 'fail', 'cbor.utf8')],
  },
  { name: 'N6 the key __proto__', files: member(cborText('__proto__'), cborMap(['pcrs', cborInt(1)])), headline: 'S5' },
  // N7
  {
    name: 'N7 a million registers claimed and not there',
    files: pcrs(joinBytes([cborHead(5, 1_000_000), cborInt(0), cborBytes(demoPcr(0))])),
    headline: 'S1',
    says: [said(FORMED, 'fail', 'cbor.ends'), said(FIELDS, 'fail', 'nitro.format')],
  },
  {
    name: 'N7 33 registers',
    files: pcrs(cborMap(...Array.from({ length: 33 }, (_, index) => [index, cborBytes(demoPcr(1))] as const))),
    headline: 'S1',
    says: [said(FIELDS, 'fail', 'nitro.format')],
  },
  {
    name: 'N7 a register of 31 bytes',
    files: pcrs(
      cborMap(...[0, 1, 2].map((index) => [index, cborBytes(new Uint8Array(index === 1 ? 31 : 48).fill(1))] as const)),
    ),
    headline: 'S1',
    says: [said(FIELDS, 'fail', 'nitro.format')],
  },
  { name: 'N7 no registers', files: pcrs(cborMap()), headline: 'S1', says: [said(FIELDS, 'fail', 'nitro.format')] },
  {
    name: 'N7 user_data of a megabyte',
    files: bent({ fields: [['user_data', cborBytes(new Uint8Array(1 << 20))]] }),
    headline: 'S1',
    says: [said(FIELDS, 'fail', 'nitro.format')],
  },
  {
    name: 'N7 a byte string that claims a megabyte and has none',
    files: bent({ fields: [['user_data', cborHead(2, 1 << 20)]] }),
    headline: 'S1',
    says: [said(FORMED, 'fail', 'cbor.length')],
  },
  {
    name: 'N7 a byte string that claims 2⁶⁴ − 1 bytes',
    files: bent({ fields: [['user_data', cborHead(2, 2n ** 64n - 1n)]] }),
    headline: 'S1',
    says: [said(FORMED, 'fail', 'cbor.length')],
  },
  {
    name: 'N7 depth_5000 in a member',
    files: bent({ fields: [['nonce', new Uint8Array(5_000).fill(0x81)]] }),
    headline: 'S1',
    says: [said(FORMED, 'fail', 'cbor.depth'), said(FIELDS, 'fail', 'nitro.format')],
  },
  {
    name: 'N7 a member is missing',
    files: bent({ fields: [['digest', cborNull()]] }),
    headline: 'S1',
    says: [said(FIELDS, 'fail', 'nitro.format')],
  },
]

describe('SECURITY.md N1–N7: AWS Nitro', () => {
  it.each(twins.map((row) => [row.name, row] as const))('%s', async (_name, row) =>
    expect(await coseFaults(row, MADE_AT)).toEqual([]),
  )
  it.each(rows.map((row) => [row.name, row] as const))('%s', async (_name, row) =>
    expect(await coseFaults(row, MADE_AT)).toEqual([]),
  )
  it('N6 shows both places of a key that stands twice', async () => {
    const { artifacts } = await inspect(await member(cborText('nonce'), cborBytes(Uint8Array.of(9)))())
    const problems = artifacts[0]?.problems.filter((problem) => problem.because.text === 'cbor.duplicate-key') ?? []
    expect(problems.length).toBeGreaterThanOrEqual(2)
    expect(new Set(problems.map((problem) => problem.range.start)).size).toBe(2)
  })
})

/** Bytes that are no document at all: nothing is claimed, nothing throws, nothing takes long. */
const shapeless: readonly (readonly [string, () => Uint8Array])[] = [
  ['depth_5000: arrays', () => new Uint8Array(5_000).fill(0x81)],
  ['depth_5000: maps', () => new Uint8Array(5_000).fill(0xa1)],
  ['depth_5000: tags', () => new Uint8Array(5_000).fill(0xc1)],
  ['depth 100 000, indefinite', () => new Uint8Array(100_000).fill(0x9f)],
  ['an empty map', () => cborMap()],
  ['an empty array', () => cborArray()],
  ['a byte string that claims a megabyte', () => joinBytes([cborHead(2, 1 << 20), new Uint8Array(10)])],
  ['a million entries that are not there', () => cborHead(5, 1_000_000)],
  ['detached payload', () => cborArray(cborBytes(ES384), cborMap(), cborNull(), cborBytes(new Uint8Array(96)))],
]
describe('SECURITY.md W5, W6, N5: CBOR that is no document', () => {
  it.each(shapeless)('%s', async (_name, make) => {
    const started = performance.now()
    const files = file(make())
    const inspection = await inspect(files)
    const view = await appraise(files, { at: MADE_AT, atSource: 'given', policy: NO_POLICY })
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(['S0', 'SN']).toContain(view.headline)
    expect(view.checks.filter((check) => check.outcome === 'error')).toEqual([])
    for (const artifact of inspection.artifacts) expect(artifact.tiled, artifact.name).toBe(true)
  })
})
