import { useState } from 'react'
import { isValueByName } from '../../../src/engine/policy.ts'
import { toHex } from '../../../src/engine/hex.ts'
import { useCase } from '../../case/context.tsx'
import { valuesByName } from '../../case/counting.ts'
import type { Register } from '../../../src/core/scheme.ts'
import { PlaceLink } from '../../case/PlaceLink.tsx'
import { pointerText } from '../../case/selection.ts'
import { useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { Outcome } from '../../ui/Mark.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './expectations.module.css'
import { readHexInput, readHexList, readTextList, valuesOf, withMember, withRegister } from './policy-edit.ts'
import { Standing } from './Standing.tsx'
import { useDraft, usePolicy } from './use-policy.ts'
import { expectationWords } from './words.ts'

/** Most values of logs that have a row of their own. */
const MOST_NAMED = 24

/** Reference values, register by register, and by name what logs say. */
export function Registers() {
  const w = useWords(expectationWords)
  const { policy, set, facts } = usePolicy()
  const { inspection, appraisal, subject } = useCase()
  // Whoever expects a value of one instance may; nobody is invited to.
  const asked = new Set(Object.keys(policy.registers ?? {}).map((name) => name.toLowerCase()))
  const registers = (facts?.measurements ?? []).filter(
    ({ name, ofInstance }) => ofInstance !== true || asked.has(name.toLowerCase()),
  )
  const said = valuesByName(inspection, appraisal, subject?.artifact)
  const byName = said.filter(({ name }, i) => said.findIndex((one) => one.name === name) === i).slice(0, MOST_NAMED)
  const here = new Set([...registers, ...byName].map(({ name }) => name.toLowerCase()))
  const foreign = Object.keys(policy.registers ?? {}).filter((name) => !here.has(name.toLowerCase()))
  const identity = registers.filter((register) => register.identity)
  const useFound = () =>
    set(identity.reduce((next, register) => withRegister(next, register.name, [toHex(register.value.value)]), policy))
  return (
    <section className={styles.section} id="expect-registers">
      <h3>{w('registers')}</h3>
      <p className={styles.why}>
        {w(!facts ? 'noEvidence' : registers.length === 0 ? 'registersNone' : 'registersWhy')}
      </p>
      <Standing id="software.registers-match" />
      <ul className={styles.registers}>
        {registers.map((register, index) => (
          <Row key={index} name={register.name} register={register} />
        ))}
        {byName.map(({ name, value, counts }) => (
          <Row key={`=${name}`} name={name} register={undefined} said={counts ? value : undefined} />
        ))}
        {foreign.map((name) => (
          <Row key={`:${name}`} name={name} register={undefined} />
        ))}
      </ul>
      {identity.length > 0 && (
        <p className={styles.self}>
          <Button onClick={useFound}>{w('useFound')}</Button> <span>{w('useFoundWhy')}</span>
        </p>
      )}
      {policy.registers && (
        <p className={styles.row}>
          <Button
            look="quiet"
            onClick={() => set(withMember(policy, 'registers', undefined))}
            aria-label={`${w('clear')}: ${w('registers')}`}
          >
            {w('clear')}
          </Button>
        </p>
      )}
      <Another />
    </section>
  )
}

function Row({
  name,
  register,
  said,
}: {
  readonly name: string
  readonly register: Register | undefined
  /** What a log that replays says by this name. */ readonly said?: string | undefined
}) {
  const w = useWords(expectationWords)
  const { subject } = useCase()
  const { policy, set, artifact } = usePolicy()
  const values = valuesOf(policy, name)
  const found = register ? toHex(register.value.value) : said
  const draft = useDraft(values.join('\n'), (text) => {
    const list = isValueByName(name) ? readTextList(text) : readHexList(text)
    if (list) set(withRegister(policy, name, list))
    return list !== undefined
  })
  const isWrong = draft['aria-invalid']
  return (
    <li className={styles.register}>
      <p className={styles.name}>
        <b>
          {register && artifact !== undefined ? (
            <PlaceLink
              to={{
                panel: 'fields',
                field: pointerText(artifact, register.value.path, register.value.ranges[0] ?? null),
              }}
            >
              <Untrusted text={name} isPlain />
            </PlaceLink>
          ) : (
            <Untrusted text={name} isPlain />
          )}
        </b>
        {register?.identity === true && <small>{w('identifies')}</small>}
      </p>
      <div className={styles.found}>
        <small>{w('found')}</small>
        {found === undefined ? (
          w(subject ? 'notThere' : 'noEvidence')
        ) : (
          <code>
            <Untrusted text={found} />
          </code>
        )}
      </div>
      <div className={styles.wanted}>
        <small aria-hidden="true">{w('reference')}</small>
        <textarea
          rows={Math.max(2, values.length)}
          className={styles.mono}
          aria-label={w('referenceOf', { name })}
          spellCheck={false}
          autoComplete="off"
          {...draft}
        />
        {isWrong ? (
          <p className={styles.wrong} role="alert">
            {w('notHex')}
          </p>
        ) : (
          values.length > 0 &&
          found !== undefined && (
            <Outcome state={values.some((one) => one.toLowerCase() === found.toLowerCase()) ? 'holds' : 'fails'} />
          )
        )}
      </div>
    </li>
  )
}

function Another() {
  const w = useWords(expectationWords)
  const { policy, set } = usePolicy()
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const hex = isValueByName(name.trim()) ? readTextList(value)[0] : readHexInput(value)
  return (
    <details className={styles.more}>
      <summary>{w('another')}</summary>
      <form
        className={styles.row}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() === '' || hex === undefined) return
          set(withRegister(policy, name.trim(), [hex]))
          setName('')
          setValue('')
        }}
      >
        <label>
          {w('anotherName')}{' '}
          <input value={name} onChange={(event) => setName(event.target.value)} spellCheck={false} autoComplete="off" />
        </label>
        <label>
          {w('anotherValue')}{' '}
          <input
            className={styles.mono}
            value={value}
            onChange={(event) => setValue(event.target.value)}
            aria-invalid={value !== '' && hex === undefined}
            spellCheck={false}
            autoComplete="off"
          />
        </label>
        <Button type="submit" disabled={name.trim() === '' || hex === undefined}>
          {w('add')}
        </Button>
      </form>
    </details>
  )
}
