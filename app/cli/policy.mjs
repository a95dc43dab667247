// @ts-check
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './sources.mjs'

const REACT_ARIA_STYLE = 'react-aria/dist/private/interactions/usePress.mjs'

/** The hash of the style text in react-aria's own source, so that an update cannot leave a stale hash behind. */
export function reactAriaStyleHash() {
  const source = readFileSync(join(root, 'node_modules', REACT_ARIA_STYLE), 'utf8')
  const style = /\.textContent = `([^`]+)`\.trim\(\)/.exec(source)?.[1]
  const attribute = /PRESSABLE_ATTRIBUTE = '([^']+)'/.exec(source)?.[1]
  if (style === undefined || attribute === undefined)
    throw new Error(`no touch-action style found in ${REACT_ARIA_STYLE}`)
  const text = style.replace(/\$\{[^}]+\}/, attribute).trim()
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
