import { describe, expect, it } from 'vitest'
import { toHex } from '../../bytes/layout.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { inspect } from '../../engine/inspect.ts'
import { toBase64, toBase64Url } from '../../envelope/base64.ts'
import { demoKeyFile, makeToken } from './attester.ts'

/** Tokens as they are met. Both ways of writing the realm's key in each. */

const text = (value: string) => new TextEncoder().encode(value)
const WAYS: readonly (readonly [string, (token: Uint8Array) => Uint8Array])[] = [
  ['bare', (token) => token],
  ['base64', (token) => text(toBase64(token))],
  ['base64url', (token) => text(toBase64Url(token))],
  ['hex', (token) => text(toHex(token))],
  ['JSON, a list of byte values', (token) => text(JSON.stringify({ token: [...token] }))],
  ['JSON, base64', (token) => text(JSON.stringify({ evidence: toBase64(token) }))],
]

describe.each(['legacy', 'new', 'cmw'] as const)('%s form', (form) => {
  it.each(WAYS)('in %s', async (_way, wrap) => {
    const files = [
      { name: 'evidence', bytes: wrap(await makeToken({ form })) },
      { name: 'cpak.json', bytes: demoKeyFile() },
    ]
    const { artifacts } = await inspect(files)
    for (const artifact of artifacts) expect(artifact.tiled, artifact.name).toBe(true)
    const view = await appraise(files, { at: Date.parse('2026-01-01T00:00:00Z'), atSource: 'given', policy: NO_POLICY })
    expect([view.headline, view.root.status, view.ifRootTrusted]).toEqual(['S2', 'demonstration', 'S5'])
  })
})
