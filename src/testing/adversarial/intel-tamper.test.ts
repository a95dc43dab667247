import { describe, expect, it } from 'vitest'
import type { InputFile } from '../../engine/api.ts'
import { QUESTIONS } from '../../core/verdict.ts'
import { filesOf, makeCase } from '../../schemes/intel-dcap/attester.ts'
import { ACCEPTING, effective } from '../tamper.ts'
import {
  complaints,
  faultsOf,
  flip,
  from,
  good,
  isAccepting,
  join,
  offsetsOf,
  quoted,
  replaced,
  signedFile,
  text,
  told,
  view,
  type Row,
} from './kit.ts'

/** What others have accepted (facts about published verifiers), each on a TDX quote with collateral, and the rule that removing or spoiling an input never helps. */

const T = offsetsOf('tdx4')
const put = (name: string, bytes: () => Promise<Uint8Array> | Uint8Array) => async () =>
  replaced(filesOf(await good()), name, await bytes())
const flippedSignature = async (member: 'tcbInfo' | 'identity') => {
  const made = await good()
  const { signature } = made[member]
  return signedFile({
    ...made[member],
    signature: `${signature.slice(0, 20)}${signature[20] === '0' ? '1' : '0'}${signature.slice(21)}`,
  })
}

const collateral: readonly Row[] = [
  {
    name: 'QE identity signature flipped',
    files: put('qe-identity.json', () => flippedSignature('identity')),
    headline: 'S4',
    mustFail: ['intel.qe-identity-signature'],
  },
  {
    name: 'QE identity body forged: MRSIGNER zero',
    files: put('qe-identity.json', async () => {
      const { identity } = await good()
      return signedFile({
        ...identity,
        text: identity.text.replace(/"mrsigner":"[0-9A-F]{64}"/, `"mrsigner":"${'0'.repeat(64)}"`),
      })
    }),
    headline: 'S4',
    mustFail: ['intel.qe-identity-signature'],
  },
  {
    name: 'PCK list = deadbeef',
    files: put('pck-crl.der', () => Uint8Array.of(0xde, 0xad, 0xbe, 0xef)),
    headline: 'S4',
    mustFail: ['revocation.missing'],
  },
  {
    name: 'PCK list = the text deadbeef',
    files: put('pck-crl.der', () => text('deadbeef')),
    headline: 'S4',
    mustFail: ['revocation.missing'],
  },
  {
    name: 'root list = deadbeef',
    files: put('root-crl.der', () => Uint8Array.of(0xde, 0xad, 0xbe, 0xef)),
    headline: 'S4',
    mustFail: ['revocation.missing'],
  },
  {
    name: 'PCK list signature flipped',
    files: put('pck-crl.der', async () => flip((await good()).pckCrl, -5)),
    headline: 'S4',
    mustFail: ['crl.signature'],
  },
  {
    name: 'PCK list of 2023',
    files: put(
      'pck-crl.der',
      async () =>
        (await makeCase({ pckCrl: { thisUpdate: '2023-01-01T00:00:00Z', nextUpdate: '2023-02-01T00:00:00Z' } })).pckCrl,
    ),
    headline: 'S4',
    mustFail: ['crl.stale'],
  },
  {
    name: 'PCK list of the wrong authority',
    files: put('pck-crl.der', async () => (await good('sgx3')).pckCrl),
    headline: 'S4',
    mustFail: ['revocation.missing'],
  },
  {
    name: 'TCB info signature flipped',
    files: put('tcb-info.json', () => flippedSignature('tcbInfo')),
    headline: 'S4',
    mustFail: ['intel.tcbinfo-signature'],
  },
  {
    name: 'TCB info pretty-printed',
    files: put('tcb-info.json', async () => {
      const { tcbInfo } = await good()
      return signedFile({ ...tcbInfo, text: JSON.stringify(JSON.parse(tcbInfo.text), null, 2) })
    }),
    headline: 'S4',
    mustFail: ['collateral.compact-only'],
  },
  {
    name: 'SGX collateral on a TDX quote',
    files: async () => [...filesOf(await good()).slice(0, 3), ...filesOf(await good('sgx3')).slice(3)],
    headline: 'S4',
    mustFail: ['intel.tcbinfo-type', 'intel.qe-identity-id'],
  },
]
const evidence: readonly Row[] = [
  {
    name: 'report data flipped',
    files: quoted((quote) => flip(quote, T.body + 521)),
    headline: 'S1',
    mustFail: ['evidence.signature'],
  },
  {
    name: 'truncated chain: no intermediate',
    files: from({ bend: { certificates: ({ leaf, root }) => [leaf, root] } }),
    headline: 'S1',
    mustFail: ['chain.gap'],
  },
  {
    name: 'truncated chain: half a certificate',
    files: from({ bend: { chainData: (data) => data.subarray(0, 900) } }),
    headline: 'S1',
    mustFail: ['pem.no-end'],
  },
  {
    name: 'trailing junk after the quote: shown, not signed',
    files: quoted((quote) => join(quote, text('junk'))),
    headline: 'S5',
    mustFail: ['quote.trailing'],
  },
]

