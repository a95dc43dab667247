import { useEffect, useState } from 'react'
import type { WantedCollateral } from '../../../src/engine/collateral-requests.ts'
import type { CollateralUse, CollateralWish } from '../../../src/core/verdict.ts'
import type { CollateralRow } from '../../../src/engine/api.ts'
import { PlaceLink } from '../../case/PlaceLink.tsx'
import { useCase } from '../../case/context.tsx'
import { pointerText } from '../../case/selection.ts'
import { cancelRun, useRun, wishId, type Standing } from '../../collateral/run.ts'
import { fateWords } from '../../collateral/words.ts'
import { visible } from '../../text/hostile.ts'
import { instantOf, relative, remaining, utc } from '../../text/time.ts'
import { useLocale, useSay, useText, useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { Copy } from '../../ui/Copy.tsx'
import { cx } from '../../ui/cx.ts'
import { Say } from '../../ui/Say.tsx'
import { Scroll } from '../../ui/Scroll.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { DeskMark, type DeskState } from './DeskMark.tsx'
import styles from './desk.module.css'
import { deskWords } from './desk-words.ts'
import { useWanted } from './use-doors.ts'

/** Everything that the checks need beside the evidence, one row each: what is needed, and how what is here stands. */
export function Desk() {
  const w = useWords(deskWords)
  const { appraisal } = useCase()
  const wanted = useWanted(undefined)
  if (!appraisal || appraisal.wishes.length + appraisal.collateral.length === 0) return null
  // Editions of one thing stand beside each other.
  const uses = appraisal.collateral.toSorted(
    (a, b) =>
      Number(a.kind === 'certificate') - Number(b.kind === 'certificate') ||
      order(a.kind, b.kind) ||
      order(a.key, b.key) ||
      (b.from ?? '').localeCompare(a.from ?? ''),
  )
  return (
    <ol className={styles.desk}>
      <li className={cx(styles.row, styles.head)} aria-hidden="true">
        <div>{w('state')}</div>
        <div>{w('item')}</div>
        <div>{w('from')}</div>
        <div>{w('valid')}</div>
        <div />
      </li>
      {appraisal.wishes.map((wish) => (
        <Needed key={wishId(wish)} wish={wish} wanted={wanted?.find((one) => wishId(one.wish) === wishId(wish))} />
      ))}
      {uses.map((item) => (
        <Present key={`${item.artifact} ${item.kind}`} item={item} />
      ))}
    </ol>
  )
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function Needed({ wish, wanted }: { readonly wish: CollateralWish; readonly wanted: WantedCollateral | undefined }) {
  const w = useWords(deskWords)
  const say = useSay()
  const { case: one } = useCase()
  const run = useRun(one.number)
  const standing = run.standings.get(wishId(wish))
  const isUnderWay = run.isRunning && (standing?.state === 'asking' || standing?.state === 'waiting')
  const [request] = wanted?.requests ?? []
  return (
    <li className={styles.row}>
      <div className={styles.stand}>
        <DeskMark state={isUnderWay ? 'fetching' : 'needed'} word={w(isUnderWay ? 'fetching' : 'needed')} />
      </div>
      <div className={styles.item}>
        <b>
          <Say saying={wish.title} />
        </b>
        {standing && <Progress standing={standing} />}
        {wish.curl !== '' && (
          <details open>
            <summary>{w('address')}</summary>
            <Scroll isText label={`curl: ${say(wish.title)}`}>
              {visible(wish.curl)}
            </Scroll>
          </details>
        )}
      </div>
      <div className={styles.from}>
        {request ? (
          <>
            {w('learns', { who: request.who })}
            <small>{say(request.reveals)}</small>
          </>
        ) : (
          wanted && <span>{w('nobody')}</span>
        )}
      </div>
      <div className={styles.valid}>{standing?.state === 'waiting' && <Countdown standing={standing} />}</div>
      <div className={styles.act}>
        {isUnderWay && <Button onClick={() => cancelRun(one.number)}>{w('cancel')}</Button>}
        {!isUnderWay && wish.curl !== '' && <Copy text={wish.curl} label="curl" />}
      </div>
    </li>
  )
}

function Progress({ standing }: { readonly standing: Standing }) {
  const w = useWords(deskWords)
  const f = useWords(fateWords)
  switch (standing.state) {
    case 'asking':
      return <p>{w('asking', { host: standing.host })}</p>
    case 'waiting':
      return <Waiting standing={standing} />
    case 'got':
      return <p>{w('gotNot')}</p>
    case 'failed': {
      const { why, status, detail, retryAt } = standing.fate
      return (
        <p role="status">
          {standing.host}: {f(why, { status: status ?? 0, detail })}
          {retryAt !== undefined && ` ${w('comeBack', { time: `${utc(retryAt).time} UTC` })}`}
        </p>
      )
    }
  }
}

type WaitingStanding = Extract<Standing, { state: 'waiting' }>

function useSeconds(until: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Math.ceil((until - now) / 1000))
}

/** Why nothing came yet, and how long it is to the next try. A reader who listens hears of it every ten seconds. */
function Waiting({ standing: { host, from, until, why } }: { readonly standing: WaitingStanding }) {
  const w = useWords(deskWords)
  const f = useWords(fateWords)
  const seconds = useSeconds(until)
  const spoken = Math.ceil(seconds / 10) * 10
  const reason = `${host}: ${f(why, { status: 429, detail: '' })}`
  const whole = Math.max(1, Math.round((until - from) / 1000))
  return (
    <>
      <p aria-hidden="true">{w('waiting', { why: reason, seconds })}</p>
      <p className={styles.hidden} role="status">
        {w('waiting', { why: reason, seconds: spoken })}
      </p>
      <div
        className={styles.bar}
        role="progressbar"
        aria-label={reason}
        aria-valuemin={0}
        aria-valuemax={whole}
        aria-valuenow={Math.min(whole, Math.max(0, whole - seconds))}
      >
        <i style={{ width: `${(100 * (whole - seconds)) / whole}%` }} />
      </div>
    </>
  )
}

function Countdown({ standing: { until } }: { readonly standing: WaitingStanding }) {
  const seconds = useSeconds(until)
  return (
    <span className={styles.clock} aria-hidden="true">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </span>
  )
}

function Present({ item }: { readonly item: CollateralRow }) {
  const w = useWords(deskWords)
  const text = useText()
  const { case: one, inspection, at, dispatch } = useCase()
  const artifact = inspection.artifacts.find(({ index }) => index === item.artifact)
  const state = stateOf(item, at)
  const file = artifact && one.files[artifact.file]
  // What carries the evidence itself is not taken away here.
  const isBeside =
    file !== undefined &&
    inspection.artifacts.every(
      (other) =>
        other.file !== artifact?.file || (other.message !== 'evidence' && other.message !== 'attestation-result'),
    )
  return (
    <li className={styles.row}>
      <div className={styles.stand}>
        <DeskMark state={state} word={w(state)} />
      </div>
      <div className={styles.item}>
        <b>{artifact ? (text(artifact.title) ?? artifact.title) : item.kind}</b>
        <small>
          <Untrusted text={item.key} />
          {artifact && (
            <>
              {item.key === '' ? '' : ' · '}
              <Untrusted text={file?.name ?? artifact.name} isPlain />
            </>
          )}
        </small>
        {(item.use !== 'used' || item.because.code !== 'plain') && (
          <p>
            <Say saying={item.because} />
          </p>
        )}
        {state === 'stale' && <p>{w('staleWhy')}</p>}
        {state === 'rejected' && <p>{w('rejectedWhy')}</p>}
      </div>
      <div className={styles.from}>
        <span>{w(item.origin)}</span>
        <small>
          SHA-256 <code title={item.sha256}>{item.sha256.slice(0, 8)}…</code>
        </small>
      </div>
      <div className={styles.valid}>
        <Dates item={item} />
      </div>
      <div className={styles.act}>
        <PlaceLink to={{ panel: 'fields', field: pointerText(item.artifact, null, null) }}>{w('open')}</PlaceLink>
        {isBeside && (
          <Button look="quiet" onClick={() => dispatch({ kind: 'remove', number: one.number, id: file.id })}>
            {w('remove')}
          </Button>
        )}
      </div>
    </li>
  )
}

function stateOf({ use, from, to, kind }: CollateralUse, at: number): DeskState {
  if (use === 'rejected' || use === 'not-for-this') return use
  const [begins, ends] = [instantOf(from), instantOf(to)]
  if (kind !== 'certificate' && ends !== null && ends < at) return 'stale'
  if (kind !== 'certificate' && begins !== null && begins > at) return 'later'
  return use === 'superseded' ? 'superseded' : 'here'
}

function Dates({ item }: { readonly item: CollateralUse }) {
  const locale = useLocale()
  const { at } = useCase()
  const [from, to] = [instantOf(item.from), instantOf(item.to)]
  if (from === null && to === null) return null
  return (
    <>
      <time dateTime={item.from ?? undefined}>{item.from?.slice(0, 10) ?? ''}</time> –{' '}
      <time dateTime={item.to ?? undefined}>{item.to?.slice(0, 10) ?? ''}</time>
      {from !== null && from > at ? (
        <b> {relative(from, at, locale)}</b>
      ) : (
        to !== null && <b> {remaining(to, at, locale)}</b>
      )}
    </>
  )
}
