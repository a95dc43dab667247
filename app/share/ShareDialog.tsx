import { useEffect, useId, useMemo, useState } from 'react'
import { LINK_LIMITS, LINK_VERSION, writeLink } from '../../src/engine/link.ts'
import { linkDictionary } from '../../src/engine/link-dictionary.ts'
import { useAddress } from '../case/address.ts'
import { useCase } from '../case/context.tsx'
import { grouped, sizeText } from '../text/numbers.ts'
import { useLocale, useSay, useWords } from '../text/speech.tsx'
import { utc } from '../text/time.ts'
import { Button } from '../ui/Button.tsx'
import { Copy, copyText } from '../ui/Copy.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Untrusted } from '../ui/Untrusted.tsx'
import {
  carried,
  hasExpectations,
  identifiersIn,
  linkStateOf,
  partsOf,
  type Carry,
  type Choices,
  type LinkSource,
} from './contents.ts'
import { Qr, QR_LIMIT } from './Qr.tsx'
import styles from './share.module.css'
import { useExports } from './use-exports.ts'
import { shareWords } from './words.ts'

/** Longer links are cut by some mail and chat programs. */
const LONG_LINK = 2000

/** What a link of this case would carry and reveal, before it is copied. */
export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const w = useWords(shareWords)
  const say = useSay()
  const locale = useLocale()
  const { case: one, inspection, appraisal, at } = useCase()
  const panel = useAddress('panel')
  const field = useAddress('field')
  const name = useId()
  const sample = one.isEdited ? null : one.sample
  const [choices, setChoices] = useState<Choices>({
    carry: sample ? 'sample' : 'all',
    withAt: true,
    withPolicy: hasExpectations(one.policy),
  })
  const parts = useMemo(() => partsOf(one.files, inspection, appraisal), [one.files, inspection, appraisal])
  const options: readonly Carry[] = [
    ...(sample ? ['sample' as const] : []),
    'all',
    ...(parts.some((part) => part.role !== 'evidence') ? ['evidence' as const] : []),
    'none',
  ]
  const source = useMemo(
    (): LinkSource => ({ parts, sample, locale, panel, field, at, policy: one.policy }),
    [parts, sample, locale, panel, field, at, one.policy],
  )
  const link = useLinkText(source, choices)
  const count = link?.length ?? 0
  const machine = useMemo(
    () =>
      identifiersIn(carried(parts, choices.carry), inspection)
        .filter(({ tells }) => tells === 'machine')
        .map(({ label }) => label),
    [parts, choices.carry, inspection],
  )
  return (
    <Dialog title={w('shareTitle')} onClose={onClose}>
      <div className={styles.body}>
        <fieldset className={styles.choices}>
          <legend>{w('choose')}</legend>
          {options.map((carry) => (
            <label key={carry}>
              <input
                type="radio"
                name={name}
                checked={choices.carry === carry}
                onChange={() => setChoices({ ...choices, carry })}
              />
              <span>{w(`carry.${carry}`)}</span>
            </label>
          ))}
          <hr />
          <label>
            <input
              type="checkbox"
              checked={choices.withAt}
              onChange={(event) => setChoices({ ...choices, withAt: event.target.checked })}
            />
            <span>{w('withAt', { at: utc(at).iso })}</span>
          </label>
          {hasExpectations(one.policy) && (
            <label>
              <input
                type="checkbox"
                checked={choices.withPolicy}
                onChange={(event) => setChoices({ ...choices, withPolicy: event.target.checked })}
              />
              <span>{w('withPolicy', { count: Object.keys(one.policy).length - 1 })}</span>
            </label>
          )}
          <p className={styles.small}>{w('consent')}</p>
        </fieldset>
        <section className={styles.result} aria-live="polite">
          <h3>{w('link')}</h3>
          {link === undefined && <p>{w('writing')}</p>}
          {link === null && (
            <p>{w('tooLarge', { limit: sizeText(LINK_LIMITS.carried), packed: sizeText(LINK_LIMITS.compressed) })}</p>
          )}
          {typeof link === 'string' && (
            <>
              <p className={styles.first}>
                <CopyLink text={link} />
                {appraisal && (
                  <Copy
                    text={() =>
                      `${w('saying', { sentence: `${appraisal.isMadeHere ? `${w('demonstration')} ` : ''}${say(appraisal.sentence)}`, at: utc(appraisal.at).iso, engine: appraisal.engine })}\n${link}`
                    }
                    label={w('copySaying')}
                  />
                )}
              </p>
              <input
                className={styles.link}
                readOnly
                value={link}
                aria-label={w('link')}
                spellCheck={false}
                onFocus={(event) => event.target.select()}
              />
              <p className={styles.small} data-testid="link-length">
                {w(count > LONG_LINK ? 'long' : 'length', { count: grouped(count) })}
                {machine.length > 0 && <b> {w('names', { names: machine.join(', ') })}</b>}
              </p>
            </>
          )}
        </section>
        <Contents source={source} choices={choices} />
        {typeof link === 'string' && (
          <section className={styles.result}>
            {count <= QR_LIMIT ? (
              <Qr text={link} label={w('qrLabel')} />
            ) : (
              <p className={styles.small}>{w('qrNone', { count: grouped(count) })}</p>
            )}
          </section>
        )}
        <CaseFileSection />
      </div>
    </Dialog>
  )
}

