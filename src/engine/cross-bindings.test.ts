import { describe, expect, it } from 'vitest'
import { toHex } from '../bytes/layout.ts'
import { NO_FACTS, type Facts } from '../core/scheme.ts'
import { digest } from '../crypto/verify.ts'
import type { OpenArtifact, OpenCase } from './case.ts'
import { crossBindings } from './cross-bindings.ts'
import { gatewayEvidence } from './gateway-recipes.ts'
import type { Run } from './run-subject.ts'
import { standingOf } from './subject-groups.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const located = (value: Uint8Array) => ({ path: 'x', ranges: [], value })
const NONCE = Uint8Array.from({ length: 32 }, (_, i) => i + 1)
const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))

/** Runs of evidence that says these facts, each a file of its own. */
function runsOf(facts: readonly Facts[]): { readonly runs: Run[]; readonly opened: OpenCase } {
  const artifacts = facts.map((one, artifact): OpenArtifact => ({
    artifact,
    parent: null,
    file: artifact,
    name: `file ${artifact}`,
    sha256: () => '',
    size: 1,
    origin: 'dropped',
    format: 'x',
    message: 'evidence',
    slice: { space: '', bytes: Uint8Array.of(artifact), start: 0, end: 1 },
    decoded: undefined,
    facts: one,
    hints: {},
    scheme: undefined,
    definition: undefined,
    decoding: {
      tree: () => {
        throw new Error('nobody reads it')
      },
      decoded: undefined,
      spaces: () => [],
      problems: [],
      inner: [],
    },
    unwrapped: [],
    problems: [],
    readings: () => [],
  }))
  const runs = artifacts.map((artifact): Run => ({ artifact, prepared: undefined, checks: [], anchors: [] }))
  return { runs, opened: { files: [], contents: [], artifacts, spaces: () => [] } }
}

async function tied(facts: readonly Facts[]) {
  const { runs, opened } = runsOf(facts)
  for (const [index, run] of runs.entries()) run.checks.push(...(await crossBindings(run, index, runs, opened)))
  return {
    standing: standingOf(runs),
    ties: runs.flatMap(({ checks }) =>
      checks.map(({ subject, binds, bindsBy, found }) => [subject, binds, bindsBy, found]),
    ),
  }
}
const device = (nonce: Uint8Array): Facts => ({ measurements: [], nonce: located(nonce) })
const processor = (userData: Uint8Array): Facts => ({ measurements: [], userData: located(userData) })

describe('one nonce', () => {
  it('ties by the recipe that reproduces it, and only by the nonce', async () => {
    const label = utf8('NVIDIA-GPU-EAT-v1')
    const other = new Uint8Array(32).fill(9, 1)
    const recipes: readonly (readonly [Facts, Uint8Array, string])[] = [
      [processor(joined(other, NONCE)), NONCE, 'report_data[32:64] = nonce'],
      [processor(joined(NONCE, other)), NONCE, 'report_data[0:32] = nonce'],
      [device(NONCE), await digest('SHA-256', NONCE), 'sha256(nonce) = nonce'],
      [device(NONCE), await digest('SHA-256', joined(NONCE, label)), 'sha256(nonce|"NVIDIA-GPU-EAT-v1") = nonce'],
    ]
    for (const [one, nonce, recipe] of recipes)
      expect(await tied([one, device(nonce)])).toEqual({ standing: 'nonce-only', ties: [[1, [0], 'nonce', recipe]] })
  })
  it('of many devices is one tie', async () => {
    expect(await tied([device(NONCE), device(NONCE), device(NONCE)])).toEqual({
      standing: 'nonce-only',
      ties: [[0, [1, 2], 'nonce', 'nonce = nonce']],
    })
  })
  it('that nobody chose, or that differs, ties nothing', async () => {
    const fill = (byte: number) => device(new Uint8Array(32).fill(byte))
    expect(await tied([fill(0), fill(0)])).toEqual({ standing: 'unbound', ties: [] })
    expect(await tied([fill(0x11), fill(0x11)])).toEqual({ standing: 'unbound', ties: [] })
    expect(await tied([device(NONCE), device(NONCE.toReversed())])).toEqual({ standing: 'unbound', ties: [] })
    expect(await tied([device(NONCE), NO_FACTS])).toEqual({ standing: 'unbound', ties: [] })
  })
})

describe('evidence that an answer commits to', () => {
  const answer = async (bend: (gpu: string) => string = (gpu) => gpu) => {
    const gpu = '{"evidences": [{"evidence":"AAAA"}]}'
    const hash = await digest('SHA-256', utf8(gpu))
    const tls = new Uint8Array(32).fill(3)
    const hpke = new Uint8Array(32).fill(4)
    const text = `{"report_data":{"tls_key_fp":"${toHex(tls)}","hpke_key":"${toHex(hpke)}","nonce":"${toHex(NONCE)}","gpu_evidence_hash":"${toHex(hash)}"},"gpu": ${bend(gpu)}}`
    const field = joined(await digest('SHA-256', joined(tls, hpke, NONCE, hash)), new Uint8Array(32))
    return { text, field, slice: { space: '', bytes: utf8(text), start: 0, end: utf8(text).length } }
  }
  it('is found where its bytes stand, white space and all', async () => {
    const { text, field, slice } = await answer()
    const found = await gatewayEvidence(field, slice)
    expect(found?.recipe).toBe('sha256(tls_key_fp|hpke_key|nonce|gpu_evidence_hash)')
    expect(found?.ranges.map(({ start, end }) => text.slice(start, end))).toEqual([
      '{"evidences": [{"evidence":"AAAA"}]}',
    ])
  })
  it('is not found under other names: who asks chooses the nonce, and it may be the digest of any device’s evidence', async () => {
    const [one, two, gpu] = [3, 4, 5].map((byte) => new Uint8Array(32).fill(byte)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ]
    const strange = '{"evidences":[{"evidence":"BBBB"}]}'
    const asked = await digest('SHA-256', utf8(strange))
    // What a genuine machine made, asked with that nonce.
    const field = joined(await digest('SHA-256', joined(one, two, asked, gpu)), new Uint8Array(32))
    const read = (data: Readonly<Record<string, string>>) => {
      const bytes = utf8(`{"report_data":${JSON.stringify(data)},"gpu":${strange}}`)
      return gatewayEvidence(field, { space: '', bytes, start: 0, end: bytes.length })
    }
    const hashes = { gpu_evidence_hash: toHex(asked), nvswitch_evidence_hash: toHex(gpu) }
    expect(await read({ tls_key_fp: toHex(one), hpke_key: toHex(two), ...hashes })).toBeUndefined()
    expect(await read({ tls_key_fp: toHex(one), nonce: toHex(two), ...hashes })).toBeUndefined()
    expect(
      await read({
        tls_key_fp: toHex(one.subarray(0, 16)),
        hpke_key: toHex(one.subarray(16)),
        nonce: toHex(two),
        ...hashes,
      }),
    ).toBeUndefined()
  })
  it('is not found when a byte of it, or of the field, differs', async () => {
    const { field, slice } = await answer((gpu) => gpu.replace(' ', ''))
    expect((await gatewayEvidence(field, slice))?.ranges).toEqual([])
    const good = await answer()
    expect(await gatewayEvidence(field.toReversed(), good.slice)).toBeUndefined()
  })
})
