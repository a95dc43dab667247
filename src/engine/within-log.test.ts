import { describe, expect, it } from 'vitest'
import { bytesOf } from '../core/place.ts'
import { NO_POLICY } from '../core/policy.ts'
import { joinBytes } from '../bytes/join.ts'
import { chain } from '../pki/testing.ts'
import { makeTcg2, makeVariable } from '../schemes/event-log/attester.ts'
import { appraise } from './appraise.ts'
import { sampleFiles } from './catalogue.ts'
import { inspect } from './inspect.ts'

const AT = Date.parse('2026-06-15T12:00:00Z')
const options = { at: AT, atSource: 'given', policy: NO_POLICY } as const

/** A log in which Secure Boot loaded a program that this certificate allowed. */
async function log() {
  const { leaf } = await chain()
  const authority = makeVariable('db', joinBytes([new Uint8Array(16), bytesOf(leaf.slice)]))
  return { name: 'boot.log', bytes: makeTcg2(['sha256'], [{ register: 7, type: 0x800000e0, data: authority }]) }
}

describe('certificates that a log tells of', () => {
  it('are opened, and stand for nothing by themselves', async () => {
    const files = [await log()]
    expect((await inspect(files)).artifacts.map(({ format }) => format)).toContain('x509.certificate')
    const alone = await appraise(files, options)
    expect(alone.headline).toBe('SN')
    expect(alone.examined).toEqual([])
  })
  it('are no collateral of the evidence beside it', async () => {
    const files = [...(await sampleFiles('intel-dcap', 'tdx-up-to-date')), await log()]
    const index = (await inspect(files)).artifacts.find(({ name, parent }) => parent !== null && name === 'db')?.index
    expect(index).toBeDefined()
    expect((await appraise(files, options)).collateral.filter(({ artifact }) => artifact === index)).toEqual([])
  })
})

it('calls a file in which others were found by that, and one in which nothing was found not recognised', async () => {
  const [quote] = await sampleFiles('intel-dcap', 'tdx-up-to-date')
  const base64 = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('base64')
  const members = { quote: base64(quote?.bytes), log: base64((await log()).bytes) }
  const text = new TextEncoder()
  const { artifacts } = await inspect([
    { name: 'answer.json', bytes: text.encode(JSON.stringify(members)) },
    { name: 'note.txt', bytes: text.encode('nothing to do with it') },
  ])
  expect(artifacts.filter(({ parent }) => parent === null).map(({ name, title }) => [name, title])).toEqual([
    ['answer.json', 'format.container'],
    ['note.txt', 'format.unknown'],
  ])
})
