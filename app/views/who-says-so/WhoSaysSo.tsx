import { useId, useState } from 'react'
import type { StatementView } from '../../../src/engine/api.ts'
import { useCase } from '../../case/context.tsx'
import { useWords } from '../../text/speech.tsx'
import { Head } from '../../ui/Head.tsx'
import { markOf, Outcome, type MarkState } from '../../ui/Mark.tsx'
import { Say } from '../../ui/Say.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { voicesOf, type VoiceRow } from './voices.ts'
import styles from './who-says-so.module.css'
import { words } from './words.ts'

/** Registers beside the voices that speak of them, and each statement's steps. */
export function WhoSaysSo() {
  const w = useWords(words)
  const { appraisal, inspection, subject, case: one } = useCase()
  if (!appraisal) return null
  const artifact = inspection.artifacts.find((candidate) => candidate.index === subject?.artifact)
  const rows = artifact && subject ? voicesOf(artifact.facts, subject.index, appraisal, one.policy) : []
  return (
    <>
      <Head
        title={w('title')}
        lead={w('lead')}
        aside={rows.length > 0 ? w('count', { said: rows.filter((row) => row.isSaid).length, of: rows.length }) : ''}
      />
      {rows.length > 0 && <Registers rows={rows} />}
      {appraisal.statements.map((view) => (
        <OneStatement key={view.index} view={view} isAlone={rows.length === 0} />
      ))}
      {appraisal.statements.some(
        (view) =>
          view.standing === 'anybody' || view.standing === 'other-signer' || (one.policy.signers?.length ?? 0) > 0,
      ) && <Whom />}
      <p className={styles.gives}>
        <b>{w('gives')}</b> {w(appraisal.statements.every(({ isSigned }) => !isSigned) ? 'givesUnsigned' : 'givesText')}
      </p>
    </>
  )
}

