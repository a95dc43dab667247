import { Suspense, useEffect, useLayoutEffect, useRef } from 'react'
import { useKeys } from '../keys/keys.tsx'
import { useLocale, useWords } from '../text/speech.tsx'
import { words } from '../text/words.ts'
import { Mark } from '../ui/Mark.tsx'
import type { Panel } from '../views/panel.ts'
import { actionOf, componentOf, loadPrinted, panels } from '../views/registry.ts'
import { go, useAddress } from './address.ts'
import styles from './case.module.css'
import { useCase } from './context.tsx'
import { PlaceLink } from './PlaceLink.tsx'
import { usePrinting } from './printing.ts'
import { reveal } from './reveal.ts'
import { caseWords } from './words.ts'

/** The panels: one at a time on the screen, those meant for paper together. */
export function Workspace() {
  const w = useWords(caseWords)
  const page = useWords(words)
  const locale = useLocale()
  const view = useCase()
  const wanted = useAddress('panel')
  const isPrinting = usePrinting()
  const offered = panels.filter((panel) => panel.isOffered?.(view) !== false)
  const shown = offered.find((panel) => panel.id === wanted) ?? offered[0]
  const rail = useRef<HTMLElement>(null)
  const shownId = shown?.id
  // Where the list is one line that scrolls, the place where the reader stands is in sight. It begins at the first one,
  // and a question about places makes the browser lay out a page that is not whole yet.
  const isFirst = shown === offered[0]
  const isAside = useRef(false)
  useLayoutEffect(() => {
    if (isFirst && !isAside.current) return
    isAside.current = true
    const link = rail.current?.querySelector<HTMLElement>('[aria-current]')
    if (rail.current && link)
      rail.current.scrollLeft = link.offsetLeft - (rail.current.clientWidth - link.offsetWidth) / 2
  }, [shownId, isFirst, offered.length])
  const open = (id: string, then?: () => void) => {
    go({ panel: id })
    reveal(id, () => {
      enter(id)
      then?.()
    })
  }
  const keys = keysOf(offered)
  useKeys({
    ...Object.fromEntries([...keys].map(([id, key]) => [key, () => open(id)])),
    // Inside the fields the box itself listens.
    ...(shownId === FIELDS ? {} : { '/': () => open(FIELDS, () => focusIn(FIELDS, 'input[type=search]')) }),
  })
  const isAppraised = view.appraisal !== undefined
  useEffect(() => {
    if (!isAppraised) return undefined
    const timer = setTimeout(() => void loadPrinted().catch(() => undefined), QUIET_MS)
    return () => clearTimeout(timer)
  }, [isAppraised])
  if (!shown) return null
  const drawn = isPrinting ? offered.filter((panel) => panel === shown || panel.isPrinted === true) : [shown]
  return (
    <div className={styles.work}>
      <nav
        ref={rail}
        className={styles.bar}
        data-bar=""
        data-crowded={offered.length > MOST_ROOMY || undefined}
        data-lines={offered.length > MOST_IN_LINE ? 2 : undefined}
        aria-label={w('panels')}
      >
        <ul>
          {offered.map((panel) => {
            const badge = panel.badge?.(view)
            return (
              <li key={panel.id}>
                <PlaceLink to={{ panel: panel.id }} current={panel === shown ? 'true' : undefined}>
                  <i aria-hidden="true">{keys.get(panel.id)}</i>
                  <span>{(panel.short ?? panel.title)[locale].title}</span>
                  {badge && (
                    <span
                      className={styles.badge}
                      title={'text' in badge ? badge.title?.[locale].title : undefined}
                      data-badge={'mark' in badge ? badge.mark : undefined}
                    >
                      {'text' in badge ? badge.text : <Mark state={badge.mark} />}
                    </span>
                  )}
                </PlaceLink>
              </li>
            )
          })}
        </ul>
      </nav>
      <div className={styles.panels}>
        {drawn.map((panel) => {
          const Component = componentOf(panel)
          return (
            <section
              key={panel.id}
              tabIndex={-1}
              className={styles.panel}
              aria-label={panel.title[locale].title}
              id={`panel-${panel.id}`}
            >
              <Suspense fallback={<p className={styles.wait}>{page('loading')}</p>}>
                <Component />
              </Suspense>
            </section>
          )
        })}
      </div>
    </div>
  )
}

/** More panels than this stand closer together, without their keys: all of them are to be seen. */
const MOST_ROOMY = 10
/** More than these take a second line, for which what is scrolled to leaves room. */
const MOST_IN_LINE = 13

/** After a verdict stood this long, what goes to paper is loaded too. */
const QUIET_MS = 500

/** Its box is what `/` goes to, from wherever the reader is. */
const FIELDS = 'fields'

/** Keys for panels: digits in the order of the bar, and the letter that a panel asked for. */
function keysOf(offered: readonly Panel[]): ReadonlyMap<string, string> {
  const digits = Array.from('1234567890')
  return new Map(
    offered.flatMap((panel): [string, string][] => {
      const key = panel.letter ?? digits.shift()
      return key === undefined ? [] : [[panel.id, key]]
    }),
  )
}

/** Where a key opened a panel, the keyboard goes on inside it, and its head is at the top. */
function enter(id: string): void {
  const panel = document.getElementById(`panel-${id}`)
  panel?.focus({ preventScroll: true })
  panel?.scrollIntoView({ block: 'start' })
}

function focusIn(id: string, selector: string): void {
  document.querySelector<HTMLElement>(`#panel-${id} ${selector}`)?.focus({ preventScroll: true })
}

/** Controls that panels add to the banner. */
export function Actions() {
  const view = useCase()
  return panels
    .filter((panel) => panel.isOffered?.(view) !== false)
    .map((panel) => {
      const Action = actionOf(panel)
      return (
        Action && (
          <Suspense key={panel.id} fallback={null}>
            <Action />
          </Suspense>
        )
      )
    })
}
