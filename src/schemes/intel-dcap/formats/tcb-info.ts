import type { Decoding, EvidenceFormat } from '../../../core/scheme.ts'
import type { Slice } from '../../../core/place.ts'
import { toHex } from '../../../bytes/layout.ts'
import { FORMATS, TCB_STATUSES, type PlatformLevel, type SvnLevel, type TcbInfo, type TdxModule } from '../decoded.ts'
import { At, readSignedMember, type Taker } from './signed-json.ts'

/** Components per TEE. Fewer must never count as met, more must never be left out. */
export const COMPONENTS = 16

/** What an enclave or module level may say; Intel's library refuses every other word. */
const SVN_STATUSES: readonly string[] = ['UpToDate', 'OutOfDate', 'Revoked']

/** The only one that Intel defines: components and PCESVN, each at least as high. */
const KNOWN_TCB_TYPE = 0

/** Reads a TCB info of version 2 or 3. */
export function decodeTcbInfo(slice: Slice, hints: Readonly<Record<string, string>>): Decoding<TcbInfo> {
  const signed = readSignedMember(slice, 'tcbInfo', hints)
  const { taker: take, body } = signed
  const version = take.number(take.need(body, 'version'), 0xffff)
  if (body && version !== undefined && version !== 2 && version !== 3)
    take.fault('tcb.version', { version }, take.child(body, 'version') ?? body)
  const idAt = version === 2 ? take.child(body, 'id') : take.need(body, 'id')
  const id = take.text(idAt)
  if (idAt && id !== undefined && id !== 'SGX' && id !== 'TDX') take.fault('tcb.id', { id: id.slice(0, 20) }, idAt)
  const issue = take.need(body, 'issueDate')
  const next = take.need(body, 'nextUpdate')
  const fmspc = take.hex(take.need(body, 'fmspc'), 6)
  const pceId = take.hex(take.need(body, 'pceId'), 2)
  const typeAt = take.need(body, 'tcbType')
  const tcbType = take.number(typeAt, 0xffff)
  // How levels compare. Of another type nothing is published, so its numbers cannot be compared at all.
  if (typeAt && tcbType !== undefined && tcbType !== KNOWN_TCB_TYPE) take.fault('tcb.type', { type: tcbType }, typeAt)
  const listAt = take.need(body, 'tcbLevels')
  const items = take.items(listAt)
  const levels = items.map((at, index) => readPlatformLevel(take, at, index, version ?? 3, id === 'TDX'))
  refuseTwins(
    take,
    listAt,
    items,
    levels.map((level) => `${level.sgx.join()}|${level.pceSvn}|${level.tdx?.join() ?? ''}`),
  )
  const moduleAt = id === 'TDX' ? take.need(body, 'tdxModule') : take.child(body, 'tdxModule')
  const identitiesAt = take.child(body, 'tdxModuleIdentities')
  const first = items[0]
  const decoded: TcbInfo = {
    ...signed.common,
    compact: signed.compact,
    version,
    id,
    issueDate: textOf(issue),
    issueDateMs: take.date(issue),
    nextUpdate: textOf(next),
    nextUpdateMs: take.date(next),
    fmspc: fmspc && toHex(fmspc),
    pceId: pceId && toHex(pceId),
    tcbType,
    evaluationNumber: take.number(take.need(body, 'tcbEvaluationDataNumber'), 0xffffffff),
    tdxModule: moduleAt && readModule(take, moduleAt, false),
    tdxModuleIdentities: identitiesAt && take.items(identitiesAt).map((at) => readModule(take, at, true)),
    levels,
    sgxComponentNames: namesOf(take, first, 'sgxtcbcomponents'),
    tdxComponentNames: namesOf(take, first, 'tdxtcbcomponents'),
    sgxComponentCategories: namesOf(take, first, 'sgxtcbcomponents', 'category'),
    tdxComponentCategories: namesOf(take, first, 'tdxtcbcomponents', 'category'),
    formatFaults: take.faults,
  }
  return {
    tree: signed.tree,
    decoded,
    spaces: () => [],
    problems: [],
    inner: [],
    expand: signed.expand,
  }
}

function textOf(at: At | undefined): string | undefined {
  return at?.value.kind === 'string' ? at.value.text : undefined
}

// Levels are ordered by content, so two equal ones have no order: Intel's library refuses the file.
function refuseTwins(take: Taker, list: At | undefined, items: readonly At[], keys: readonly string[]): void {
  if (list && items.length === 0) take.fault('tcb.no-levels', {}, list)
  const seen = new Map<string, number>()
  for (const [i, at] of items.entries()) {
    const key = keys[i] ?? ''
    const first = seen.get(key)
    if (first === undefined) seen.set(key, i)
    else take.fault('tcb.levels-equal', { first, second: i }, at)
  }
}

