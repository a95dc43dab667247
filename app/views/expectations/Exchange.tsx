import { useRef, useState } from 'react'
import { useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { download } from '../../share/download.ts'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './expectations.module.css'
import { readPolicyText, type PolicyFault } from './policy-edit.ts'
import { usePolicy } from './use-policy.ts'
import { expectationWords } from './words.ts'

/** Most text read as a policy. */
const LARGEST = 4 * 1024 * 1024

/** The policy as a file, and from one. */
export function Exchange() {
  const w = useWords(expectationWords)
  const { policy, set } = usePolicy()
  const chooser = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [outcome, setOutcome] = useState<readonly PolicyFault[] | null>(null)
  const take = (given: string) => {
    const read = readPolicyText(given.slice(0, LARGEST))
    setOutcome('faults' in read ? read.faults : [])
    if ('policy' in read) {
      set(read.policy)
      setText('')
    }
  }
  return (
    <section className={styles.section} id="expect-exchange">
      <h3>{w('exchange')}</h3>
      <p className={styles.why}>{w('exchangeWhy')}</p>
      <p className={styles.row}>
        <Button
          onClick={() =>
            download('attestation-policy.json', `${JSON.stringify(policy, null, 2)}\n`, 'application/json')
          }
        >
          {w('export')}
        </Button>
        <Button onClick={() => chooser.current?.click()}>{w('import')}</Button>
        <input
          ref={chooser}
          type="file"
          accept=".json,application/json"
          hidden
          tabIndex={-1}
          aria-hidden="true"
          data-testid="policy-file"
          onChange={(event) => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) void file.text().then(take)
          }}
        />
      </p>
      <form
        className={styles.maker}
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') take(text)
        }}
      >
        <textarea
          rows={2}
          className={styles.mono}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setOutcome(null)
          }}
          aria-label={w('paste')}
          placeholder={w('paste')}
          spellCheck={false}
          autoComplete="off"
        />
        <span className={styles.row}>
          <Button type="submit" disabled={text.trim() === ''}>
            {w('take')}
          </Button>
        </span>
      </form>
      {outcome?.length === 0 && (
        <p className={styles.note} role="status">
          {w('taken')}
        </p>
      )}
      {outcome && outcome.length > 0 && (
        <div className={styles.wrong} role="alert">
          <p>{w('refused')}</p>
          <ul>
            {outcome.map((fault, index) => (
              <li key={index}>
                <Fault fault={fault} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

const SHAPES = [
  'reportData',
  'nonce',
  'maxAgeSeconds',
  'registers',
  'minimumTcb',
  'acceptTcbStatus',
  'allowAdvisories',
  'chipIds',
  'forbid',
  'signers',
  'anchorsOff',
  'anchorsAdded',
] as const

function Fault({ fault }: { readonly fault: PolicyFault }) {
  const w = useWords(expectationWords)
  switch (fault.kind) {
    case 'json':
      return <Untrusted text={w('fault.json', { message: fault.message })} isPlain />
    case 'object':
    case 'schema':
      return <>{w(`fault.${fault.kind}`)}</>
    case 'unknown':
      return <>{w('fault.unknown', { name: fault.name })}</>
    case 'shape': {
      const known = SHAPES.find((name) => name === fault.name)
      return <>{w('fault.shape', { name: fault.name, shape: w(known ? `shape.${known}` : 'shape.other') })}</>
    }
  }
}
