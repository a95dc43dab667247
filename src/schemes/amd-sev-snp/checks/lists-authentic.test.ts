import { expect, it } from 'vitest'
import { makeLeaf, makeReport } from '../attester.ts'
import { issueDemoCrl } from '../demo-authorities.ts'
import { foreignAuthority } from '../demo-keys.ts'
import { ask, crlFile, leafFile } from '../testing.ts'
import { listsAuthentic } from './lists-authentic.ts'

const withList = async (list: Promise<Uint8Array>) => ({ beside: [await leafFile(makeLeaf()), await crlFile(list)] })
it('passes for a list of the root', async () =>
  expect(await ask(listsAuthentic, await makeReport(), await withList(issueDemoCrl('Milan')))).toMatchObject({
    outcome: 'pass',
  }))
it('says which one was laid aside', async () =>
  expect(
    await ask(
      listsAuthentic,
      await makeReport(),
      await withList(issueDemoCrl('Milan', { issuerKey: foreignAuthority })),
    ),
  ).toMatchObject({ outcome: 'fail', because: { text: 'crl.signature' } }))
it('does not mind lists of others', async () =>
  expect(await ask(listsAuthentic, await makeReport(), await withList(issueDemoCrl('Turin')))).toMatchObject({
    outcome: 'not-applicable',
  }))
it('is a note: it never decides', () => expect(listsAuthentic.weight).toBe('notes'))
