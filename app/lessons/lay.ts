import { caseKey } from '../case/case.ts'
import { caseFile } from '../case/files.ts'
import type { InputFile } from '../../src/engine/api.ts'
import type { Engine } from '../worker/client.ts'
import { tableAt, type Lesson } from './lesson.ts'
import { openScene, play, type Scene, type Tools } from './play.ts'

/** What the engine in its worker offers to a lesson. */
export function toolsOf(engine: Engine): Tools {
  const keyed = async (files: readonly InputFile[]) => {
    const whole = await Promise.all(files.map(caseFile))
    return { key: caseKey(whole), whole }
  }
  return {
    inspect: async (files) => {
      const { key, whole } = await keyed(files)
      return engine.inspect(key, whole)
    },
    appraise: async (files, options) => {
      const { key, whole } = await keyed(files)
      return engine.appraise(key, whole, options)
    },
    sample: (scheme, id) => engine.sampleFiles(scheme, id),
  }
}

/** Evidence of a step with everything done to it that comes before. */
export async function lay(lesson: Lesson, step: number, isDone: boolean, tools: Tools): Promise<Scene> {
  const { evidence, deeds } = tableAt(lesson, step)
  let scene = await openScene(evidence, tools)
  for (const index of isDone ? [...deeds, step] : deeds) {
    const one = lesson.steps[index]
    if (one?.kind === 'do') scene = await play(scene, one.deed, tools)
  }
  return scene
}
