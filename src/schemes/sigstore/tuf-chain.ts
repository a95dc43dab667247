import { say, type Saying } from '../../core/saying.ts'
import type { CaseItem } from '../../core/scheme.ts'
import type { Cite } from '../../core/verdict.ts'
import { toHex } from '../../bytes/layout.ts'
import { verifySignature } from '../../crypto/verify.ts'
import { readSpki } from '../../crypto/spki.ts'
import type { SignatureAlgorithm } from '../../crypto/types.ts'
import { FORMATS } from './formats.ts'
import { TRUST_ROOT_SHA256, type AnchorStatus } from './trust-root.ts'
import { readTuf, type TufMetadata } from './tuf.ts'
import { tufStarts, type TufRoot, type TufStart } from './tuf-root.ts'

/** Follows dropped TUF metadata from a root that is pinned here: each root by the keys of the one before and by its own, then the list of files, then the file. */

/** One dropped file of TUF metadata, and what came of it. */
export interface TufStep {
  readonly cite: Cite
  readonly type: string
  readonly state: 'holds' | 'fails' | 'open'
  readonly because: Saying
}

export interface TufStanding {
  readonly start: TufStart
  /** The newest root that was reached. */
  readonly root: TufRoot
  readonly steps: readonly TufStep[]
  /** The newest list of files that its signers signed. */
  readonly targets: TufMetadata | undefined
  /** The list named by `snapshot`, and that by `timestamp`, both signed. */
  readonly isNewest: boolean
  /** Trust roots whose digest the list has. */
  readonly listed: readonly CaseItem[]
  /** Ends of what was relied on, the earliest first. */
  readonly ends: readonly { readonly type: string; readonly version: number; readonly at: number }[]
}

interface Held {
  readonly item: CaseItem
  readonly read: TufMetadata
}

/** Most files that are followed. */
const MOST = 64
export const TRUST_ROOT_NAME = 'trusted_root.json'

/** One standing for each root that the dropped metadata is about; none where nothing was dropped. */
export async function followTuf(items: readonly CaseItem[]): Promise<readonly TufStanding[]> {
  const given = items.filter(({ format }) => format === FORMATS.tuf).slice(0, MOST)
  const held = given.flatMap((item): Held[] => {
    const read = readTuf(item.slice)
    return read ? [{ item, read }] : []
  })
  const unread = given.filter((item) => !held.some((one) => one.item === item))
  const standings: TufStanding[] = []
  for (const start of tufStarts()) {
    const own = held.filter(({ read }) => startFor(read, held) === start)
    const isFirst = standings.length === 0
    const lost = isFirst ? unread.map((item) => failed(item, '', say('sigstore.tuf.form', { file: item.name }))) : []
    if (own.length + lost.length > 0) standings.push(await follow(start, own, items, lost))
  }
  return standings
}

/** Whose metadata it is, by the names of the keys that signed it; what nobody's keys signed is held against the pinned root. */
function startFor(read: TufMetadata, all: readonly Held[]): TufStart | undefined {
  const starts = tufStarts()
  const names = new Set(read.signatures.map(({ keyId }) => keyId))
  const isOf = ({ keys }: TufRoot) => [...keys.keys()].some((id) => names.has(id))
  return (
    starts.find(({ root }) => isOf(root)) ??
    // Keys that a later root brought.
    starts.find(({ root }) => all.some((one) => one.read.root && isOf(one.read.root) && shares(one.read.root, root))) ??
    starts[0]
  )
}

const shares = (one: TufRoot, other: TufRoot) => [...one.keys.keys()].some((id) => other.keys.has(id))

async function follow(
  start: TufStart,
  own: readonly Held[],
  items: readonly CaseItem[],
  lost: readonly TufStep[],
): Promise<TufStanding> {
  const steps: TufStep[] = [...lost]
  let { root } = start
  const roots = own.filter(({ read }) => read.type === 'root').toSorted((a, b) => a.read.version - b.read.version)
  for (const { item, read } of roots) {
    const step = await rootStep(item, read, root, start)
    steps.push(step)
    if (step.state === 'holds' && read.root && read.version > root.version) root = read.root
  }
  const timestamp = await newestOf('timestamp', own, root, steps)
  const snapshot = await newestOf('snapshot', own, root, steps, namedBy(timestamp, 'snapshot.json'))
  const targets = await newestOf('targets', own, root, steps, namedBy(snapshot, 'targets.json'), start.targets)
  const wanted = targets?.files.find(({ name }) => name === TRUST_ROOT_NAME)
  const listed = items.filter(
    (item) =>
      item.format === FORMATS.trustedRoot &&
      wanted?.sha256 !== undefined &&
      item.sha256() === wanted.sha256 &&
      (wanted.length === undefined || wanted.length === BigInt(item.slice.end - item.slice.start)),
  )
  const relied = [{ type: 'root', ...root }, timestamp, snapshot, targets].flatMap((one) => one ?? [])
  return {
    start,
    root,
    steps,
    targets,
    isNewest: targets !== undefined && snapshot !== undefined && timestamp !== undefined,
    listed,
    ends: relied
      .map(({ type, version, expires }) => ({ type, version, at: Number.isNaN(expires) ? 0 : expires }))
      .toSorted((a, b) => a.at - b.at),
  }
}

