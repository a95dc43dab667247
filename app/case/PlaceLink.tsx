import type { ReactNode } from 'react'
import { go, hrefOf } from './address.ts'
import type { Address } from './address-text.ts'
import { reveal } from './reveal.ts'

/** A link to a place in this page: can be copied and opened elsewhere, and here it is one step that Back undoes. A panel that it opens is brought into sight. */
export function PlaceLink({
  to,
  className,
  current,
  children,
  then,
  lang,
}: {
  readonly to: Partial<Address>
  readonly className?: string | undefined
  readonly current?: 'page' | 'true' | undefined
  readonly children: ReactNode
  /** Once the place is drawn. */ readonly then?: () => void
  readonly lang?: string
}) {
  return (
    <a
      className={className}
      href={hrefOf(to)}
      aria-current={current}
      lang={lang}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        go(to)
        if (typeof to.panel === 'string') reveal(to.panel, then)
        else if (then) requestAnimationFrame(() => requestAnimationFrame(then))
      }}
    >
      {children}
    </a>
  )
}
