import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { toHex } from '../../bytes/layout.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { InputFile } from '../../engine/api.ts'
import { appraise } from '../../engine/appraise.ts'
import { baselineOf } from '../../testing/tamper.ts'
import { anchors } from './anchors.ts'
import { FORMATS } from './formats.ts'
import { readRim, rimStanding, type Rim } from './rim.ts'
import { samples, SAMPLES_AT } from './samples.ts'
import { itemOf } from './testing.ts'

/**
 * One bit of the files beside a report: every byte with `SOAK=1`, some by default.
 * A manifest's every byte is tried where it is read and verified, since nothing else of it reaches the verdict; the whole page's verdict is asked for each thirteenth.
 */

const isSoak = process.env['SOAK'] === '1'
const AT = Date.parse(SAMPLES_AT)
/** Cases under way at once: half of the time of each is waiting for WebCrypto. */
const AT_ONCE = 16

const good = async (): Promise<readonly InputFile[]> => (await samples.find(({ id }) => id === 'good')?.files()) ?? []

const flipped = (bytes: Uint8Array, at: number) => Uint8Array.from(bytes, (byte, i) => (i === at ? byte ^ 1 : byte))

/** Tries places of a file and counts what comes of them. */
async function counted(
  length: number,
  step: number,
  one: (at: number) => Promise<string>,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  const places = Array.from({ length: Math.ceil(length / step) }, (_, i) => i * step)
  for (let next = 0; next < places.length; next += AT_ONCE)
    for (const label of await Promise.all(places.slice(next, next + AT_ONCE).map((at) => one(at))))
      counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

const show = (name: string, step: number, counts: ReadonlyMap<string, number>) =>
  console.log(
    `${name}, each ${step === 1 ? 'byte' : `${step}th byte`}: ${[...counts].map(([label, n]) => `${label} ${n}`).join(' · ')}`,
  )

/** What a manifest says that anything is compared with. */
const said = ({ product, version, golden }: Rim) =>
  JSON.stringify([
    product,
    version,
    golden.filter((one) => one.isActive).map(({ index, name, values }) => [index, name, values.map(toHex)]),
  ])

it('a changed manifest is not relied on, or says the same', async () => {
  for (const file of (await good()).filter(({ name }) => name.endsWith('.swidtag'))) {
    const stand = async (bytes: Uint8Array) => {
      const rim = readRim(sliceOf('', bytes))
      const standing = await rimStanding(
        itemOf(0, bytes, FORMATS.rim),
        rim,
        { anchors, at: AT, items: [] },
        'demonstration',
      )
      return { standing, said: said(rim) }
    }
    const whole = await stand(file.bytes)
    expect(whole.standing.reason).toBe('nvidia.rim.holds')
    const step = isSoak ? 1 : 97
    const counts = await counted(file.bytes.length, step, async (at) => {
      const { standing, said: says } = await stand(flipped(file.bytes, at))
      if (standing.isAuthentic) expect(says, `${file.name} at ${at}`).toBe(whole.said)
      return standing.reason
    })
    show(file.name, step, counts)
    expect(counts.get('nvidia.rim.digest') ?? 0).toBeGreaterThan(0)
  }
}, 3_600_000)

it('a changed file never breaks the report, and is worth no more than none', async () => {
  const files = await good()
  const ask = async (some: readonly InputFile[]) => {
    const { subjects } = await appraise(some, { at: AT, atSource: 'given', policy: NO_POLICY })
    // A changed certificate can read as evidence of another kind, with a verdict of its own: the report's is asked for.
    const report = subjects.find(({ format }) => format === FORMATS.report)
    return report ? `${report.ifRootTrusted ?? report.headline}${subjects.length > 1 ? ' beside another' : ''}` : 'none'
  }
  expect(await ask(files)).toBe('S5')
  // The short ones first.
  for (const [index, file] of [...files.entries()].toSorted(([, a], [, b]) => a.bytes.length - b.bytes.length)) {
    if (index === 0) continue
    expect(await ask(files.filter((one) => one !== file)), `without ${file.name}`).toBe('S4')
    const step = isSoak ? (file.name.endsWith('.swidtag') ? 13 : 1) : 211
    const { covered } = await baselineOf(files, index, AT)
    const counts = await counted(file.bytes.length, step, async (at) => {
      const headline = await ask(files.map((one) => (one === file ? { ...one, bytes: flipped(one.bytes, at) } : one)))
      return `${headline}${covered[at] === 1 ? '' : ' not covered'}`
    })
    show(file.name, step, counts)
    // Bytes that no check covers: the words around a certificate, the root's copy.
    const allowed = /^(?:S4.*|S5.* not covered)$/
    expect
      .soft(
        [...counts.keys()].filter((label) => !allowed.test(label)),
        file.name,
      )
      .toEqual([])
  }
}, 3_600_000)
