import { expect, it } from 'vitest'
import { sliceOf } from '../../../core/place.ts'
import { NO_POLICY } from '../../../core/policy.ts'
import type { AppraisalContext, CaseItem } from '../../../core/scheme.ts'
import { spkiOf } from '../../../pki/issue.ts'
import { makeResult } from '../attester.ts'
import { demoKeys } from '../demo-keys.ts'
import { readResult } from '../open.ts'
import { prepare } from '../prepare.ts'
import { resultSigned as check } from './result-signed.ts'

const itemOf = (artifact: number, bytes: Uint8Array): CaseItem => ({
  artifact,
  parent: null,
  name: `file ${artifact}`,
  sha256: () => `sha-${artifact}`,
  origin: 'dropped',
  format: null,
  message: 'unknown',
  slice: sliceOf('', bytes),
  decoded: readResult(sliceOf('', bytes)).result,
  facts: { measurements: [] },
  hints: {},
})
async function ask(result: Uint8Array, ...keys: readonly Uint8Array[]) {
  const context: AppraisalContext = {
    at: 0,
    policy: NO_POLICY,
    anchors: [],
    items: keys.map((key, i) => itemOf(i + 1, key)),
  }
  return check.run(await prepare(itemOf(0, result), context), context)
}
const key = spkiOf(demoKeys.service)

it('holds by the given key', async () =>
  expect(await ask(await makeResult(), key)).toMatchObject({
    outcome: 'pass',
    because: { text: 'uar.result-signed.holds' },
  }))
it('no key', async () =>
  expect(await ask(await makeResult())).toMatchObject({ outcome: 'not-checked', because: { code: 'key-missing' } }))
it('another text', async () => {
  const changed = new TextEncoder().encode(new TextDecoder().decode(await makeResult()).replace('CSV', 'TDX'))
  expect(await ask(changed, key)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'uar.not-by-these-keys' },
  })
})
it('no signature', async () =>
  expect(await ask(new TextEncoder().encode('{"json_result":"{}","b64_signature":""}'), key)).toMatchObject({
    outcome: 'fail',
  }))
