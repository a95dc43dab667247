import { expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { scheme as intelDcap } from '../schemes/intel-dcap/scheme.ts'
import type { InputFile } from './api.ts'
import { appraise } from './appraise.ts'

async function sample(id: string) {
  const found = intelDcap.samples.find((one) => one.id === id)
  if (!found) throw new Error(`no sample ${id}`)
  const files = await found.files()
  const [quote] = files
  if (!quote) throw new Error('no quote')
  return { at: Date.parse(found.at), files, quote }
}

it('the same quote in two wrappings is one piece of evidence, two quotes are two', async () => {
  const { at, files, quote } = await sample('tdx-up-to-date')
  const says = async (...extra: InputFile[]) => {
    const { subjects, ifRootTrusted } = await appraise([...files, ...extra], {
      at,
      atSource: 'given',
      policy: NO_POLICY,
    })
    return [subjects.length, ifRootTrusted]
  }
  expect(await says()).toEqual([1, 'S5'])
  expect(
    await says({ name: 'again.hex', bytes: new TextEncoder().encode(Buffer.from(quote.bytes).toString('hex')) }),
  ).toEqual([2, 'S5'])
  // A second quote, as good as the first, that nothing ties to it.
  expect(await says(...(await sample('sgx-v3')).files)).toEqual([2, 'S5w'])
})