/** The version that one signed list names for another. */
function namedBy(list: TufMetadata | undefined, name: string): number | undefined {
  return list?.files.find((one) => one.name === name)?.version
}

async function rootStep(item: CaseItem, read: TufMetadata, before: TufRoot, start: TufStart): Promise<TufStep> {
  const { version, root } = read
  const first = start.root.version
  if (version < first) return step(item, read, 'open', say('sigstore.tuf.root-older', { version, first }))
  if (!root) return failed(item, read.type, say('sigstore.tuf.form', { file: item.name }))
  if (version > before.version + 1)
    return failed(item, read.type, say('sigstore.tuf.root-skipped', { version, missing: before.version + 1 }))
  // The one that is pinned, or the same version twice, changes nothing: it only has to be signed by the same keys.
  const old = await signedBy(read, before, 'root')
  if (old.valid < old.threshold)
    return failed(item, read.type, say('sigstore.tuf.root-old-keys', { version, before: before.version, ...old }))
  const own = await signedBy(read, root, 'root')
  if (own.valid < own.threshold) return failed(item, read.type, say('sigstore.tuf.root-own-keys', { version, ...own }))
  return step(
    item,
    read,
    'holds',
    version === before.version
      ? say('sigstore.tuf.root-same', { version })
      : say('sigstore.tuf.root-follows', {
          version,
          before: before.version,
          old: old.valid,
          own: own.valid,
          threshold: own.threshold,
        }),
  )
}

/** The newest metadata of one kind that its signers signed, in the version that the list above it names. */
async function newestOf(
  type: string,
  own: readonly Held[],
  root: TufRoot,
  steps: TufStep[],
  named?: number,
  least = 0,
): Promise<TufMetadata | undefined> {
  let newest: TufMetadata | undefined
  for (const { item, read } of own) {
    if (read.type !== type) continue
    const { version } = read
    const signers = await signedBy(read, root, type)
    if (signers.valid < signers.threshold)
      steps.push(failed(item, type, say('sigstore.tuf.list-keys', { type, ...signers })))
    else if (version < least) steps.push(failed(item, type, say('sigstore.tuf.list-older', { type, version, least })))
    else if (named !== undefined && version !== named)
      steps.push(failed(item, type, say('sigstore.tuf.list-other', { type, version, named })))
    else {
      steps.push(
        step(item, read, 'holds', say('sigstore.tuf.list-signed', { type, version, root: root.version, ...signers })),
      )
      if (!newest || version > newest.version) newest = read
    }
  }
  return newest
}

/** How many of the keys that may, signed: a key counts once, whatever names it has. */
async function signedBy(
  { signed, signatures }: TufMetadata,
  { keys, roles }: TufRoot,
  type: string,
): Promise<{ readonly valid: number; readonly of: number; readonly threshold: number }> {
  const role = roles.get(type)
  const valid = new Set<string>()
  for (const { keyId, signature } of signatures) {
    const spki = role?.keyIds.includes(keyId) === true ? keys.get(keyId) : undefined
    if (!spki || valid.has(toHex(spki))) continue
    const { result } = await verifySignature(algorithmFor(spki), spki, signed, signature)
    if (result === 'valid') valid.add(toHex(spki))
  }
  // Without a role nobody may sign.
  return { valid: valid.size, of: role?.keyIds.length ?? 0, threshold: role?.threshold ?? 1 }
}

function algorithmFor(spki: Uint8Array): SignatureAlgorithm {
  const key = readSpki(spki)
  if (key.kind === 'ed25519') return { kind: 'ed25519' }
  if (key.kind === 'rsa') return { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-256', saltLength: 32 }
  return { kind: 'ecdsa', hash: key.kind === 'ec' && key.curve === 'P-384' ? 'SHA-384' : 'SHA-256', form: 'der' }
}

function step({ artifact }: CaseItem, { type, range }: TufMetadata, state: TufStep['state'], because: Saying): TufStep {
  return { cite: { artifact, path: 'signed', ranges: [range] }, type, state, because }
}

function failed({ artifact, slice }: CaseItem, type: string, because: Saying): TufStep {
  const { space, start, end } = slice
  return { cite: { artifact, path: '', ranges: [{ space, start, end }] }, type, state: 'fails', because }
}

/** Trust roots among the dropped files; the one that is pinned here is no other one. */
export function givenTrustRoots(items: readonly CaseItem[]): CaseItem[] {
  return items.filter((item) => item.format === FORMATS.trustedRoot && item.sha256() !== TRUST_ROOT_SHA256)
}

/** Under which of them a dropped trust root is listed. */
export function statusOf(item: CaseItem, standings: readonly TufStanding[]): AnchorStatus {
  return standings.find(({ listed }) => listed.includes(item))?.start.status ?? 'added'
}
