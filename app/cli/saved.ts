import type { AppraisalView, InputFile } from '../../src/engine/api.ts'
import {
  looksLikeAppraisal,
  looksLikeCaseFile,
  readCaseFile,
  type StoredAppraisal,
} from '../../src/engine/case-file.ts'
import type { Policy } from '../../src/core/policy.ts'
import type { Locale } from '../../src/core/saying.ts'

/** What files brought that were written by this tool or its page: bytes to appraise again, and records that decide nothing. */
export interface Unpacked {
  readonly files: readonly InputFile[]
  /** Date and rules of the case file; taken only when the reader says so. */
  readonly brings: { readonly at: number | undefined; readonly policy: Policy } | undefined
  readonly records: readonly StoredAppraisal[]
  /** Files that are records without bytes, or case files that are damaged. */
  readonly notes: readonly {
    readonly kind: 'no-bytes' | 'damaged' | 'one-of-several'
    readonly name: string
    readonly detail: string
  }[]
}

/** Opens case files among the given ones and puts their bytes in their place. A record without bytes is set aside, unless there is nothing else. */
export function unpack(given: readonly InputFile[]): Unpacked {
  const files: InputFile[] = []
  const records: StoredAppraisal[] = []
  const notes: Unpacked['notes'][number][] = []
  const brought: NonNullable<Unpacked['brings']>[] = []
  for (const file of given) {
    const read = looksLikeCaseFile(file.bytes) || looksLikeAppraisal(file.bytes) ? readCaseFile(file.bytes) : undefined
    if (read?.opened) {
      files.push(...read.opened.files)
      brought.push({ at: read.opened.at, policy: read.opened.policy })
      if (read.record) records.push(read.record)
    } else if (read && read.wrong !== 'not-a-case-file')
      notes.push({ kind: read.wrong, name: file.name, detail: read.detail })
    else files.push(file)
  }
  // Two saved cases together have two dates and two sets of rules: neither is taken.
  if (brought.length > 1) notes.push({ kind: 'one-of-several', name: '', detail: '' })
  return {
    files: files.length > 0 ? files : given,
    brings: brought.length === 1 ? brought[0] : undefined,
    records,
    notes,
  }
}

/** How a record differs from what was worked out now: check ids with their subject. */
export function differences(record: StoredAppraisal, view: AppraisalView): string[] {
  const now = new Map(view.checks.map((check) => [`${check.id}#${check.subject}`, check.outcome]))
  const then = new Map(Object.entries(record.outcomes))
  const own = [...new Set([...then.keys(), ...now.keys()])].filter((key) => then.get(key) !== now.get(key)).sort()
  return record.headline === view.headline ? own : [`${record.headline} → ${view.headline}`, ...own]
}

interface Words {
  readonly 'no-bytes': (name: string) => string
  readonly damaged: (name: string, detail: string) => string
  readonly 'one-of-several': () => string
  readonly notTaken: (at: string | undefined, rules: number) => string
  readonly taken: string
  readonly same: (engine: string) => string
  readonly differs: (engine: string, what: string) => string
}

export const SAVED_WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    'no-bytes': (name) =>
      `${name} is the record of an appraisal. It holds no bytes, so it proves nothing; give the files that it names, or a case file.`,
    damaged: (name, detail) => `${name} is a case file, but it cannot be read: ${detail}`,
    'one-of-several': () => 'Several case files were given together: dates and rules of none of them are taken.',
    notTaken: (at, rules) =>
      `The case file brings ${[...(at === undefined ? [] : [`the date ${at}`]), ...(rules === 0 ? [] : [`rules of its own (${rules})`])].join(' and ')}. Not taken; --as-saved takes them.`,
    taken: 'Date and rules are those of the case file.',
    same: (engine) => `The record in the file (made by ${engine}) says the same.`,
    differs: (engine, what) =>
      `The record in the file (made by ${engine}) says otherwise: ${what}. It may have been edited, or made at another date or by another version. Only what is worked out here counts.`,
  },
  zh: {
    'no-bytes': (name) =>
      `${name} 是一份评估记录，不含原始字节，因此不能证明任何事情；请提供其中列出的文件，或提供案例文件。`,
    damaged: (name, detail) => `${name} 是案例文件，但无法读取：${detail}`,
    'one-of-several': () => '同时给出了多个案例文件：不采用其中任何一个的时刻和规则。',
    notTaken: (at, rules) =>
      `案例文件自带${[...(at === undefined ? [] : [`时刻 ${at}`]), ...(rules === 0 ? [] : [`规则（${rules} 条）`])].join('和')}，未采用；加上 --as-saved 即可采用。`,
    taken: '时刻和规则取自案例文件。',
    same: (engine) => `文件中的记录（由 ${engine} 生成）与此一致。`,
    differs: (engine, what) =>
      `文件中的记录（由 ${engine} 生成）与此不同：${what}。它可能被编辑过，或在其他时刻、由其他版本生成。只有在此计算的结果算数。`,
  },
}
