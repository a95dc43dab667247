import { describe, expect, it } from 'vitest'
import { lookUp } from './error-codes.ts'
import { entries, loadScheme } from './registry.ts'

describe('messages of other tools', () => {
  it.each([
    ['0xe022', 'SGX_QL_PCK_CERT_CHAIN_ERROR'],
    ['ERROR: quote verification failed: 57378', 'SGX_QL_PCK_CERT_CHAIN_ERROR'],
    ['SGX_QL_TCBINFO_EXPIRED', 'SGX_QL_SGX_TCB_INFO_EXPIRED'],
    ['tee_verify_quote result: 0x0000A002', 'SGX_QL_QV_RESULT_OUT_OF_DATE'],
    ['WARNING:esys: ErrorCode (0x00000921)', 'TPM_RC_LOCKOUT'],
    ['get VCEK: HTTP 429 from the key service', '429 Too Many Requests'],
  ])('%s', async (text, name) => {
    const { found } = await lookUp(text)
    expect(found[0]?.names).toContain(name)
  })
  it('names what it does not know, and finds nothing in plain words or numbers', async () => {
    expect((await lookUp('failed with 0xe0fe and SGX_QL_SOMETHING_NEW')).unknown).toEqual([
      '0xe0fe',
      'SGX_QL_SOMETHING_NEW',
    ])
    expect(await lookUp('The year is 2026; 42 files, 4936 bytes, all is well.')).toEqual({ found: [], unknown: [] })
  })
  it('a number that stands twice in the text, once in decimal, is one answer', async () => {
    const { found, unknown } = await lookUp('verification failed: 57378 (0xe022)')
    expect([found.length, unknown]).toEqual([1, []])
  })
  it('says each code once, and points to checks that exist', async () => {
    for (const entry of entries) {
      const codes = (await entry.errorCodes?.()) ?? []
      const names = codes.flatMap((code) => code.names)
      expect(new Set(names).size, entry.id).toBe(names.length)
      const checks = (await loadScheme(entry)).appraisers.flatMap((one) => one.checks.map((check) => check.id))
      for (const code of codes) if (code.check !== undefined) expect(checks, code.names[0]).toContain(code.check)
    }
  })
})
