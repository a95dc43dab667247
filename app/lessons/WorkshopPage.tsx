import { LessonList } from './LessonList.tsx'

/** A page of the workshop by its name in the address. An unknown one is the list of lessons. */
export function WorkshopPage({ name }: { readonly name: string }) {
  switch (name) {
    default:
      return <LessonList />
  }
}
