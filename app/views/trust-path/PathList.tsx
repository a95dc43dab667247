import { useMemo } from 'react'
import { useWords } from '../../text/speech.tsx'
import { cx } from '../../ui/cx.ts'
import { markOf, Outcome } from '../../ui/Mark.tsx'
import type { Graph, Link } from './graph.ts'
import { backWord, byWord } from './label.ts'
import { orderOf } from './layers.ts'
import { treeOf, type Branch } from './tree.ts'
import styles from './trust-path.module.css'
import { useNames } from './use-names.ts'
import { pathWords } from './words.ts'

interface Props {
  readonly graph: Graph
  readonly picked: string | null
  readonly onPick: (id: string) => void
}

/** The same content as the drawing, for keyboards, screen readers, narrow screens and paper. */
export function PathList(props: Props) {
  const branches = useMemo(() => treeOf(props.graph, orderOf(props.graph)), [props.graph])
  return (
    <ol className={styles.list}>
      {branches.map((branch) => (
        <Item key={branch.node.id} {...props} branch={branch} />
      ))}
    </ol>
  )
}

function Item({ branch, ...props }: Props & { readonly branch: Branch }) {
  const { picked, graph } = props
  const { node, by, also, children } = branch
  const isPicked = picked === node.id || (by !== null && picked === by.id)
  return (
    <li>
      <span className={cx(styles.line, isPicked && styles.pickedLine)}>
        {by && <Step {...props} link={by} />}
        <NodeButton {...props} id={node.id} isPinned={node.node?.kind === 'root'} />
      </span>
      {also.length > 0 && (
        <ul>
          {also.map((link) => (
            <li key={link.id}>
              <span className={cx(styles.line, picked === link.id && styles.pickedLine)}>
                <Step {...props} link={link} isBack />
                <NodeButton {...props} id={link.from} isPinned={false} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {children.length > 0 && (
        <ol>
          {children.map((child) => (
            <Item key={child.node.id} {...props} graph={graph} branch={child} />
          ))}
        </ol>
      )}
    </li>
  )
}

function Step({
  graph,
  picked,
  onPick,
  link,
  isBack = false,
}: Props & { readonly link: Link; /** It stands under what it points to. */ readonly isBack?: boolean }) {
  const w = useWords(pathWords)
  return (
    <button type="button" className={styles.step} aria-pressed={picked === link.id} onClick={() => onPick(link.id)}>
      <Outcome state={markOf(link.outcome)} />{' '}
      <span>
        {w(isBack ? backWord(graph, link) : byWord(graph, link))} {isBack ? '←' : '→'}
      </span>
    </button>
  )
}

function NodeButton({
  graph,
  picked,
  onPick,
  id,
  isPinned,
}: Props & { readonly id: string; readonly isPinned: boolean }) {
  const names = useNames()
  const node = graph.nodes.find((one) => one.id === id)
  if (!node) return null
  const name = names.name(node)
  return (
    <>
      <button type="button" className={styles.to} aria-pressed={picked === id} onClick={() => onPick(id)}>
        {isPinned && <i className={styles.anchor} aria-hidden="true" />}
        <b>{names.title(node)}</b>
      </button>
      {name !== null && (
        <>
          {' '}
          <bdi className={styles.own}>{name}</bdi>
        </>
      )}
    </>
  )
}
