import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Headline, RootStatus } from '../../src/core/verdict.ts'
import type { AppraisalView } from '../../src/engine/api.ts'
import { grouped } from '../text/numbers.ts'
import { useText, useWords } from '../text/speech.tsx'
import { utc } from '../text/time.ts'
import { words } from '../text/words.ts'
import { Button } from '../ui/Button.tsx'
import { Mark, type MarkState } from '../ui/Mark.tsx'
import { Say } from '../ui/Say.tsx'
import { Untrusted } from '../ui/Untrusted.tsx'
import { AsOf } from './AsOf.tsx'
import styles from './banner.module.css'
import { useCase } from './context.tsx'
import { caseWords } from './words.ts'
import { PlaceLink } from './PlaceLink.tsx'
import { Waiting } from './Waiting.tsx'
import { Actions } from './Workspace.tsx'

/** What it is, what can be said about it, as of when, and whose root it hangs on. */
export function Banner({ onChoose }: { readonly onChoose: () => void }) {
  const w = useWords(caseWords)
  const page = useWords(words)
  const { appraisal, subject, engine, isAppraising } = useCase()
  const mark = appraisal && markOfHeadline(appraisal.headline, appraisal.root.status)
  return (
    <section className={styles.banner} aria-labelledby="says" aria-busy={isAppraising}>
      <div>
        <Kind />
        {appraisal ? (
          <h1 className={mark ? styles.marked : styles.says} id="says">
            {mark && <Mark state={mark} className={styles.mark} />}
            <span>
              <Say saying={appraisal.sentence} />
            </span>
          </h1>
        ) : (
          <>
            <h1 className={styles.unsaid} id="says">
              {page('appraising')}
            </h1>
            <Waiting text={page('appraising')} onCancel={() => engine.cancel()} />
          </>
        )}
        {appraisal?.ifRootTrusted && appraisal.ifRootTrusted !== appraisal.headline && (
          <p className={styles.then}>
            {w('under', {
              verdict: w(
                appraisal.ifRootTrusted === 'S5' && appraisal.answers.current.state === 'not-applicable'
                  ? 'S5-no-level'
                  : appraisal.ifRootTrusted,
              ),
            })}
          </p>
        )}
        {appraisal?.headline === 'S4' && appraisal.wishes.length > 0 && (
          <p className={styles.then}>{w('missingIsNoFailure')}</p>
        )}
        {appraisal?.headline === 'S0' && <NotRead />}
        <AlsoNow />
        {subject && subject.decidedBy.length > 0 && <DecidedBy />}
        <div className={styles.actions}>
          {appraisal && appraisal.wishes.length > 0 && (
            <PlaceLink
              className={styles.missing}
              to={{ panel: 'collateral' }}
              then={() => document.getElementById('panel-collateral')?.scrollIntoView()}
            >
              {w('addMissing', { count: appraisal.wishes.length })} →
            </PlaceLink>
          )}
          <Button onClick={onChoose}>{w('addFiles')}</Button>
          <Actions />
        </div>
        {appraisal && appraisal.subjects.length > 1 && <Subjects />}
      </div>
      <dl className={styles.facts}>
        <AsOf />
        {appraisal && <WhoseRoot />}
      </dl>
    </section>
  )
}

/** Headlines that somebody could act on, as if the root were relied on. */
const holds = ({ headline, ifRootTrusted }: AppraisalView) => ['S5', 'S5w', 'S6'].includes(ifRootTrusted ?? headline)

/** Judged as of its own time, it is said at once what holds now: an old document looks as good as a new one. */
function AlsoNow() {
  const w = useWords(caseWords)
  const { case: one, key, engine, appraisal, at } = useCase()
  const [now] = useState(() => Math.floor(Date.now() / 1000) * 1000)
  const isAsked = one.at.kind === 'evidence' && appraisal !== undefined && appraisal.at === at && holds(appraisal)
  const { data } = useQuery({
    queryKey: ['appraisal', key, now, 'now', one.policy],
    enabled: isAsked,
    queryFn: () => engine.appraise(key, one.files, { at: now, atSource: 'now', policy: one.policy }),
  })
  if (!isAsked || !data) return null
  const isExpired = data.checks.some(
    (check) => check.weight === 'decides' && check.outcome === 'not-checked' && check.because.text.endsWith('.expired'),
  )
  return (
    <p className={styles.also}>
      {w(holds(data) ? 'alsoHolds' : isExpired ? 'alsoExpired' : 'alsoOpen', { date: utc(at).date })}
    </p>
  )
}

/** Why a file says nothing: what it is instead, and what could be dropped. */
function NotRead() {
  const w = useWords(caseWords)
  const { inspection } = useCase()
  const because = inspection.artifacts[0]?.problems[0]?.because
  return (
    <>
      {because && (
        <p className={styles.also}>
          <Say saying={because} />
        </p>
      )}
      <p className={styles.then}>{w('whatIsRead')}</p>
    </>
  )
}

