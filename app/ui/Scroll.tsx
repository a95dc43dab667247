import type { ReactNode } from 'react'

/** A region that may scroll: named, and reachable by keyboard, or those without a pointer could not read its end. */
export function Scroll({
  label,
  className,
  isText = false,
  children,
}: {
  readonly label: string
  readonly className?: string | undefined
  /** Keeps line ends and spaces. */ readonly isText?: boolean
  readonly children: ReactNode
}) {
  const Tag = isText ? 'pre' : 'div'
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take focus (WCAG 2.1.1)
  return (
    <Tag className={className} tabIndex={0} role="region" aria-label={label}>
      {children}
    </Tag>
  )
}
