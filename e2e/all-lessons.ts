import { readdirSync } from 'node:fs'
import type { Lesson } from '../app/lessons/lesson.ts'

const folder = new URL('../app/lessons/', import.meta.url)
/** The course as its folders hold it: what the page finds through its bundler. */
export const lessons: readonly Lesson[] = (
  await Promise.all(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(
        async ({ name }) => ((await import(new URL(`${name}/lesson.ts`, folder).href)) as { lesson: Lesson }).lesson,
      ),
  )
).toSorted((a, b) => a.number - b.number)
