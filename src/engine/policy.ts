import type { Policy } from '../core/policy.ts'

type Fault = string

const hex = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length % 2 === 0 && /^[0-9a-f]+$/i.test(value)
const strings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Longest text that a value may have. */
const LONGEST = 4096
const isWords = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST && !/[\n\r]/.test(value)

/** True for what a log says by name (`compose-hash`, `cmdline`, `SecureBoot`, `image-reference`): it may be any text. A register is bytes. */
export function isValueByName(name: string): boolean {
  return /^(?:cmdline|secureboot|aael:.*|[a-z]+(?:-[a-z0-9]+)+)$/i.test(name)
}

const PURPOSES: readonly string[] = ['evidence', 'reference-values', 'revocation', 'service-token']

/** One rule a member: what it must look like. Unknown members are refused: a misspelt expectation must not silently expect nothing. */
const RULES: Readonly<
  Record<Exclude<keyof Policy, 'schema'>, { readonly shape: string; readonly holds: (value: unknown) => boolean }>
> = {
  reportData: { shape: 'hex', holds: hex },
  nonce: { shape: 'hex', holds: hex },
  maxAgeSeconds: {
    shape: 'a number of seconds',
    holds: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
  },
  registers: {
    shape: 'register names with lists of hex values (names of log values: lists of texts)',
    holds: (value) =>
      isRecord(value) &&
      Object.entries(value).every(
        ([name, list]) =>
          Array.isArray(list) &&
          list.length > 0 &&
          list.every((one: unknown) => hex(one) || (isValueByName(name) && isWords(one))),
      ),
  },
  minimumTcb: {
    shape: 'component names with whole numbers',
    holds: (value) =>
      isRecord(value) && Object.values(value).every((number) => Number.isInteger(number) && Number(number) >= 0),
  },
  acceptTcbStatus: { shape: 'a list of status words', holds: strings },
  allowAdvisories: { shape: 'a list of advisory names', holds: strings },
  chipIds: { shape: 'a list of hex ids', holds: (value) => Array.isArray(value) && value.every(hex) },
  forbid: {
    shape: 'a list of smt, migratable, sept-ve-enabled, debug',
    holds: (value) =>
      strings(value) && value.every((one) => ['smt', 'migratable', 'sept-ve-enabled', 'debug'].includes(one)),
  },
  anchorsOff: {
    shape: 'a list of SHA-256 values of public keys',
    holds: (value) => strings(value) && value.every((one) => /^[0-9a-f]{64}$/.test(one)),
  },
  signers: {
    shape: 'a list of repositories (owner/name) or of whole names of signers',
    holds: (value) => strings(value) && value.every((one) => one.trim() !== ''),
  },
  // A purpose that is not known would have to be guessed, and a guess here is trust.
  anchorsAdded: {
    shape: 'a list of { pem, purpose }, each purpose one of evidence, reference-values, revocation, service-token',
    holds: (value) =>
      Array.isArray(value) &&
      value.every(
        (one) => isRecord(one) && typeof one['pem'] === 'string' && PURPOSES.includes(String(one['purpose'])),
      ),
  },
}

/** Checks a policy from outside. `wrong` names each member that cannot be used, as printed in the file. */
export function readPolicy(value: unknown): { readonly policy: Policy | undefined; readonly wrong: readonly Fault[] } {
  if (!isRecord(value)) return { policy: undefined, wrong: ['not an object'] }
  const wrong: Fault[] = []
  if (value['schema'] !== 'policy/1') wrong.push('schema must be "policy/1"')
  for (const [name, given] of Object.entries(value)) {
    if (name === 'schema') continue
    const rule = Object.hasOwn(RULES, name) ? RULES[name as keyof typeof RULES] : undefined
    if (!rule) wrong.push(`${name} is not known`)
    else if (!rule.holds(given)) wrong.push(`${name} must be ${rule.shape}`)
  }
  return wrong.length > 0 ? { policy: undefined, wrong } : { policy: value as unknown as Policy, wrong }
}
