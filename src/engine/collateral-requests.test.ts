import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { textFaults } from '../testing/texts.ts'
import { appraise } from './appraise.ts'
import { allowedUrl, requestOf, wantedOf } from './collateral-requests.ts'
import { collateralRules } from './collateral-rules.ts'
import { entries, loadScheme } from './registry.ts'

describe('the rules', () => {
  it('name a host, the whole path and a text in both languages', async () => {
    const rules = await collateralRules()
    expect(new Set(rules.map((rule) => rule.scheme))).toContain('intel-dcap')
    for (const rule of rules) {
      expect(rule.host).toMatch(/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/)
      expect(rule.path.source).toMatch(/^\^\\\/.*\$$/)
      expect(rule.path.flags).toBe('')
      expect(rule.method === 'POST').toBe(rule.posts !== undefined)
      const entry = entries.find((one) => one.id === rule.scheme)
      const [en, zh] = [await entry?.texts.en(), await entry?.texts.zh()]
      const named = {
        en: { [rule.reveals]: en?.[rule.reveals] ?? '' },
        zh: { [rule.reveals]: zh?.[rule.reveals] ?? '' },
      }
      expect(textFaults(named)).toEqual([])
      // Every blank of the sentence is filled from the address.
      const blanks = [...(en?.[rule.reveals] ?? '').matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
      for (const blank of blanks) expect(rule.path.source).toContain(`(?<${blank}>`)
    }
  })

  it('allow every address that the engine wishes for its own samples', async () => {
    let asked = 0
    for (const entry of entries) {
      const { samples } = await loadScheme(entry)
      for (const sample of samples) {
        const files = await sample.files()
        // Alone, evidence wishes for more than with the files beside it.
        for (const given of [files, files.slice(0, 1)]) {
          const view = await appraise(given, { at: Date.parse(sample.at), atSource: 'given', policy: NO_POLICY })
          for (const { wish, requests, refused } of await wantedOf(await collateralRules(), view.wishes)) {
            expect(refused, `${entry.id} ${sample.id} ${wish.kind}`).toEqual([])
            expect(requests).toHaveLength(wish.urls.length)
            asked += requests.length
          }
        }
      }
    }
    expect(asked).toBeGreaterThan(20)
  })
})

describe('an address', () => {
  const TCB = 'https://api.trustedservices.intel.com/tdx/certification/v4/tcb?fmspc=00806f050000'

  it('says what it gives away', async () => {
    const allowed = allowedUrl(await collateralRules(), TCB)
    expect(allowed?.reveals).toEqual({ text: 'reveals.intel.fmspc', params: { fmspc: '00806f050000' } })
    expect(allowed?.rule.who).toBe('Intel')
  })

  it.each([
    ['another host', 'https://api.trustedservices.intel.com.evil.example/tdx/certification/v4/tcb?fmspc=00806f050000'],
    ['a user name', 'https://api.trustedservices.intel.com@evil.example/tdx/certification/v4/tcb?fmspc=00806f050000'],
    ['a user name before the host', TCB.replace('https://', 'https://user:word@')],
    ['another port', TCB.replace('.com/', '.com:8443/')],
    ['the default port, written', TCB.replace('.com/', '.com:443/')],
    ['no encryption', TCB.replace('https:', 'http:')],
    ['a step upwards', TCB.replace('/tdx/', '/tdx/../sgx/')],
    ['an escape', TCB.replace('/tcb', '/%74cb')],
    ['a fragment', `${TCB}#x`],
    ['a second parameter', `${TCB}&x=1`],
    ['a long number', TCB.replace('00806f050000', '00806f0500001')],
    ['capitals', TCB.replace('api.', 'API.')],
    ['a line end', `${TCB}\n`],
    ['a file', 'file:///etc/passwd'],
    ['a backslash', TCB.replace('/tdx', '\\tdx')],
    ['an inner address', 'https://127.0.0.1/tdx/certification/v4/tcb?fmspc=00806f050000'],
    ['too deep below', 'https://a.b.c.d.e.attest.azure.net/certs'],
    ['the parent itself', 'https://attest.azure.net/certs'],
  ])('with %s is refused', async (_what, url) => {
    expect(allowedUrl(await collateralRules(), url)).toBeUndefined()
    expect(
      (
        await wantedOf(await collateralRules(), [
          { kind: 'x', key: '', title: { text: 'x', params: {} }, urls: [url], curl: '' },
        ])
      )[0],
    ).toEqual(expect.objectContaining({ requests: [], refused: [url] }))
  })

  it('is asked in the edition that the reader wants', async () => {
    const rules = await collateralRules()
    expect((await requestOf(rules, TCB, undefined, 'early'))?.url).toBe(`${TCB}&update=early`)
    expect((await requestOf(rules, TCB, undefined, 17))?.url).toBe(`${TCB}&tcbEvaluationDataNumber=17`)
    const qe = 'https://api.trustedservices.intel.com/tdx/certification/v4/qe/identity'
    expect((await requestOf(rules, qe, undefined, 'standard'))?.url).toBe(`${qe}?update=standard`)
    expect(await requestOf(rules, TCB, undefined, 1.5)).toBeUndefined()
    const root = 'https://certificates.trustedservices.intel.com/IntelSGXRootCA.der'
    expect((await requestOf(rules, root, undefined, 'early'))?.url).toBe(root)
  })

  it('is posted to only where posting is the rule, with its own type', async () => {
    const rules = await collateralRules()
    const ocsp = 'https://ocsp.ndis.nvidia.com/'
    const body = { type: 'application/ocsp-request', base64: 'AAAA' }
    expect((await requestOf(rules, ocsp, body))?.method).toBe('POST')
    expect(await requestOf(rules, ocsp, { ...body, type: 'text/html' })).toBeUndefined()
    expect(await requestOf(rules, ocsp, undefined)).toBeUndefined()
    expect(await requestOf(rules, TCB, body)).toBeUndefined()
    expect((await requestOf(rules, ocsp, { ...body, base64: 'BBBB' }))?.id).not.toBe(
      (await requestOf(rules, ocsp, body))?.id,
    )
  })
})
