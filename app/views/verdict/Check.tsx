import { useState } from 'react'
import type { ByteRange } from '../../../src/core/place.ts'
import type { CheckResult, Cite } from '../../../src/core/verdict.ts'
import { useCase } from '../../case/context.tsx'
import { PlaceLink } from '../../case/PlaceLink.tsx'
import { citePointer } from '../../case/selection.ts'
import { rangeText } from '../../text/numbers.ts'
import { useSay, useText, useWords } from '../../text/speech.tsx'
import { Lines } from '../../ui/Lines.tsx'
import { markOf, Outcome } from '../../ui/Mark.tsx'
import { Say, Template } from '../../ui/Say.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './check.module.css'
import { Command, Hand } from './Hand.tsx'
import { quoted } from '../../text/quoted.ts'
import { verdictWords } from './words.ts'

/** One check: what was asked and what came of it; opened, everything needed to follow it. */
export function Check({ check }: { readonly check: CheckResult }) {
  const w = useWords(verdictWords)
  const text = useText()
  const [isOpen, setOpen] = useState(
    check.weight === 'decides' && (check.outcome === 'fail' || check.outcome === 'warn'),
  )
  const question = text(`${check.id}.question`)
  const isAnswered = check.outcome === 'pass' || check.outcome === 'fail' || check.outcome === 'warn'
  const fails = check.outcome === 'fail' ? text(`${check.id}.fails`) : undefined
  // A note never moves an answer: it is not called a failure of anything.
  const isRemark = check.weight === 'notes' && (check.outcome === 'warn' || check.outcome === 'fail')
  const isGood = check.outcome === 'pass' || check.outcome === 'not-applicable'
  return (
    <details
      className={styles.check}
      id={`check-${check.id}`}
      open={isOpen}
      data-outcome={check.outcome}
      data-finding={isGood ? undefined : ''}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <Outcome
          state={isRemark ? 'warns' : markOf(check.outcome)}
          word={isRemark ? w('noteWord') : undefined}
          className={styles.outcome}
        />
        <span className={styles.statement}>
          {isAnswered ? (
            fails !== undefined && text(check.because.text) !== fails ? (
              <Template text={fails} params={check.because.params} />
            ) : (
              <Say saying={check.because} />
            )
          ) : question === undefined ? (
            check.id
          ) : (
            <Template text={question} />
          )}
        </span>
        <span className={styles.at}>
          <Where cites={check.cites} />
        </span>
        <svg viewBox="0 0 9 9" aria-hidden="true" className={styles.twist}>
          <path d="M2.5 1l4 3.5-4 3.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </svg>
      </summary>
      {isOpen && (
        <Explained
          check={check}
          hasReason={!isAnswered || (fails !== undefined && text(check.because.text) !== fails)}
        />
      )}
    </details>
  )
}

function Where({ cites }: { readonly cites: readonly Cite[] }) {
  const range = cites[0]?.ranges[0]
  if (!range) return null
  return (
    <>
      {range.space === '' ? '' : '… '}
      {rangeText(range.start, range.end)}
    </>
  )
}

