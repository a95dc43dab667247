import { useCase } from '../../case/context.tsx'
import { rangeText } from '../../text/numbers.ts'
import { visible } from '../../text/hostile.ts'
import { useSay, useText, useWords } from '../../text/speech.tsx'
import { utc } from '../../text/time.ts'
import type { GraphNode } from './graph.ts'
import { pathWords } from './words.ts'

/** How boxes are named. */
export interface Names {
  readonly title: (node: GraphNode) => string
  /** Its own name, as printed in the evidence; a root's as its holder is called. */
  readonly name: (node: GraphNode) => string | null
  /** Dates, or where its bytes are. */
  readonly detail: (node: GraphNode) => string | null
}

/** Names of boxes in the reader's language. */
export function useNames(): Names {
  const w = useWords(pathWords)
  const say = useSay()
  const text = useText()
  const { inspection, appraisal } = useCase()
  const evidence = (index: number): string => {
    const subject = appraisal?.subjects.find((one) => one.index === index)
    const artifact = inspection.artifacts.find((one) => one.index === subject?.artifact)
    return artifact
      ? `${text(artifact.title) ?? artifact.title}: ${visible(artifact.name)}`
      : w('evidenceOf', { index: index + 1 })
  }
  return {
    title: (node) => {
      if (node.node) return say(node.node.title)
      if (node.ghost?.kind === 'evidence')
        return node.ghost.count === undefined ? evidence(node.ghost.subject) : w('group', { count: node.ghost.count })
      if (node.ghost?.kind === 'yours') return w('yours')
      const wish = appraisal?.wishes.find((one) => one.kind === node.id)
      return wish ? say(wish.title) : visible(node.id)
    },
    name: (node) => {
      const name = node.node?.name ?? ''
      if (name === '') return null
      // A holder that this page knows has a name in each language.
      return (node.node?.kind === 'root' ? text(`root.holder.${name}`) : undefined) ?? visible(name)
    },
    detail: (node) => {
      const one = node.node
      if (!one) return null
      if (one.from !== undefined && one.to !== undefined)
        return `${utc(Date.parse(one.from)).date} – ${utc(Date.parse(one.to)).date}`
      const range = one.cite?.ranges[0]
      return range ? rangeText(range.start, range.end) : null
    },
  }
}
