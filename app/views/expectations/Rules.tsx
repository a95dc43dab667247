import { useState } from 'react'
import type { Policy } from '../../../src/core/policy.ts'
import { useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './expectations.module.css'
import { readHexList, withMember, withMinimum } from './policy-edit.ts'
import { Standing } from './Standing.tsx'
import { useDraft, usePolicy } from './use-policy.ts'
import { expectationWords } from './words.ts'

const UNITS = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const
type Unit = keyof typeof UNITS
const UNIT_NAMES = Object.keys(UNITS) as readonly Unit[]

/** The greatest age that the reader accepts. */
export function Age() {
  const w = useWords(expectationWords)
  const { policy, set, facts } = usePolicy()
  const [unit, setUnit] = useState<Unit>(
    () =>
      [...UNIT_NAMES]
        .reverse()
        .find(
          (name) =>
            policy.maxAgeSeconds !== undefined && policy.maxAgeSeconds > 0 && policy.maxAgeSeconds % UNITS[name] === 0,
        ) ?? 'minutes',
  )
  const kept = policy.maxAgeSeconds === undefined ? '' : String(policy.maxAgeSeconds / UNITS[unit])
  const draft = useDraft(kept, (text) => {
    const number = Number(text)
    const isNumber = text.trim() === '' || (Number.isFinite(number) && number >= 0)
    if (isNumber) set(withMember(policy, 'maxAgeSeconds', text.trim() === '' ? undefined : number * UNITS[unit]))
    return isNumber
  })
  return (
    <section className={styles.section}>
      <h3>{w('age')}</h3>
      <p className={styles.why}>{w(!facts ? 'noEvidence' : facts.madeAt ? 'ageWhy' : 'ageNone')}</p>
      <span className={styles.row}>
        <input inputMode="decimal" size={8} aria-label={w('ageLabel')} autoComplete="off" {...draft} />
        <select
          value={unit}
          aria-label={w('unit')}
          onChange={(event) => setUnit(UNIT_NAMES.find((name) => name === event.target.value) ?? 'seconds')}
        >
          {UNIT_NAMES.map((name) => (
            <option key={name} value={name}>
              {w(name)}
            </option>
          ))}
        </select>
      </span>
      {draft['aria-invalid'] && (
        <p className={styles.wrong} role="alert">
          {w('notNumber')}
        </p>
      )}
      {policy.maxAgeSeconds !== undefined && <Standing id="fresh.young-enough" />}
    </section>
  )
}

/** The chips that may answer. */
export function Devices() {
  const w = useWords(expectationWords)
  const { policy, set, facts } = usePolicy()
  const draft = useDraft((policy.chipIds ?? []).join('\n'), (text) => {
    const list = readHexList(text)
    if (list) set(withMember(policy, 'chipIds', list))
    return list !== undefined
  })
  return (
    <section className={styles.section}>
      <h3>{w('devices')}</h3>
      <p className={styles.why}>{w(!facts ? 'noEvidence' : facts.deviceId ? 'devicesWhy' : 'devicesNone')}</p>
      <textarea
        rows={2}
        className={styles.mono}
        aria-label={w('devicesLabel')}
        spellCheck={false}
        autoComplete="off"
        {...draft}
      />
      {draft['aria-invalid'] && (
        <p className={styles.wrong} role="alert">
          {w('notHex')}
        </p>
      )}
      <Standing id="fresh.device-expected" />
    </section>
  )
}

/** Least versions of platform components. */
export function Minimum() {
  const w = useWords(expectationWords)
  const { policy, set, check } = usePolicy()
  const [component, setComponent] = useState('')
  const [least, setLeast] = useState('')
  const given = Object.entries(policy.minimumTcb ?? {})
  const number = least.trim() === '' ? Number.NaN : Number(least)
  const isWhole = Number.isInteger(number) && number >= 0
  return (
    <section className={styles.section} id="expect-minimum">
      <h3>{w('minimum')}</h3>
      <p className={styles.why}>
        {w('minimumWhy')} {check('.tcb-at-least-yours') ? '' : w('minimumUnread')}
      </p>
      {given.length > 0 && (
        <ul className={styles.list}>
          {given.map(([name, value]) => (
            <li key={name}>
              <b>
                <Untrusted text={name} isPlain />
              </b>{' '}
              ≥ {value}{' '}
              <Button
                look="quiet"
                aria-label={`${w('remove')}: ${name}`}
                onClick={() => set(withMinimum(policy, name, undefined))}
              >
                {w('remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        className={styles.row}
        onSubmit={(event) => {
          event.preventDefault()
          if (component.trim() === '' || !isWhole) return
          set(withMinimum(policy, component.trim(), number))
          setComponent('')
          setLeast('')
        }}
      >
        <label>
          {w('component')}{' '}
          <input
            value={component}
            onChange={(event) => setComponent(event.target.value)}
            spellCheck={false}
            autoComplete="off"
          />
        </label>
        <label>
          {w('least')}{' '}
          <input
            inputMode="numeric"
            size={5}
            value={least}
            onChange={(event) => setLeast(event.target.value)}
            aria-invalid={least !== '' && !isWhole}
            autoComplete="off"
          />
        </label>
        <Button type="submit" disabled={component.trim() === '' || !isWhole}>
          {w('add')}
        </Button>
      </form>
      <Standing id=".tcb-at-least-yours" />
    </section>
  )
}

const FORBIDDEN = ['debug', 'migratable', 'smt', 'sept-ve-enabled'] as const satisfies NonNullable<Policy['forbid']>
const READERS = ['.nothing-forbidden', '.smt-as-you-wish'] as const

/** Settings that the reader refuses. */
export function Forbid() {
  const w = useWords(expectationWords)
  const { policy, set, check } = usePolicy()
  const given = policy.forbid ?? []
  return (
    <section className={styles.section}>
      <h3>{w('forbid')}</h3>
      <p className={styles.why}>
        {w('forbidWhy')} {READERS.some((id) => check(id)) ? '' : w('forbidUnread')}
      </p>
      <ul className={styles.list}>
        {FORBIDDEN.map((what) => (
          <li key={what}>
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={given.includes(what)}
                onChange={(event) =>
                  set(
                    withMember(
                      policy,
                      'forbid',
                      event.target.checked ? [...given, what] : given.filter((one) => one !== what),
                    ),
                  )
                }
              />
              {w(`forbid.${what}`)}
            </label>
          </li>
        ))}
      </ul>
      {given.length > 0 && READERS.map((id) => <Standing key={id} id={id} />)}
    </section>
  )
}
