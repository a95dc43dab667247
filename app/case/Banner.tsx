import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { CheckResult, FindingCode, Subject } from '../../src/core/verdict.ts'
import type { AppraisalView } from '../../src/engine/api.ts'
import { FirstUse } from '../glossary/FirstUse.tsx'
import { partsOf } from '../share/contents.ts'
import { grouped } from '../text/numbers.ts'
import { useSay, useText, useWords, useLocale } from '../text/speech.tsx'
import { utc } from '../text/time.ts'
import { words } from '../text/words.ts'
import { Button } from '../ui/Button.tsx'
import { Mark } from '../ui/Mark.tsx'
import { Say } from '../ui/Say.tsx'
import { Untrusted } from '../ui/Untrusted.tsx'
import { useCountry } from '../ui/use-country.ts'
import { AsOf } from './AsOf.tsx'
import styles from './banner.module.css'
import { useCase } from './context.tsx'
import type { CaseFile } from './files.ts'
import { tiesOf } from './ties.ts'
import { markOfHeadline, verdictWord } from './marks.ts'
import { caseWords } from './words.ts'
import { JudgeThen, LastKnown, Until, useLastKnown, useOutlook } from './outlook.tsx'
import { PlaceLink } from './PlaceLink.tsx'
import { Waiting } from './Waiting.tsx'
import { Actions } from './Workspace.tsx'

/** What would be said if the root were relied on. Where only what ties several pieces together is missing, that stands elsewhere: this root's own piece has no known issue. */
function IfRelied({ appraisal }: { readonly appraisal: AppraisalView }) {
  const w = useWords(caseWords)
  const own = appraisal.subjects.map((one) => one.ifRootTrusted ?? one.headline)
  const leading = appraisal.subjects.find((one) => one.root.spkiSha256 === appraisal.root.spkiSha256)
  const isOnlyApart = appraisal.ifRootTrusted === 'S5w' && !own.includes('S5w')
  const verdict = isOnlyApart ? (leading?.ifRootTrusted ?? null) : appraisal.ifRootTrusted
  if (verdict === null || verdict === appraisal.headline) return null
  return <p className={styles.then}>{w('under', { verdict: w(verdictWord(verdict, appraisal.answers.current)) })}</p>
}

/** What it is, what can be said about it, as of when, and whose root it hangs on. */
export function Banner({
  onChoose,
  onOpen,
}: {
  readonly onChoose: () => void
  /** Opens some of the files as a case of their own. */
  readonly onOpen?: ((files: readonly CaseFile[]) => void) | undefined
}) {
  const w = useWords(caseWords)
  const page = useWords(words)
  const { appraisal, subject, engine, isAppraising } = useCase()
  const known = useLastKnown()
  // All of it is here, and was in date once: nothing is missing, whatever decides the headline.
  const isStale = Boolean(useOutlook()?.known)
  const mark = appraisal && markOfHeadline(appraisal.headline, appraisal.root.status)
  const hasEvidence = appraisal === undefined || appraisal.subjects.length > 0
  // Nothing that could be added saves bytes that nobody signed.
  const isBroken = appraisal?.headline === 'S1'
  // Supporting files wait for the evidence that they belong to; what was not recognised waits for nothing.
  const takesMore = hasEvidence || appraisal.headline === 'SN'
  const wishes = isBroken ? 0 : (appraisal?.wishes.length ?? 0)
  return (
    <section className={styles.banner} aria-labelledby="says" aria-busy={isAppraising}>
      <div>
        <Kind />
        {appraisal ? (
          <FirstUse saying={appraisal.sentence} before={[]}>
            {(said) => (
              <h1 className={mark ? styles.marked : styles.says} id="says" tabIndex={-1}>
                {mark && <Mark state={mark} className={styles.mark} />}
                <span>
                  <EndedSince />
                  {said}
                </span>
              </h1>
            )}
          </FirstUse>
        ) : (
          <>
            <h1 className={styles.unsaid} id="says" tabIndex={-1}>
              {page('appraising')}
            </h1>
            <Waiting text={page('appraising')} onCancel={() => engine.cancel()} />
          </>
        )}
        {appraisal && <IfRelied appraisal={appraisal} />}
        {appraisal?.headline === 'S4' && appraisal.wishes.length > 0 && !known && (
          <p className={styles.then}>{w('missingIsNoFailure')}</p>
        )}
        {appraisal?.headline === 'S0' && <NotRead />}
        <LastKnown />
        <Until />
        <AlsoNow />
        {subject && subject.decidedBy.length > 0 && !known && !(subject.headline === 'S4' && wishes > 0) && (
          <DecidedBy />
        )}
        <div className={styles.actions}>
          {appraisal && wishes > 0 && (
            <PlaceLink className={styles.missing} to={{ panel: 'collateral' }}>
              {w(isStale ? 'getCurrent' : 'addMissing', { count: wishes })} →
            </PlaceLink>
          )}
          <JudgeThen />
          {!isBroken && <Button onClick={onChoose}>{w(takesMore ? 'addFiles' : 'closeCase')}</Button>}
          {hasEvidence && <Actions />}
        </div>
        <NotUsed />
        {appraisal && appraisal.subjects.length > 1 && <Subjects onOpen={onOpen} />}
      </div>
      {hasEvidence && (
        <dl className={styles.facts}>
          <AsOf />
          {appraisal && <WhoseRoot />}
        </dl>
      )}
    </section>
  )
}

