import { useEffect, useMemo, useState } from 'react'
import type { CheckResult, HandCheck } from '../../../src/core/verdict.ts'
import { useCase } from '../../case/context.tsx'
import { useWords } from '../../text/speech.tsx'
import { Copy } from '../../ui/Copy.tsx'
import { Scroll } from '../../ui/Scroll.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { byHand } from '../../../src/engine/by-hand.ts'
import styles from './check.module.css'
import { quoted } from '../../text/quoted.ts'
import { verdictWords } from './words.ts'

/** The computation of a check, to be done again outside of this page: its digest and its signature, and the commands. */
export function Hand({ check, hand }: { readonly check: CheckResult; readonly hand: HandCheck }) {
  const w = useWords(verdictWords)
  const { inspection, case: one } = useCase()
  const made = useMemo(
    () =>
      byHand(hand, {
        read: ({ artifact, range }) => {
          const file = inspection.artifacts.find((candidate) => candidate.index === artifact)?.file
          const space = inspection.spaces.find((entry) => entry.file === file && entry.space.id === range.space)?.space
          return space && range.end <= space.bytes.length ? space.bytes.subarray(range.start, range.end) : undefined
        },
        fileOf: ({ artifact, range }) => {
          const file = inspection.artifacts.find((candidate) => candidate.index === artifact)?.file
          const name = file === undefined || range.space !== '' ? undefined : one.files[file]?.name
          return name === undefined ? undefined : quoted(name)
        },
      }),
    [hand, inspection, one],
  )
  const digest = useDigest(made?.content, hand.kind === 'digest' ? hand.hash : (hand.algorithm.hash ?? ''))
  if (!made) return null
  return (
    <>
      <dl className={styles.computed}>
        {digest !== undefined && (
          <>
            <dt>{w('digestOf', { hash: digest.hash })}</dt>
            <dd className={styles.mono}>{digest.value}</dd>
          </>
        )}
        {hand.kind === 'signature' && (
          <>
            <dt>{w('signature')}</dt>
            <dd className={styles.mono}>{hand.signature}</dd>
          </>
        )}
      </dl>
      <Command label={w('byHand')} id={check.id} text={made.command} />
      <p className={styles.prints}>
        {w('prints')} <code>{made.prints}</code>
      </p>
    </>
  )
}

/** Lines for a terminal, with a button that copies them. */
export function Command({ label, id, text }: { readonly label: string; readonly id: string; readonly text: string }) {
  return (
    <div className={styles.hand}>
      <p>
        <span># {label}</span> <Copy text={text} />
      </p>
      <Scroll isText label={`${label}: ${id}`}>
        {text.split('\n').map((line, index) => (
          <span key={index}>
            <span className={styles.prompt}>$ </span>
            <Untrusted text={line} isPlain />
            {'\n'}
          </span>
        ))}
      </Scroll>
    </div>
  )
}

/** What WebCrypto makes of the bytes; undefined while it works, and for hashes that it does not know. */
function useDigest(content: Uint8Array | undefined, hash: string) {
  const [found, setFound] = useState<{ readonly hash: string; readonly value: string }>()
  useEffect(() => {
    let isHere = true
    if (content && ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'].includes(hash))
      void crypto.subtle.digest(hash, content.slice()).then((value) => {
        if (isHere)
          setFound({
            hash,
            value: Array.from(new Uint8Array(value), (byte) => byte.toString(16).padStart(2, '0')).join(''),
          })
      })
    return () => {
      isHere = false
    }
  }, [content, hash])
  return found
}
