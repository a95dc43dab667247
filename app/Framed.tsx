import { htmlLang } from './text/say.ts'
import { words } from './text/words.ts'
import styles from './app.module.css'

/** Whether another page shows this one inside itself. */
export function isFramed(): boolean {
  return window.top !== window.self
}

/** All that a frame gets: a link that opens the page by itself. A host that honours the headers file does not get this far. */
export function Framed() {
  const locale = navigator.language.startsWith('zh') ? 'zh' : 'en'
  return (
    <main className={styles.framed} lang={htmlLang(locale)}>
      <h1>Attestation Explorer</h1>
      <p>{words[locale].framed}</p>
      <p>
        <a href={location.href} target="_blank" rel="noopener noreferrer">
          {words[locale].framedOpen}
        </a>
      </p>
    </main>
  )
}