function Explained({ check, hasReason }: { readonly check: CheckResult; readonly hasReason: boolean }) {
  const w = useWords(verdictWords)
  const text = useText()
  const say = useSay()
  const { appraisal, case: one, inspection, subject } = useCase()
  const why = text(`${check.id}.why`)
  const question = text(`${check.id}.question`)
  const uses = (check.uses ?? []).flatMap((index) =>
    inspection.artifacts.filter((artifact) => artifact.index === index),
  )
  const artifact = inspection.artifacts.find((candidate) => candidate.index === subject?.artifact)
  const file = one.files[artifact?.file ?? 0]?.name ?? 'evidence'
  const wishes =
    check.outcome === 'not-checked'
      ? (appraisal?.wishes.filter((wish) => wish.curl !== '' && wish.serves?.includes(check.id)) ?? [])
      : []
  const command = check.byHand?.replaceAll('{file}', quoted(file))
  return (
    <div className={styles.why}>
      <dl>
        {hasReason && (
          <>
            <dt>{w('because')}</dt>
            <dd className={styles.prose}>
              <Say saying={check.because} />
            </dd>
          </>
        )}
        {check.layer === 5 && check.outcome === 'fail' && (
          <>
            <dt />
            <dd className={styles.prose}>{w('rejected')}</dd>
          </>
        )}
        {check.found !== undefined && (
          <>
            <dt>{w('found')}</dt>
            <dd className={styles.mono}>
              <Lines lines={check.found.split('\n')} />
            </dd>
          </>
        )}
        {check.expected !== undefined && (
          <>
            <dt>{w('expected')}</dt>
            <dd className={styles.mono}>
              <Lines lines={check.expected.split('\n')} />
            </dd>
          </>
        )}
        {check.cites.length > 0 && (
          <>
            <dt>{w('bytes')}</dt>
            <dd>
              <Cites cites={check.cites} />
            </dd>
          </>
        )}
        {uses.length > 0 && (
          <>
            <dt>{w('uses')}</dt>
            <dd>
              {uses.map((item, index) => (
                <span key={item.index}>
                  {index > 0 && ', '}
                  <PlaceLink to={{ panel: 'fields', field: `${item.index}:` }}>
                    {text(item.title) ?? item.title}
                  </PlaceLink>{' '}
                  <Untrusted text={item.name} isPlain />
                </span>
              ))}
            </dd>
          </>
        )}
        {why !== undefined && (
          <>
            <dt>{w('why')}</dt>
            <dd className={styles.prose}>
              <Template text={why} />
            </dd>
          </>
        )}
        {(check.remedy ?? isYours(check)) && (
          <>
            <dt>{w('todo')}</dt>
            <dd className={styles.prose}>
              {check.remedy && <Say saying={check.remedy} />}{' '}
              {isYours(check) && <PlaceLink to={{ panel: 'expectations' }}>{w('toExpectations')}</PlaceLink>}
            </dd>
          </>
        )}
      </dl>
      <p className={styles.note}>
        {question !== undefined && (
          <b>
            <Template text={question} />
          </b>
        )}
        {check.weight === 'notes' && <>{w('note')} </>}
        {w('spec')}
        {check.spec.url === undefined ? (
          check.spec.title
        ) : (
          <a href={check.spec.url} target="_blank" rel="noreferrer noopener">
            {check.spec.title}
          </a>
        )}
        {check.spec.section !== '' && `, ${check.spec.section}`}
      </p>
      {wishes.map((wish) => (
        <Command key={wish.kind + wish.key} label={say(wish.title)} id={`${check.id} ${wish.kind}`} text={wish.curl} />
      ))}
      {check.hand ? (
        <Hand check={check} hand={check.hand} />
      ) : (
        command !== undefined && <Command label={w('byHand')} id={check.id} text={command} />
      )}
    </div>
  )
}

/** Whether what is compared, or what is missing for it, is the reader's own. */
function isYours(check: CheckResult): boolean {
  return check.layer >= 8 || check.remedy?.code === 'own-minimum'
}

const MOST_CITES = 12

function Cites({ cites }: { readonly cites: readonly Cite[] }) {
  const w = useWords(verdictWords)
  const { inspection, subject } = useCase()
  const places = cites.flatMap((cite): { readonly cite: Cite; readonly range: ByteRange | undefined }[] =>
    cite.ranges.length === 0 ? [{ cite, range: undefined }] : cite.ranges.map((range) => ({ cite, range })),
  )
  return (
    <>
      {places.slice(0, MOST_CITES).map(({ cite, range }, index) => {
        const artifact = inspection.artifacts.find((candidate) => candidate.index === cite.artifact)
        return (
          <span key={index} className={styles.cite}>
            <PlaceLink to={{ panel: 'fields', field: citePointer(cite, range) }}>
              {range ? rangeText(range.start, range.end) : cite.path}
            </PlaceLink>
            {range && cite.path !== '' && (
              <>
                {' '}
                <Untrusted text={cite.path} isPlain />
              </>
            )}
            {artifact && artifact.index !== subject?.artifact && (
              <>
                {' '}
                (<Untrusted text={artifact.name} isPlain />)
              </>
            )}
          </span>
        )
      })}
      {places.length > MOST_CITES && (
        <span className={styles.cite}>{w('more', { count: places.length - MOST_CITES })}</span>
      )}
    </>
  )
}
