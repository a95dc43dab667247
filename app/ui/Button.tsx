import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import styles from './button.module.css'

/** A button; `primary` once per view, `quiet` inside text. */
export function Button({
  look = 'plain',
  className,
  ...rest
}: ComponentProps<'button'> & { readonly look?: 'plain' | 'primary' | 'quiet' }) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(look === 'quiet' ? styles.quiet : styles.button, look === 'primary' && styles.primary, className)}
    />
  )
}

/** A few choices of which one holds. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string
  readonly value: T
  readonly options: readonly {
    readonly value: T
    readonly text: string
    readonly lang?: string
    readonly name?: string
  }[]
  readonly onChange: (value: T) => void
}) {
  return (
    <div className={styles.choice} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          lang={option.lang}
          aria-label={option.name}
          onClick={() => onChange(option.value)}
        >
          {option.text}
        </button>
      ))}
    </div>
  )
}
