import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AppraisalView } from '../../src/engine/api.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { sampleFiles } from '../../src/engine/catalogue.ts'
import { inspect } from '../../src/engine/inspect.ts'
import { asSpoken } from '../case/spoken.ts'
import { foundIn, nameOf } from './change.ts'
import { placeOf, tableAt, type Lesson, type Place, type Said } from './lesson.ts'
import { openScene, optionsOf, play, type Scene, type Tools } from './play.ts'

/** Every lesson played on the real engine: what it says must change does change, and nothing else is claimed. The browser test walks the same data by keyboard. */

const tools: Tools = { inspect, appraise, sample: sampleFiles }
const folder = new URL('.', import.meta.url)
const lessons: readonly Lesson[] = await Promise.all(
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(async ({ name }) => ((await import(`./${name}/lesson.ts`)) as { readonly lesson: Lesson }).lesson),
)

async function sceneAt(lesson: Lesson, step: number): Promise<Scene> {
  const { evidence, deeds } = tableAt(lesson, step)
  let scene = await openScene(evidence, tools)
  for (const index of deeds) {
    const one = lesson.steps[index]
    if (one?.kind === 'do') scene = await play(scene, one.deed, tools)
  }
  return scene
}

/** Last part of the path of a field: what the field is called. */
const namesOf = (place: Place) => /[A-Za-z]+$/.exec(place.field ?? '')?.[0] ?? ''

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('lesson %s', (_, lesson) => {
  it('brings about the changes that it names', async () => {
    const rows: string[] = []
    for (const [index, step] of lesson.steps.entries()) {
      if (step.kind !== 'see') continue
      const deeds = tableAt(lesson, index).deeds
      const last = deeds.at(-1)
      if (last === undefined) throw new Error(`step ${index + 1} shows a change and nothing was done`)
      const [beforeScene, afterScene] = [await sceneAt(lesson, last), await sceneAt(lesson, index)]
      const before = asSpoken(await appraise(beforeScene.files, optionsOf(beforeScene)))
      const after = asSpoken(await appraise(afterScene.files, optionsOf(afterScene)))
      expect(after.error).toBeUndefined()
      expect(step.changes.length, `step ${index + 1}`).toBeGreaterThan(0)
      if (process.env['LESSON_ALL'] === '1')
        for (const check of new Set([...before.checks, ...after.checks].map((one) => `${one.subject} ${one.id}`))) {
          const find = (view: AppraisalView) => view.checks.find((one) => `${one.subject} ${one.id}` === check)
          const [a, b] = [find(before), find(after)]
          if (a?.outcome !== b?.outcome || a?.because.text !== b?.because.text)
            rows.push(`   all: ${check}: ${a?.outcome} ${a?.because.text} → ${b?.outcome} ${b?.because.text}`)
        }
      if (process.env['LESSON_ALL'] === '1')
        rows.push(
          `   answers ${JSON.stringify(
            after.subjects.map((one) => [
              one.headline,
              one.root.status,
              Object.values(one.answers)
                .map((x) => x.state)
                .join(),
            ]),
          )} before ${JSON.stringify(
            before.subjects.map((one) => [
              one.headline,
              one.root.status,
              Object.values(one.answers)
                .map((x) => x.state)
                .join(),
            ]),
          )}`,
        )
      if (process.env['LESSON_ALL'] === '1')
        rows.push(`   headline ${before.headline} → ${after.headline} ${JSON.stringify(after.sentence)}`)
      for (const change of step.changes) {
        const [was, is] = [foundIn(before, change), foundIn(after, change)]
        const where = `${lesson.number} ${lesson.id} step ${index + 1}: ${nameOf(change)}`
        rows.push(`${where} ${was.state} → ${is.state} (${is.because})`)
        expect.soft(was.state, where).toBe(change.before)
        expect.soft(is.state, where).toBe(change.after)
        if ('because' in change) expect.soft(is.because, where).toBe(change.because)
      }
    }
    console.log(rows.join('\n'))
  })

  it('answers its questions by checks that stand as it says', async () => {
    for (const [index, step] of lesson.steps.entries()) {
      if (step.kind !== 'predict' || step.shows === undefined) continue
      const scene = await sceneAt(lesson, index)
      const view = asSpoken(await appraise(scene.files, optionsOf(scene)))
      const found = view.checks.find((one) => one.id === step.shows?.check)
      console.log(
        `${lesson.id} step ${index + 1}: ${view.headline} ${found?.id} ${found?.outcome} | ${Object.values(
          view.subjects[0]?.answers ?? {},
        )
          .map((one) => one.state)
          .join()}`,
      )
      expect.soft(found?.outcome, `step ${index + 1} ${step.shows.check}`).toBe(step.shows.is)
    }
  })

  it('points at fields, checks and panels that are there', async () => {
    for (const [index, step] of lesson.steps.entries())
      for (const place of [step.place, placeOf(step, true)]) {
        if (!place) continue
        const scene = await sceneAt(lesson, index)
        if (place.field !== undefined) {
          const [artifact = '', path = ''] = place.field.split(/:(.*)/s)
          const { indexTree } = await import('../bytes/tree.ts')
          const found = (await inspect(scene.files)).artifacts[Number(artifact)]
          expect(found && indexTree(found.tree, new Map()).node(path), `step ${index + 1} ${place.field}`).toBeDefined()
        }
        if (place.check !== undefined) {
          const view = await appraise(scene.files, optionsOf(scene))
          expect(
            view.checks.map((one) => one.id),
            `step ${index + 1}`,
          ).toContain(place.check)
        }
      }
  })

  it('points at no answer before the guess', async () => {
    for (const [index, step] of lesson.steps.entries()) {
      if (step.kind !== 'predict' || !step.place) continue
      const { place } = step
      const where = `step ${index + 1}`
      // What shows the answer afterwards is not shown before.
      expect.soft(place, where).not.toEqual(step.shows ?? step.afterwards)
      // What moves in the steps that follow is what is asked about.
      const rest = lesson.steps.slice(index + 1)
      const until = rest.findIndex((later) => later.kind === 'predict' || later.evidence !== undefined)
      const moved = (until < 0 ? rest : rest.slice(0, until)).flatMap((later) =>
        later.kind === 'see' ? later.changes.filter((change) => change.before !== change.after) : [],
      )
      const scene = await sceneAt(lesson, index)
      const { checks } = await appraise(scene.files, optionsOf(scene))
      const answerOf = (check: string | undefined) => checks.find((one) => one.id === check)?.answer
      for (const one of [
        ...moved,
        ...(step.shows ? [step.shows] : []),
        ...(step.afterwards ? [step.afterwards] : []),
      ]) {
        if ('answer' in one && one.answer !== undefined) expect.soft(place.answer, where).not.toBe(one.answer)
        if (!('check' in one) || one.check === undefined) continue
        expect.soft(place.check, where).not.toBe(one.check)
        if (place.answer !== undefined) expect.soft(place.answer, where).not.toBe(answerOf(one.check))
      }
      // A field that only the right option names is the answer.
      const name = namesOf(place).toLowerCase()
      const naming = step.options.filter(({ said }) => name !== '' && said.en.toLowerCase().includes(name))
      expect.soft(naming.length === 1 && naming[0]?.isRight === true, `${where} names ${name}`).toBe(false)
    }
  })

  it('is short, whole, and asks with one right answer', () => {
    const texts: Said[] = [lesson.title, lesson.teaches]
    for (const step of lesson.steps) {
      texts.push(step.text)
      expect(step.text.en.split(/\s+/).length).toBeLessThanOrEqual(70)
      expect(step.text.zh.length).toBeLessThanOrEqual(140)
      if (step.kind === 'predict') {
        texts.push(step.why, ...step.options.map((one) => one.said))
        expect(step.options.length).toBeGreaterThanOrEqual(2)
        expect(step.options.length).toBeLessThanOrEqual(lesson.isScored === true ? 6 : 4)
        expect(step.options.filter((one) => one.isRight === true)).toHaveLength(1)
      }
      if (step.kind === 'do') texts.push(step.did)
    }
    expect(lesson.steps.at(-1)?.kind).toBe('insight')
    for (const { en, zh } of texts) {
      expect(en).not.toMatch(/\b(?:trusted|secure|safe)\b/i)
      expect(zh).not.toMatch(/可信|安全/)
      expect(zh).not.toMatch(/[\u4e00-\u9fff][,;:?!]/)
      expect(en.split('**').length % 2).toBe(1)
      expect(zh.split('**').length % 2).toBe(1)
    }
  })
})

it('no two lessons have one number', () => {
  const numbers = lessons.map((one) => one.number)
  expect(new Set(numbers).size).toBe(numbers.length)
})
