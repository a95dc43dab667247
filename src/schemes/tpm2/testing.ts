import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { AppraisalContext, CaseItem, CheckDefinition, Facts, TrustAnchor } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { spkiOf } from '../../pki/issue.ts'
import { digest } from '../../crypto/verify.ts'
import { makeQuote, type QuoteRecipe } from './attester.ts'
import { FORMATS } from './decoded.ts'
import { demoAk } from './demo-keys.ts'
import { prepare, type PreparedQuote } from './prepare.ts'
import { scheme } from './scheme.ts'

const CONTAINER = 90

function itemOf(artifact: ArtifactIndex, format: string, bytes: Uint8Array, rest: Partial<CaseItem> = {}): CaseItem {
  const own = scheme.formats.find((one) => one.id === format)
  const slice = sliceOf(`item ${artifact}`, bytes)
  const decoded = own?.decode(slice, { hints: rest.hints ?? {} }).decoded
  return {
    artifact,
    parent: CONTAINER,
    name: format,
    sha256: () => `sha-${artifact}`,
    origin: 'embedded',
    format,
    message: own?.message ?? 'supporting',
    slice,
    decoded,
    facts: own?.facts?.(decoded) ?? { measurements: [] },
    hints: {},
    ...rest,
  }
}

/** A machine in small: a quote with its signature and PCRs, a list with the key, and a report that commits to the list. Each part can be left out or broken. */
export interface Machine {
  readonly recipe?: QuoteRecipe
  /** What the way to the quote says about it. */
  readonly hints?: Readonly<Record<string, string>>
  readonly changeQuote?: (message: Uint8Array) => Uint8Array
  readonly changeSignature?: (signature: Uint8Array) => Uint8Array
  readonly changePcrs?: (pcrs: Uint8Array) => Uint8Array
  readonly listedKey?: JsonWebKey | null
  readonly reportData?: Uint8Array | null
  readonly without?: readonly ('signature' | 'pcrs')[]
  readonly certificates?: readonly Uint8Array[]
  readonly anchors?: readonly TrustAnchor[]
}

const REPORT = 5

/** Prepares the quote of such a machine as the engine would. */
export async function preparedFrom(
  machine: Machine = {},
): Promise<{ readonly prepared: PreparedQuote; readonly context: AppraisalContext }> {
  const { message, signature, pcrs } = await makeQuote(machine.recipe)
  const subject = itemOf(0, FORMATS.quote, machine.changeQuote?.(message) ?? message, { hints: machine.hints ?? {} })
  const list = new TextEncoder().encode('{"keys":["the attestation key"]}')
  const items: CaseItem[] = []
  if (!machine.without?.includes('signature'))
    items.push(itemOf(1, FORMATS.signature, machine.changeSignature?.(signature) ?? signature))
  if (!machine.without?.includes('pcrs')) items.push(itemOf(2, FORMATS.pcrs, machine.changePcrs?.(pcrs) ?? pcrs))
  if (machine.listedKey !== null) {
    const facts: Facts = {
      measurements: [],
      attestedKey: { path: 'keys', ranges: [], value: spkiOf(machine.listedKey ?? demoAk) },
    }
    items.push(itemOf(3, 'test.list', list, { facts, hints: { committedBy: 'userData', hash: 'SHA-256' } }))
  }
  if (machine.reportData !== null) {
    const value = machine.reportData ?? Uint8Array.from([...(await digest('SHA-256', list)), ...new Uint8Array(32)])
    items.push(
      itemOf(REPORT, 'test.report', new Uint8Array(8), {
        message: 'evidence',
        facts: { measurements: [], userData: { path: 'reportData', ranges: [], value } },
      }),
    )
  }
  for (const [i, bytes] of (machine.certificates ?? []).entries()) items.push(itemOf(20 + i, 'x509.certificate', bytes))
  const context: AppraisalContext = {
    at: Date.parse('2026-06-01T00:00:00Z'),
    policy: NO_POLICY,
    anchors: machine.anchors ?? [],
    items,
  }
  return { prepared: await prepare(subject, context), context }
}

/** What one check comes to. */
export async function ask(check: CheckDefinition<PreparedQuote>, machine: Machine = {}): Promise<Finding> {
  const { prepared, context } = await preparedFrom(machine)
  if (check.applies && !check.applies(prepared))
    return { outcome: 'not-applicable', because: { text: 'check.not-applicable', params: {} }, cites: [] }
  return check.run(prepared, context)
}

/** Flips a bit of one byte. */
export const flipped =
  (at: number) =>
  (bytes: Uint8Array): Uint8Array => {
    const copy = bytes.slice()
    copy[at] = (copy[at] ?? 0) ^ 1
    return copy
  }
