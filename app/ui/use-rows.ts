import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Browsers clamp an element's height (Firefox near 17.9 million pixels); above this the scroll position is scaled instead. */
const TALLEST = 15_000_000
const OVERSCAN = 6

interface Rows {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly onScroll: () => void
  /** Height of the inner element. */
  readonly height: number
  /** First row drawn, and one past the last. */
  readonly first: number
  readonly last: number
  /** Where the first drawn row stands. */
  readonly top: number
  /** Rows that fit in the window. */
  readonly page: number
  readonly reveal: (row: number, where?: 'nearest' | 'middle') => void
}

/** Draws only the rows in sight. Any number of rows of one height: sixteen million bytes scroll like sixteen. */
export function useRows(count: number, rowHeight: number): Rows {
  const scroller = useRef<HTMLDivElement>(null)
  const [scrollTop, setScrollTop] = useState(0)
  const [view, setView] = useState(480)
  const total = count * rowHeight
  const height = Math.min(total, TALLEST)
  const scale = height <= view ? 1 : Math.max(1, (total - view) / (height - view))
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => setView(element.clientHeight))
    observer.observe(element)
    setView(element.clientHeight)
    return () => observer.disconnect()
  }, [])
  const onScroll = useCallback(() => setScrollTop(scroller.current?.scrollTop ?? 0), [])
  const reveal = useCallback(
    (row: number, where: 'nearest' | 'middle' = 'nearest') => {
      const element = scroller.current
      if (!element) return
      const seen = element.clientHeight
      const from = element.scrollTop * scale
      const at = row * rowHeight
      if (at >= from && at + rowHeight <= from + seen) return
      const target = where === 'middle' ? at - seen / 2 : at < from ? at : at + rowHeight - seen
      element.scrollTop = Math.max(0, target) / scale
    },
    [scale, rowHeight],
  )
  const real = scrollTop * scale
  const first = Math.max(0, Math.min(Math.floor(real / rowHeight) - OVERSCAN, count))
  const last = Math.min(count, Math.ceil((real + view) / rowHeight) + OVERSCAN)
  return {
    scroller,
    onScroll,
    height,
    first,
    last,
    top: scrollTop - (real - first * rowHeight),
    page: Math.max(1, Math.floor(view / rowHeight) - 1),
    reveal,
  }
}
