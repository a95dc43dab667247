import { useEffect, useId, useMemo, useState } from 'react'
import { fromHex, toHex } from '../../../src/engine/hex.ts'
import { PlaceLink } from '../../case/PlaceLink.tsx'
import { pointerText } from '../../case/selection.ts'
import { visible } from '../../text/hostile.ts'
import { useWords } from '../../text/speech.tsx'
import { Button, Choice } from '../../ui/Button.tsx'
import styles from './expectations.module.css'
import { readHexInput, withMember } from './policy-edit.ts'
import { candidatesOf, cooked, RECIPES, type Recipe } from './recipe.ts'
import { Standing } from './Standing.tsx'
import { usePolicy } from './use-policy.ts'
import { expectationWords } from './words.ts'

type Source = 'hex' | 'text' | 'file'

/** Report data or nonce: what the evidence carries, what is expected, and how an expected value is made. */
export function ValueSection({ name }: { readonly name: 'reportData' | 'nonce' }) {
  const w = useWords(expectationWords)
  const { policy, set, facts, artifact } = usePolicy()
  const found = name === 'reportData' ? facts?.userData : (facts?.nonce ?? facts?.userData)
  const given = policy[name]
  return (
    <section className={styles.section} id={`expect-${name}`}>
      <h3>{w(name)}</h3>
      <p className={styles.why}>{w(`${name}Why`)}</p>
      <dl className={styles.pair}>
        <dt>
          {found && artifact !== undefined ? (
            <PlaceLink to={{ panel: 'fields', field: pointerText(artifact, found.path, found.ranges[0] ?? null) }}>
              {w('carries')}
            </PlaceLink>
          ) : (
            w('carries')
          )}
        </dt>
        <dd>{found ? <code>{toHex(found.value)}</code> : w(facts ? 'carriesNone' : 'noEvidence')}</dd>
        {given !== undefined && (
          <>
            <dt>{w('expects')}</dt>
            <dd>
              <code>{given}</code>{' '}
              <Button
                look="quiet"
                onClick={() => set(withMember(policy, name, undefined))}
                aria-label={`${w('remove')}: ${w(name)}`}
              >
                {w('remove')}
              </Button>
            </dd>
          </>
        )}
      </dl>
      {given !== undefined && (
        <Standing id={name === 'reportData' ? 'fresh.report-data-matches' : 'fresh.nonce-matches'} />
      )}
      <Maker name={name} field={found?.value.length} />
    </section>
  )
}

/** Makes a value: hex, text, or a file of the case, as it is or hashed. */
function Maker({ name, field }: { readonly name: 'reportData' | 'nonce'; readonly field: number | undefined }) {
  const w = useWords(expectationWords)
  const id = useId()
  const { policy, set, others } = usePolicy()
  const [source, setSource] = useState<Source>('hex')
  const [recipe, setRecipe] = useState<Recipe>('raw')
  const [hex, setHex] = useState('')
  const [text, setText] = useState('')
  const [fileId, setFileId] = useState('')
  const [partIndex, setPart] = useState(0)
  const file = others.find((candidate) => candidate.id === fileId) ?? others[0]
  const parts = useMemo(() => (source === 'file' && file ? candidatesOf(file) : []), [source, file])
  const part = parts[partIndex] ?? parts[0]
  const bytes = useMemo(() => {
    if (source === 'text') return text === '' ? undefined : new TextEncoder().encode(text)
    return source === 'file' ? part?.bytes : fromHex(readHexInput(hex) ?? '')
  }, [source, hex, text, part])
  const made = useCooked(recipe, bytes)
  const isWrongHex = source === 'hex' && hex.trim() !== '' && readHexInput(hex) === undefined
  return (
    <form
      className={styles.maker}
      onSubmit={(event) => {
        event.preventDefault()
        if (made && made.length > 0) set(withMember(policy, name, toHex(made)))
      }}
    >
      <Choice
        label={`${w('as')}: ${w(name)}`}
        value={source}
        onChange={setSource}
        options={[
          { value: 'hex', text: w('hex') },
          { value: 'text', text: w('text') },
          { value: 'file', text: w('file') },
        ]}
      />
      {source === 'hex' && (
        <input
          className={styles.mono}
          value={hex}
          onChange={(event) => setHex(event.target.value)}
          aria-label={w('hexLabel', { name: w(name) })}
          aria-invalid={isWrongHex}
          spellCheck={false}
          autoComplete="off"
        />
      )}
      {source === 'text' && (
        <textarea
          rows={2}
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={w('textLabel', { name: w(name) })}
          spellCheck={false}
        />
      )}
      {source === 'file' &&
        (others.length === 0 ? (
          <p className={styles.note}>{w('noFiles')}</p>
        ) : (
          <span className={styles.row}>
            <select
              value={file?.id}
              onChange={(event) => {
                setFileId(event.target.value)
                setPart(0)
              }}
              aria-label={w('fileLabel', { name: w(name) })}
            >
              {others.map((one) => (
                <option key={one.id} value={one.id}>
                  {visible(one.name)}
                </option>
              ))}
            </select>
            <select value={partIndex} onChange={(event) => setPart(Number(event.target.value))} aria-label={w('part')}>
              {parts.map((one, index) => (
                <option key={index} value={index}>
                  {w(`part.${one.part}`)}
                </option>
              ))}
            </select>
          </span>
        ))}
      <span className={styles.row}>
        <label htmlFor={`${id}-recipe`}>{w('recipe')}</label>
        <select
          id={`${id}-recipe`}
          value={recipe}
          onChange={(event) => setRecipe(RECIPES.find((one) => one === event.target.value) ?? 'raw')}
        >
          {RECIPES.map((one) => (
            <option key={one} value={one}>
              {one === 'raw' ? w('asIs') : one}
            </option>
          ))}
        </select>
        <Button type="submit" disabled={!made || made.length === 0 || made.length > 4096}>
          {w('use')}
        </Button>
      </span>
      {isWrongHex && (
        <p className={styles.wrong} role="alert">
          {w('notHex')}
        </p>
      )}
      {made && made.length > 0 && (
        <p className={styles.note}>
          {w('result', {
            count: made.length,
            value: made.length > 64 ? `${toHex(made.subarray(0, 64))}…` : toHex(made),
          })}{' '}
          {field !== undefined && made.length > field
            ? w('tooLong', { count: made.length, field })
            : field !== undefined && made.length < field
              ? w('padding')
              : ''}
        </p>
      )}
    </form>
  )
}

/** The bytes under a recipe; undefined while they are being made. */
function useCooked(recipe: Recipe, bytes: Uint8Array | undefined): Uint8Array | undefined {
  const [made, setMade] = useState<{ readonly recipe: Recipe; readonly from: Uint8Array; readonly value: Uint8Array }>()
  useEffect(() => {
    if (!bytes) return
    let isCurrent = true
    void cooked(recipe, bytes).then(
      (value) => {
        if (isCurrent) setMade({ recipe, from: bytes, value })
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [recipe, bytes])
  return made && made.from === bytes && made.recipe === recipe ? made.value : undefined
}