/** Headlines that somebody could act on, as if the root were relied on. */
const holds = ({ headline, ifRootTrusted }: AppraisalView) => ['S5', 'S5w', 'S6'].includes(ifRootTrusted ?? headline)

const ENDED: readonly (FindingCode | undefined)[] = ['expired', 'collateral-expired', 'token-expired']

/** A service’s word that is judged as of its own time, and has ended since: said before anything that it claims. */
function EndedSince() {
  const w = useWords(caseWords)
  const { case: one, inspection, subject } = useCase()
  const [now] = useState(() => Date.now())
  const artifact = inspection.artifacts.find((candidate) => candidate.index === subject?.artifact)
  if (one.at.kind !== 'evidence' || artifact?.message !== 'attestation-result') return null
  const ends = subject?.timeline.find((entry) => entry.kind === 'evidence')?.to
  if (ends === null || ends === undefined || Date.parse(ends) >= now) return null
  return <>{w('endedSince', { date: utc(Date.parse(ends)).date })}</>
}

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
    (check) => check.weight === 'decides' && check.outcome === 'not-checked' && ENDED.includes(check.code),
  )
  return (
    <p className={styles.also}>
      {w(holds(data) ? 'alsoHolds' : isExpired ? 'alsoExpired' : 'alsoOpen', { date: utc(at).date })}
    </p>
  )
}

const ErrorAnswer = lazy(async () => ({ default: (await import('../front/ErrorAnswer.tsx')).ErrorAnswer }))
const LONGEST_MESSAGE = 64 * 1024

/** Why a file says nothing: what it is instead, and what could be dropped. */
function NotRead() {
  const w = useWords(caseWords)
  const { case: one, key, engine, inspection } = useCase()
  const because = inspection.artifacts[0]?.problems[0]?.because
  // What is no evidence may be the message of a tool.
  const codes = useQuery({
    queryKey: ['codes', key],
    queryFn: () => engine.lookUp(new TextDecoder().decode(one.files[0]?.bytes.subarray(0, LONGEST_MESSAGE))),
  })
  return (
    <>
      {/* Where a code was found, something was recognised. */}
      {because && !(codes.data && codes.data.found.length > 0) && (
        <p className={styles.also}>
          <Say saying={because} />
        </p>
      )}
      {codes.data && codes.data.found.length > 0 ? (
        <>
          <p className={styles.then}>{w('codesInText')}</p>
          <Suspense fallback={null}>
            <ErrorAnswer answer={codes.data} />
          </Suspense>
        </>
      ) : (
        <p className={styles.then}>{w('whatIsRead')}</p>
      )}
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
          <Untrusted text={file.name} />
          {w('bracketed', { text: text(file.title) ?? file.title })}
        </span>
      )}
      {one.files.length > 1 && <span>{w('files', { count: one.files.length })}</span>}
      {one.isEdited && <span className={styles.edited}>{w('edited')}</span>}
    </p>
  )
}

