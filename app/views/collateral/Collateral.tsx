import type { CollateralUse, CollateralWish } from '../../../src/core/verdict.ts'
import { PlaceLink } from '../../case/PlaceLink.tsx'
import { useCase } from '../../case/context.tsx'
import { pointerText } from '../../case/selection.ts'
import { visible } from '../../text/hostile.ts'
import { instantOf, relative } from '../../text/time.ts'
import { useLocale, useSay, useText, useWords } from '../../text/speech.tsx'
import { Copy } from '../../ui/Copy.tsx'
import { cx } from '../../ui/cx.ts'
import { Head } from '../../ui/Head.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Say } from '../../ui/Say.tsx'
import { Scroll } from '../../ui/Scroll.tsx'
import { Untrusted } from '../../ui/Untrusted.tsx'
import { Anchors } from './Anchors.tsx'
import styles from './collateral.module.css'
import { collateralWords } from './words.ts'

/** Needed, here, rejected: each item with where it came from and how long it holds. */
export function Collateral() {
  const w = useWords(collateralWords)
  const text = useText()
  const { appraisal, inspection } = useCase()
  if (!appraisal) return <Head title={w('title')} lead={w('lead')} />
  const known = new Set(appraisal.collateral.map((item) => item.artifact))
  const unused = inspection.artifacts.filter(
    (artifact) =>
      artifact.parent === null &&
      artifact.message !== 'evidence' &&
      artifact.message !== 'attestation-result' &&
      !known.has(artifact.index) &&
      !appraisal.collateral.some(
        (item) => inspection.artifacts.find((one) => one.index === item.artifact)?.file === artifact.file,
      ),
  )
  const commands = appraisal.wishes.flatMap(({ curl }) => (curl === '' ? [] : [curl]))
  return (
    <>
      <Head title={w('title')} lead={w('lead')} />
      <section className={styles.section}>
        <h3>{w('needed')}</h3>
        {appraisal.wishes.length === 0 ? (
          <p>{w('neededNone')}</p>
        ) : (
          <>
            {commands.length > 1 && (
              <p className={styles.drop}>
                <Copy text={commands.join('\n')} label={w('copyAll', { count: commands.length })} />
              </p>
            )}
            <ul>
              {appraisal.wishes.map((wish) => (
                <Wish key={`${wish.kind} ${wish.key}`} wish={wish} />
              ))}
            </ul>
          </>
        )}
        {appraisal.wishes.some(({ urls }) => urls.length > 0) && <p className={styles.drop}>{w('reveals')}</p>}
        <p className={styles.drop}>{w('drop')}</p>
      </section>
      <section className={styles.section}>
        <h3>{w('here')}</h3>
        {appraisal.collateral.length === 0 ? (
          <p>{w('hereNone')}</p>
        ) : (
          <Scroll className={styles.scroll} label={w('here')}>
            <table className={styles.book}>
              <thead>
                <tr>
                  <th scope="col">{w('use')}</th>
                  <th scope="col">{w('kind')}</th>
                  <th scope="col">{w('for')}</th>
                  <th scope="col">{w('origin')}</th>
                  <th scope="col">{w('dates')}</th>
                  <th scope="col">{w('hash')}</th>
                </tr>
              </thead>
              <tbody>
                {appraisal.collateral.map((item) => (
                  <Item key={`${item.artifact} ${item.kind}`} item={item} />
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </section>
      {unused.length > 0 && (
        <section className={styles.section}>
          <h3>{w('unused')}</h3>
          <ul>
            {unused.map((artifact) => (
              <li key={artifact.index} className={styles.unused}>
                <PlaceLink to={{ panel: 'fields', field: pointerText(artifact.index, null, null) }}>
                  <Untrusted text={artifact.name} isPlain />
                </PlaceLink>{' '}
                ({text(artifact.title) ?? artifact.title}): {w('unusedWhy')}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Anchors />
    </>
  )
}

function Wish({ wish }: { readonly wish: CollateralWish }) {
  const w = useWords(collateralWords)
  const say = useSay()
  return (
    <li className={styles.wish}>
      <p className={styles.title}>
        <Mark state="not-checked" />{' '}
        <span>
          <Say saying={wish.title} />
        </span>
      </p>
      {wish.urls.map((url) => (
        <p key={url} className={styles.url}>
          <span>{w('url')}</span> <code>{visible(url)}</code> <Copy text={url} />
        </p>
      ))}
      {wish.curl !== '' && (
        <div className={styles.curl}>
          <p>
            {w('run')} <Copy text={wish.curl} />
          </p>
          <Scroll isText label={`curl: ${say(wish.title)}`}>
            {visible(wish.curl)}
          </Scroll>
        </div>
      )}
    </li>
  )
}

const MARKS = {
  used: 'holds',
  superseded: 'not-applicable',
  rejected: 'fails',
  'not-for-this': 'not-applicable',
} as const

function Item({ item }: { readonly item: CollateralUse }) {
  const w = useWords(collateralWords)
  const text = useText()
  const { inspection } = useCase()
  const artifact = inspection.artifacts.find((one) => one.index === item.artifact)
  return (
    <tr>
      <td className={styles.because} data-head={w('use')}>
        <span className={cx(styles.use, styles[item.use])}>
          <Mark state={MARKS[item.use]} /> {w(item.use)}
        </span>
        {item.because.text !== 'collateral.used' && (
          <small>
            <Say saying={item.because} />
          </small>
        )}
      </td>
      <th scope="row" data-head={w('kind')}>
        <PlaceLink to={{ panel: 'fields', field: pointerText(item.artifact, null, null) }}>
          {artifact ? (text(artifact.title) ?? artifact.title) : item.kind}
        </PlaceLink>
        {artifact && (
          <small>
            <Untrusted text={artifact.name} isPlain />
          </small>
        )}
      </th>
      <td className={styles.key} data-head={w('for')}>
        <Untrusted text={item.key} />
      </td>
      <td data-head={w('origin')}>
        <span>{w(item.origin)}</span>
      </td>
      <td data-head={w('dates')}>
        <Dates item={item} />
      </td>
      <td data-head={w('hash')}>
        <code title={item.sha256}>{item.sha256.slice(0, 8)}…</code>
      </td>
    </tr>
  )
}

function Dates({ item }: { readonly item: CollateralUse }) {
  const w = useWords(collateralWords)
  const locale = useLocale()
  const { at } = useCase()
  const from = instantOf(item.from)
  const to = instantOf(item.to)
  if (from === null && to === null) return <span>{w('unlimited')}</span>
  const note =
    from !== null && from > at
      ? w('begins')
      : to === null
        ? undefined
        : to >= at
          ? w('ends', { relative: relative(to, at, locale) })
          : w('ended', { relative: relative(to, at, locale) })
  return (
    <span className={styles.dates}>
      {item.from?.slice(0, 10) ?? ''} – {item.to?.slice(0, 10) ?? ''}
      {note !== undefined && <small className={to !== null && to < at ? styles.over : undefined}>{note}</small>}
    </span>
  )
}
