import { useEffect, useState } from 'react'
import { utc } from '../text/time.ts'
import { useWords } from '../text/speech.tsx'
import { Button } from '../ui/Button.tsx'
import { Copy } from '../ui/Copy.tsx'
import { Scroll } from '../ui/Scroll.tsx'
import styles from './ask.module.css'
import { expectAnswer } from './pending.ts'
import { ASK_RECIPES, freshNonce, hostIn, type AskRecipe } from './recipes.ts'
import { askWords } from './words.ts'

/** The answer that is being opened takes the page away too: it comes first. */
const leave = () => void setTimeout(() => expectAnswer(undefined))

interface Made {
  readonly nonce: string
  readonly at: number
}

/** A fresh nonce, the command that takes it to a machine, and the answer compared with it. This page sends nothing. */
export function AskPage({ onChoose }: { readonly onChoose: () => void }) {
  const w = useWords(askWords)
  const [id, setId] = useState<AskRecipe['id']>('tsm')
  const [host, setHost] = useState('service.example')
  const [made, setMade] = useState<Made | undefined>(undefined)
  const recipe = ASK_RECIPES.find((one) => one.id === id)
  const name = hostIn(host)
  const command =
    recipe && made && (!recipe.asksHost || name !== undefined) ? recipe.command(made.nonce, name ?? '') : undefined
  const field = recipe?.field ?? 'nonce'
  useEffect(() => {
    expectAnswer(
      made && command !== undefined ? { nonce: made.nonce, field, command, time: utc(made.at).iso } : undefined,
    )
  }, [made, command, field])
  // Somebody who left the page asked nothing.
  useEffect(() => () => leave(), [])
  if (!recipe) return null
  return (
    <div className={styles.page}>
      <h1>{w('title')}</h1>
      <p className={styles.lead}>{w('lead')}</p>
      <fieldset className={styles.kinds}>
        <legend>{w('how')}</legend>
        {ASK_RECIPES.map((one) => (
          <label key={one.id}>
            <input
              type="radio"
              name="ask"
              checked={one.id === id}
              onChange={() => {
                setId(one.id)
                // Each field takes a nonce of its own length.
                setMade(undefined)
              }}
            />
            <code>{one.tool}</code> <span>{w(one.id)}</span>
          </label>
        ))}
      </fieldset>
      {(recipe.id === 'nitro-tpm' || recipe.asksHost) && <p className={styles.lead}>{w('enclave')}</p>}
      {recipe.asksHost && (
        <p>
          <label className={styles.host}>
            {w('host')}{' '}
            <input
              value={host}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => setHost(event.target.value)}
            />
          </label>{' '}
          <small>
            {w('hostWhy')} {w('path')}
          </small>
        </p>
      )}
      <p>
        <Button
          look={made ? 'plain' : 'primary'}
          onClick={() => setMade({ nonce: freshNonce(recipe.bytes), at: Date.now() })}
        >
          {w(made ? 'another' : 'fresh')}
        </Button>
      </p>
      {made && command !== undefined && (
        <div role="status">
          <p className={styles.nonce}>
            {w('nonce', { bytes: recipe.bytes, time: utc(made.at).time })} <code>{made.nonce}</code>{' '}
            <Copy text={made.nonce} />
          </p>
          <h2>
            {w('run')} <Copy text={command} />
          </h2>
          <Scroll isText label={w('run')}>
            {command}
          </Scroll>
          <p className={styles.lead}>{w('after', { field: recipe.field === 'nonce' ? 'nonce' : 'REPORT_DATA' })}</p>
          <p>
            <Button onClick={onChoose}>{w('choose')}</Button>
          </p>
          {recipe.source !== '' && (
            <p className={styles.source}>
              {w('documented')} {recipe.source}
            </p>
          )}
        </div>
      )}
    </div>
  )
}
