import { joinBytes } from '../../bytes/der-writer.ts'
import { NO_POLICY, type Policy } from '../../core/policy.ts'
import type { CheckResult, Headline } from '../../core/verdict.ts'
import type { AppraisalView, InputFile } from '../../engine/api.ts'
import { appraise } from '../../engine/appraise.ts'
import { encodePem } from '../../envelope/pem.ts'
import {
  DEMO_AT,
  filesOf,
  makeCase,
  type DemoCase,
  type DemoFile,
  type Recipe,
} from '../../schemes/intel-dcap/attester.ts'
import { answerOf } from '../../schemes/intel-dcap/attester/collateral.ts'
import { ACCEPTING, effective } from '../tamper.ts'

/** What the adversary's tables are written with: a case, what it must say, and what it must not. */

/** One attack. `mustFail` names check ids or reason ids; a deciding or noting check must carry each, and none of them may be a pass. */
export interface Row {
  readonly name: string
  readonly files: () => Promise<readonly InputFile[]>
  readonly at?: string
  readonly policy?: Partial<Policy>
  /** As if the root were relied on. */
  readonly headline: Headline
  readonly mustFail?: readonly string[]
  readonly mustNotFail?: readonly string[]
}

/** UTF-8 of a text. */
export const text = (value: string): Uint8Array => new TextEncoder().encode(value)

/** Appraises files at the demonstration's instant unless told otherwise. */
export async function view(
  files: readonly InputFile[],
  at: string = DEMO_AT,
  policy: Partial<Policy> = {},
): Promise<AppraisalView> {
  return appraise(files, { at: Date.parse(at), atSource: 'given', policy: { ...NO_POLICY, ...policy } })
}

const isBad = (check: CheckResult) => check.outcome !== 'pass' && check.outcome !== 'not-applicable'

/** Check ids and reasons of everything that did not pass. */
export function complaints(of: AppraisalView): string[] {
  return of.checks.filter(isBad).flatMap((check) => [check.id, check.because.text])
}

/** Check ids and reasons of what was proved wrong. */
export function failures(of: AppraisalView): string[] {
  return of.checks.filter((check) => check.outcome === 'fail').flatMap((check) => [check.id, check.because.text])
}

/** A line a reader of a red test can work with. */
export function told(of: AppraisalView): string {
  return `${of.headline}/${of.ifRootTrusted ?? '–'} ${of.checks
    .filter((check) => isBad(check) && check.weight === 'decides')
    .map((check) => `${check.id}:${check.outcome}:${check.because.text}`)
    .join(' ')}`
}

/** What is wrong with how a row came out; empty when it came out as it must. */
export async function faultsOf(row: Row): Promise<string[]> {
  const result = await view(await row.files(), row.at, row.policy)
  const faults: string[] = []
  if (effective(result) !== row.headline) faults.push(`${effective(result)} instead of ${row.headline}`)
  const said = complaints(result)
  for (const wanted of row.mustFail ?? []) if (!said.includes(wanted)) faults.push(`nothing says ${wanted}`)
  const failed = failures(result)
  for (const unwanted of row.mustNotFail ?? []) if (failed.includes(unwanted)) faults.push(`${unwanted} fails`)
  if (result.checks.some((check) => check.outcome === 'error')) faults.push('a check crashed')
  return faults.length === 0 ? [] : [...faults, told(result)]
}

/** True for a view that somebody could act on. */
export const isAccepting = (of: AppraisalView): boolean => ACCEPTING.includes(effective(of))

const cases = new Map<string, Promise<DemoCase>>()

/** The untouched case of each kind, made once. */
export function good(kind: 'sgx3' | 'tdx4' | 'td15' = 'tdx4'): Promise<DemoCase> {
  const known = cases.get(kind)
  if (known) return known
  const recipes: Readonly<Record<typeof kind, Recipe>> = {
    sgx3: { version: 3 },
    tdx4: {},
    td15: { version: 5, bodyKind: 'td15' },
  }
  const made = makeCase(recipes[kind])
  cases.set(kind, made)
  return made
}

/** Files of a recipe. */
export const from = (recipe: Recipe) => async (): Promise<DemoFile[]> => filesOf(await makeCase(recipe))

/** Files of the untouched case with its quote changed. */
export const quoted =
  (change: (quote: Uint8Array) => Uint8Array, kind: 'sgx3' | 'tdx4' | 'td15' = 'tdx4') =>
  async (): Promise<DemoFile[]> => {
    const made = await good(kind)
    return filesOf({ ...made, quote: change(made.quote.slice()) })
  }

/** Puts another file in the place of one. */
export function replaced(files: readonly DemoFile[], name: string, bytes: Uint8Array): DemoFile[] {
  return files.map((file) => (file.name === name ? { name, bytes } : file))
}

/** Leaves files out. */
export function without(files: readonly DemoFile[], ...names: readonly string[]): DemoFile[] {
  return files.filter((file) => !names.includes(file.name))
}

/** The same bytes with some bit pattern changed at an offset; counts from the end when negative. */
export function flip(bytes: Uint8Array, at: number, mask = 1): Uint8Array {
  const out = bytes.slice()
  const offset = at < 0 ? out.length + at : at
  out[offset] = (out[offset] ?? 0) ^ mask
  return out
}

/** The same bytes with others written over them. */
export function over(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const out = bytes.slice()
  out.set(values, at)
  return out
}

/** Little-endian 32 bits. */
export const u32 = (value: number): readonly number[] => [
  value & 0xff,
  (value >>> 8) & 0xff,
  (value >>> 16) & 0xff,
  value >>> 24,
]

/** Bytes one behind the other. */
export const join = (...parts: readonly Uint8Array[]): Uint8Array => joinBytes(parts)

/** PEM of certificates. */
export const pem = (...certificates: readonly Uint8Array[]): Uint8Array =>
  text(certificates.map((der) => encodePem('CERTIFICATE', der)).join(''))

/** A signed collateral member as a file's bytes. */
export const signedFile = (signed: Parameters<typeof answerOf>[0]): Uint8Array => text(answerOf(signed))

/** Offsets of a quote whose certification data is the PEM chain. */
export interface Offsets {
  readonly body: number
  readonly signatureLength: number
  readonly signature: number
  readonly key: number
  /** Outer certification data type; the same as `chainType` in version 3. */
  readonly outerType: number
  readonly qeReport: number
  readonly qeSignature: number
  readonly authLength: number
  readonly chainType: number
  readonly chain: number
}

/** Where things stand in quotes that the attester made (32 bytes of authentication data). */
export function offsetsOf(kind: 'sgx3' | 'tdx4' | 'td15'): Offsets {
  const body = kind === 'td15' ? 54 : 48
  const signatureLength = body + { sgx3: 384, tdx4: 584, td15: 648 }[kind]
  const key = signatureLength + 4 + 64
  const outer = key + 64
  const qeReport = kind === 'sgx3' ? outer : outer + 6
  const authLength = qeReport + 384 + 64
  const chainType = authLength + 2 + 32
  return {
    body,
    signatureLength,
    signature: signatureLength + 4,
    key,
    outerType: kind === 'sgx3' ? chainType : outer,
    qeReport,
    qeSignature: qeReport + 384,
    authLength,
    chainType,
    chain: chainType + 6,
  }
}
