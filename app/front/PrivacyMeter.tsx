import { lazy, Suspense, useSyncExternalStore } from 'react'
import { keptNow, onKept } from '../offline/kept.ts'
import { grouped } from '../text/numbers.ts'
import { useStocked } from '../case/stock.ts'
import { useWords } from '../text/speech.tsx'
import { Outcome } from '../ui/Mark.tsx'
import { Untrusted } from '../ui/Untrusted.tsx'
import { useRequests } from '../worker/requests.ts'
import styles from './front.module.css'
import { frontWords } from './words.ts'

const CopyLine = lazy(async () => ({ default: (await import('../offline/CopyLine.tsx')).CopyLine }))
const KeepLine = lazy(async () => ({ default: (await import('../offline/KeepLine.tsx')).KeepLine }))

/** What the page says about privacy, with the numbers that show it: counted and read, not claimed. */
export function PrivacyMeter() {
  const w = useWords(frontWords)
  const { own, relayed, other, lastOther } = useRequests()
  const { here, of, isReady } = useStocked()
  const stored = storedBytes() + useSyncExternalStore(onKept, () => keptNow().bytes)
  const policy = connectPolicy()
  return (
    <aside className={styles.meter}>
      <p className={styles.ready}>
        <Outcome
          state={isReady ? 'holds' : 'not-checked'}
          word={isReady ? w('ready') : of === null ? w('stockingFirst') : w('stocking', { here, of })}
        />
      </p>
      <p className={styles.says}>{w(isReady ? 'readyWhy' : 'stockingWhy')}</p>
      <dl>
        <div>
          <dt>{w('requests')}</dt>
          <dd>{other}</dd>
        </div>
        {lastOther !== null && (
          <div>
            <dt>{w('contacted')}</dt>
            <dd>
              <Untrusted text={hostOf(lastOther)} />
            </dd>
          </div>
        )}
        {relayed > 0 && (
          <div>
            <dt>{w('relayed')}</dt>
            <dd>{relayed}</dd>
          </div>
        )}
        <div>
          <dt>{w('parts')}</dt>
          <dd>{own}</dd>
        </div>
        <div>
          <dt>{w('stored')}</dt>
          <dd>{grouped(stored)} B</dd>
        </div>
        <div>
          <dt>{w('connect')}</dt>
          <dd>{w(policy)}</dd>
        </div>
      </dl>
      <Suspense fallback={null}>
        <KeepLine className={styles.says} />
        <CopyLine className={styles.says} />
      </Suspense>
    </aside>
  )
}

function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return url
  }
}

function storedBytes(): number {
  try {
    return [localStorage, sessionStorage].reduce(
      (sum, store) =>
        sum + Object.entries(store).reduce((bytes, [key, value]) => bytes + key.length + String(value).length, 0),
      0,
    )
  } catch {
    return 0
  }
}

/** What the page's own policy lets it connect to. */
function connectPolicy(): 'connectOwn' | 'connectNone' | 'connectOpen' | 'connectMirrors' {
  const content = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? ''
  const rule = /(?:^|;)\s*connect-src ([^;]*)/.exec(content)?.[1]?.trim()
  if (rule === undefined) return 'connectOpen'
  return rule === "'none'"
    ? 'connectNone'
    : rule === "'self'"
      ? 'connectOwn'
      : rule.startsWith("'self' ")
        ? 'connectMirrors'
        : 'connectOpen'
}
