import { Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useKeys } from '../keys/keys.tsx'
import { useLocale, useWords } from '../text/speech.tsx'
import { words } from '../text/words.ts'
import { Mark } from '../ui/Mark.tsx'
import { actionOf, componentOf, panels } from '../views/registry.ts'
import { go, useAddress } from './address.ts'
import styles from './case.module.css'
import { useCase } from './context.tsx'
import { PlaceLink } from './PlaceLink.tsx'
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
  // Where the list is one line that scrolls, the place where the reader stands is in sight.
  useLayoutEffect(() => {
    const link = rail.current?.querySelector<HTMLElement>('[aria-current]')
    if (rail.current && link)
      rail.current.scrollLeft = link.offsetLeft - (rail.current.clientWidth - link.offsetWidth) / 2
  }, [shownId, offered.length])
  useKeys(
    Object.fromEntries(
      offered.slice(0, 9).map((panel, index) => [
        String(index + 1),
        () => {
          go({ panel: panel.id })
          requestAnimationFrame(() => requestAnimationFrame(() => enter(panel.id)))
        },
      ]),
    ),
  )
  if (!shown) return null
  const drawn = isPrinting ? offered.filter((panel) => panel === shown || panel.isPrinted === true) : [shown]
  return (
    <div className={styles.work}>
      <nav ref={rail} className={styles.rail} aria-label={w('panels')}>
        <h2>{w('panels')}</h2>
        <ul>
          {offered.map((panel) => {
            const badge = panel.badge?.(view)
            return (
              <li key={panel.id}>
                <PlaceLink to={{ panel: panel.id }} current={panel === shown ? 'true' : undefined}>
                  {panel.title[locale].title}
                  <span
                    className={styles.badge}
                    title={badge && 'text' in badge ? badge.title?.[locale].title : undefined}
                  >
                    {badge && ('text' in badge ? badge.text : <Mark state={badge.mark} />)}
                  </span>
                </PlaceLink>
              </li>
            )
          })}
        </ul>
        <p className={styles.keys}>
          <kbd>[</kbd> <kbd>]</kbd> {w('findings')}
          <br />
          <kbd>/</kbd> {w('search')}
          <br />
          <kbd>c</kbd> {w('copy')}
        </p>
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

/** Where a key opened a panel, the keyboard goes on inside it, and its head is in sight. */
function enter(id: string): void {
  const panel = document.getElementById(`panel-${id}`)
  panel?.focus({ preventScroll: true })
  const top = panel?.getBoundingClientRect().top ?? 0
  if (top < 0 || top > innerHeight / 2) panel?.scrollIntoView()
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

function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
    }
  }, [])
  return isPrinting
}