function WhoseRoot() {
  const w = useWords(caseWords)
  const countryOf = useCountry()
  const isChinese = useLocale() === 'zh'
  // Behind a full stop of its own width Chinese has no space.
  const space = isChinese ? '' : ' '
  const text = useText()
  const { case: one, appraisal, subject, dispatch } = useCase()
  const root = subject?.root ?? appraisal?.root
  if (!root) return null
  const switchOn = () =>
    dispatch({
      kind: 'policy',
      number: one.number,
      policy: { ...one.policy, anchorsOff: (one.policy.anchorsOff ?? []).filter((off) => off !== root.spkiSha256) },
    })
  return (
    <div data-place="root">
      <dt className={styles.rootHead}>
        {w('root')}
        {root.status === 'switched-off' ? (
          <Button look="quiet" className={styles.other} onClick={switchOn}>
            {w('switchOn')}
          </Button>
        ) : root.spkiSha256 === '' ? null : (
          <PlaceLink
            className={styles.other}
            to={{ panel: 'expectations' }}
            then={() => document.getElementById('expect-roots')?.scrollIntoView({ block: 'start' })}
          >
            {w('otherRoot')}
          </PlaceLink>
        )}
      </dt>
      <dd>
        {root.holder !== '' && (
          <Untrusted
            text={[text(`root.holder.${root.holder}`) ?? root.holder, countryOf(root.country)]
              .filter((part) => part !== '')
              .join(isChinese ? '，' : ', ')}
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
              {space}
              <Say saying={root.note} />
            </>
          )}
          {space}
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

/** Checks named below the headline; the rest are counted. */
const MOST_DECIDERS = 2

/** What decided it, as statements, each leading to its check. */
function DecidedBy() {
  const w = useWords(caseWords)
  const { appraisal, subject } = useCase()
  const own = appraisal?.checks.filter((check) => check.subject === subject?.index) ?? []
  const deciding = (subject?.decidedBy ?? []).flatMap((id) => own.find((check) => check.id === id) ?? [])
  if (deciding.length === 0) return null
  const named = distinct(deciding).slice(0, MOST_DECIDERS)
  const rest = deciding.length - named.length
  return (
    <p className={styles.deciders}>
      <span>{w('decidedBy')}</span>
      {named.map((check) => (
        <PlaceLink key={check.id} to={{ panel: 'verdict' }} then={() => goTo(check.id)}>
          <Say saying={check.because} />
        </PlaceLink>
      ))}
      {rest > 0 && <PlaceLink to={{ panel: 'verdict' }}>{w('decidedMore', { count: rest })}</PlaceLink>}
    </p>
  )
}

/** Several checks can lack the same thing: said once. */
function distinct(checks: readonly CheckResult[]): readonly CheckResult[] {
  const seen = new Map<string, CheckResult>()
  for (const check of checks) {
    const key = JSON.stringify(check.because)
    if (!seen.has(key)) seen.set(key, check)
  }
  return [...seen.values()]
}

function goTo(id: string): void {
  const check = document.getElementById(`check-${id}`)
  if (check instanceof HTMLDetailsElement) check.open = true
  check?.scrollIntoView({ block: 'start' })
  check?.querySelector('summary')?.focus({ preventScroll: true })
}

/** Files that had no say, named with what they are. */
function NotUsed() {
  const w = useWords(caseWords)
  const text = useText()
  const { case: one, inspection, appraisal } = useCase()
  if (!appraisal || appraisal.subjects.length === 0) return null
  const unused = partsOf(one.files, inspection, appraisal).filter((part) => part.role === 'unused')
  if (unused.length === 0) return null
  return (
    <p className={styles.unread}>
      <b>{w('notUsed', { count: unused.length, of: one.files.length })}</b>{' '}
      {unused.slice(0, MOST_UNUSED).map(({ file, artifacts }, index) => (
        <span key={file.sha256 + String(index)}>
          {index > 0 && w('comma')}
          <Untrusted text={file.name} />
          {w('bracketed', { text: text(artifacts[0]?.title ?? '') ?? artifacts[0]?.title ?? '' })}
        </span>
      ))}
      {unused.length > MOST_UNUSED && ' …'} <PlaceLink to={{ panel: 'raw' }}>{w('notUsedWhy')}</PlaceLink>
    </p>
  )
}
const MOST_UNUSED = 4

function Subjects({ onOpen }: { readonly onOpen: ((files: readonly CaseFile[]) => void) | undefined }) {
  const w = useWords(caseWords)
  const say = useSay()
  const text = useText()
  const { case: one, appraisal, inspection, subject, showSubject } = useCase()
  const ties = useMemo(() => (appraisal ? tiesOf(appraisal) : new Map<number, number>()), [appraisal])
  const [isWhole, setWhole] = useState(false)
  const subjects = appraisal?.subjects ?? []
  const folded = isWhole ? new Set<number>() : alike(subjects, subject?.index)
  const fileOf = (index: number) => inspection.artifacts.find((candidate) => candidate.index === index)?.file
  const isTied = new Set(ties.values()).size < 2
  const shown = subject && ties.get(subject.index)
  // Everything but the evidence of the others: which collateral it needs is for the engine to say.
  const foreign = new Set(
    appraisal?.subjects.filter((other) => ties.get(other.index) !== shown).map((other) => fileOf(other.artifact)),
  )
  const own = one.files.filter((_, index) => !foreign.has(index))
  const isSaid = ({ sentence }: Subject) => appraisal !== undefined && say(sentence) === say(appraisal.sentence)
  const rows = subjects
    .filter(({ index }) => !folded.has(index))
    .flatMap(({ artifact }) => inspection.artifacts.find(({ index }) => index === artifact) ?? [])
  const namesakes = new Set(
    rows.filter((row) => rows.some((other) => other !== row && other.title === row.title)).map(({ index }) => index),
  )
  return (
    <>
      <ul className={styles.subjects} aria-label={w('subjects')}>
        {subjects.map((one) => {
          const artifact = inspection.artifacts.find((candidate) => candidate.index === one.artifact)
          const mark = markOfHeadline(one.headline, one.root.status)
          return (
            <li key={one.index} className={folded.has(one.index) ? styles.folded : undefined}>
              <button type="button" aria-pressed={one.index === subject?.index} onClick={() => showSubject(one.index)}>
                {mark && <Mark state={mark} />}
                <span>
                  <b>{artifact ? (text(artifact.title) ?? artifact.title) : one.format}</b>{' '}
                  {artifact && namesakes.has(artifact.index) && (
                    <span className={styles.which}>
                      <Untrusted text={artifact.name} /> ·{' '}
                    </span>
                  )}
                  {/* What the headline says is not said twice: a low window has no room for it. */}
                  {isSaid(one) ? <span className={styles.which}>{w('asAbove')}</span> : <Say saying={one.sentence} />}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      {(folded.size > 0 || isWhole) && (
        <Button look="quiet" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? w('less') : w('all', { count: subjects.length })}
        </Button>
      )}
      {!isTied && (
        <p className={styles.untied}>
          {w('untied')}{' '}
          {onOpen && own.length > 0 && own.length < one.files.length && (
            <Button look="quiet" onClick={() => onOpen(own)}>
              {w('openAlone')}
            </Button>
          )}
        </p>
      )}
    </>
  )
}

/** Rows beyond these push the answers out of sight. */
const FEW = 4

/** Of many devices those that say what another one before them says, so that a rack does not hide its verdict; never the one that is shown. */
function alike(subjects: readonly Subject[], shown: number | undefined): Set<number> {
  if (subjects.length <= FEW) return new Set()
  const seen = new Set<string>()
  const repeated = subjects.filter(({ index, format, headline, sentence }) => {
    const key = `${format} ${headline} ${sentence.text}`
    const isRepeated = seen.has(key)
    seen.add(key)
    return isRepeated && index !== shown
  })
  return new Set(repeated.map(({ index }) => index))
}

/** Both ends of a hash; the whole is in its title. */
export function shortHash(hash: string): string {
  return hash.length > 20 ? `${hash.slice(0, 8)}…${hash.slice(-8)}` : hash
}
