import type { Lesson } from './lesson.ts'

const modules = import.meta.glob<{ readonly lesson: Lesson }>('./*/lesson.ts', { eager: true })

/** The course, found by its folders, in order. */
export const lessons: readonly Lesson[] = Object.values(modules)
  .map((module) => module.lesson)
  .sort((a, b) => a.number - b.number)

/** What the last lesson is called by: the length of the course. */
export const courseLength: number = Math.max(...lessons.map((one) => one.number))

/** The lesson after one. */
export function lessonAfter(number: number): Lesson | undefined {
  return lessons.find((one) => one.number > number)
}

/** The lesson that an address names by id or number; where there is none, the nearest by number, else the first. */
export function lessonNamed(name: string): { readonly lesson: Lesson; readonly isExact: boolean } | undefined {
  const exact = lessons.find((one) => one.id === name || String(one.number) === name)
  if (exact) return { lesson: exact, isExact: true }
  const wanted = Number(name)
  const distance = (one: Lesson) => (Number.isFinite(wanted) ? Math.abs(one.number - wanted) : one.number)
  const nearest = lessons.toSorted((a, b) => distance(a) - distance(b))[0]
  return nearest && { lesson: nearest, isExact: false }
}