describe('what published verifiers accepted', () => {
  it('starts from a case that is accepted', async () => expect(effective(await view(filesOf(await good())))).toBe('S5'))
  it.each([...collateral, ...evidence].map((row) => [row.name, row] as const))('%s', async (_name, row) =>
    expect(await faultsOf(row)).toEqual([]),
  )
  it.each(collateral.map((row) => [row.name, row] as const))(
    'beside a good copy nothing changes: %s',
    async (_name, row) => {
      const bad = (await row.files()).slice(1).map((file) => ({ ...file, name: `bad-${file.name}` }))
      const plain = await view(filesOf(await good()))
      const both = await view([...filesOf(await good()), ...bad])
      expect(effective(both), told(both)).toBe('S5')
      expect(both.subjects[0]?.vendor).toEqual(plain.subjects[0]?.vendor)
      const rejected = both.collateral.filter((use) => use.use === 'rejected').map((use) => use.because.text)
      const expected = row.mustFail?.[0] ?? ''
      if (/signature$|compact/.test(expected)) expect(rejected).toContain(expected)
    },
  )
})

/** One input of a case, spoilt in ways that cost little to think of. */
const spoilt: readonly ((bytes: Uint8Array) => Uint8Array)[] = [
  (bytes) => bytes.subarray(0, bytes.length >> 1),
  (bytes) => flip(bytes, bytes.length >> 1),
  (bytes) => flip(bytes, -8),
  (bytes) => join(bytes, Uint8Array.of(0x20, 0x41)),
  (bytes) => new Uint8Array(bytes.length),
  () => new Uint8Array(),
  (bytes) => text(`<html>${bytes.length}</html>`),
]

describe('removing and spoiling inputs', () => {
  const recipes = {
    tdx4: {},
    'out of date': { platform: { pceSvn: 11 } },
    debug: { td: { tdAttributes: (1n << 28n) | 1n } },
    revoked: { pckCrl: { revoked: [{ serial: 0x5043_4b01, at: '2026-06-01T00:00:00Z' }] } },
    "QE not Intel's": { qe: { isvProdId: 9 } },
  } as const
  it.each(Object.entries(recipes))(
    '%s: no answer becomes `holds`, and nothing becomes acceptable',
    async (_name, recipe) => {
      const files = filesOf(await makeCase(recipe))
      const whole = await view(files)
      const changed: readonly InputFile[][] = files.flatMap((file, i) => [
        ...(i === 0 ? [] : [files.filter((other) => other !== file)]),
        ...spoilt.map((spoil) =>
          files.map((other) => (other === file ? { ...file, bytes: spoil(file.bytes) } : other)),
        ),
      ])
      for (const some of changed) {
        const result = await view(some)
        const subject = result.subjects[0]
        const isProven = (question: (typeof QUESTIONS)[number]) => whole.subjects[0]?.answers[question].state
        for (const question of QUESTIONS)
          if (subject?.answers[question].state === 'holds' && isProven(question) !== 'fails')
            expect(isProven(question), `${question}: ${told(result)}`).toBe('holds')
        // Proof of harm may have been in what was taken away; everything else stays as bad as it was.
        if (isAccepting(result)) expect([...ACCEPTING, 'S3'], told(result)).toContain(effective(whole))
        if (effective(whole) === 'S5') expect(['S0', 'S1', 'S4', 'S5', 'SN'], told(result)).toContain(effective(result))
        expect(complaints(result)).not.toContain('check.crashed')
      }
      // Only a revocation can be taken away with its list, and then the list is missing: never accepted.
      for (const some of changed) if (effective(whole) === 'S3') expect(isAccepting(await view(some))).toBe(false)
    },
    60_000,
  )
})
