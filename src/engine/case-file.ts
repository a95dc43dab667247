import type { Policy } from '../core/policy.ts'
import { NO_POLICY } from '../core/policy.ts'
import { bytesOf, sliceOf } from '../core/place.ts'
import { base64Text, toBase64 } from '../envelope/base64.ts'
import type { AppraiseOptions, InputFile } from './api.ts'
import { isoOf, type ContractAppraisal } from './contract.ts'
import { readPolicy } from './policy.ts'

/** A whole case in one file: the bytes, the instant, the expectations, and the appraisal as it was said. Opening it appraises the bytes again; the stored appraisal is shown to nobody as a verdict. */

export const CASE_FILE_SCHEMA = 'attestation-case/1'

/** A case as it is kept in such a file. */
export interface SavedCase {
  readonly files: readonly InputFile[]
  /** Milliseconds since 1970; waits for consent like everything that a file brings beyond evidence. */
  readonly at: number | undefined
  /** What that instant was: told again, so that the same bytes give the same appraisal. */
  readonly atSource?: AppraiseOptions['atSource'] | undefined
  readonly policy: Policy
}

/** Writes a case file as JSON text. */
export function writeCaseFile(given: SavedCase, appraisal: ContractAppraisal | undefined): string {
  return `${JSON.stringify(
    {
      schema: CASE_FILE_SCHEMA,
      note: 'Opening this file appraises the bytes again. The stored appraisal is a record and decides nothing.',
      at: given.at === undefined ? null : isoOf(given.at),
      ...(given.atSource === undefined ? {} : { atSource: given.atSource }),
      policy: given.policy,
      files: given.files.map((file) => ({
        name: file.name,
        origin: file.origin ?? 'dropped',
        ...(file.readAs === undefined ? {} : { readAs: file.readAs }),
        base64: toBase64(file.bytes),
      })),
      ...(appraisal ? { appraisal } : {}),
    },
    null,
    1,
  )}\n`
}

/** What a case file says was found when it was written. For comparison only: whoever can edit the file can edit this. */
export interface StoredAppraisal {
  readonly id: string
  readonly engine: string
  readonly headline: string
  /** `<check id>#<subject>` → outcome. */
  readonly outcomes: Readonly<Record<string, string>>
}

export type OpenedCaseFile =
  | { readonly opened: SavedCase; readonly record: StoredAppraisal | undefined; readonly wrong?: undefined }
  | { readonly opened?: undefined; readonly wrong: 'not-a-case-file' | 'damaged' | 'no-bytes'; readonly detail: string }

/** Cheap test before parsing: whether text may be a case file at all. */
export function looksLikeCaseFile(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 200)).includes(CASE_FILE_SCHEMA)
}

/** The same for an appraisal without bytes, as the page and the command line write it. */
export function looksLikeAppraisal(bytes: Uint8Array): boolean {
  return /^\s*\{\s*"schema"\s*:\s*"appraisal\/1"/.test(new TextDecoder('latin1').decode(bytes.subarray(0, 200)))
}

const AT_SOURCES = ['now', 'evidence', 'given'] as const
const ORIGINS: readonly string[] = ['dropped', 'embedded', 'bundled', 'fetched']

/** Reads a case file; an edited one is read as far as its shape holds, and only its bytes count. Never throws. */
export function readCaseFile(bytes: Uint8Array): OpenedCaseFile {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (thrown) {
    return { wrong: 'damaged', detail: String(thrown).slice(0, 200) }
  }
  if (!isRecord(value)) return { wrong: 'not-a-case-file', detail: '' }
  if (value['schema'] === 'appraisal/1') return { wrong: 'no-bytes', detail: 'appraisal/1' }
  if (value['schema'] !== CASE_FILE_SCHEMA) return { wrong: 'not-a-case-file', detail: '' }
  const rows = Array.isArray(value['files']) ? value['files'].slice(0, 512) : []
  const files: InputFile[] = []
  for (const [index, row] of rows.entries()) {
    const base64 = isRecord(row) ? row['base64'] : undefined
    const read =
      typeof base64 === 'string'
        ? base64 === ''
          ? { slice: sliceOf('', new Uint8Array()) }
          : base64Text(base64)
        : undefined
    if (!isRecord(row) || !read) return { wrong: 'damaged', detail: `files[${index}]` }
    const name = typeof row['name'] === 'string' ? row['name'].slice(0, 200) : `file ${index}`
    // What came from outside can never claim to be bundled with the page.
    const origin = row['origin'] === 'fetched' ? ('fetched' as const) : ('dropped' as const)
    files.push({
      name,
      bytes: bytesOf(read.slice).slice(),
      origin: ORIGINS.includes(String(row['origin'])) ? origin : 'dropped',
      ...(typeof row['readAs'] === 'string' ? { readAs: row['readAs'].slice(0, 60) } : {}),
    })
  }
  if (files.length === 0) return { wrong: 'no-bytes', detail: 'files' }
  const at = typeof value['at'] === 'string' ? Date.parse(value['at']) : Number.NaN
  const policy = value['policy'] === undefined ? { policy: NO_POLICY, wrong: [] } : readPolicy(value['policy'])
  if (!policy.policy) return { wrong: 'damaged', detail: policy.wrong.join('; ').slice(0, 300) }
  const atSource = AT_SOURCES.find((one) => one === value['atSource'])
  return {
    opened: {
      files,
      at: Number.isNaN(at) ? undefined : at,
      ...(atSource && !Number.isNaN(at) ? { atSource } : {}),
      policy: policy.policy,
    },
    record: storedIn(value['appraisal']),
  }
}

function storedIn(value: unknown): StoredAppraisal | undefined {
  if (!isRecord(value) || !Array.isArray(value['checks'])) return undefined
  const text = (given: unknown) => (typeof given === 'string' ? given.slice(0, 200) : '')
  const outcomes = value['checks']
    .slice(0, 10_000)
    .filter(isRecord)
    .map((check) => [`${text(check['id'])}#${Number(check['subject'])}`, text(check['outcome'])] as const)
  return {
    id: text(value['id']),
    engine: text(value['engine']),
    headline: text(value['headline']),
    outcomes: Object.fromEntries(outcomes),
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
