import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { toHex } from '../bytes/layout.ts'
import type { FieldNode } from '../core/field.ts'
import type { AttesterSample } from '../core/scheme.ts'
import { sliceOf, type Slice } from '../core/place.ts'
import { NO_POLICY } from '../core/policy.ts'
import { digest } from '../crypto/verify.ts'
import type { AppraisalView, InputFile, Inspection } from '../engine/api.ts'
import { appraise } from '../engine/appraise.ts'
import { openCase } from '../engine/case.ts'
import { inspect } from '../engine/inspect.ts'
import { detectAll, entries, entryOfFormat, loadScheme, surest } from '../engine/registry.ts'
import { en as sharedEn } from '../engine/shared-texts.en.ts'
import { zh as sharedZh } from '../engine/shared-texts.zh.ts'
import { base64Text } from '../envelope/base64.ts'
import { dump } from './dump.ts'
import { textFaults } from './texts.ts'

/** What every scheme must pass. A scheme is found by its folder; nothing is listed here. */

const schemesFolder = resolve(dirname(fileURLToPath(import.meta.url)), '..', 'schemes')
const ACCEPTING: readonly (string | null)[] = ['S5', 'S5w', 'S6']
const effective = (view: AppraisalView) => view.ifRootTrusted ?? view.headline

/** A fixed stream of numbers, so that a failure can be seen again. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

function decodeBase64(text: string): Uint8Array {
  const read = base64Text(text)
  return read ? read.slice.bytes.slice(read.slice.start, read.slice.end) : new Uint8Array()
}

/** A sample's files, whose names say nothing. */
async function named(sample: AttesterSample): Promise<InputFile[]> {
  return (await sample.files()).map(({ bytes }, index) => ({ name: `file ${index}`, bytes }))
}

/** The files and everything that is opened in them. */
async function slicesIn(files: readonly InputFile[]): Promise<readonly Slice[]> {
  const { artifacts } = await openCase(files)
  return [...files.map((file) => sliceOf('', file.bytes)), ...artifacts.map((artifact) => artifact.slice)]
}

function everyNode(tree: FieldNode): FieldNode[] {
  const found: FieldNode[] = []
  const stack = [tree]
  for (let node = stack.pop(); node; node = stack.pop()) {
    found.push(node)
    stack.push(...node.children)
  }
  return found
}

function textIds(inspection: Inspection, view: AppraisalView): string[] {
  const nodes = inspection.artifacts.flatMap((artifact) => everyNode(artifact.tree))
  return [
    ...inspection.artifacts.map((artifact) => artifact.title),
    ...inspection.artifacts.flatMap((artifact) => artifact.readings.map((reading) => reading.because.text)),
    ...nodes.flatMap((node) => [
      ...(node.doc === undefined ? [] : [node.doc]),
      ...node.problems.map((problem) => problem.because.text),
    ]),
    ...view.checks.flatMap((check) => [
      check.because.text,
      `${check.id}.question`,
      `${check.id}.holds`,
      `${check.id}.fails`,
      `${check.id}.why`,
      ...(check.remedy ? [check.remedy.text] : []),
    ]),
    ...view.collateral.map((use) => use.because.text),
    ...view.wishes.map((wish) => wish.title.text),
    ...view.doesNotProve,
    view.sentence.text,
    ...view.subjects.flatMap((subject) => [
      ...subject.nodes.map((node) => node.title.text),
      ...subject.ladders.map((ladder) => ladder.title.text),
      ...subject.timeline.map((entry) => entry.title.text),
      ...Object.values(subject.answers).map((answer) => answer.because.text),
    ]),
  ]
}

