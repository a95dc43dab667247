import { NO_POLICY } from '../../../src/core/policy.ts'
import { useCase } from '../../case/context.tsx'
import { useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { Head } from '../../ui/Head.tsx'
import { Contents } from './Contents.tsx'
import { Exchange } from './Exchange.tsx'
import styles from './expectations.module.css'
import { Registers } from './Registers.tsx'
import { Roots } from './Roots.tsx'
import { Age, Devices, Forbid, Minimum } from './Rules.tsx'
import { usePolicy } from './use-policy.ts'
import { ValueSection } from './ValueSection.tsx'
import { expectationWords } from './words.ts'

/** What the reader expects of the evidence, and what became of each expectation. */
export function Expectations() {
  const w = useWords(expectationWords)
  const { appraisal, inspection } = useCase()
  const { policy, set, artifact } = usePolicy()
  const count = Object.keys(policy).length - 1
  const name = inspection.artifacts.find((one) => one.index === artifact)?.name
  return (
    <>
      <Head
        title={w('title')}
        lead={w('lead')}
        aside={
          <>
            {appraisal && appraisal.subjects.length > 1 && name !== undefined && `${w('of', { name })}. `}
            {w('given', { count })}{' '}
            {count > 0 && (
              <Button look="quiet" onClick={() => set(NO_POLICY)}>
                {w('clear')}
              </Button>
            )}
          </>
        }
      />
      {(policy.acceptTcbStatus ?? policy.allowAdvisories) && (
        <p className={styles.unread} role="status">
          {w('unread')}
        </p>
      )}
      <Registers />
      <ValueSection name="nonce" />
      <ValueSection name="reportData" />
      <Contents />
      <Age />
      <Devices />
      <Minimum />
      <Forbid />
      <Roots />
      <Exchange />
    </>
  )
}
