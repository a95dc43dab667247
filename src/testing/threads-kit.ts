import { joinBytes } from '../bytes/join.ts'
import type { Policy } from '../core/policy.ts'
import type { AppraisalView, InputFile, Inspection } from '../engine/api.ts'
import { encodePem } from '../envelope/pem.ts'
import { spkiOf } from '../pki/issue.ts'
import { makeCase } from '../schemes/intel-dcap/attester.ts'
import { makeQuote } from '../schemes/tpm2/attester.ts'
import { demoAk } from '../schemes/tpm2/demo-keys.ts'

/** What the kinds of questions are made with, and what is asked of an answer. */

/** What was said of a case. */
export interface Look {
  readonly view: AppraisalView
  readonly inspection: Inspection
  /** As if the root were relied on. */
  readonly headline: string
  /** Text ids of every reason and remark. */
  readonly said: ReadonlySet<string>
  readonly formats: readonly (string | null)[]
}

export interface Kind {
  /** Letter and number of the kind. */
  readonly id: string
  readonly right: string
  readonly make: () => Promise<readonly InputFile[]>
  readonly policy?: Partial<Policy>
  readonly at?: string
  readonly holds: (look: Look) => boolean
}

export const text = (value: string) => new TextEncoder().encode(value)
export const file = (own: string, bytes: Uint8Array): InputFile => ({ name: own, bytes })
export const outcome = ({ view }: Look, check: string) => view.checks.find((one) => one.id === check)?.outcome
export const json = (value: unknown) => text(JSON.stringify(value))
export const tdx = async () => (await makeCase()).quote
export const ak = (key: JsonWebKey = demoAk) => text(encodePem('PUBLIC KEY', spkiOf(key)))
export const tpm = (nonce = text('abc123'), key = demoAk) => makeQuote({ pcrs: [0, 1, 2, 7], nonce, key })
/** PCR values as tpm2-tools keeps them in memory: one bank of SHA-256. */
export function toolsFile(pcrs: Uint8Array, isBig = false): Uint8Array {
  const number = (value: number, width: number) => {
    const bytes = Uint8Array.from({ length: width }, (_, i) => (value >> (8 * i)) & 255)
    return isBig ? bytes.reverse() : bytes
  }
  const values = Array.from({ length: pcrs.length / 32 }, (_, i) =>
    joinBytes([number(32, 2), pcrs.subarray(32 * i, 32 * i + 32), new Uint8Array(32)]),
  )
  return joinBytes([
    number(1, 4),
    number(0x000b, 2),
    Uint8Array.of(3, 0x87, 0, 0, 0, 0),
    new Uint8Array(15 * 8),
    number(1, 4),
    number(values.length, 4),
    ...values,
    new Uint8Array((8 - values.length) * 66),
  ])
}
export const challenge = text('a challenge of forty bytes, as it were!!')
export const snpHolds = (look: Look) =>
  look.formats.includes('amd.snp-report') &&
  outcome(look, 'snp.signed-by-chip-key') === 'pass' &&
  look.view.root.status === 'demonstration'
/** Documents are short-lived. */
export const NITRO_AT = '2026-01-01T00:30:00Z'
export const nitroHolds = ({ headline, view }: Look) => headline === 'S5' && view.root.status === 'demonstration'
export const notEvidence = ({ headline, said }: Look, reason: string) =>
  ['S0', 'SN'].includes(headline) && said.has(reason)
