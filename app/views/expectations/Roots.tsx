import { useState } from 'react'
import { sliceOf } from '../../../src/core/place.ts'
import { readPem } from '../../../src/engine/reading.ts'
import { readCertificate } from '../../../src/engine/reading.ts'
import { useCase } from '../../case/context.tsx'
import { useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { useRootName } from '../../ui/use-root-name.ts'
import styles from './expectations.module.css'
import { withMember } from './policy-edit.ts'
import { usePolicy } from './use-policy.ts'
import { expectationWords } from './words.ts'

const PURPOSES = ['evidence', 'reference-values', 'revocation', 'service-token'] as const

/** Which roots count: pinned ones can be switched off, others added. */
export function Roots() {
  const w = useWords(expectationWords)
  const { appraisal } = useCase()
  const rootName = useRootName()
  const { policy, set } = usePolicy()
  const off = policy.anchorsOff ?? []
  const known = new Map(
    (appraisal?.anchors ?? [])
      .filter((anchor) => anchor.status !== 'added')
      .map((anchor) => [anchor.spkiSha256, anchor]),
  )
  const keys = [...new Set([...known.keys(), ...off])]
  const nameOf = (holder: string | undefined) => (holder === undefined || holder === '' ? w('rootNoName') : holder)
  const rootNameOf = (anchor: Parameters<typeof rootName>[0] | undefined) =>
    anchor && anchor.holder !== '' ? rootName(anchor) : undefined
  return (
    <section className={styles.section} id="expect-roots">
      <h3>{w('roots')}</h3>
      <p className={styles.why}>{w('rootsWhy')}</p>
      <ul className={styles.list}>
        {keys.map((key) => (
          <li key={key}>
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={!off.includes(key)}
                onChange={(event) =>
                  set(
                    withMember(
                      policy,
                      'anchorsOff',
                      event.target.checked ? off.filter((one) => one !== key) : [...off, key],
                    ),
                  )
                }
              />
              {w('reliedOn', { name: nameOf(rootNameOf(known.get(key))), key: `${key.slice(0, 8)}…` })}
              {isTest(known.get(key)?.status) &&
                ` · ${w(known.get(key)?.status === 'development' ? 'development' : 'demonstration')}`}
            </label>
          </li>
        ))}
        {(policy.anchorsAdded ?? []).map((added, index) => (
          <li key={`added ${index}`}>
            <Untrusted text={nameOf(rootIn(added.pem))} isPlain /> · {w('addedBy')} · {purposeWord(added.purpose, w)}{' '}
            <Button
              look="quiet"
              aria-label={`${w('remove')}: ${nameOf(rootIn(added.pem))}`}
              onClick={() =>
                set(
                  withMember(
                    policy,
                    'anchorsAdded',
                    policy.anchorsAdded?.filter((_, at) => at !== index),
                  ),
                )
              }
            >
              {w('remove')}
            </Button>
          </li>
        ))}
      </ul>
      <AddRoot />
    </section>
  )
}

function AddRoot() {
  const w = useWords(expectationWords)
  const { policy, set } = usePolicy()
  const [pem, setPem] = useState('')
  const [purpose, setPurpose] = useState<(typeof PURPOSES)[number]>('evidence')
  const isWrong = pem.trim() !== '' && rootIn(pem) === undefined
  return (
    <form
      className={styles.maker}
      onSubmit={(event) => {
        event.preventDefault()
        if (rootIn(pem) === undefined) return
        set(withMember(policy, 'anchorsAdded', [...(policy.anchorsAdded ?? []), { pem, purpose }]))
        setPem('')
      }}
    >
      <textarea
        rows={3}
        className={styles.mono}
        value={pem}
        onChange={(event) => setPem(event.target.value)}
        aria-label={w('addPem')}
        placeholder="-----BEGIN CERTIFICATE-----"
        aria-invalid={isWrong}
        spellCheck={false}
        autoComplete="off"
      />
      {isWrong && (
        <p className={styles.wrong} role="alert">
          {w('notPem')}
        </p>
      )}
      <span className={styles.row}>
        <label>
          {w('addFor')}{' '}
          <select
            value={purpose}
            onChange={(event) => setPurpose(PURPOSES.find((one) => one === event.target.value) ?? 'evidence')}
          >
            {PURPOSES.map((one) => (
              <option key={one} value={one}>
                {w(one)}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" disabled={pem.trim() === '' || isWrong}>
          {w('addRoot')}
        </Button>
      </span>
    </form>
  )
}

const isTest = (status: string | undefined) => status === 'development' || status === 'demonstration'

/** Name of the first root in a PEM text, '' for a bare key; undefined where the engine would find none. */
function rootIn(pem: string): string | undefined {
  for (const block of readPem(sliceOf('', new TextEncoder().encode(pem)), '').blocks) {
    if (block.label === 'PUBLIC KEY') return ''
    const certificate = block.label === 'CERTIFICATE' ? readCertificate(block.slice) : undefined
    if (certificate) return certificate.subject.commonName
  }
  return undefined
}

function purposeWord(purpose: string, w: (key: (typeof PURPOSES)[number]) => string): string {
  const known = PURPOSES.find((one) => one === purpose)
  return known ? w(known) : purpose
}
