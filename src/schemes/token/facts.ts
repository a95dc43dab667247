import type { Located } from '../../core/place.ts'
import type { Facts, Register } from '../../core/scheme.ts'
import { bytesOfText, claim, dateClaim, type Token } from './decoded.ts'
import { flatClaims, located, scalarText } from './json-path.ts'
import { serviceOf } from './services.ts'

/** A token's claims in core words. They are what the service says, whatever they are compared with. */
export function factsOf(token: Token): Facts {
  const service = serviceOf(token)
  const made = dateClaim(token, 'iat') ?? dateClaim(token, 'nbf')
  const userData = firstBytes(token, service?.userData ?? [])
  const nonce = firstBytes(token, service?.nonce ?? ['eat_nonce', 'nonce'])
  const debug = debugOf(token)
  const claims = flatClaims(token.payload?.value)
  return {
    measurements: registers(token),
    ...(userData ? { userData } : {}),
    ...(nonce ? { nonce } : {}),
    ...(made && made !== 'odd' ? { madeAt: made } : {}),
    ...(debug ? { debug } : {}),
    ...(claims.length > 0 ? { claims } : {}),
  }
}

function firstBytes(token: Token, names: readonly string[]): Located<Uint8Array> | undefined {
  for (const name of names) {
    const value = claim(token, name)
    const one = value?.kind === 'array' ? value.items[0] : value
    const bytes = one?.kind === 'string' ? (bytesOfText(one.text) ?? new TextEncoder().encode(one.text)) : undefined
    if (one && bytes && bytes.length > 0) return located(`payload.${name}`, one.range, bytes)
  }
  return undefined
}

/** An image's digest carries the name of its hash in front. */
function registers(token: Token): Register[] {
  const found: Register[] = []
  for (const [name, at] of serviceOf(token)?.registers ?? []) {
    const value = claim(token, at)
    const bytes = value?.kind === 'string' ? bytesOfText(value.text.replace(/^sha(?:256|384|512):/, '')) : undefined
    if (value && bytes && bytes.length >= 20 && !found.some((one) => one.name === name))
      found.push({ name, value: located(`payload.${at}`, value.range, bytes), identity: IDENTITY.has(name) })
  }
  return found
}
const IDENTITY = new Set([
  'MEASUREMENT',
  'MRTD',
  'RTMR0',
  'RTMR1',
  'RTMR2',
  'RTMR3',
  'MRENCLAVE',
  'MRSIGNER',
  'image_digest',
])

/** On when any claim says so; off when at least one says off and none says on. */
export function debugOf(token: Token): Located<boolean> | undefined {
  let found: Located<boolean> | undefined
  for (const { claim: name, isOn } of serviceOf(token)?.debug ?? []) {
    const value = claim(token, name)
    const text = scalarText(value)
    if (!value || text === undefined) continue
    const isDebug = isOn(text)
    if (!found || (isDebug && !found.value)) found = located(`payload.${name}`, value.range, isDebug)
  }
  return found
}
