import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'

/** Keys are named as KeyboardEvent.key names them; `Ctrl+o` stands for Command on a Mac too. */
export interface KeyMap {
  readonly [key: string]: () => void
}

interface Keys {
  readonly hasLetters: boolean
  readonly setLetters: (on: boolean) => void
}

const KeysContext = createContext<Keys>({ hasLetters: true, setLetters: () => undefined })

/** Whether single-letter keys act; some ways of typing and speaking need them off. */
export function KeysProvider({ children }: { readonly children: ReactNode }) {
  const [hasLetters, setLetters] = useState(true)
  const value = useMemo(() => ({ hasLetters, setLetters }), [hasLetters])
  return <KeysContext value={value}>{children}</KeysContext>
}

/** The reader's choice about single-letter keys. */
export function useLetterKeys(): Keys {
  return useContext(KeysContext)
}

/** Whether what is typed belongs to a field. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)))
  )
}

/** Listens for keys anywhere in the page while this component is shown. */
export function useKeys(map: KeyMap): void {
  const { hasLetters } = useContext(KeysContext)
  const latest = useRef(map)
  useEffect(() => {
    latest.current = map
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return
      const isCommand = event.ctrlKey || event.metaKey
      const name = isCommand ? `Ctrl+${event.key.toLowerCase()}` : event.key
      const act = latest.current[name]
      if (!act) return
      if (!isCommand && (!hasLetters || isTyping(event.target) || document.querySelector('dialog[open]') !== null))
        return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [hasLetters])
}
