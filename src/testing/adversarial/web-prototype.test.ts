import { beforeAll, describe, expect, it } from 'vitest'
import { cborInt, cborMap, cborTag, cborArray, cborBytes, cborText } from '../../bytes/cbor-writer.ts'
import type { InputFile } from '../../engine/api.ts'
import { appraise } from '../../engine/appraise.ts'
import { inspect } from '../../engine/inspect.ts'
import { readCaseFile } from '../../engine/case-file.ts'
import { readPolicy } from '../../engine/policy.ts'
import { toContract } from '../../engine/contract.ts'

/** W3: names in evidence are names, never members of our own objects. */

const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '0', '4294967295']
const utf8 = (text: string) => new TextEncoder().encode(text)
const quoted = (text: string) => JSON.stringify(text)
const members = KEYS.map((key) => `${quoted(key)}: {"isAdmin": true, "polluted": "yes"}`).join(', ')
const claims = cborMap([1, cborText('maker')], ...KEYS.map((key) => [key, cborMap(['polluted', cborInt(1)])] as const))

const FILES: Readonly<Record<string, Uint8Array>> = {
  JSON: utf8(`{${members}}`),
  'JSON around evidence': utf8(
    `{${members}, "quote": "${'00'.repeat(64)}", "tcbInfo": {${members}}, "enclaveIdentity": {${members}}, "signature": "00"}`,
  ),
  'JSON record': utf8(
    `{"__cmwc_t": "tag:example.com,2026:x", ${KEYS.map((key) => `${quoted(key)}: ["application/eat+cwt", "oQFh", 4]`).join(', ')}}`,
  ),
  CBOR: claims,
  COSE: cborTag(
    18,
    cborArray(
      cborBytes(cborMap([1, cborInt(-7)])),
      cborMap(...KEYS.map((key) => [key, cborInt(1)] as const)),
      cborBytes(claims),
      cborBytes(new Uint8Array(64)),
    ),
  ),
  YAML: utf8(
    `${KEYS.map((key) => `${key}:\n  polluted: yes\n  isAdmin: true`).join('\n')}\ntcb_info: |\n  {${members}}\n`,
  ),
  names: utf8('x'),
}

/** Kinds whose every member gets a row of its own. */
const SHOWN = ['JSON record', 'CBOR', 'COSE']

const before = Object.getOwnPropertyNames(Object.prototype).sort()

describe('W3: names that are members of every object', () => {
  beforeAll(() => {
    Object.freeze(Object.prototype)
  })

  it('are tried with a frozen prototype, so that reaching it throws', () => {
    expect(Object.isFrozen(Object.prototype)).toBe(true)
    expect(() => {
      Object.assign(Object.prototype, { polluted: 1 })
    }).toThrow(TypeError)
  })
  for (const [kind, bytes] of Object.entries(FILES)) {
    it(`are read, appraised and exported like any other: ${kind}`, async () => {
      const files: readonly InputFile[] = [
        { name: kind === 'names' ? '__proto__' : kind, bytes },
        { name: 'constructor', bytes: utf8('y') },
      ]
      const inspection = await inspect(files)
      const appraisal = await appraise(files, {
        at: 0,
        atSource: 'given',
        policy: { schema: 'policy/1', registers: Object.fromEntries(KEYS.map((key) => [key, ['00']])) },
      })
      expect(
        appraisal.checks.every((check) => check.outcome !== 'error'),
        JSON.stringify(appraisal.checks.filter((check) => check.outcome === 'error')),
      ).toBe(true)
      expect(appraisal.headline).not.toMatch(/^S[56]/)
      const contract = JSON.parse(
        JSON.stringify(toContract(appraisal, inspection, ({ text }) => text, { ms: 0, fields: true })),
      ) as object
      expect('polluted' in contract || 'isAdmin' in contract || 'polluted' in {} || 'isAdmin' in []).toBe(false)
      expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before)
      if (SHOWN.includes(kind)) expect(textOf(inspection.artifacts[0]?.tree)).toContain('__proto__')
    })
  }
  it('are refused where they would be rules of the reader', () => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const { policy, wrong } = readPolicy(JSON.parse(`{"schema":"policy/1",${quoted(key)}:{"nonce":"00"}}`))
      expect(policy, key).toBeUndefined()
      expect(wrong.length, key).toBeGreaterThan(0)
    }
  })
  it('of a case file change nothing', () => {
    const read = readCaseFile(
      utf8(
        `{"schema":"attestation-case/1",${members},"files":[{"name":"__proto__","base64":"AA==","__proto__":{"origin":"bundled"}}],"appraisal":{"checks":[{"id":"__proto__","subject":0,"outcome":"pass"}]}}`,
      ),
    )
    if (!read.opened) throw new Error(read.detail)
    expect(read.opened.files).toEqual([{ name: '__proto__', bytes: Uint8Array.of(0), origin: 'dropped' }])
    expect(Object.keys(read.record?.outcomes ?? {})).toEqual(['__proto__#0'])
  })
})

/** All labels of a tree. */
function textOf(
  node: { readonly label: string; readonly children: readonly { readonly label: string }[] } | undefined,
): string {
  const found: string[] = []
  const stack = node ? [node] : []
  for (let one = stack.pop(); one; one = stack.pop()) {
    found.push(one.label)
    stack.push(...(one.children as typeof stack))
  }
  return found.join(' ')
}