/** The one thing that this dialog is for. */
function CopyLink({ text }: { readonly text: string }) {
  const w = useWords(shareWords)
  const [copied, setCopied] = useState('')
  return (
    <Button look="primary" onClick={() => void copyText(text).then(() => setCopied(text))}>
      {copied === text ? w('copied') : w('copyLink')}
    </Button>
  )
}

function CaseFileSection() {
  const w = useWords(shareWords)
  const exports = useExports()
  return (
    <section className={styles.result}>
      <h3>{w('caseFile')}</h3>
      <p className={styles.small}>{w('caseFileWhy')}</p>
      <p className={styles.act}>
        <Button onClick={exports.caseFile}>{w('downloadCase')}</Button>
      </p>
    </section>
  )
}

/** What travels, and what it tells about the machine. */
function Contents({ source, choices }: { readonly source: LinkSource; readonly choices: Choices }) {
  const w = useWords(shareWords)
  const { case: one, inspection } = useCase()
  const taken = carried(source.parts, choices.carry)
  const state = linkStateOf(source, choices)
  const names = useMemo(
    () => identifiersIn(carried(source.parts, choices.carry), inspection),
    [source.parts, choices.carry, inspection],
  )
  return (
    <section className={styles.contents}>
      <div>
        <h3>{w('contains')}</h3>
        <ul>
          {taken.map(({ file }) => (
            <li key={`${file.sha256} ${file.name}`}>
              <Untrusted text={w('file', { name: file.name, size: sizeText(file.bytes.length) })} isPlain />
            </li>
          ))}
          {taken.length === 0 && <li>{w(choices.carry === 'sample' ? 'containsSample' : 'containsNothing')}</li>}
          {state.left.map((left) => (
            <li key={`${left.kind} ${left.sha256}`}>
              <Untrusted text={`${left.kind} ${left.key}`.trim()} isPlain />{' '}
              <code title={left.sha256}>{left.sha256.slice(0, 12)}…</code> <i>{w('named')}</i>
            </li>
          ))}
        </ul>
        {one.isEdited && taken.length > 0 && <p className={styles.small}>{w('edited')}</p>}
      </div>
      <div>
        <h3>{w('reveals')}</h3>
        {names.length > 0 && (
          <dl className={styles.names}>
            {names.map(({ label, value, tells }) => (
              <div key={`${label} ${value}`}>
                <dt>{label}</dt>
                <dd>
                  <code>
                    <Untrusted text={value.length > 48 ? `${value.slice(0, 40)}…` : value} isPlain />
                  </code>{' '}
                  <i>{w(tells)}</i>
                </dd>
              </div>
            ))}
          </dl>
        )}
        <p className={styles.small}>
          {taken.length > 0 ? w('revealsAll') : state.left.length > 0 ? w('revealsHashes') : w('revealsNothing')}
        </p>
        {names.some((one) => one.tells === 'machine') && <p className={styles.small}>{w('redact')}</p>}
      </div>
    </section>
  )
}

/** The link; undefined while it is being written, null when it would be too large. */
function useLinkText(source: LinkSource, choices: Choices): string | null | undefined {
  const [made, setMade] = useState<{
    readonly source: LinkSource
    readonly choices: Choices
    readonly text: string | null
  }>()
  useEffect(() => {
    // After the dialog is drawn: compressing takes a moment.
    const timer = setTimeout(() => {
      const fragment = writeLink(linkStateOf(source, choices), linkDictionary(LINK_VERSION))
      setMade({
        source,
        choices,
        text: fragment === undefined ? null : `${location.href.replace(/#.*$/s, '')}#link=${fragment}`,
      })
    }, 30)
    return () => clearTimeout(timer)
  }, [source, choices])
  return made?.source === source && made.choices === choices ? made.text : undefined
}