it('every folder is a scheme of its own name', () => {
  const folders = readdirSync(schemesFolder, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map((one) => one.name)
  expect(entries.map((entry) => entry.id).toSorted()).toEqual(folders.toSorted())
})

it('shared rooms speak both languages', () => {
  expect(textFaults({ en: sharedEn, zh: sharedZh })).toEqual([])
})

describe.each(entries.map((entry) => [entry.id, entry] as const))('%s', (id, entry) => {
  const folder = join(schemesFolder, id)

  it('lives in the folder of its name and owns its formats', async () => {
    expect(existsSync(folder)).toBe(true)
    const scheme = await loadScheme(entry)
    expect(scheme.id).toBe(id)
    expect(scheme.formats.map((format) => format.id).sort()).toEqual([...entry.formats].sort())
  })

  it('names what stands in its files by formats of other schemes', () => {
    for (const format of entry.carries ?? []) expect([undefined, id]).not.toContain(entryOfFormat(format)?.id)
  })

  it('speaks both languages, and documents every field and bit', async () => {
    const scheme = await loadScheme(entry)
    const own = await entry.texts.en()
    expect(textFaults({ en: own, zh: await entry.texts.zh() })).toEqual([])
    const texts = { ...own, ...sharedEn }
    const wanted = [
      ...scheme.formats.flatMap((format) => [
        format.title,
        ...(format.rows?.() ?? []).flatMap((row) => [
          ...(row.doc === undefined ? [] : [row.doc]),
          ...(row.bits ?? []).flatMap((bit) => (bit.doc === undefined ? [] : [bit.doc])),
        ]),
      ]),
      ...scheme.appraisers.flatMap((appraiser) =>
        appraiser.checks.flatMap((check) => ['question', 'holds', 'fails', 'why'].map((part) => `${check.id}.${part}`)),
      ),
      ...scheme.appraisers.flatMap((appraiser) => appraiser.notJudged.flatMap((id) => [`${id}.what`, `${id}.because`])),
      ...scheme.samples.map((sample) => sample.title),
    ]
    expect([...new Set(wanted)].filter((key) => !Object.hasOwn(texts, key))).toEqual([])
  })

  it('pins anchors with a source, and their fingerprints are right', async () => {
    const scheme = await loadScheme(entry)
    for (const anchor of scheme.anchors) {
      expect(anchor.holder, anchor.subject).not.toBe('')
      if (anchor.status === undefined || anchor.status === 'pinned') expect(anchor.source).toMatch(/^https:\/\//)
      expect(toHex(await digest('SHA-256', decodeBase64(anchor.spki)))).toBe(anchor.spkiSha256)
      if (anchor.certificate !== undefined)
        expect(toHex(await digest('SHA-256', decodeBase64(anchor.certificate)))).toBe(anchor.sha256)
    }
  })

  it('asks one question per file, with a test beside it, and no id twice', async () => {
    const scheme = await loadScheme(entry)
    const checks = join(folder, 'checks')
    const files = existsSync(checks) ? readdirSync(checks) : []
    for (const file of files)
      if (file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('shared'))
        expect(files, file).toContain(file.replace(/\.ts$/, '.test.ts'))
    for (const appraiser of scheme.appraisers) {
      const ids = appraiser.checks.map((check) => check.id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const check of appraiser.checks)
        for (const needed of check.dependsOn) expect(ids, `${check.id} depends on ${needed}`).toContain(needed)
    }
  })

  it('reads its samples: ranked first without a name, tiled, every word in both languages, as in the golden dump', async () => {
    const scheme = await loadScheme(entry)
    for (const sample of scheme.samples) {
      const files = await named(sample)
      for (const slice of await slicesIn(files)) {
        const sure = surest(slice)
        if (sure) expect(sure, `${sample.id}: who is sure, and who is first of all`).toEqual(detectAll(slice)[0])
      }
      const inspection = await inspect(files)
      expect(inspection.artifacts[0]?.format, sample.id).toBe(sample.format)
      for (const artifact of inspection.artifacts) expect(artifact.tiled, `${sample.id} ${artifact.name}`).toBe(true)
      const view = await appraise(files, { at: Date.parse(sample.at), atSource: 'given', policy: NO_POLICY })
      expect(effective(view), `${sample.id} as if its root were relied on`).toBe(sample.expect)
      const texts = { ...(await entry.texts.en()), ...sharedEn }
      const other = await Promise.all(entries.map((one) => one.texts.en()))
      const missing = [...new Set(textIds(inspection, view))].filter(
        (key) => !Object.hasOwn(texts, key) && !other.some((table) => Object.hasOwn(table, key)),
      )
      expect(missing, sample.id).toEqual([])
      const runnersUp = inspection.artifacts.map(
        (artifact) =>
          `${artifact.name}: ${artifact.readings.map((reading) => `${reading.format} ${reading.score}`).join(', ')}`,
      )
      await expect(
        `${runnersUp.join('\n')}\n\n${inspection.artifacts.map((artifact) => dump(artifact.tree)).join('\n')}`,
      ).toMatchFileSnapshot(join(folder, 'samples', `${sample.id}.dump.txt`))
    }
  })

  it('draws what its checks prove between parts that are drawn, and never to one that is not here', async () => {
    const scheme = await loadScheme(entry)
    for (const sample of scheme.samples) {
      const view = await appraise(await named(sample), {
        at: Date.parse(sample.at),
        atSource: 'given',
        policy: NO_POLICY,
      })
      const here = view.subjects.flatMap(({ nodes }) => nodes.filter(({ isAbsent }) => !isAbsent).map(({ id }) => id))
      for (const { id, outcome, proves } of view.checks)
        for (const { from, to, ...edge } of outcome === 'pass' ? (proves ?? []) : [])
          if ((edge.outcome ?? 'pass') === 'pass')
            for (const end of [from, to]) expect(here, `${sample.id}: ${id} leads from ${from} to ${to}`).toContain(end)
    }
  })

  it('never throws and never accepts a prefix or a random change of a signed sample', async () => {
    const scheme = await loadScheme(entry)
    const random = generator(7)
    for (const sample of scheme.samples.slice(0, 3)) {
      const files = await sample.files()
      const first = files[0]
      if (!first) continue
      for (let i = 0; i < 24; i++) {
        const cut = Math.floor(random() * first.bytes.length)
        const view = await appraise([{ name: 'cut', bytes: first.bytes.slice(0, cut) }, ...files.slice(1)], {
          at: Date.parse(sample.at),
          atSource: 'given',
          policy: NO_POLICY,
        })
        expect(ACCEPTING, `${sample.id} cut at ${cut}`).not.toContain(effective(view))
        const changed = first.bytes.slice()
        for (let k = 0; k < 64; k++) changed[Math.floor(random() * changed.length)] = Math.floor(random() * 256)
        await appraise([{ name: 'changed', bytes: changed }, ...files.slice(1)], {
          at: Date.parse(sample.at),
          atSource: 'given',
          policy: NO_POLICY,
        })
      }
    }
  }, 120_000)
})
