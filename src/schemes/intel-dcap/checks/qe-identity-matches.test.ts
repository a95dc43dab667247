import { expect, it } from 'vitest'
import type { Recipe } from '../attester.ts'
import { measured } from '../attester/quote.ts'
import { findingOf } from '../testing.ts'
import { qeIdentityMatches } from './qe-identity-matches.ts'

it('passes on the enclave that the identity describes', async () => {
  expect(await findingOf(qeIdentityMatches)).toMatchObject({ outcome: 'pass' })
})
it('fails on another signer, product, attribute or MISCSELECT', async () => {
  const fields = async (qe: NonNullable<Recipe['qe']>) =>
    (
      await findingOf(qeIdentityMatches, {
        qe,
        identity: { mrSigner: await measured('demonstration QE signer', 'SHA-256'), isvProdId: 2 },
      })
    ).because
  expect(await fields({ mrSigner: new Uint8Array(32) })).toMatchObject({
    text: 'intel.qe-identity',
    params: { fields: 'MRSIGNER' },
  })
  expect(await fields({ isvProdId: 1 })).toMatchObject({ text: 'intel.qe-identity', params: { fields: 'ISVPRODID' } })
  expect(await fields({ attributes: 0x17n })).toMatchObject({
    text: 'intel.qe-identity',
    params: { fields: 'ATTRIBUTES' },
  })
  expect(await fields({ miscSelect: 1 })).toMatchObject({ text: 'intel.qe-identity', params: { fields: 'MISCSELECT' } })
})
it('points at the field that differs', async () => {
  const { cites } = await findingOf(qeIdentityMatches, { qe: { isvProdId: 9 } })
  expect(cites[0]?.ranges.map(({ start, end }) => end - start)).toEqual([2])
})
it('leaves out what the mask leaves out', async () => {
  expect(await findingOf(qeIdentityMatches, { qe: { attributes: 0x11n } })).toMatchObject({ outcome: 'pass' })
})
it('is not checked without an identity', async () => {
  expect(await findingOf(qeIdentityMatches, {}, { without: ['identity'] })).toMatchObject({ outcome: 'not-checked' })
})