function readPlatformLevel(take: Taker, at: At, index: number, version: number, isTdx: boolean): PlatformLevel {
  const tcb = take.need(at, 'tcb')
  const sgx = version === 2 ? numberedComponents(take, tcb) : components(take, take.need(tcb, 'sgxtcbcomponents'), tcb)
  const tdxAt = isTdx ? take.need(tcb, 'tdxtcbcomponents') : take.child(tcb, 'tdxtcbcomponents')
  const pceSvn = take.number(take.need(tcb, 'pcesvn'), 0xffff)
  return {
    index,
    sgx,
    tdx: tdxAt && components(take, tdxAt, tcb),
    pceSvn: pceSvn ?? Number.POSITIVE_INFINITY,
    ...statusOf(take, at, TCB_STATUSES),
    path: at.path,
    range: at.value.range,
  }
}

// A component that cannot be read is never met: infinity, not zero.
function components(take: Taker, list: At | undefined, owner: At | undefined): readonly number[] {
  const items = take.items(list)
  if (owner && list && items.length !== COMPONENTS)
    take.fault('tcb.component-count', { member: list.path, count: items.length, expected: COMPONENTS }, list)
  return items.map((item) => take.number(take.need(item, 'svn'), 0xff) ?? Number.POSITIVE_INFINITY)
}

// Version 2: sgxtcbcomp01svn … sgxtcbcomp16svn
function numberedComponents(take: Taker, tcb: At | undefined): readonly number[] {
  return Array.from(
    { length: COMPONENTS },
    (_, i) =>
      take.number(take.need(tcb, `sgxtcbcomp${String(i + 1).padStart(2, '0')}svn`), 0xff) ?? Number.POSITIVE_INFINITY,
  )
}

function namesOf(take: Taker, level: At | undefined, list: string, member = 'type'): readonly string[] {
  const at = take.child(take.child(level, 'tcb'), list)
  if (at?.value.kind !== 'array') return []
  return at.value.items.map((value, i) => textOf(take.child(new At(value, at, i), member)) ?? '')
}

/** Status, date and advisories of a level of any kind. */
export function statusOf(
  take: Taker,
  at: At,
  known: readonly string[],
): Pick<SvnLevel, 'status' | 'date' | 'dateMs' | 'advisories'> {
  const statusAt = take.need(at, 'tcbStatus')
  const word = take.text(statusAt)
  const status = word ?? ''
  if (statusAt && word !== undefined && !known.includes(word))
    take.fault('tcb.status-unknown', { status: status.slice(0, 60) }, statusAt)
  const dateAt = take.need(at, 'tcbDate')
  const advisories = take
    .items(take.child(at, 'advisoryIDs'))
    .map((item) => take.text(item))
    .filter((text) => text !== undefined)
  return { status, date: textOf(dateAt) ?? '', dateMs: take.date(dateAt), advisories }
}

/** Levels that compare one ISVSVN. */
export function readSvnLevels(take: Taker, list: At | undefined): readonly SvnLevel[] {
  const items = take.items(list)
  const levels = items.map((at, index): SvnLevel => {
    const isvSvn = take.number(take.need(take.need(at, 'tcb'), 'isvsvn'), 0xffff)
    return {
      index,
      isvSvn: isvSvn ?? Number.POSITIVE_INFINITY,
      ...statusOf(take, at, SVN_STATUSES),
      path: at.path,
      range: at.value.range,
    }
  })
  refuseTwins(
    take,
    list,
    items,
    levels.map((level) => String(level.isvSvn)),
  )
  return levels
}

function readModule(take: Taker, at: At, isIdentity: boolean): TdxModule {
  const id = isIdentity ? (take.text(take.need(at, 'id')) ?? '') : ''
  return {
    id,
    mrSigner: take.hex(take.need(at, 'mrsigner'), 48),
    attributes: take.hex(take.need(at, 'attributes'), 8),
    attributesMask: take.hex(take.need(at, 'attributesMask'), 8),
    levels: isIdentity ? readSvnLevels(take, take.need(at, 'tcbLevels')) : [],
    path: at.path,
    range: at.value.range,
  }
}

/** Intel's TCB info: which security versions count as up to date on one platform family. */
export const tcbInfoFormat: EvidenceFormat<TcbInfo> = {
  id: FORMATS.tcbInfo,
  message: 'endorsement',
  title: 'format.intel.tcb-info',
  decode: (slice, context) => decodeTcbInfo(slice, context.hints),
}
