import type { Subject } from '../../../src/core/verdict.ts'
import { useCase } from '../../case/context.tsx'
import { markOfHeadline } from '../../case/marks.ts'
import { useWords } from '../../text/speech.tsx'
import { Head } from '../../ui/Head.tsx'
import { Outcome, type MarkState } from '../../ui/Mark.tsx'
import { Say } from '../../ui/Say.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './devices.module.css'
import { useTitleOf } from './format-title.ts'
import { groupsOf, type DeviceGroup } from './groups.ts'
import { Manifests } from './Manifests.tsx'
import { Ties } from './Ties.tsx'
import { devicesWords } from './words.ts'

/** Pieces of evidence by make, what ties them, and the measurements of the one that is looked at. */
export function Devices() {
  const w = useWords(devicesWords)
  const { appraisal, subject } = useCase()
  if (!appraisal) return <Head title={w('title')} lead={w('waiting')} />
  const { subjects } = appraisal
  const groups = groupsOf(subjects)
  const isAlone = subjects.length < 2
  return (
    <>
      <Head
        title={w('title')}
        {...(isAlone ? {} : { aside: w('aside', { groups: groups.length }) })}
        lead={isAlone ? w('one') : w('several', { count: subjects.length })}
      />
      {!isAlone && (
        <>
          <div className={styles.groups}>
            {groups.map((group) => (
              <Group key={group.id} group={group} isOpen={groups.length < 3 || group.subjects.length < 3} />
            ))}
          </div>
          <Ties subjects={subjects} checks={appraisal.checks} />
        </>
      )}
      {subject?.comparisons && subject.comparisons.length > 0 && (
        <Manifests key={subject.index} comparisons={subject.comparisons} />
      )}
    </>
  )
}

const markOf = ({ headline, root }: Subject): MarkState => markOfHeadline(headline, root.status) ?? 'holds'
const WORST: readonly MarkState[] = ['fails', 'error', 'unsupported', 'not-checked', 'warns', 'holds', 'not-applicable']

function Group({ group, isOpen }: { readonly group: DeviceGroup; readonly isOpen: boolean }) {
  const w = useWords(devicesWords)
  const title = useTitleOf()(group.subjects[0])
  const marks = group.subjects.map(markOf)
  const worst = WORST.find((state) => marks.includes(state)) ?? 'not-checked'
  const [first] = group.subjects
  return (
    <details className={styles.group} open={isOpen}>
      <summary>
        <Outcome state={worst} />
        <b>
          {group.subjects.length > 1 ? `${group.subjects.length} × ` : ''}
          {title}
          {group.make !== '' && (
            <>
              {' '}
              <Untrusted text={group.make} isPlain />
            </>
          )}
        </b>
        {group.subjects.length > 1 && group.headline && first && (
          <span className={styles.aside}>
            {w('same')}: <Say saying={first.sentence} />
          </span>
        )}
      </summary>
      <ul>
        {group.subjects.map((subject, number) => (
          <Device
            key={subject.index}
            subject={subject}
            number={number}
            hasSentence={group.subjects.length < 2 || !group.headline}
          />
        ))}
      </ul>
    </details>
  )
}

function Device({
  subject,
  number,
  hasSentence,
}: {
  readonly subject: Subject
  readonly number: number
  readonly hasSentence: boolean
}) {
  const w = useWords(devicesWords)
  const { subject: shown, showSubject, inspection } = useCase()
  const { versions } = subject
  const isShown = shown?.index === subject.index
  const name = inspection.artifacts[subject.artifact]?.name ?? ''
  return (
    <li className={isShown ? styles.shown : undefined}>
      <Outcome state={markOf(subject)} />
      <button type="button" aria-pressed={isShown} onClick={() => showSubject(subject.index)}>
        {kindOf(versions?.['arch'], w) === '' ? (
          <Untrusted text={name} isPlain />
        ) : (
          w('member', { kind: kindOf(versions?.['arch'], w), number })
        )}
        <span className={styles.hidden}> {w(isShown ? 'looking' : 'look')}</span>
      </button>
      {versions?.['pdi'] !== undefined && (
        <span className={styles.fact}>
          {w('pdi')} <code>{versions['pdi']}</code>
        </span>
      )}
      {versions?.['driver'] !== undefined && (
        <span className={styles.fact}>
          <Untrusted text={versions['driver']} isPlain />
        </span>
      )}
      {versions?.['vbios'] !== undefined && (
        <span className={styles.fact}>
          <Untrusted text={versions['vbios']} isPlain />
        </span>
      )}
      {hasSentence && (
        <span className={styles.sentence}>
          <Say saying={subject.sentence} />
        </span>
      )}
    </li>
  )
}

/** GPUs and switches are counted by kind; anything else goes by the name of its file. */
function kindOf(arch: string | undefined, w: (key: 'gpu' | 'switch') => string): string {
  return arch === undefined ? '' : arch === 'LS10' ? w('switch') : w('gpu')
}