function Registers({ rows }: { readonly rows: readonly VoiceRow[] }) {
  const w = useWords(words)
  const dot = (isThere: boolean, label: string) =>
    isThere ? <span className={styles.dot} role="img" aria-label={label} /> : null
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={w('title')}>
      <table className={styles.table}>
        <caption>{w('joined')}</caption>
        <thead>
          <tr>
            <th scope="col">{w('register')}</th>
            <th scope="col" className={styles.voice}>
              {w('nobody')}
            </th>
            <th scope="col" className={styles.voice}>
              {w('you')}
            </th>
            <th scope="col" className={styles.voice}>
              {w('statement')}
            </th>
            <th scope="col" className={styles.voice}>
              {w('page')}
            </th>
            <th scope="col">{w('said')}</th>
            <th scope="col">{w('result')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">
                <b>{row.name}</b>
                <span className={styles.hex}>{shown(row.value)}</span>
              </th>
              <td className={styles.voice}>
                {!row.isSaid && !row.you && row.files.length === 0 && (
                  <span className={styles.hollow} role="img" aria-label={w('nobody')} />
                )}
              </td>
              <td className={styles.voice}>{dot(row.you, w('you'))}</td>
              <td className={styles.voice}>{dot(row.statements.length > 0, w('statement'))}</td>
              <td className={styles.voice}>{dot(row.files.length > 0, w('page'))}</td>
              <td>
                <Said row={row} />
              </td>
              <td>
                <Outcome state={row.state} word={w(wordOf(row))} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const shown = (hex: string) => (/^0+$/.test(hex) ? `00 × ${hex.length / 2}` : `${hex.slice(0, 16)}…`)

function wordOf(row: VoiceRow): 'equal' | 'differs' | 'byWhom' | 'notChecked' {
  if (row.state === 'fails') return 'differs'
  if (row.state === 'holds') return 'equal'
  return row.statements.some(({ view }) => view.standing === 'anybody') ? 'byWhom' : 'notChecked'
}

function Said({ row }: { readonly row: VoiceRow }) {
  const w = useWords(words)
  const lines = [
    ...row.statements.map(({ view, group }) => {
      const issuer = [view.issuer, view.about].filter((part) => part !== '').join(' ')
      return group === null || group === '' ? w('sayStatement', { issuer }) : w('sayEntry', { issuer, group })
    }),
    ...(row.you ? [w(row.state === 'fails' ? 'sayYouOther' : 'sayYou')] : []),
    ...row.files.map((file) => w('sayFile', { file })),
  ]
  return lines.length === 0 ? (
    <>{w('sayNobody')}</>
  ) : (
    <>
      {lines.map((line) => (
        <div key={line}>
          <Untrusted text={line} isPlain />
        </div>
      ))}
    </>
  )
}

const STANDING: Readonly<
  Record<
    StatementView['standing'],
    readonly [
      MarkState,
      (
        | 'standingAuthentic'
        | 'standingAnybody'
        | 'standingOther'
        | 'standingUnsigned'
        | 'standingOpen'
        | 'standingRejected'
      ),
    ]
  >
> = {
  authentic: ['holds', 'standingAuthentic'],
  anybody: ['not-checked', 'standingAnybody'],
  'other-signer': ['not-checked', 'standingOther'],
  unsigned: ['not-checked', 'standingUnsigned'],
  open: ['not-checked', 'standingOpen'],
  rejected: ['fails', 'standingRejected'],
}

/** `isAlone`: there is no evidence to hold it against, so what it states is what there is to see. */
function OneStatement({ view, isAlone }: { readonly view: StatementView; readonly isAlone: boolean }) {
  const w = useWords(words)
  const asked = view.checks.filter((check) => check.outcome !== 'not-applicable')
  const [state, standing] = STANDING[view.standing]
  return (
    <section className={styles.one}>
      <h3>
        <Untrusted
          text={[view.issuer === '' ? view.name : view.issuer, view.about].filter((part) => part !== '').join(' ')}
          isPlain
        />
      </h3>
      <p className={styles.standing}>
        <Outcome state={state} word={w(standing)} />
        <span>{w('steps', { done: asked.filter((check) => check.outcome === 'pass').length, of: asked.length })}</span>
        {view.madeAt !== null && (
          <span>{w('signedAt', { at: new Date(view.madeAt).toISOString().slice(0, 19).replace('T', ' ') })}</span>
        )}
      </p>
      <ul className={styles.steps}>
        {asked.map((check) => (
          <li key={check.id}>
            <Outcome state={markOf(check.outcome)} />
            <span>
              <Say saying={check.because} />
            </span>
          </li>
        ))}
      </ul>
      {view.registers.length > 0 && (
        <details open={isAlone}>
          <summary>{w('values', { count: view.registers.length })}</summary>
          <dl className={styles.claims}>
            {view.registers.slice(0, 200).map(({ group, register, values }, index) => (
              <ClaimRow
                key={index}
                name={[group, register].filter((part) => part !== '').join(' · ')}
                value={values.join(' | ')}
              />
            ))}
          </dl>
        </details>
      )}
      {view.claims.length > 0 && (
        <details>
          <summary>{w('claims')}</summary>
          <dl className={styles.claims}>
            {view.claims.map(({ name, value }, index) => (
              <ClaimRow key={index} name={name} value={value} />
            ))}
          </dl>
        </details>
      )}
    </section>
  )
}

function ClaimRow({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>
        <Untrusted text={name.slice(0, 200)} isPlain />
      </dt>
      <dd>
        <Untrusted text={value.slice(0, 400)} isPlain />
      </dd>
    </>
  )
}

/** Whom the reader expects: a rule of the case like every other expectation. */
function Whom() {
  const w = useWords(words)
  const id = useId()
  const { case: one, dispatch } = useCase()
  const kept = (one.policy.signers ?? []).join('\n')
  const [draft, setDraft] = useState<string | null>(null)
  const keep = () => {
    if (draft === null) return
    const signers = draft
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    const { signers: _before, ...rest } = one.policy
    dispatch({ kind: 'policy', number: one.number, policy: signers.length > 0 ? { ...rest, signers } : rest })
    setDraft(null)
  }
  return (
    <section className={styles.whom}>
      <h3>{w('whom')}</h3>
      <label htmlFor={id}>{w('whomLabel')}</label>
      <textarea
        id={id}
        value={draft ?? kept}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={keep}
        spellCheck={false}
        placeholder="owner/name"
      />
      <p>{w('whomWhy')}</p>
    </section>
  )
}
