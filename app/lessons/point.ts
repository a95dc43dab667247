import { useEffect } from 'react'
import { address, go } from '../case/address.ts'
import { reveal } from '../case/reveal.ts'
import type { Place } from './lesson.ts'

/** The letter that stands in the rail and at the thing it talks about. */
export const LETTER = 'A'

/** The row of the field that is selected. */
const ROW = '#panel-fields [role="row"][aria-selected="true"]'

function selectorOf(place: Place): string | undefined {
  if (place.check !== undefined) return `#check-${CSS.escape(place.check)} > summary`
  if (place.answer !== undefined) return `[data-place="answer-${place.answer}"]`
  if (place.part === 'headline') return '#says'
  if (place.part !== undefined) return `[data-place="${place.part}"]`
  // What was pointed at may have been taken away by the deed itself: its panel is then what is left of it.
  if (place.section !== undefined) return `#${CSS.escape(place.section)} h3, #panel-${place.panel} h2`
  if (place.panel === 'fields' && place.field !== undefined) return `${ROW}, #panel-fields h2`
  if (place.panel !== undefined) return `#panel-${place.panel} h2`
  return undefined
}

/** What the first of several selectors finds that finds anything. */
function firstOf(selectors: string): HTMLElement | null {
  for (const one of selectors.split(', ')) {
    const found = document.querySelector<HTMLElement>(one)
    if (found) return found
  }
  return null
}

/** Marks what a step points at, wherever React draws it, for as long as the step is shown. */
export function usePoint(place: Place | undefined): void {
  useEffect(() => {
    const selector = place && selectorOf(place)
    if (selector === undefined) return undefined
    let frame = 0
    const mark = () => {
      frame = 0
      const target = firstOf(selector)
      for (const old of document.querySelectorAll<HTMLElement>('[data-point]'))
        if (old !== target) delete old.dataset['point']
      if (target && target.dataset['point'] !== LETTER) target.dataset['point'] = LETTER
    }
    const observer = new MutationObserver(() => {
      if (frame === 0) frame = requestAnimationFrame(mark)
    })
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['aria-selected'],
    })
    mark()
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
      for (const old of document.querySelectorAll<HTMLElement>('[data-point]')) delete old.dataset['point']
    }
  }, [place])
}

/** What is not drawn by then is not there. */
const LONGEST_MS = 5_000

/** A section of a panel that is drawn itself: after that, a deed has taken it away. */
const SECTION_MS = 400

/** Waits until something is drawn. */
function whenDrawn(selector: string, longest: number, act: (found: HTMLElement | null) => void): void {
  const started = performance.now()
  const look = () => {
    const found = firstOf(selector)
    if (found || performance.now() - started > longest) act(found)
    else requestAnimationFrame(look)
  }
  look()
}

/** Unfolds a check for a step, and folds what an earlier step unfolded. */
function unfold(details: HTMLElement | null | undefined): void {
  for (const old of document.querySelectorAll<HTMLDetailsElement>('details[data-unfolded]')) {
    delete old.dataset['unfolded']
    if (old !== details) old.open = false
  }
  if (!(details instanceof HTMLDetailsElement) || details.open) return
  details.open = true
  details.dataset['unfolded'] = ''
}

/** Goes to what a step points at: its panel opens, its field is selected, its check unfolds. The keyboard stays where it is unless `isAsked`. */
export function goTo(place: Place, isAsked: boolean): void {
  const panel = place.panel ?? (place.check === undefined ? undefined : 'verdict')
  if (place.check === undefined) unfold(null)
  const selector = selectorOf(place)
  if (panel === undefined) {
    const target = selector === undefined ? null : document.querySelector<HTMLElement>(selector)
    if (isAsked) target?.scrollIntoView({ block: 'center' })
    else scrollTo({ top: 0 })
    return
  }
  const isOpen = address().panel === panel && (place.field === undefined || address().field === place.field)
  if (!isOpen) go({ panel, ...(place.field === undefined ? {} : { field: place.field }) }, 'replace')
  reveal(panel, () => {
    const section = document.getElementById(`panel-${panel}`)
    const target =
      place.section !== undefined
        ? `#${CSS.escape(place.section)}`
        : place.check === undefined && panel === 'fields' && place.field !== undefined
          ? ROW
          : place.check === undefined
            ? undefined
            : selector
    if (target === undefined) {
      section?.scrollIntoView({ block: 'start' })
      if (isAsked) section?.focus({ preventScroll: true })
      return
    }
    whenDrawn(target, place.section === undefined ? LONGEST_MS : SECTION_MS, (found) => {
      unfold(found?.parentElement)
      ;(found ?? section)?.scrollIntoView({ block: found ? 'center' : 'start' })
      const held = place.check === undefined ? section : found
      if (isAsked) held?.focus({ preventScroll: true })
    })
  })
}
