import { useMemo, useState } from 'react'
import type { Subject } from '../../../src/core/verdict.ts'
import { go, address } from '../../case/address.ts'
import { useCase } from '../../case/context.tsx'
import { useRest } from '../../case/rest.ts'
import { citePointer } from '../../case/selection.ts'
import { useText, useWords } from '../../text/speech.tsx'
import { Choice } from '../../ui/Button.tsx'
import { Head } from '../../ui/Head.tsx'
import { Outcome } from '../../ui/Mark.tsx'
import { Say } from '../../ui/Say.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { useMedia } from '../../ui/use-media.ts'
import { Detail } from './Detail.tsx'
import { Drawing } from './Drawing.tsx'
import { graphOf, tally, type Graph } from './graph.ts'
import { PathList } from './PathList.tsx'
import styles from './trust-path.module.css'
import { pathWords } from './words.ts'

/** Name of the selected box or arrow in the address. */
const PICK = 'pick'

/** Everything that leads from a root to the reader's own bytes: drawn, as a list, and opened piece by piece. */
export function TrustPath() {
  const w = useWords(pathWords)
  const { appraisal, subject, showSubject } = useCase()
  const [picked] = useRest(PICK)
  const [isAll, setAll] = useState(false)
  // Without a drawing (narrow) or on paper the lists are all there is.
  const isFlat = useMedia('(max-width: 48rem), print')
  const withPath = useMemo(() => appraisal?.subjects.filter((one) => one.nodes.length > 0) ?? [], [appraisal])
  const shown = useMemo(() => {
    const wanted = isAll ? withPath : withPath.filter((one) => one === subject)
    return (wanted.length === 0 ? withPath.slice(0, 1) : wanted).map((one) => ({
      subject: one,
      graph: graphOf(one, appraisal?.checks ?? [], appraisal?.subjects ?? []),
    }))
  }, [appraisal, subject, withPath, isAll])
  if (!appraisal) return <Head title={w('title')} lead={w('waiting')} />
  if (shown.length === 0)
    return (
      <>
        <Title />
        <p>{w('nothing')}</p>
      </>
    )

  const [at, id] = splitPick(picked)
  const pick = (one: Subject, graph: Graph, which: string) => {
    const link = graph.links.find((candidate) => candidate.id === which)
    const node = graph.nodes.find((candidate) => candidate.id === which)
    const cite = node?.node?.cite ?? link?.checks.flatMap((check) => check.cites)[0]
    const rest = address().rest.filter(([name]) => name !== PICK)
    go({ rest: [...rest, [PICK, `${one.index}.${which}`]], ...(cite ? { field: citePointer(cite) } : {}) }, 'replace')
    if (node?.ghost?.kind === 'evidence' && !isAll) showSubject(node.ghost.subject)
  }
  return (
    <>
      <Title aside={<Tally graphs={shown.map((one) => one.graph)} />} />
      {withPath.length > 1 && (
        <div className={styles.choose}>
          <Choice
            label={w('show')}
            value={isAll ? 'all' : 'one'}
            onChange={(value) => setAll(value === 'all')}
            options={[
              { value: 'one', text: w('one') },
              { value: 'all', text: w('all', { count: withPath.length }) },
            ]}
          />
        </div>
      )}
      {shown.map(({ subject: one, graph }, index) => {
        const own = at === one.index ? id : at === null && shown.length === 1 ? firstPick(graph) : null
        return (
          <div key={one.index} className={styles.subject}>
            {withPath.length > 1 && <SubjectHead subject={one} />}
            <Drawing
              graph={graph}
              picked={own}
              hasLegend={index === shown.length - 1}
              onPick={(which) => pick(one, graph, which)}
            />
            {own === null ? (
              <details className={styles.folded} open={isFlat}>
                <summary>{w('list')}</summary>
                <PathList graph={graph} picked={own} onPick={(which) => pick(one, graph, which)} />
              </details>
            ) : (
              <div className={styles.under}>
                <Detail
                  graph={graph}
                  picked={own}
                  onPick={(which) => pick(one, graph, which)}
                  onSubject={showSubject}
                />
                <aside className={styles.aside} aria-label={w('list')}>
                  <h3>{w('list')}</h3>
                  <PathList graph={graph} picked={own} onPick={(which) => pick(one, graph, which)} />
                </aside>
              </div>
            )}
          </div>
        )
      })}
    </>
  )
}

/** What is opened before the reader chose: the first thing that does not hold, else the first step. */
function firstPick(graph: Graph): string | null {
  const worst = ['fail', 'warn', 'not-checked'] as const
  for (const outcome of worst) {
    const link = graph.links.find(
      (one) => one.outcome === outcome && graph.nodes.find((node) => node.id === one.to)?.ghost?.kind !== 'yours',
    )
    if (link) return link.id
  }
  return graph.links[0]?.id ?? null
}

function splitPick(picked: string | null): readonly [number | null, string | null] {
  const match = /^(\d{1,4})\.(.*)$/s.exec(picked ?? '')
  return match ? [Number(match[1]), match[2] ?? null] : [null, null]
}

function Title({ aside }: { readonly aside?: React.ReactNode }) {
  const w = useWords(pathWords)
  return <Head title={w('title')} aside={aside} lead={w('lead')} />
}

function SubjectHead({ subject }: { readonly subject: Subject }) {
  const text = useText()
  const { inspection } = useCase()
  const artifact = inspection.artifacts.find((one) => one.index === subject.artifact)
  return (
    <div className={styles.subjectHead}>
      <h3>
        {artifact ? (
          <>
            {text(artifact.title) ?? artifact.title}: <Untrusted text={artifact.name} isPlain />
          </>
        ) : (
          subject.format
        )}
      </h3>
      <p>
        <Say saying={subject.sentence} />
      </p>
    </div>
  )
}

function Tally({ graphs }: { readonly graphs: readonly Graph[] }) {
  const w = useWords(pathWords)
  const sum = { holds: 0, warns: 0, fails: 0, open: 0 }
  for (const graph of graphs) {
    const counts = tally(graph)
    sum.holds += counts.holds
    sum.warns += counts.warns
    sum.fails += counts.fails
    sum.open += counts.open
  }
  return (
    <span className={styles.tally}>
      {sum.fails > 0 && <Outcome state="fails" word={w('fails', { count: sum.fails })} />}
      {sum.warns > 0 && <Outcome state="warns" word={w('warns', { count: sum.warns })} />}
      {sum.holds > 0 && <Outcome state="holds" word={w('some', { holds: sum.holds })} />}
      {sum.open > 0 && <Outcome state="not-checked" word={w('open', { count: sum.open })} />}
    </span>
  )
}
