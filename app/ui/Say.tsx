import { Fragment, type ReactNode } from 'react'
import { between, type Saying } from '../../src/core/saying.ts'
import { paramsIn } from '../text/say.ts'
import { useTexts } from '../text/speech.tsx'
import { Untrusted } from './Untrusted.tsx'
import styles from './say.module.css'

/** Makes something of a piece of our own words; `used` is shared by the pieces of one sentence, in their order. */
type Marking = (text: string, used: Set<string>) => ReactNode

/** A sentence of the engine: `**…**` is emphasis, what was filled in stays text that somebody else may have written, dates never break. */
export function Say({ saying, mark }: { readonly saying: Saying; readonly mark?: Marking | undefined }) {
  const texts = useTexts()
  const text = Object.hasOwn(texts, saying.text) ? texts[saying.text] : undefined
  if (text === undefined) return <code className={styles.missing}>{saying.text}</code>
  return <Template text={text} params={paramsIn(texts, saying)} listed={Object.keys(saying.lists ?? {})} mark={mark} />
}

/** Sentence pattern with its parameters; what was `listed` is our own words and breaks where words do. */
export function Template({
  text,
  params = {},
  listed = [],
  mark,
}: {
  readonly text: string
  readonly params?: Saying['params']
  readonly listed?: readonly string[]
  readonly mark?: Marking | undefined
}) {
  const used = new Set<string>()
  return (
    <>
      {text.split('**').map((part, index) => {
        const nodes = withParams(part, params, listed, mark && ((own) => mark(own, used)))
        return index % 2 === 1 ? <strong key={index}>{nodes}</strong> : <Fragment key={index}>{nodes}</Fragment>
      })}
    </>
  )
}

const PARTS = /(\{[A-Za-z0-9]+\}|\d{4}-\d{2}-\d{2}|0x[0-9a-f]+[–-]0x[0-9a-f]+)/

/** A name such as INTEL-SA-00001 is one word to its reader: a line ends between words only. */
const NAME = /((?<![\w-])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+(?![\w-]))/

function withParams(
  part: string,
  params: Saying['params'],
  listed: readonly string[],
  mark?: (text: string) => ReactNode,
): ReactNode[] {
  const pieces = part.split(PARTS)
  const valueOf = (piece: string) => {
    const name = piece.startsWith('{') ? piece.slice(1, -1) : undefined
    return name !== undefined && Object.hasOwn(params, name) ? String(params[name]) : piece
  }
  return pieces.map((piece, index) => {
    // Around what is filled in: a Chinese character and a Latin one never touch.
    if (index % 2 === 0) {
      const own =
        piece === ''
          ? piece
          : between(valueOf(pieces[index - 1] ?? ''), piece) + piece + between(piece, valueOf(pieces[index + 1] ?? ''))
      return mark && own !== '' ? <Fragment key={index}>{mark(own)}</Fragment> : own
    }
    const name = piece.startsWith('{') ? piece.slice(1, -1) : undefined
    if (name === undefined)
      return (
        <span key={index} className={styles.whole}>
          {piece}
        </span>
      )
    const value = Object.hasOwn(params, name) ? params[name] : undefined
    if (value === undefined) return piece
    if (listed.includes(name))
      return (
        <Fragment key={index}>
          {String(value)
            .split(NAME)
            .map((word, at) => (
              <span key={at} className={at % 2 === 1 ? styles.whole : undefined}>
                <Untrusted text={word} isPlain />
              </span>
            ))}
        </Fragment>
      )
    const day = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})T[\d:.]+Z$/.exec(value)?.[1] : undefined
    // The day is what a reader compares; the second is there for who asks.
    if (day !== undefined && typeof value === 'string')
      return (
        <time key={index} className={styles.whole} dateTime={value} title={value}>
          {day}
        </time>
      )
    // What is longer than this would stand out of a column of the five answers.
    const words = String(value).length <= 20 ? [String(value)] : String(value).split(' ')
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
