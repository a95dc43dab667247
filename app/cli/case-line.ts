import { basename } from 'node:path'
import type { InputFile } from '../../src/engine/api.ts'
import { appraise } from '../../src/engine/appraise.ts'
import { speaker, toContract, type ContractAppraisal } from '../../src/engine/contract.ts'
import type { Policy } from '../../src/core/policy.ts'
import { NO_POLICY } from '../../src/core/policy.ts'
import type { Arguments } from './arguments.ts'
import { insideOf, readInput } from './input.ts'
import { readInstant } from './instant.ts'
import { instant, policyOf, runCase, texts } from './run-case.ts'
import { unpack } from './saved.ts'

/** What the appraisal of a line depends on beside the line: plain data, so that a worker can be given it. */
export type LineArguments = Pick<Arguments, 'at' | 'lang' | 'fields'>

/** What one line of a file of cases comes to; a bad line gets a result that says so. */
export async function caseLine(
  line: string,
  number: number,
  root: string,
  policy: Policy,
  args: LineArguments,
): Promise<ContractAppraisal & { case?: string }> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (thrown) {
    return failedLine(`line ${number}`, `line ${number} is not JSON: ${String(thrown)}`, 'S0', args)
  }
  const given = (typeof value === 'object' && value !== null ? value : {}) as {
    id?: unknown
    files?: unknown
    at?: unknown
    policy?: unknown
  }
  const id = typeof given.id === 'string' ? given.id : `line ${number}`
  const names: readonly unknown[] = Array.isArray(given.files) ? given.files : []
  if (names.length === 0) return failedLine(id, `line ${number} names no files`, 'S0', args)
  const files: InputFile[] = []
  for (const name of names) {
    if (typeof name !== 'string') return failedLine(id, `line ${number}: a file name is not a text`, 'S0', args)
    const place = await insideOf(root, name)
    if (!('path' in place))
      return failedLine(
        id,
        place.outside
          ? `line ${number}: ${name} lies outside the root folder`
          : `line ${number}: ${name} cannot be read`,
        'S0',
        args,
      )
    const read = await readInput(place.path)
    if ('wrong' in read)
      return failedLine(id, `line ${number}: ${name}: ${read.wrong.replace(`${place.path} `, '')}`, 'S0', args)
    files.push({ ...read.file, name: basename(name) })
  }
  const own =
    given.policy === undefined || given.policy === null ? { policy } : await policyOf(JSON.stringify(given.policy))
  if ('wrong' in own) return failedLine(id, `line ${number}: ${own.wrong}`, 'S0', args)
  const at = typeof given.at === 'string' ? readInstant(given.at) : undefined
  if (at === undefined && given.at !== undefined && given.at !== null)
    return failedLine(id, `line ${number}: at is not an instant`, 'S0', args)
  try {
    const { contract } = await runCase(
      unpack(files).files,
      at === undefined ? args.at : { kind: 'given', at },
      own.policy,
      args,
    )
    return { ...contract, id }
  } catch (thrown) {
    return failedLine(id, `line ${number}: ${String(thrown)}`, 'SE', args)
  }
}

/** A result line for a case that could not be run. */
export async function failedLine(
  id: string,
  message: string,
  headline: 'S0' | 'SE',
  args: LineArguments,
): Promise<ContractAppraisal> {
  const speak = speaker(await texts([], args.lang))
  const empty = await appraise([], { ...instant(args.at, null), policy: NO_POLICY })
  const contract = toContract(
    {
      ...empty,
      headline,
      sentence: { text: `headline.${headline}`, params: { bytes: 0 } },
      error: { where: 'case', message },
    },
    { files: [], artifacts: [], spaces: [], unread: [], evidenceTime: null },
    speak,
    { ms: 0, fields: false },
  )
  return { ...contract, id }
}
