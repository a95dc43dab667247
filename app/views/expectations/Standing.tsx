import { markOf, Outcome } from '../../ui/Mark.tsx'
import { Say } from '../../ui/Say.tsx'
import styles from './expectations.module.css'
import { usePolicy } from './use-policy.ts'

/** What the check behind an expectation says now; nothing while it is not asked. */
export function Standing({ id }: { /** Its id, or the end of it. */ readonly id: string }) {
  const check = usePolicy().check(id)
  if (!check || check.outcome === 'not-applicable') return null
  return (
    <p className={styles.standing}>
      <Outcome state={markOf(check.outcome)} />{' '}
      <span>
        <Say saying={check.because} />
      </span>
    </p>
  )
}
