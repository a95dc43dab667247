import { expect, it } from 'vitest'
import { tilingFaults, toHex } from '../../bytes/layout.ts'
import { joinBytes } from '../../bytes/join.ts'
import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { sm2PublicKey, sm2Sign, sm2SignWithoutZ } from '../../crypto/sm2.ts'
import { sm3 } from '../../crypto/sm3.ts'
import { appraise } from '../../engine/appraise.ts'
import { inspect } from '../../engine/inspect.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { demoPcrs } from './attester.ts'
import { hygonFormat } from './hygon-json.ts'
import { entry } from './index.ts'

const text = (value: string) => new TextEncoder().encode(value)
const be = (value: number, width: number) =>
  Uint8Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** (width - 1 - i)) % 256)
const sized = (bytes: Uint8Array) => joinBytes([be(bytes.length, 2), bytes])
const D = sm3(text('a demonstration key'))

/** A quote over all PCRs of the SM3 bank, as Hygon's agent writes it. */
function evidence(bend: { readonly withZ?: boolean; readonly pcr?: number; readonly hash?: number } = {}): Uint8Array {
  const values = demoPcrs()
  const body = joinBytes([
    be(0xff544347, 4),
    be(0x8018, 2),
    sized(joinBytes([be(0x0012, 2), new Uint8Array(32).fill(0xa5)])),
    sized(text('challenge')),
    be(1000, 8),
    be(3, 4),
    be(0, 4),
    be(1, 1),
    be(7, 8),
    joinBytes([be(1, 4), be(0x0012, 2), Uint8Array.of(3, 255, 255, 255), sized(sm3(values))]),
  ])
  const nonce = sm3(text('nonce'))
  const raw = bend.withZ === true ? sm2Sign(D, text('1234567812345678'), body, nonce) : sm2SignWithoutZ(D, body, nonce)
  const signature = joinBytes([
    be(0x001b, 2),
    be(bend.hash ?? 0x0012, 2),
    sized((raw ?? new Uint8Array()).subarray(0, 32)),
    sized((raw ?? new Uint8Array()).subarray(32)),
  ])
  const pcrs = Array.from({ length: 24 }, (_, i) => toHex(values.subarray(32 * i, 32 * i + 32)))
  if (bend.pcr !== undefined) pcrs[bend.pcr] = '00'.repeat(32)
  const key = sm2PublicKey(D)
  return text(
    JSON.stringify({
      ek_cert: null,
      ak_pubkey: { x: toHex(key.subarray(0, 32)), y: toHex(key.subarray(32)) },
      keylime_agent_uuid: null,
      quote: { SM3: { attest_body: toBase64(body), attest_sig: toBase64(signature), pcrs } },
      eventlog: null,
      aa_eventlog: null,
    }),
  )
}

async function outcomes(bytes: Uint8Array): Promise<Readonly<Record<string, string>>> {
  const view = await appraise([{ name: 'evidence.json', bytes }], {
    at: Date.parse('2026-06-01T00:00:00Z'),
    atSource: 'given',
    policy: NO_POLICY,
  })
  return { headline: view.headline, ...Object.fromEntries(view.checks.map(({ id, outcome }) => [id, outcome])) }
}

it('verifies the quote by the key beside it, and says that nothing vouches for that key', async () => {
  expect(await outcomes(evidence())).toMatchObject({
    headline: 'S4',
    'tpm.signed-by-ak': 'pass',
    'tpm.pcr-digest-matches': 'pass',
    'tpm.ak-vouched-for': 'not-checked',
  })
})
it('refuses a signature with Z: no TPM makes it so', async () => {
  expect(await outcomes(evidence({ withZ: true }))).toMatchObject({ headline: 'S1', 'tpm.signed-by-ak': 'fail' })
})
it('knows SM2 with SM3 only', async () => {
  expect(await outcomes(evidence({ hash: 0x000b }))).toMatchObject({
    headline: 'S4',
    'tpm.signed-by-ak': 'unsupported',
  })
})
it('another value of a PCR is not what was signed', async () => {
  expect(await outcomes(evidence({ pcr: 9 }))).toMatchObject({ 'tpm.pcr-digest-matches': 'fail' })
})
it('opens every part, and the registers are those of the SM3 bank', async () => {
  const bytes = evidence()
  expect(entry.detectors.flatMap((detect) => detect(sliceOf('', bytes)) ?? [])[0]?.format).toBe('tpm2.hygon-evidence')
  const decoding = hygonFormat.decode(sliceOf('', bytes), { hints: {} })
  expect(decoding.inner.map(({ format }) => format)).toEqual([
    'tpm2.quote',
    'tpm2.signature',
    'tpm2.pcr-values',
    'x509.public-key',
  ])
  expect(tilingFaults(decoding.tree(), sliceOf('', bytes))).toEqual({ holes: [], overlaps: [] })
  const inspection = await inspect([{ name: 'e', bytes }])
  expect(inspection.artifacts.every(({ tiled }) => tiled)).toBe(true)
})
it.each([
  '{"ak_pubkey":1,"quote":{"SM3":{"attest_body":"","attest_sig":[]}}}',
  '{"quote":[],"attest_body":"attest_sig"',
])('reads odd text without throwing: %s', (odd) =>
  expect(hygonFormat.decode(sliceOf('', text(odd)), { hints: {} }).inner).toEqual([]),
)
