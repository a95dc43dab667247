import type { Policy } from '../../../src/core/policy.ts'
import { readPolicy } from '../../../src/engine/policy.ts'

/** A member of a policy that says something. */
export type PolicyName = Exclude<keyof Policy, 'schema'>

/** Hex as people write it: prefix, capitals, spaces, colons and line ends are theirs, not the value's. Undefined where it is not whole bytes. */
export function readHexInput(text: string): string | undefined {
  const bare = text.replaceAll(/[\s:]/g, '').replace(/^0x/i, '').toLowerCase()
  return bare.length > 0 && bare.length % 2 === 0 && /^[0-9a-f]+$/.test(bare) ? bare : undefined
}

/** Several hex values, one a line (or parted by commas); undefined when any of them is none. */
export function readHexList(text: string): readonly string[] | undefined {
  const values = text
    .split(/[\n,;|]/)
    .filter((line) => line.trim() !== '')
    .map(readHexInput)
  return values.every((value) => value !== undefined) ? [...new Set(values)] : undefined
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

/** The policy with one member set; an empty one is left out, so that it expects nothing. */
export function withMember<K extends PolicyName>(policy: Policy, name: K, value: Policy[K] | undefined): Policy {
  const { [name]: _before, ...rest } = policy
  return isEmpty(value) ? { ...rest, schema: 'policy/1' } : { ...rest, schema: 'policy/1', [name]: value }
}

/** Register names are compared without regard to case: one register has one entry. */
export function withRegister(policy: Policy, register: string, values: readonly string[]): Policy {
  const others = Object.entries(policy.registers ?? {}).filter(
    ([name]) => name.toLowerCase() !== register.toLowerCase(),
  )
  return withMember(
    policy,
    'registers',
    Object.fromEntries([...others, ...(values.length > 0 ? [[register, values] as const] : [])]),
  )
}

/** Values given for a register, whatever its case. */
export function valuesOf(policy: Policy, register: string): readonly string[] {
  return (
    Object.entries(policy.registers ?? {}).find(([name]) => name.toLowerCase() === register.toLowerCase())?.[1] ?? []
  )
}

/** The policy with a least version for one component; undefined takes it away. */
export function withMinimum(policy: Policy, component: string, least: number | undefined): Policy {
  const others = Object.entries(policy.minimumTcb ?? {}).filter(([name]) => name !== component)
  return withMember(
    policy,
    'minimumTcb',
    Object.fromEntries([...others, ...(least === undefined ? [] : [[component, least] as const])]),
  )
}

/** What is wrong with a policy from outside. */
export type PolicyFault =
  | { readonly kind: 'json'; readonly message: string }
  | { readonly kind: 'object' | 'schema' }
  | { readonly kind: 'unknown' | 'shape'; readonly name: string }

/** Reads a policy file: whole, or not at all. */
export function readPolicyText(
  text: string,
): { readonly policy: Policy } | { readonly faults: readonly PolicyFault[] } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (thrown) {
    return { faults: [{ kind: 'json', message: thrown instanceof Error ? thrown.message : String(thrown) }] }
  }
  const { policy, wrong } = readPolicy(value)
  return policy ? { policy } : { faults: wrong.map(faultOf) }
}

/** The engine names each wrong member first; the words about it are the page's, in the reader's language. */
function faultOf(wrong: string): PolicyFault {
  if (wrong === 'not an object') return { kind: 'object' }
  if (wrong.startsWith('schema must be')) return { kind: 'schema' }
  const unknown = /^(.*) is not known$/s.exec(wrong)?.[1]
  if (unknown !== undefined) return { kind: 'unknown', name: unknown }
  return { kind: 'shape', name: wrong.split(' must be ')[0] ?? wrong }
}

/** One text a line; undefined never: any words may be a value. */
export function readTextList(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
