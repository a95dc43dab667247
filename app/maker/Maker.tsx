import { useEffect, useState } from 'react'
import type { Knob } from '../../src/core/scheme.ts'
import type { Made, RecipeView } from '../../src/engine/making.ts'
import { caseFile, type CaseFile } from '../case/files.ts'
import { download } from '../share/download.ts'
import { useLocale, useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { Template } from '../ui/Say.tsx'
import type { Engine } from '../worker/client.ts'
import styles from './maker.module.css'
import { makerWords } from './words.ts'

type Faults = Extract<Made, { faults: unknown }>['faults']

/** Evidence made in the page: a form drawn from what the schemes’ attesters say they can do. Nothing here knows a vendor. */
export function Maker({
  engine,
  onMade,
}: {
  readonly engine: Engine
  readonly onMade: (files: readonly CaseFile[], at: string) => void
}) {
  const w = useWords(makerWords)
  const locale = useLocale()
  const [recipes, setRecipes] = useState<readonly RecipeView[] | null>(null)
  const [chosen, setChosen] = useState(0)
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [faults, setFaults] = useState<Faults>([])
  const [state, setState] = useState<'idle' | 'making' | 'failed'>('idle')
  useEffect(() => {
    let isCurrent = true
    engine.recipes().then(
      (found) => {
        if (isCurrent) setRecipes(found)
      },
      () => {
        if (isCurrent) setState('failed')
      },
    )
    return () => {
      isCurrent = false
    }
  }, [engine])
  const recipe = recipes?.[chosen]
  const say = (id: string) => recipe?.texts[locale][id] ?? id
  const make = async (then: (made: Extract<Made, { files: unknown }>) => void | Promise<void>) => {
    if (!recipe) return
    setState('making')
    setFaults([])
    try {
      const own = recipe.knobs.map((knob): [string, string] => [
        knob.id,
        values[`${recipe.id} ${knob.id}`] ?? knob.value,
      ])
      const made = await engine.make(recipe.scheme, recipe.id, own)
      if ('faults' in made) setFaults(made.faults)
      else await then(made)
      setState('idle')
    } catch {
      setState('failed')
    }
  }
  return (
    <section className={styles.maker}>
      <h1 tabIndex={-1}>{w('title')}</h1>
      <p className={styles.lead}>{w('lead')}</p>
      {!recipes && state !== 'failed' && <p role="status">{w('loading')}</p>}
      {recipes && recipe && (
        <div className={styles.both}>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              void make(async ({ files, at }) => onMade(await Promise.all(files.map(caseFile)), at))
            }}
          >
            <label className={styles.row}>
              <span>{w('kind')}</span>
              <select value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
                {recipes.map((one, index) => (
                  <option key={`${one.scheme} ${one.id}`} value={index}>
                    {one.texts[locale][one.title] ?? one.title}
                  </option>
                ))}
              </select>
            </label>
            {recipe.knobs.map((knob) => (
              <OneKnob
                key={`${recipe.id} ${knob.id}`}
                knob={knob}
                value={values[`${recipe.id} ${knob.id}`] ?? knob.value}
                fault={faults.find((fault) => fault.knob === knob.id)?.why}
                say={say}
                onChange={(value) => setValues({ ...values, [`${recipe.id} ${knob.id}`]: value })}
              />
            ))}
            <p className={styles.act}>
              <Button look="primary" type="submit" disabled={state === 'making'}>
                {state === 'making' ? w('making') : w('make')}
              </Button>{' '}
              <Button
                disabled={state === 'making'}
                onClick={() =>
                  void make(({ files }) => {
                    for (const file of files) download(file.name, file.bytes, 'application/octet-stream')
                  })
                }
              >
                {w('download')}
              </Button>
            </p>
            {state === 'failed' && <p role="alert">{w('failed')}</p>}
          </form>
          <aside>
            <h2>{w('instead')}</h2>
            <p>
              <Template text={say(recipe.instead)} />
            </p>
            <p className={styles.at}>{w('at', { at: recipe.at })}</p>
          </aside>
        </div>
      )}
      {!recipes && state === 'failed' && <p role="alert">{w('failed')}</p>}
    </section>
  )
}

function OneKnob({
  knob,
  value,
  fault,
  say,
  onChange,
}: {
  readonly knob: Knob
  readonly value: string
  readonly fault: Faults[number]['why'] | undefined
  readonly say: (id: string) => string
  readonly onChange: (value: string) => void
}) {
  const w = useWords(makerWords)
  const note = knob.note === undefined ? undefined : say(knob.note)
  const shared = { 'aria-invalid': fault !== undefined, spellCheck: false, autoComplete: 'off' } as const
  return (
    <label className={styles.row} data-knob={knob.id}>
      <span>{say(knob.label)}</span>
      {knob.kind === 'choice' ? (
        <select value={value} onChange={(event) => onChange(event.target.value)}>
          {knob.options?.map((option) => (
            <option key={option.value} value={option.value}>
              {say(option.label)}
            </option>
          ))}
        </select>
      ) : knob.kind === 'flag' ? (
        <input
          type="checkbox"
          checked={value === 'on'}
          aria-label={say(knob.label)}
          onChange={(event) => onChange(event.target.checked ? 'on' : 'off')}
        />
      ) : knob.kind === 'text' ? (
        <textarea {...shared} rows={2} value={value} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...shared}
          type="text"
          inputMode={knob.kind === 'number' ? 'numeric' : 'text'}
          value={value}
          onChange={(event) => onChange(event.target.value.trim())}
        />
      )}
      <small>
        {note}
        {fault !== undefined && (
          <b role="alert"> {w(fault, { least: knob.least ?? 0, most: knob.most ?? 0, bytes: knob.bytes ?? 64 })}</b>
        )}
      </small>
    </label>
  )
}
