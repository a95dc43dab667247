import { useEffect, useMemo, useState } from 'react'
import { toHex } from '../../../src/engine/hex.ts'
import { rangeText } from '../../text/numbers.ts'
import { useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './expectations.module.css'
import { withMember } from './policy-edit.ts'
import { candidatesOf, cooked, matchesIn, RECIPES, type Candidate, type Match } from './recipe.ts'
import { usePolicy } from './use-policy.ts'
import { expectationWords } from './words.ts'

/** Tries everything at hand against the bytes that the attesting program chose. */
export function Contents() {
  const w = useWords(expectationWords)
  const { facts, others } = usePolicy()
  const [text, setText] = useState('')
  const candidates = useMemo(
    (): readonly Candidate[] => [
      ...others.flatMap(candidatesOf),
      ...(text === '' ? [] : [{ name: w('typed'), part: 'text' as const, bytes: new TextEncoder().encode(text) }]),
    ],
    // The words only name the typed text; another language is another render of the same matches.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [others.map((file) => file.id).join('\n'), text],
  )
  const fields = [['reportData', facts?.userData] as const, ['nonce', facts?.nonce] as const].flatMap(([name, field]) =>
    field && field.value.length > 0 ? [{ name, value: field.value }] : [],
  )
  if (fields.length === 0) return null
  return (
    <section className={styles.section} id="expect-contents">
      <h3>{w('contents')}</h3>
      <p className={styles.why}>{w('contentsWhy')}</p>
      <label className={styles.try}>
        {w('tryText')}
        <input value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} autoComplete="off" />
      </label>
      {fields.map((field) => (
        <Field key={field.name} name={field.name} value={field.value} candidates={candidates} />
      ))}
    </section>
  )
}

function Field({
  name,
  value,
  candidates,
}: {
  readonly name: 'reportData' | 'nonce'
  readonly value: Uint8Array
  readonly candidates: readonly Candidate[]
}) {
  const w = useWords(expectationWords)
  const { policy, set } = usePolicy()
  const matches = useMatches(value, candidates)
  const isZero = value.every((byte) => byte === 0)
  const plain = plainText(value)
  const use = async (match: Match) =>
    set(withMember(policy, name, toHex(await cooked(match.recipe, match.candidate.bytes))))
  const said = (match: Match) => {
    const params = {
      what: match.candidate.part === 'text' ? w('typed') : match.candidate.name,
      part: w(`part.${match.candidate.part}`),
      recipe: match.recipe === 'raw' ? w('asIs') : match.recipe,
      place: rangeText(match.offset, match.offset + match.length),
    }
    return match.rest === 'nothing'
      ? w('matchWhole', params)
      : match.rest === 'zeros'
        ? w('matchZeros', params)
        : w('matchOther', params)
  }
  return (
    <div className={styles.field}>
      <h4>{w('contentsField', { name: w(name), count: value.length })}</h4>
      <code className={styles.value}>{toHex(value)}</code>
      {plain !== undefined && (
        <p className={styles.note}>
          {w('asText')} <Untrusted text={plain} />
        </p>
      )}
      <div role="status">
        {isZero ? (
          <p>{w('onlyZeros')}</p>
        ) : candidates.length === 0 ? (
          <p className={styles.note}>{w('nothingToTry')}</p>
        ) : (
          matches?.length === 0 && (
            <p className={styles.note}>{w('noMatch', { count: candidates.length * RECIPES.length })}</p>
          )
        )}
        {!isZero && matches && matches.length > 0 && (
          <ul className={styles.matches}>
            {matches.map((match, index) => (
              <li key={index}>
                <Mark state="holds" /> <span>{said(match)}</span>
                {match.offset === 0 && match.rest !== 'other' && (
                  <Button look="quiet" onClick={() => void use(match)}>
                    {w('use')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

/** Fewer characters than these are a text by chance. */
const LEAST_TEXT = 4

/** What the bytes say where they are plain text with nothing but zeros behind it. */
function plainText(value: Uint8Array): string | undefined {
  const end = value.findLastIndex((byte) => byte !== 0) + 1
  const text = value.subarray(0, end)
  return end >= LEAST_TEXT && text.every((byte) => byte >= 0x20 && byte < 0x7f)
    ? new TextDecoder().decode(text)
    : undefined
}

function useMatches(value: Uint8Array, candidates: readonly Candidate[]): readonly Match[] | undefined {
  const [found, setFound] = useState<{
    readonly value: Uint8Array
    readonly candidates: readonly Candidate[]
    readonly matches: readonly Match[]
  }>()
  useEffect(() => {
    let isCurrent = true
    void matchesIn(value, candidates).then(
      (matches) => {
        if (isCurrent) setFound({ value, candidates, matches })
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [value, candidates])
  return found && found.value === value && found.candidates === candidates ? found.matches : undefined
}
