import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import {
  bundledFilesOf,
  DEMO_AT,
  demoPlatform,
  filesOf,
  makeCase,
  type DemoCase,
  type DemoFile,
  type Recipe,
} from './attester.ts'
import { samples } from './samples.ts'
import { sliceOf } from '../../core/place.ts'
import { detectAll } from '../../engine/registry.ts'
import { bootEvents, makeDstack, makeTcg2, SYSTEM_EVENTS } from '../event-log/attester.ts'
import { scheme as logs } from '../event-log/scheme.ts'

/** Registers 0 to 3 as a log leaves them. */
async function rtmrsOf(log: Uint8Array): Promise<readonly Uint8Array[]> {
  const slice = sliceOf('', log)
  const format = logs.formats.find(({ id }) => id === detectAll(slice)[0]?.format)
  const derived = await format?.derive?.(format.decode(slice, { hints: {} }).decoded)
  return [0, 1, 2, 3].map(
    (number) => derived?.registers.find(({ name }) => name === `RTMR${number}`)?.value ?? new Uint8Array(48),
  )
}

const ccel = (isSecure: boolean, line: string) =>
  makeTcg2(['sha384'], bootEvents(true, isSecure, line), { headerRegister: 1, padding: 64 })
/** What the owner builds, and what somebody else starts on the same machine. */
const LINE = '/vmlinuz root=/dev/mapper/root ro'
const OTHER_LINE = '/vmlinuz root=/dev/mapper/root rw init=/bin/sh'

/** The other machine's log with the owner's words written over the digest that is kept. */
function lied(): Uint8Array {
  const events = bootEvents(true, false, OTHER_LINE).map((event) => {
    const said = new TextDecoder().decode(event.data)
    return said.startsWith('kernel_cmdline: ')
      ? { ...event, data: new TextEncoder().encode(`kernel_cmdline: ${LINE}\0`) }
      : event
  })
  return makeTcg2(['sha384'], events, { headerRegister: 1, padding: 64 })
}

const withLog = (name: string, log: Uint8Array, truth = log): Entry => ({
  recipe: async () => ({ td: { rtmrs: await rtmrsOf(truth) } }),
  files: (made) => [...bundledFilesOf(made), { name, bytes: log }],
})

interface Entry {
  readonly recipe: Recipe | (() => Promise<Recipe>)
  readonly files: (made: DemoCase) => DemoFile[]
}

/** One recipe a sample, and how its files are laid out. */
const RECIPES: Readonly<Record<string, Entry>> = {
  'tdx-ccel': withLog('ccel.bin', ccel(true, LINE)),
  'tdx-ccel-other': withLog('ccel.bin', ccel(false, OTHER_LINE)),
  'tdx-ccel-lied': withLog('ccel.bin', lied(), ccel(false, OTHER_LINE)),
  'tdx-dstack': withLog('event_log.json', makeDstack(SYSTEM_EVENTS)),
  'tdx-up-to-date': { recipe: {}, files: filesOf },
  'sgx-v3': { recipe: { version: 3 }, files: filesOf },
  'tdx-v5': { recipe: { version: 5, bodyKind: 'td15' }, files: bundledFilesOf },
  // Late microcode and SEAM loader are two behind.
  'tdx-out-of-date': {
    recipe: { platform: { components: changed('td10', { 1: 2, 7: 4 }) }, qe: { isvSvn: 6 } },
    files: bundledFilesOf,
  },
  'tdx-relaunch': {
    recipe: { version: 5, bodyKind: 'td15', td: { teeTcbSvn: [4, 1, 3, ...Array.from({ length: 13 }, () => 0)] } },
    files: bundledFilesOf,
  },
  'sgx-sw-hardening': {
    recipe: { version: 3, platform: { components: changed('sgx', { 0: 3 }) } },
    files: bundledFilesOf,
  },
  'tdx-debug': { recipe: { td: { tdAttributes: (1n << 28n) | 1n } }, files: bundledFilesOf },
  'tdx-revoked': {
    recipe: { pckCrl: { revoked: [{ serial: demoPlatform('td10').serial, at: '2026-05-20T00:00:00Z', reason: 1 }] } },
    files: filesOf,
  },
  'tdx-no-collateral': { recipe: {}, files: (made) => filesOf(made).slice(0, 1) },
}

function changed(kind: 'sgx' | 'td10', svns: Readonly<Record<number, number>>): readonly number[] {
  return demoPlatform(kind).components.map((svn, i) => svns[i] ?? svn)
}

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the samples anew', async () => {
  expect(Object.keys(RECIPES)).not.toEqual([])
  for (const [id, { recipe, files }] of Object.entries(RECIPES)) {
    const made = files(await makeCase(typeof recipe === 'function' ? await recipe() : recipe)).map(
      ({ name, bytes }) => ({
        name,
        base64: Buffer.from(bytes).toString('base64'),
      }),
    )
    writeFileSync(
      join(dirname(fileURLToPath(import.meta.url)), 'samples', `${id}.json`),
      `${JSON.stringify({ files: made }, null, 2)}\n`,
    )
  }
})

it('has a recipe for every sample, all at the instant of the attester', () => {
  expect(samples.map((sample) => sample.id).sort()).toEqual(Object.keys(RECIPES).sort())
  expect(new Set(samples.map((sample) => sample.at))).toEqual(new Set([DEMO_AT]))
})
