import { offset, sizeText } from '../text/numbers.ts'
import { useLocale, useWords } from '../text/speech.tsx'
import { words } from '../text/words.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Scroll } from '../ui/Scroll.tsx'
import { Template } from '../ui/Say.tsx'
import { END_BYTES, LARGEST_FILE, MOST_FILES, type Refusal } from './files.ts'
import styles from './refusals.module.css'

const WORD = {
  'too-large': 'tooLarge',
  folder: 'folder',
  unreadable: 'unreadable',
  'too-many': 'tooMany',
  'already-here': 'alreadyHere',
} as const

/** What was dropped and not taken: each with a sentence, and the ends of what is too large. */
export function Refusals({ list, onDismiss }: { readonly list: readonly Refusal[]; readonly onDismiss: () => void }) {
  const w = useWords(words)
  const locale = useLocale()
  return (
    <Notice title={null}>
      <ul className={styles.list}>
        {list.slice(0, 20).map((one, index) => (
          <li key={index}>
            <p>
              <Template
                text={words[locale][WORD[one.why]]}
                params={{
                  name: one.name,
                  size: sizeText(one.size),
                  limit: one.why === 'too-many' ? MOST_FILES : sizeText(LARGEST_FILE),
                }}
              />
            </p>
            {one.head && <Ends bytes={one.head} from={0} />}
            {one.tail && <Ends bytes={one.tail} from={Math.max(0, one.size - END_BYTES)} />}
          </li>
        ))}
      </ul>
      {list.length > 20 && <p>… {list.length - 20}</p>}
      <Button onClick={onDismiss}>{w('dismiss')}</Button>
    </Notice>
  )
}

function Ends({ bytes, from }: { readonly bytes: Uint8Array; readonly from: number }) {
  const rows: string[] = []
  for (let at = 0; at < Math.min(bytes.length, END_BYTES); at += 16)
    rows.push(line(bytes.subarray(at, at + 16), from + at))
  return (
    <Scroll isText className={styles.ends} label={offset(from)}>
      {rows.join('\n')}
    </Scroll>
  )
}

function line(bytes: Uint8Array, at: number): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('')
  return `${at.toString(16).padStart(9, '0')}  ${hex.padEnd(47)}  ${text}`
}
