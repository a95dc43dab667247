import { expect, it } from 'vitest'
import { findingOf, preparedFrom } from '../testing.ts'
import { tdxModuleMatches } from './tdx-module-matches.ts'

it('passes on a module that Intel signed', async () => {
  expect(await findingOf(tdxModuleMatches)).toMatchObject({ outcome: 'pass', because: { params: { id: 'TDX_01' } } })
  expect(
    await findingOf(tdxModuleMatches, { td: { teeTcbSvn: [5, 0, 5, ...Array.from({ length: 13 }, () => 0)] } }),
  ).toMatchObject({ outcome: 'pass', because: { params: { id: 'TDX' } } })
})
it('fails on another signer, or on attributes that are not zero', async () => {
  expect(await findingOf(tdxModuleMatches, { td: { mrSignerSeam: new Uint8Array(48).fill(1) } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'tdx.module', params: { fields: 'MRSIGNERSEAM' } },
  })
  expect(await findingOf(tdxModuleMatches, { td: { seamAttributes: 1n } })).toMatchObject({
    outcome: 'fail',
    because: { text: 'tdx.module', params: { fields: 'SEAMATTRIBUTES' } },
  })
  // The mask in the file is not applied: attributes must be zero even where the identity agrees.
  const modules = [
    {
      id: 'TDX_01',
      mrSigner: new Uint8Array(48),
      attributes: '0100000000000000',
      levels: [{ isvSvn: 1, status: 'UpToDate', date: '2026-01-01T00:00:00Z' }],
    },
  ]
  expect(await findingOf(tdxModuleMatches, { td: { seamAttributes: 1n }, tcbInfo: { modules } })).toMatchObject({
    outcome: 'fail',
  })
})
it('is not checked when the TCB info says nothing about it', async () => {
  expect(await findingOf(tdxModuleMatches, { tcbInfo: { modules: undefined } })).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'tdx.module-no-identities' },
  })
  expect(
    await findingOf(tdxModuleMatches, { td: { teeTcbSvn: [6, 9, 5, ...Array.from({ length: 13 }, () => 0)] } }),
  ).toMatchObject({ outcome: 'not-checked', because: { text: 'tdx.module-no-entry', params: { id: 'TDX_09' } } })
  expect((await preparedFrom({ tcbInfo: { modules: undefined } })).vendor).toMatchObject({
    tcbStatus: null,
    error: 'TDX_MODULE_MISMATCH',
  })
})
it('does not arise for enclaves', async () => {
  expect(await findingOf(tdxModuleMatches, { version: 3 })).toMatchObject({ outcome: 'not-applicable' })
})
