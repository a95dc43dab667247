import { describe, expect, it } from 'vitest'
import type { LogSummary } from '../../core/derived.ts'
import { sliceOf } from '../../core/place.ts'
import { detectAll } from '../../engine/registry.ts'
import { makeCos, makeImaBinary, makeImaText, RECIPES } from './attester.ts'
import { scheme } from './scheme.ts'

async function summaryOf(bytes: Uint8Array): Promise<LogSummary | undefined> {
  const slice = sliceOf('', bytes)
  const format = scheme.formats.find(({ id }) => id === detectAll(slice)[0]?.format)
  return (await format?.derive?.(format.decode(slice, { hints: {} }).decoded))?.summary
}

const FORMS = ['vtpm', 'tcg12', 'cos', 'ima-text', 'ima-binary', 'systemd'] as const

describe('the end of a log', () => {
  it.each(FORMS)('of the form %s is said where it breaks off, and only there', async (form) => {
    // Of a list in bytes some entries have to be whole before it is known for one.
    const whole =
      form === 'ima-binary'
        ? makeImaBinary(['boot_aggregate', '/a', '/b', '/c'].map((path) => ({ path })))
        : (RECIPES[form]?.() ?? new Uint8Array())
    expect((await summaryOf(whole))?.breaksOff).toBeUndefined()
    // A text that ends early still has a last line; one that goes on with something else breaks off.
    const isText = form === 'ima-text' || form === 'systemd'
    const cut = isText ? Uint8Array.from([...whole, 0x21, 0x21]) : whole.subarray(0, -3)
    const summary = await summaryOf(cut)
    expect(summary).toMatchObject({ breaksOff: true, isPart: false })
    expect(summary?.end).toBeLessThan(cut.length)
  })

  it('is where it says it is although nothing follows', async () => {
    expect(await summaryOf(makeImaText([{ path: 'boot_aggregate' }]))).not.toHaveProperty('breaksOff')
  })
})

describe('values by name', () => {
  it('that are left out are counted', async () => {
    const log = (count: number) => makeCos(Array.from({ length: count }, (_, i) => [4, `--argument=${i}`]))
    expect((await summaryOf(log(2000)))?.valuesLeftOut).toBeUndefined()
    expect((await summaryOf(log(2003)))?.valuesLeftOut).toBe(3)
  })
})
