import { describe, expect, it } from 'vitest'
import { toHex } from '../../bytes/layout.ts'
import { NO_POLICY, type Policy } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import type { InputFile } from '../../engine/api.ts'
import { encodePem } from '../../envelope/pem.ts'
import {
  makeChain,
  makeRim,
  makeSignerAnswer,
  measurement,
  SWITCH_VERSION,
  VBIOS_INDICES,
  VBIOS_VERSION,
  DRIVER_INDICES,
} from './attester.ts'
import { makeGroup, makeGroupAnswers } from './attester-set.ts'
import { samples, SAMPLES_AT } from './samples.ts'

const AT = Date.parse(SAMPLES_AT)
const ask = (files: readonly InputFile[], policy: Policy = NO_POLICY) =>
  appraise(files, { at: AT, atSource: 'given', policy })
const filesOf = async (id: string) => [...((await samples.find((sample) => sample.id === id)?.files()) ?? [])]
const NONCE = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 11) & 0xff)
const utf8 = (text: string) => new TextEncoder().encode(text)

describe('one device with both manifests and every answer', () => {
  it('is up to date, and matches what the reader expects', async () => {
    const files = await filesOf('good')
    expect(await ask(files)).toMatchObject({ headline: 'S2', ifRootTrusted: 'S5' })
    const policy: Policy = {
      ...NO_POLICY,
      nonce: toHex(NONCE),
      registers: { MEASUREMENT7: [toHex(measurement(7))] },
    }
    expect(await ask(files, policy)).toMatchObject({ headline: 'S2', ifRootTrusted: 'S6' })
  })
  it('shows each measurement beside its manifest', async () => {
    const { subjects } = await ask(await filesOf('old-rim'))
    const rows = subjects[0]?.comparisons?.find(({ of }) => of === 'VBIOS')?.rows ?? []
    expect(rows.filter(({ outcome }) => outcome !== 'equal').map(({ index, name }) => [index, name])).toEqual([
      [9, 'Measurement_9'],
    ])
    const driver = subjects[0]?.comparisons?.find(({ of }) => of === 'driver')?.rows ?? []
    expect(driver.filter(({ outcome }) => outcome === 'left-out').map(({ index }) => index)).toEqual([35])
  })
  it.each(['driver.swidtag', 'vbios.swidtag', 'certificate-1.ocsp', 'rim-signer.ocsp', 'chain.pem'])(
    'is open without %s, never worse and never accepted',
    async (name) => {
      const files = (await filesOf('good')).filter((file) => file.name !== name)
      expect((await ask(files)).ifRootTrusted ?? 'S4').toBe('S4')
    },
  )
})

/** What is said of every device, one a line, and what ties them. Read in review. */
function golden({ subjects, checks }: Awaited<ReturnType<typeof ask>>): string {
  const lines = subjects.map(({ index, format, versions, ifRootTrusted, answers }) => {
    const own = checks.filter(({ subject, outcome }) => subject === index && outcome !== 'not-applicable')
    const states = Object.values(answers).map(({ question, state }) => `${question} ${state}`)
    return [
      `${index} ${format} ${ifRootTrusted} pdi ${versions?.['pdi']} ueid ${versions?.['ueid']}`,
      `  ${states.join(' · ')}`,
      ...own.map(({ id, outcome, found }) => `  ${id} ${outcome}${found === undefined ? '' : ` ${found}`}`),
    ].join('\n')
  })
  const ties = checks.flatMap(({ id, binds, bindsBy, subject }) =>
    binds ? [`${subject} ${id} ${bindsBy ?? ''} ${binds.length}`] : [],
  )
  return `${[...lines, ...ties].join('\n')}\n`
}

it('takes an issuer that the chain lacks from a file of its own', async () => {
  const files = await filesOf('good')
  const chain = await makeChain()
  const pem = (some: readonly Uint8Array[]) => utf8(some.map((der) => encodePem('CERTIFICATE', der)).join(''))
  const rest = files.filter(({ name }) => name !== 'chain.pem')
  const short = { name: 'chain.pem', bytes: pem(chain.filter((_, index) => index !== 2)) }
  const own = { name: 'provisioner.pem', bytes: pem(chain.slice(2, 3)) }
  expect((await ask([...rest, short])).ifRootTrusted ?? 'S4').toBe('S4')
  expect((await ask([...rest, short, own])).ifRootTrusted).toBe('S5')
})

describe('a protected group of eight GPUs and four switches', () => {
  const made = async () => {
    const devices = await makeGroup(NONCE)
    const json = (some: typeof devices) => utf8(JSON.stringify(some))
    const answers = await makeGroupAnswers(AT)
    return {
      gpus: { name: 'gpus.json', bytes: json(devices.slice(0, 8)) },
      switches: { name: 'switches.json', bytes: json(devices.slice(8)) },
      again: { name: 'again.json', bytes: json([...devices.slice(0, 7), ...devices.slice(0, 1)]) },
      rest: [
        { name: 'driver', bytes: utf8(await makeRim({ active: DRIVER_INDICES })) },
        { name: 'vbios', bytes: utf8(await makeRim({ version: VBIOS_VERSION, active: VBIOS_INDICES })) },
        {
          name: 'bios',
          bytes: utf8(
            await makeRim({
              version: SWITCH_VERSION,
              product: 'LS10',
              active: Array.from({ length: 31 }, (_, i) => i),
            }),
          ),
        },
        { name: 'rim.ocsp', bytes: await makeSignerAnswer('good', AT) },
        ...answers.map((bytes, i) => ({ name: `${i}.ocsp`, bytes })),
      ],
    }
  }
  it('is one statement when all twelve are here and name each other', async () => {
    const { gpus, switches, rest } = await made()
    const view = await ask([gpus, switches, ...rest])
    expect(view.subjects).toHaveLength(12)
    expect(view).toMatchObject({ headline: 'S2', ifRootTrusted: 'S5' })
    expect(new Set(view.subjects.map(({ versions }) => versions?.['pdi'])).size).toBe(12)
    expect(
      view.checks.filter(({ id, outcome }) => id === 'nvidia.devices-are-connected' && outcome === 'pass'),
    ).toHaveLength(12)
    await expect(golden(view)).toMatchFileSnapshot('./samples/group.dump.txt')
  }, 60_000)
  it('is open while the switches are missing, and says when a device stands there twice', async () => {
    const { gpus, again, switches, rest } = await made()
    expect(await ask([gpus, ...rest])).toMatchObject({ ifRootTrusted: 'S4' })
    const view = await ask([again, switches, ...rest])
    expect(view.ifRootTrusted).toBe('S4')
    expect(
      view.checks.filter(({ id, outcome }) => id === 'nvidia.devices-are-distinct' && outcome === 'fail'),
    ).toHaveLength(2)
  }, 60_000)
})
