import type { ReactNode } from 'react'
import { ENGINE_VERSION } from '../src/engine/version.ts'
import type { Locale } from '../src/core/saying.ts'
import { go, useAddress } from './case/address.ts'
import { FRONT_DOOR, type Theme } from './case/address-text.ts'
import { PlaceLink } from './case/PlaceLink.tsx'
import styles from './frame.module.css'
import { useWords } from './text/speech.tsx'
import { words } from './text/words.ts'
import { Button, Choice } from './ui/Button.tsx'
import { useRequests } from './worker/requests.ts'

/** Top line and foot of every page. */
export function Frame({
  locale,
  theme,
  isCase,
  onHelp,
  children,
}: {
  readonly locale: Locale
  readonly theme: Theme
  readonly isCase: boolean
  readonly onHelp: () => void
  readonly children: ReactNode
}) {
  const w = useWords(words)
  const { own, relayed, other } = useRequests()
  const isLesson = useAddress('lesson') !== null
  const isWorkshop = useAddress('page') !== null || isLesson
  return (
    <>
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        {w('skip')}
      </a>
      <div className={styles.page}>
        <header className={styles.top}>
          <PlaceLink className={styles.brand} to={FRONT_DOOR}>
            <svg viewBox="0 0 18 18" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5">
              <path d="M1.5 1.5h15v15h-15zM1.5 6.5h15M6.5 6.5v10M9.4 11.4l1.9 2 3-4.1" />
            </svg>
            Attestation Explorer
          </PlaceLink>
          <nav aria-label={w('pages')}>
            <PlaceLink to={FRONT_DOOR} current={isCase || isWorkshop ? undefined : 'page'}>
              {w('open')}
            </PlaceLink>
            {isCase && !isWorkshop && <span aria-current="page">{w('case')}</span>}
            <PlaceLink to={{ ...FRONT_DOOR, page: 'lessons' }} current={isWorkshop ? 'page' : undefined}>
              {w('lessons')}
            </PlaceLink>
          </nav>
          <div className={styles.tools}>
            <Choice
              label={w('language')}
              value={locale}
              onChange={(lang) => go({ lang }, 'replace')}
              options={[
                { value: 'en', text: 'EN', lang: 'en', name: 'English' },
                { value: 'zh', text: '中文', lang: 'zh-Hans' },
              ]}
            />
            <Choice
              label={w('theme')}
              value={theme}
              onChange={(next) => go({ theme: next }, 'replace')}
              options={[
                { value: 'light', text: w('light') },
                { value: 'dark', text: w('dark') },
                { value: 'system', text: w('system') },
              ]}
            />
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <footer className={styles.foot}>
          <span className={styles.count}>
            {own === 0 ? w('requests', { count: other }) : w('requestsWithParts', { count: other, own })}
            {relayed > 0 && w('requestsRelayed', { relayed })}
          </span>
          <span>{w('stays')}</span>
          <PlaceLink to={{ ...FRONT_DOOR, page: 'limits' }}>{w('limits')}</PlaceLink>
          <PlaceLink to={{ ...FRONT_DOOR, page: 'glossary' }}>{w('glossary')}</PlaceLink>
          <span>Attestation Explorer {ENGINE_VERSION} · Apache-2.0</span>
          <span className={styles.keys}>
            {w('keys')}{' '}
            <Button look="quiet" onClick={onHelp} aria-label={w('keys')}>
              <kbd>?</kbd>
            </Button>
          </span>
        </footer>
      </div>
    </>
  )
}