/** Kind of evidence, name and size, on one line. */
function Kind() {
  const w = useWords(caseWords)
  const text = useText()
  const { case: one, inspection, subject } = useCase()
  const artifact =
    inspection.artifacts.find((candidate) => candidate.index === subject?.artifact) ?? inspection.artifacts[0]
  if (!artifact) return null
  const size = grouped(artifact.size)
  const file = inspection.artifacts.find((candidate) => candidate.file === artifact.file && candidate.parent === null)
  return (
    <p className={styles.kind}>
      <b>{text(artifact.title) ?? artifact.title}</b>
      <span className={styles.name}>
        <Untrusted text={artifact.name} />
      </span>
      <span>
        {artifact.format === null
          ? w('size', { size })
          : artifact.unexplained === 0 && artifact.tiled
            ? w('explained', { size })
            : w('unexplained', { size, gap: grouped(artifact.unexplained) })}
      </span>
      {file && file !== artifact && (
        <span className={styles.name}>
          <Untrusted text={file.name} /> ({text(file.title) ?? file.title})
        </span>
      )}
      {one.files.length > 1 && <span>{w('files', { count: one.files.length })}</span>}
      {one.sample && !one.isEdited && <span>{w('sample')}</span>}
      {one.isEdited && <span className={styles.edited}>{w('edited')}</span>}
    </p>
  )
}

function WhoseRoot() {
  const w = useWords(caseWords)
  const text = useText()
  const { appraisal, subject } = useCase()
  const root = subject?.root ?? appraisal?.root
  if (!root) return null
  return (
    <div>
      <dt>{w('root')}</dt>
      <dd>
        {root.holder !== '' && (
          <Untrusted
            text={[text(`root.holder.${root.holder}`) ?? root.holder, root.country]
              .filter((part) => part !== '')
              .join(', ')}
          />
        )}
        <small>
          {w(
            root.status !== 'none'
              ? root.status
              : appraisal?.subjects.length === 0
                ? 'nothing'
                : root.holder !== ''
                  ? 'notReached'
                  : 'none',
          )}
          {root.note && (
            <>
              {' '}
              <Say saying={root.note} />
            </>
          )}{' '}
          {root.spkiSha256 !== '' && (
            <span className={styles.key}>
              {w('key')} <code title={root.spkiSha256}>{shortHash(root.spkiSha256)}</code>
            </span>
          )}
        </small>
      </dd>
    </div>
  )
}

function DecidedBy() {
  const w = useWords(caseWords)
  const text = useText()
  const { subject } = useCase()
  const ids = subject?.decidedBy ?? []
  return (
    <p className={styles.deciders}>
      <span>{w('decidedBy')}</span>
      {ids.slice(0, 3).map((id) => (
        <PlaceLink
          key={id}
          to={{ panel: 'verdict' }}
          then={() => document.getElementById(`check-${id}`)?.querySelector('summary')?.focus()}
        >
          {text(`${id}.question`) ?? id}
        </PlaceLink>
      ))}
      {ids.length > 3 && <span>+ {ids.length - 3}</span>}
    </p>
  )
}

function Subjects() {
  const w = useWords(caseWords)
  const text = useText()
  const { appraisal, inspection, subject, showSubject } = useCase()
  return (
    <ul className={styles.subjects} aria-label={w('subjects')}>
      {appraisal?.subjects.map((one) => {
        const artifact = inspection.artifacts.find((candidate) => candidate.index === one.artifact)
        const mark = markOfHeadline(one.headline, one.root.status)
        return (
          <li key={one.index}>
            <button type="button" aria-pressed={one.index === subject?.index} onClick={() => showSubject(one.index)}>
              {mark && <Mark state={mark} />}
              <span>
                <b>{artifact ? (text(artifact.title) ?? artifact.title) : one.format}</b> <Say saying={one.sentence} />
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** The mark beside a headline; none where the sentence is good news only in part. */
function markOfHeadline(headline: Headline, root: RootStatus): MarkState | undefined {
  switch (headline) {
    case 'S1':
    case 'S3':
      return 'fails'
    case 'S2':
      return root === 'unknown' ? 'fails' : 'not-checked'
    case 'S5w':
      return 'warns'
    case 'S4':
      return 'not-checked'
    case 'SE':
      return 'error'
    case 'S0':
    case 'SN':
    case 'SR':
    case 'S5':
    case 'S6':
      return undefined
  }
}

/** Both ends of a hash; the whole is in its title. */
export function shortHash(hash: string): string {
  return hash.length > 20 ? `${hash.slice(0, 8)}…${hash.slice(-8)}` : hash
}
