import { Fragment, memo, useCallback, useEffect, useRef, type KeyboardEvent } from 'react'
import { eventAt } from '../../../src/core/events.ts'
import { stepAt } from '../../../src/core/steps.ts'
import type { Derived } from '../../../src/core/derived.ts'
import { useLocale, useWords } from '../../text/speech.tsx'
import { cx } from '../../ui/cx.ts'
import { Outcome, type MarkState } from '../../ui/Mark.tsx'
import { Cover, coverWord } from './Cover.tsx'
import styles from './measurements.module.css'
import { drawn, shortHex, type Lane } from './model.ts'
import { meaningOf } from './register-words.ts'
import { typeIn } from './type-words.ts'
import { words } from './words.ts'

const NO_BYTES = new Uint8Array()

/** Most links of one lane that are drawn at once: more are no drawing any more, and slow. */
const MOST = 120

/** One lane per register: every event a link, the last value beside the signed one. */
export function Lanes({
  derived,
  lanes,
  selected,
  select,
  open,
}: {
  readonly derived: Derived
  readonly lanes: readonly Lane[]
  readonly selected: number | null
  readonly select: (event: number) => void
  /** Shows the bytes of an event. */ readonly open: (event: number) => void
}) {
  const w = useWords(words)
  const root = useRef<HTMLDivElement>(null)
  const laneOf = lanes.findIndex((lane) => lane.links.some(({ event }) => event === selected))
  const move = (lane: number, at: number) => {
    const next = lanes[lane]?.links[at]
    if (!next) return
    select(next.event)
    requestAnimationFrame(() =>
      root.current?.querySelector<HTMLElement>(`[data-event="${next.event}"]`)?.focus({ preventScroll: false }),
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const lane = lanes[laneOf]
    const at = lane?.links.findIndex((link) => link.event === selected) ?? -1
    if (!lane || at < 0) return
    const sideways = (step: 1 | -1) => {
      for (let i = laneOf + step; i >= 0 && i < lanes.length; i += step) {
        const count = lanes[i]?.links.length ?? 0
        if (count > 0) return move(i, Math.min(at, count - 1))
      }
    }
    const act: Readonly<Record<string, () => void>> = {
      ArrowRight: () => move(laneOf, at + 1),
      ArrowLeft: () => move(laneOf, at - 1),
      ArrowDown: () => sideways(1),
      ArrowUp: () => sideways(-1),
      Home: () => move(laneOf, 0),
      End: () => move(laneOf, lane.links.length - 1),
      Enter: () => selected !== null && open(selected),
    }
    const go = act[event.key]
    if (!go) return
    event.preventDefault()
    go()
  }
  // A lane is drawn again only where something of it changed: the handler stays the same one.
  const latest = useRef(onKeyDown)
  useEffect(() => {
    latest.current = onKeyDown
  })
  const onKey = useCallback((event: KeyboardEvent) => latest.current(event), [])
  // One stop of the tab key for all links; arrows go on from there.
  const stop = selected ?? lanes.find(({ links }) => links.length > 0)?.links[0]?.event
  return (
    <div className={styles.lanes} ref={root} role="group" aria-label={w('lanes')}>
      {lanes.map((lane, i) => (
        <LaneRow
          key={`${lane.register} ${lane.hash}`}
          lane={lane}
          derived={derived}
          selected={i === laneOf ? selected : null}
          stop={lane.links.some(({ event }) => event === stop) ? stop : undefined}
          select={select}
          onKeyDown={onKey}
        />
      ))}
      <p className={styles.help}>{w('laneHelp')}</p>
    </div>
  )
}

const LaneRow = memo(function LaneRow({
  lane,
  derived,
  selected,
  stop,
  select,
  onKeyDown,
}: {
  readonly lane: Lane
  readonly derived: Derived
  readonly selected: number | null
  readonly stop: number | undefined
  readonly select: (event: number) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}) {
  const w = useWords(words)
  const locale = useLocale()
  const { links, register } = lane
  const at = links.findIndex(({ event }) => event === selected)
  const parts = drawn(links.length, at, MOST)
  const cut = links.findIndex(({ isBehind }) => isBehind)
  const isEqual = lane.signed?.kind === 'replays' && cut < 0
  return (
    <div className={styles.lane}>
      <div className={styles.laneName}>
        <b>{register}</b>
        {meaningOf(locale, register, register.startsWith('PCR'))?.means}
      </div>
      <ol className={styles.chain} aria-label={register}>
        <li className={styles.start} aria-hidden="true">
          0
        </li>
        {parts.map(([from, to], part) => (
          <Fragment key={part}>
            {part > 0 && <li className={styles.fold}>{w('more', { count: from - (parts[part - 1]?.[1] ?? 0) })}</li>}
            {links.slice(from, to).map((link, i) => {
              const event = eventAt(derived.events, link.event)
              if (!event) return null
              const isSelected = link.event === selected
              return (
                <Fragment key={link.event}>
                  {from + i === cut && <li className={styles.cut} aria-hidden="true" />}
                  <li className={cx(link.isBehind && styles.off)}>
                    <button
                      type="button"
                      data-event={link.event}
                      tabIndex={link.event === stop ? 0 : -1}
                      aria-current={isSelected ? 'true' : undefined}
                      className={cx(isSelected && styles.selected)}
                      aria-label={w('link', {
                        number: link.event,
                        type: typeIn(locale, event.type),
                        words: event.words.slice(0, 80),
                        covered: w(link.isBehind ? 'open' : coverWord(link.covered)),
                        value: shortHex(stepAt(lane.values, from + i) ?? NO_BYTES, 8),
                      })}
                      title={`${link.event}. ${event.words.slice(0, 80)}`}
                      onClick={() => select(link.event)}
                      onKeyDown={onKeyDown}
                    >
                      <Cover covered={link.covered} isBehind={link.isBehind} />
                      <span>{link.event}</span>
                    </button>
                  </li>
                </Fragment>
              )
            })}
          </Fragment>
        ))}
        <li className={styles.end} aria-hidden="true">
          <span>{isEqual ? '=' : lane.signed?.kind === 'differs' ? '≠' : '→'}</span>
        </li>
      </ol>
      <Signed lane={lane} derived={derived} />
    </div>
  )
})

function Signed({ lane, derived }: { readonly lane: Lane; readonly derived: Derived }) {
  const w = useWords(words)
  const { signed, links } = lane
  const last = stepAt(lane.values, -1)
  const count = links.length
  const isBehind = links.some((link) => link.isBehind)
  const [only] = links
  const isSeparator = count === 1 && only !== undefined && eventAt(derived.events, only.event)?.type === 'EV_SEPARATOR'
  // A list that nobody signed shows nothing, whatever equals it.
  const held: MarkState = lane.isSigned ? 'holds' : 'not-applicable'
  const to = w(lane.isSigned ? 'toSigned' : 'toListed')
  const said = ((): readonly [MarkState, string, string] => {
    if (!signed) return ['not-applicable', w('nothingSigned'), w('noteAlone', { count })]
    switch (signed.kind) {
      case 'replays':
        return isBehind
          ? [held, w('replaysTo', { count: signed.used }), w('noteReplaysTo')]
          : [held, w('replays'), isSeparator ? w('noteSeparator') : w('noteReplays', { count, to })]
      case 'continued':
        return [held, w('continued'), w('noteContinued', { count, to })]
      case 'prefix':
        return ['not-checked', w('prefix', { count: signed.used }), w('notePrefix', { left: count - signed.used, to })]
      case 'differs':
        return ['not-checked', w('differs'), w('noteDiffers', { count, to })]
      case 'initial':
        return [held, w('initial'), w('noteInitial')]
      case 'unlogged':
        return ['not-checked', w('unlogged'), w('noteUnlogged')]
      case 'incomplete':
        return ['not-checked', w('incomplete'), w('noteIncomplete')]
      case 'unread':
        return ['not-checked', w('unread'), w('noteUnread', { count })]
    }
  })()
  return (
    <div className={styles.signed}>
      <Outcome state={said[0]} word={said[1]} />
      {signed && (
        <span className={styles.hex}>
          {shortHex(signed.value)} <small>{w(lane.isSigned ? 'signedValue' : 'listedValue')}</small>
        </span>
      )}
      {last && (!signed || signed.kind === 'differs') && (
        <span className={styles.hex}>
          {shortHex(last)} <small>{w('computedValue')}</small>
        </span>
      )}
      <small>{said[2]}</small>
    </div>
  )
}
