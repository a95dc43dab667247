import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { AppraisalView } from './api.ts'
import { appraise } from './appraise.ts'
import { catalogue, sampleFiles } from './catalogue.ts'
import { inspect } from './inspect.ts'
import { byHand } from './by-hand.ts'

const hasTools = spawnSync('openssl', ['version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'by-hand-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const done = new Set<string>()

/** Runs the commands of every check that has them, in a shell, on the files as a reader has them. */
async function redo(
  scheme: string,
  id: string,
  change: (bytes: Uint8Array, name: string) => Uint8Array = (bytes) => bytes,
) {
  const { samples } = await catalogue()
  const at = Date.parse(samples.find((one) => one.scheme === scheme && one.id === id)?.at ?? '')
  const files = (await sampleFiles(scheme, id)).map((file) => ({ ...file, bytes: change(file.bytes, file.name) }))
  for (const file of files) writeFileSync(join(folder, file.name), file.bytes)
  const view: AppraisalView = await appraise(files, { at, atSource: 'given', policy: { schema: 'policy/1' } })
  const { artifacts, spaces } = await inspect(files)
  return view.checks.flatMap((check) => {
    // Each kind of computation once: a process costs more than what it computes.
    const kind = `${scheme} ${check.id} ${check.outcome}`
    if (done.has(kind)) return []
    done.add(kind)
    const made =
      check.hand &&
      byHand(check.hand, {
        read: ({ artifact, range }) => {
          const file = artifacts.find((one) => one.index === artifact)?.file
          const space = spaces.find((one) => one.file === file && one.space.id === range.space)?.space
          return space?.bytes.subarray(range.start, range.end)
        },
        fileOf: ({ artifact, range }) => {
          const file = artifacts.find((one) => one.index === artifact)?.file
          return range.space === '' && file !== undefined ? `'${files[file]?.name ?? ''}'` : undefined
        },
      })
    if (!made) return []
    let out: string
    try {
      out = execFileSync('sh', ['-c', made.command], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }).toString()
    } catch (error) {
      out = error instanceof Error ? error.message : ''
    }
    return [{ id: check.id, outcome: check.outcome, holds: out.includes(made.prints), out }]
  })
}

describe.runIf(hasTools)('commands that do a check by hand', () => {
  it('OpenSSL says of every example what this page says', async () => {
    const { samples } = await catalogue()
    const schemes = new Set<string>()
    for (const { scheme, id } of samples)
      for (const one of await redo(scheme, id)) {
        schemes.add(scheme)
        expect(one.holds, `${scheme} ${id} ${one.id}: ${one.out}`).toBe(
          one.outcome === 'pass' || one.outcome === 'warn',
        )
      }
    for (const scheme of [
      'intel-dcap',
      'amd-sev-snp',
      'aws-nitro',
      'azure-cvm',
      'arm-cca',
      'psa',
      'eat',
      'tpm2',
      'token',
    ])
      expect(schemes).toContain(scheme)
  }, 120_000)
  it('and of a changed byte that it does not hold', async () => {
    const redone = await redo('intel-dcap', 'tdx-up-to-date', (bytes, name) =>
      name.includes('quote') ? bytes.map((byte, index) => (index === 0x60 ? byte ^ 1 : byte)) : bytes,
    )
    expect(redone.find((one) => one.id === 'intel.quote-signed-by-attestation-key')).toMatchObject({
      outcome: 'fail',
      holds: false,
    })
  }, 60_000)
})

describe('the commands', () => {
  it('cut a file, and bring decoded bytes along', () => {
    const hand = {
      kind: 'digest',
      hash: 'SHA-256',
      of: [
        { artifact: 0, range: { space: '', start: 4, end: 8 } },
        { artifact: 0, range: { space: '', start: 1, end: 2 } },
      ],
      equals: '00',
    } as const
    const read = () => Uint8Array.of(1, 2, 3)
    expect(byHand(hand, { read, fileOf: () => 'a.bin' })?.command).toBe(
      '{ tail -c +5 a.bin | head -c 4; tail -c +2 a.bin | head -c 1; } | openssl dgst -sha256',
    )
    expect(byHand(hand, { read, fileOf: () => undefined })?.command).toBe(
      'echo AQIDAQID | openssl base64 -d -A | openssl dgst -sha256',
    )
  })
  it('are left out where the bytes are not here, or too many to write down', () => {
    const hand = { kind: 'digest', hash: 'SHA-256', of: [], equals: '' } as const
    const place = { artifact: 0, range: { space: 'x', start: 0, end: 1 } }
    expect(byHand({ ...hand, of: [place] }, { read: () => undefined, fileOf: () => undefined })).toBeUndefined()
    const large = { read: () => new Uint8Array(9000), fileOf: () => undefined }
    expect(byHand({ ...hand, of: [place] }, large)).toBeUndefined()
  })
})
