import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** The width that an element has, in pixels; `first` until it stands. */
export function useRoom<T extends HTMLElement>(first: number): readonly [box: RefObject<T | null>, room: number] {
  const box = useRef<T>(null)
  const [room, setRoom] = useState(first)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => setRoom(element.clientWidth)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])
  return [box, room]
}
