import { useMemo } from 'react'
import type { CheckResult } from '../../../src/core/verdict.ts'
import type { AppraisalView, Inspection } from '../../../src/engine/api.ts'
import { bytesWords } from '../../bytes/words.ts'
import type { Edits } from '../../case/use-edits.ts'
import { offset as offsetText } from '../../text/numbers.ts'
import { useLocale, useText, useWords } from '../../text/speech.tsx'
import { markOf, Outcome } from '../../ui/Mark.tsx'
import { Say } from '../../ui/Say.tsx'
import { pairsOf, reachOf, type Pair } from './compare.ts'
import styles from './flip.module.css'
import { flipWords } from './words.ts'

interface Props {
  readonly before: AppraisalView
  readonly after: AppraisalView
  readonly original: Inspection
  readonly edits: Edits
  /** Something other than bytes was changed: time, roots, files. */
  readonly isMoved: boolean
}

/** Checks of what was opened and of the edited copy, side by side: changed ones first, then why only these. */
export function Sides({ before, after, original, edits, isMoved }: Props) {
  const w = useWords(flipWords)
  const pairs = useMemo(() => pairsOf(before, after), [before, after])
  const changed = pairs.filter((pair) => pair.change !== 'none')
  const same = pairs.filter((pair) => pair.change === 'none')
  return (
    <section className={styles.sides} aria-live="polite">
      <div className={styles.headlines}>
        <div>
          <h3>{w('before')}</h3>
          <p>
            <Say saying={before.sentence} />
          </p>
        </div>
        <div>
          <h3 className={styles.edited}>{w('after')}</h3>
          <p>
            <Say saying={after.sentence} />
          </p>
        </div>
      </div>
      <p className={styles.counts}>
        {changed.length === 0 ? w('countsNone') : w('counts', { changed: changed.length, all: pairs.length })}
      </p>
      {changed.length > 0 && <PairTable pairs={changed} isChanged />}
      {before.root.status !== after.root.status && (
        <p className={styles.rootChanged}>
          {w('rootChanged', { before: w(`root.${before.root.status}`), after: w(`root.${after.root.status}`) })}
        </p>
      )}
      {isMoved ? (
        <WhyMoved changed={changed} hasSame={same.length > 0} />
      ) : (
        <Why
          before={before}
          after={after}
          original={original}
          edits={edits}
          changed={changed}
          hasSame={same.length > 0}
        />
      )}
      {same.length > 0 && (
        <details className={styles.same}>
          <summary>{w('same', { count: same.length })}</summary>
          <PairTable pairs={same} isChanged={false} />
        </details>
      )}
    </section>
  )
}

function PairTable({ pairs, isChanged }: { readonly pairs: readonly Pair[]; readonly isChanged: boolean }) {
  const w = useWords(flipWords)
  const text = useText()
  return (
    <table className={styles.pairs}>
      <thead>
        <tr>
          <th scope="col">{w('check')}</th>
          <th scope="col">{w('before')}</th>
          <th scope="col">{w('after')}</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair) => (
          <tr key={pair.key} className={isChanged ? styles.changedRow : undefined}>
            <th scope="row">
              {text(`${pair.id}.question`) ?? pair.id}
              {pair.change === 'value' && <small>{w('valueOnly')}</small>}
              {pair.change === 'reason' && <small>{w('reasonOnly')}</small>}
            </th>
            <td data-label={w('before')}>
              <Side check={pair.before} word={w('absent')} />
            </td>
            <td data-label={w('after')}>
              <Side check={pair.after} word={w('gone')} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Side({ check, word }: { readonly check: CheckResult | undefined; readonly word: string }) {
  if (!check) return <Outcome state="not-applicable" word={word} />
  return (
    <>
      <Outcome state={markOf(check.outcome)} />
      <p>
        <Say saying={check.because} />
      </p>
    </>
  )
}

/** Of a deed that is no flipped bit. */
function WhyMoved({ changed, hasSame }: { readonly changed: readonly Pair[]; readonly hasSame: boolean }) {
  const w = useWords(flipWords)
  const text = useText()
  const locale = useLocale()
  const names = changed.map((pair) => `“${text(`${pair.id}.question`) ?? pair.id}”`)
  return (
    <div className={styles.why}>
      <h3>{w('why')}</h3>
      <p>
        {changed.length === 0
          ? w('whyMoveNone')
          : w('whyMove', { checks: [...new Set(names)].join(locale === 'zh' ? '、' : ', ') })}
      </p>
      {hasSame && changed.length > 0 && <p>{w('whyMoveSame')}</p>}
    </div>
  )
}

function Why({
  before,
  after,
  original,
  edits,
  changed,
  hasSame,
}: Omit<Props, 'isMoved'> & { readonly changed: readonly Pair[]; readonly hasSame: boolean }) {
  const w = useWords(flipWords)
  const bytes = useWords(bytesWords)
  const text = useText()
  const locale = useLocale()
  const reaches = useMemo(
    () =>
      edits.list.map((edit) =>
        reachOf(
          edit,
          edits.originals.findIndex((file) => file.id === edit.file),
          original,
          before,
        ),
      ),
    [edits, original, before],
  )
  const separator = locale === 'zh' ? '、' : ', '
  const named = (checks: readonly CheckResult[]) =>
    checks.map((check) => `“${text(`${check.id}.question`) ?? check.id}”`).join(separator)
  const isGone = after.subjects.length < before.subjects.length
  const touched = new Set(
    reaches.flatMap((reach) => [...reach.covering, ...reach.reading]).map((check) => `${check.subject} ${check.id}`),
  )
  const followed = changed
    .filter((pair) => pair.before && !touched.has(pair.key))
    .flatMap((pair) => (pair.before ? [pair.before] : []))
  const isMoved = (check: CheckResult) => changed.some((pair) => pair.key === `${check.subject} ${check.id}`)
  const isAnyLooked = reaches.some((reach) => reach.covering.length + reach.reading.length > 0)
  return (
    <div className={styles.why}>
      <h3>{w('why')}</h3>
      {reaches.map((reach, index) => {
        const offset = offsetText(reach.edit.offset)
        const by = reach.by.map((one) => bytes(one)).join(separator)
        const moved = reach.covering.filter(isMoved)
        const unmoved = reach.covering.filter((check) => !isMoved(check))
        return (
          <p key={index}>
            {reach.covering.length === 0 && w(changed.length === 0 ? 'uncovered' : 'unlisted', { offset })}
            {moved.length > 0 &&
              w(reach.by.every((one) => one === 'signature') ? 'coveredSignature' : 'covered', {
                offset,
                by,
                checks: named(moved),
              })}
            {unmoved.length > 0 && <> {w('unmoved', { checks: named(unmoved) })}</>}
            {reach.reading.length > 0 && <> {w('read', { checks: named(reach.reading) })}</>}
          </p>
        )
      })}
      {isGone && <p>{w('unread')}</p>}
      {!isGone && followed.length > 0 && <p>{w('followed', { checks: named(followed) })}</p>}
      {!isGone && hasSame && changed.length > 0 && <p>{w('others')}</p>}
      {!isAnyLooked && changed.length === 0 && <p>{w('none')}</p>}
    </div>
  )
}
