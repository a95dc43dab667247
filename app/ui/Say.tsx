import { Fragment, type ReactNode } from 'react'
import type { Saying } from '../../src/core/saying.ts'
import { useText } from '../text/speech.tsx'
import { Untrusted } from './Untrusted.tsx'
import styles from './say.module.css'

/** A sentence of the engine: `**…**` is emphasis, what was filled in stays text that somebody else may have written, dates never break. */
export function Say({ saying }: { readonly saying: Saying }) {
  const text = useText()(saying.text)
  if (text === undefined) return <code className={styles.missing}>{saying.text}</code>
  return <Template text={text} params={saying.params} />
}

/** Sentence pattern with its parameters. */
export function Template({ text, params = {} }: { readonly text: string; readonly params?: Saying['params'] }) {
  return (
    <>
      {text.split('**').map((part, index) => {
        const nodes = withParams(part, params)
        return index % 2 === 1 ? <strong key={index}>{nodes}</strong> : <Fragment key={index}>{nodes}</Fragment>
      })}
    </>
  )
}

const PARTS = /(\{[A-Za-z0-9]+\}|\d{4}-\d{2}-\d{2}|0x[0-9a-f]+[–-]0x[0-9a-f]+)/

function withParams(part: string, params: Saying['params']): ReactNode[] {
  return part.split(PARTS).map((piece, index) => {
    if (index % 2 === 0) return piece
    const name = piece.startsWith('{') ? piece.slice(1, -1) : undefined
    if (name === undefined)
      return (
        <span key={index} className={styles.whole}>
          {piece}
        </span>
      )
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (value === undefined) return piece
    const day = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})T[\d:.]+Z$/.exec(value)?.[1] : undefined
    // The day is what a reader compares; the second is there for who asks.
    if (day !== undefined && typeof value === 'string')
      return (
        <time key={index} className={styles.whole} dateTime={value} title={value}>
          {day}
        </time>
      )
    const words = String(value).length <= 24 ? [String(value)] : String(value).split(' ')
    // A name such as INTEL-SA-00001 is one word to its reader: a line ends between words only.
    return (
      <Fragment key={index}>
        {words.map((word, at) => (
          <Fragment key={at}>
            {at > 0 && ' '}
            <span className={word.length <= 24 ? styles.whole : undefined}>
              <Untrusted text={word} isPlain />
            </span>
          </Fragment>
        ))}
      </Fragment>
    )
  })
}
