import { type ArtifactIndex, sliceOf } from '../../core/place.ts'
import { NO_POLICY, type Policy } from '../../core/policy.ts'
import { NO_FACTS, type AppraisalContext, type CaseItem } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { toHex } from '../../bytes/layout.ts'
import { digest } from '../../crypto/verify.ts'
import { anchors } from './anchors.ts'
import { DEMO_AT, makeCase, type DemoCase, type Recipe } from './attester.ts'
import { answerOf } from './attester/collateral.ts'
import type { QuoteCheck } from './checks/shared.ts'
import { FORMATS } from './decoded.ts'
import { intelFormats } from './formats.ts'
import { prepareQuote, type PreparedQuote } from './prepare.ts'

/** Parts of a demonstration case that a test may leave out or replace. */
export type Part = 'pckCrl' | 'rootCrl' | 'tcbInfo' | 'identity' | 'signingChain'

export interface Options {
  readonly at?: string
  readonly policy?: Partial<Policy>
  readonly without?: readonly Part[]
  /** Puts other bytes in a part's place. */
  readonly replace?: Partial<Record<'pckCrl' | 'rootCrl' | 'tcbInfo' | 'identity', Uint8Array>>
  /** More files beside. */
  readonly extra?: readonly { readonly format: string; readonly bytes: Uint8Array }[]
  /** Changes the quote's bytes. */
  readonly quote?: (quote: Uint8Array) => Uint8Array
}

const text = (value: string) => new TextEncoder().encode(value)

async function itemOf(artifact: ArtifactIndex, format: string, bytes: Uint8Array): Promise<CaseItem> {
  const slice = sliceOf('', bytes)
  const sha256 = toHex(await digest('SHA-256', bytes))
  const decoded = intelFormats.find((one) => one.id === format)?.decode(slice, { hints: {} }).decoded
  return {
    artifact,
    parent: null,
    name: `${artifact}`,
    sha256: () => sha256,
    origin: 'dropped',
    format,
    message: artifact === 0 ? 'evidence' : 'endorsement',
    slice,
    decoded,
    facts: NO_FACTS,
    hints: {},
  }
}

/** The case of a recipe as the engine would hand it over: subject first, then what lies beside it. */
export async function caseItems(
  made: DemoCase,
  options: Options = {},
): Promise<{ readonly subject: CaseItem; readonly context: AppraisalContext }> {
  const quote = options.quote?.(made.quote.slice()) ?? made.quote
  const tee = made.tcbInfo.text.includes('"id":"TDX"')
  const files: { readonly part: Part | undefined; readonly format: string; readonly bytes: Uint8Array }[] = [
    { part: 'pckCrl', format: 'x509.crl', bytes: options.replace?.pckCrl ?? made.pckCrl },
    { part: 'rootCrl', format: 'x509.crl', bytes: options.replace?.rootCrl ?? made.rootCrl },
    { part: 'tcbInfo', format: FORMATS.tcbInfo, bytes: options.replace?.tcbInfo ?? text(answerOf(made.tcbInfo)) },
    {
      part: 'identity',
      format: FORMATS.enclaveIdentity,
      bytes: options.replace?.identity ?? text(answerOf(made.identity)),
    },
    ...made.signingChain.map((bytes) => ({ part: 'signingChain' as const, format: 'x509.certificate', bytes })),
    ...(options.extra ?? []).map((one) => ({ part: undefined, ...one })),
  ]
  const items: CaseItem[] = []
  for (const file of files)
    if (file.part === undefined || !options.without?.includes(file.part))
      items.push(await itemOf(items.length + 1, file.format, file.bytes))
  const subject = await itemOf(0, tee || made.quote[0] !== 3 ? FORMATS.tdxQuote : FORMATS.sgxQuote, quote)
  return {
    subject,
    context: { at: Date.parse(options.at ?? DEMO_AT), policy: { ...NO_POLICY, ...options.policy }, anchors, items },
  }
}

/** A prepared quote, as checks read it. */
export async function preparedFrom(recipe: Recipe = {}, options: Options = {}): Promise<PreparedQuote> {
  const { subject, context } = await caseItems(await makeCase(recipe), options)
  return prepareQuote(subject, context)
}

/** What one check says about a recipe; `not-applicable` when it does not arise. */
export async function findingOf(check: QuoteCheck, recipe: Recipe = {}, options: Options = {}): Promise<Finding> {
  const { subject, context } = await caseItems(await makeCase(recipe), options)
  const prepared = await prepareQuote(subject, context)
  if (check.applies && !check.applies(prepared))
    return { outcome: 'not-applicable', because: { text: 'check.not-applicable', params: {} }, cites: [] }
  return check.run(prepared, context)
}

/** The quote with one byte changed; counts from the end when negative. */
export function flipped(at: number): (quote: Uint8Array) => Uint8Array {
  return (quote) => {
    const offset = at < 0 ? quote.length + at : at
    quote[offset] = (quote[offset] ?? 0) ^ 1
    return quote
  }
}
