import { memo } from 'react'
import type { FieldNode } from '../../../src/core/field.ts'
import type { ByteRange, Space } from '../../../src/core/place.ts'
import type { ArtifactView } from '../../../src/engine/api.ts'
import type { Protection } from '../../bytes/coverage.ts'
import { FieldLabel } from '../../bytes/FieldTree.tsx'
import type { TreeIndex } from '../../bytes/tree.ts'
import { base64Of, bytesOfNode, cArray, hexOf, jsonOf, wholeValue, type ReadBytes } from '../../bytes/value.ts'
import { bytesWords } from '../../bytes/words.ts'
import { grouped, rangeText } from '../../text/numbers.ts'
import { useText, useWords } from '../../text/speech.tsx'
import { Copy } from '../../ui/Copy.tsx'
import { Say, Template } from '../../ui/Say.tsx'
import { Scroll } from '../../ui/Scroll.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './detail.module.css'
import { Notation } from './Notation.tsx'
import { fieldsWords } from './words.ts'

/** Bytes of a long value that are shown; copies take all. */
const LONGEST = 2048

/** What is selected: what it is, what it says, bit by bit, and ways to take it along. */
export const Detail = memo(function Detail({
  artifact,
  node,
  range,
  read,
  index,
  protection,
  spaces,
}: {
  readonly artifact: ArtifactView
  readonly node: FieldNode | undefined
  readonly range: ByteRange | undefined
  readonly read: ReadBytes
  readonly index: TreeIndex
  readonly protection: Protection | 'mixed' | undefined
  readonly spaces: readonly Space[]
}) {
  const w = useWords(fieldsWords)
  const words = useWords(bytesWords)
  const text = useText()
  if (!range) return null
  const bytes = () => (node ? bytesOfNode(node, read) : read(range))
  const length = range.end - range.start
  const bits = node?.kind === 'bits' ? node : node?.kind === 'bit' ? index.parent(node) : undefined
  const doc = node?.doc === undefined ? undefined : text(node.doc)
  const value = node ? wholeValue(node, read, LONGEST) : hexOf(read(range).subarray(0, LONGEST))
  const isCut = length > LONGEST && (node === undefined || node.value.kind === 'bytes')
  return (
    <section className={styles.detail} aria-label={w('selection')}>
      <div>
        <h3>
          {node ? <FieldLabel node={node} /> : w('selection')}{' '}
          <span className={styles.place}>
            {length === 1
              ? w('placeOne', { range: rangeText(range.start, range.end) })
              : w('place', { range: rangeText(range.start, range.end), count: grouped(length) })}
            {range.space !== '' && <> · {w('inSpace', { space: range.space })}</>}
          </span>
        </h3>
        {doc !== undefined && (
          <p className={styles.doc}>
            <Template text={doc} />
          </p>
        )}
        <dl>
          {value !== '' && (
            <>
              <dt>{w('wholeValue')}</dt>
              <dd className={styles.value}>
                <Untrusted text={isCut ? `${value}…` : value} />
              </dd>
            </>
          )}
          {node?.symbol !== undefined && (
            <>
              <dt>{w('symbol')}</dt>
              <dd>
                <Untrusted text={node.symbol} />
              </dd>
            </>
          )}
          {protection !== undefined && (
            <>
              <dt>{w('protection')}</dt>
              <dd>{words(protection)}</dd>
            </>
          )}
          {node !== undefined && node.problems.length > 0 && (
            <>
              <dt>{w('odd')}</dt>
              <dd>
                {node.problems.map((problem, at) => (
                  <p key={at} className={styles.problem}>
                    <Say saying={problem.because} />
                  </p>
                ))}
              </dd>
            </>
          )}
        </dl>
        {bits && <Bits node={bits} read={read} selected={node} />}
        <Notation artifact={artifact} range={range} spaces={spaces} index={index} />
      </div>
      <div className={styles.copies}>
        <span>{w('copyAs')}</span>
        <Copy label={w('hex')} text={() => hexOf(bytes())} />
        <Copy label={w('base64')} text={() => base64Of(bytes())} />
        <Copy label={w('c')} text={() => cArray(bytes(), node?.label ?? artifact.name)} />
        {node && <Copy label={w('json')} text={() => JSON.stringify(jsonOf(node, read), null, 2)} />}
        <Copy label={w('link')} text={() => location.href} />
      </div>
    </section>
  )
})

/** A field of switches as a row of bits, the highest at the left. */
function Bits({
  node,
  read,
  selected,
}: {
  readonly node: FieldNode
  readonly read: ReadBytes
  readonly selected: FieldNode | undefined
}) {
  const w = useWords(fieldsWords)
  const text = useText()
  if (node.value.kind !== 'uint' || !/^\d+$/.test(node.value.value)) return null
  const value = BigInt(node.value.value)
  const width = Math.min(128, (node.value.width || bytesOfNode(node, read).length) * 8)
  const named = node.children.filter((child) => child.bit)
  return (
    <Scroll className={styles.bits} label={w('bitsOf')}>
      <table>
        <tbody>
          {named.map((child) => {
            const { from, to } = child.bit ?? { from: 0, to: 0 }
            const part = (value >> BigInt(from)) & ((1n << BigInt(to - from + 1)) - 1n)
            const doc = child.doc === undefined ? undefined : text(child.doc)
            return (
              <tr key={child.path} className={child === selected ? styles.chosen : undefined}>
                <td className={styles.number}>{from === to ? from : `${to}–${from}`}</td>
                <td className={part === 0n ? styles.zero : styles.one}>
                  {from === to ? String(part) : `0x${part.toString(16)}`}
                </td>
                <th scope="row">
                  <Untrusted text={child.label} isPlain />
                </th>
                <td>{doc !== undefined && <Template text={doc} />}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className={styles.row} aria-hidden="true">
        {Array.from({ length: width }, (_, at) => width - 1 - at).map((at) => (
          <span key={at} className={((value >> BigInt(at)) & 1n) === 1n ? styles.one : styles.zero}>
            {String((value >> BigInt(at)) & 1n)}
            {at % 8 === 0 ? ' ' : ''}
          </span>
        ))}
      </p>
    </Scroll>
  )
}
