import type { ArtifactView } from '../../../src/engine/api.ts'
import { PlaceLink } from '../../case/PlaceLink.tsx'
import { useCase } from '../../case/context.tsx'
import { pointerText } from '../../case/selection.ts'
import { bilingual } from '../../text/say.ts'
import { grouped, rangeText } from '../../text/numbers.ts'
import { useText, useWords } from '../../text/speech.tsx'
import { Button } from '../../ui/Button.tsx'
import { Head } from '../../ui/Head.tsx'
import { Say } from '../../ui/Say.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import styles from './raw.module.css'

const words = bilingual(
  {
    title: 'Raw',
    lead: 'Files are recognised by their bytes, never by their names. This is how each was peeled, and what else it could be.',
    sha256: 'SHA-256',
    size: '{size} bytes',
    remove: 'Remove from this case',
    path: 'Unwrapped',
    pathNone: 'nothing to unwrap',
    reads: 'Read as',
    readings: 'Other readings',
    readingsNone: 'none',
    readIt: 'Read it as this',
    readItNamed: 'Read it as {format}',
    chosen: 'You chose this reading; the page’s own would be another.',
    unchoose: 'Let the page choose',
    score: ' ({percent} %): ',
    unexplained: 'Not explained',
    unexplainedNone: 'nothing: every byte belongs to a field',
    unexplainedSome: '{count} bytes',
    notTiled: 'the fields do not add up to the bytes; that is our fault',
    problems: 'Odd',
    inside: 'Inside',
    bytes: ' ({count} bytes)',
  },
  {
    title: '原始输入',
    lead: '文件按字节识别，从不看文件名。这里列出每个文件如何被逐层剥开，以及它还可能是什么。',
    sha256: 'SHA-256 摘要',
    size: '{size} 字节',
    remove: '从本案例移除',
    path: '剥开的层',
    pathNone: '无需剥开',
    reads: '读作',
    readings: '其他读法',
    readingsNone: '没有',
    readIt: '按此读取',
    readItNamed: '按 {format} 读取',
    chosen: '这一读法由您选定；本页自行判断时会选另一种。',
    unchoose: '改由本页判断',
    score: '（得分 {percent} %）：',
    unexplained: '未解释',
    unexplainedNone: '没有：每个字节都属于某个字段',
    unexplainedSome: '{count} 字节',
    notTiled: '字段之和与字节不符，这是本页的错误',
    problems: '异常之处',
    inside: '其中包含',
    bytes: '（{count} 字节）',
  },
)

/** What came in, byte for byte: names, hashes, layers, rival readings. */
export function Raw() {
  const w = useWords(words)
  const { inspection } = useCase()
  return (
    <>
      <Head title={w('title')} lead={w('lead')} />
      {inspection.artifacts
        .filter((artifact) => artifact.parent === null)
        .map((artifact) => (
          <One key={artifact.index} artifact={artifact} />
        ))}
    </>
  )
}

function One({ artifact }: { readonly artifact: ArtifactView }) {
  const w = useWords(words)
  const text = useText()
  const { case: one, inspection, dispatch } = useCase()
  const file = one.files[artifact.file]
  const others = artifact.readings.slice(1, 12)
  const nameOf = (format: string) => text(`format.${format}`) ?? format
  const readAs = (format: string | null) => {
    if (file) dispatch({ kind: 'read-as', number: one.number, id: file.id, format })
  }
  const inside = inspection.artifacts.filter((other) => other.parent === artifact.index)
  return (
    <section className={styles.file} id={/^[\w.-]+$/.test(artifact.name) ? `raw-${artifact.name}` : undefined}>
      <h3>
        <Untrusted text={artifact.name} /> <small>{w('size', { size: grouped(artifact.size) })}</small>
      </h3>
      <dl>
        <dt>{w('sha256')}</dt>
        <dd>
          <code>{artifact.sha256}</code>
        </dd>
        <dt>{w('path')}</dt>
        <dd>
          {artifact.unwrapped.length === 0 ? (
            w('pathNone')
          ) : (
            <ol className={styles.path}>
              {artifact.unwrapped.map((layer, index) => (
                <li key={index}>
                  <Untrusted text={layer} />
                </li>
              ))}
              <li>
                <b>{text(artifact.title) ?? artifact.title}</b>
              </li>
            </ol>
          )}
        </dd>
        <dt>{w('reads')}</dt>
        <dd>
          {text(artifact.title) ?? artifact.title}
          {artifact.readings[0] && (
            <>
              {' '}
              · <Say saying={artifact.readings[0].because} />
            </>
          )}
          {file?.readAs !== undefined && file.readAs === artifact.format && (
            <p className={styles.chosen}>
              {w('chosen')}{' '}
              <Button look="quiet" onClick={() => readAs(null)}>
                {w('unchoose')}
              </Button>
            </p>
          )}
        </dd>
        <dt>{w('readings')}</dt>
        <dd>
          {artifact.readings.length <= 1 ? (
            w('readingsNone')
          ) : (
            <ul>
              {others.map((reading, index) => (
                <li key={index}>
                  {nameOf(reading.format)}
                  {w('score', { percent: Math.round(reading.score * 100) })}
                  <Say saying={reading.because} />
                  {file &&
                    !others.some((other) => other.format === reading.format && others.indexOf(other) < index) && (
                      <>
                        {' '}
                        <Button
                          look="quiet"
                          aria-label={w('readItNamed', { format: nameOf(reading.format) })}
                          onClick={() => readAs(reading.format)}
                        >
                          {w('readIt')}
                        </Button>
                      </>
                    )}
                </li>
              ))}
            </ul>
          )}
        </dd>
        <dt>{w('unexplained')}</dt>
        <dd>
          {artifact.unexplained === 0
            ? artifact.tiled
              ? w('unexplainedNone')
              : w('notTiled')
            : w('unexplainedSome', { count: grouped(artifact.unexplained) })}
        </dd>
        {artifact.problems.length > 0 && (
          <>
            <dt>{w('problems')}</dt>
            <dd>
              <ul>
                {artifact.problems.slice(0, 50).map((problem, index) => (
                  <li key={index}>
                    <PlaceLink to={{ panel: 'fields', field: pointerText(artifact.index, null, problem.range) }}>
                      <code>{rangeText(problem.range.start, problem.range.end)}</code>
                    </PlaceLink>{' '}
                    <Say saying={problem.because} />
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        {inside.length > 0 && (
          <>
            <dt>{w('inside')}</dt>
            <dd>
              <ul>
                {inside.map((other) => (
                  <li key={other.index}>
                    <PlaceLink to={{ panel: 'fields', field: pointerText(other.index, null, null) }}>
                      {text(other.title) ?? other.title}
                    </PlaceLink>{' '}
                    <Untrusted text={other.name} isPlain />
                    {w('bytes', { count: grouped(other.size) })}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      {file && one.files.length > 1 && (
        <Button look="quiet" onClick={() => dispatch({ kind: 'remove', number: one.number, id: file.id })}>
          {w('remove')}
        </Button>
      )}
    </section>
  )
}
