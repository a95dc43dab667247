import { say } from '../../../core/saying.ts'
import type { Finding } from '../../../core/verdict.ts'
import { isoOf } from '../../../bytes/der-node.ts'
import type { GivenMaterial } from '../material.ts'
import { TRUST_ROOT_SHA256 } from '../trust-root.ts'
import { TRUST_ROOT_NAME, type TufStanding, type TufStep } from '../tuf-chain.ts'

/** Dropped TUF metadata, question by question: beside a bundle and by itself the same. */
export interface Followed {
  readonly tuf: readonly TufStanding[]
  readonly given: readonly Pick<GivenMaterial, 'item' | 'status'>[]
}

export const TUF = (section: string) => ({
  title: 'The Update Framework',
  section,
  url: 'https://theupdateframework.github.io/specification/latest/',
})

const isRoot = ({ type }: TufStep) => type === 'root' || type === ''
const steps = (tuf: readonly TufStanding[], isOf: (step: TufStep) => boolean) =>
  tuf.flatMap((one) => one.steps.filter((step) => isOf(step)))

export const hasRoots = ({ tuf }: Followed) => steps(tuf, isRoot).length > 0
export const hasLists = ({ tuf }: Followed) => steps(tuf, (step) => !isRoot(step)).length > 0
export const hasMetadata = ({ tuf }: Followed) => tuf.length > 0

/** The step that failed first, else what all of them come to. */
export function stepsFinding(all: readonly TufStep[], whole: Finding['because']): Finding {
  const cites = all.map(({ cite }) => cite)
  const broken = all.find(({ state }) => state === 'fails')
  if (broken) return { outcome: 'fail', because: broken.because, cites: [broken.cite] }
  const first = all[0]
  if (first && all.every(({ state }) => state === 'open'))
    return { outcome: 'not-checked', because: first.because, cites }
  return { outcome: 'pass', because: whole, cites }
}

/** Every root by the keys of the one before, and by its own. */
export function rootsFinding({ tuf }: Followed): Finding {
  const all = steps(tuf, isRoot)
  const last = all.findLast(({ state }) => state === 'holds')
  const reached = tuf.find(({ start, root }) => root.version > start.root.version)
  const role = reached?.root.roles.get('root')
  return stepsFinding(
    all,
    reached
      ? say('sigstore.tuf-roots-signed.holds', {
          from: reached.start.root.version,
          to: reached.root.version,
          threshold: role?.threshold ?? 0,
          of: role?.keyIds.length ?? 0,
        })
      : (last?.because ?? say('sigstore.tuf-roots-signed.fails')),
  )
}

/** Lists of files, signed by those whom the newest root names. */
export function listsFinding({ tuf }: Followed): Finding {
  const all = steps(tuf, (step) => !isRoot(step))
  const list = all.findLast(({ state, type }) => state === 'holds' && type === 'targets')
  const last = list ?? all.findLast(({ state }) => state === 'holds')
  return stepsFinding(all, last?.because ?? say('sigstore.tuf-lists-signed.fails'))
}

/** Whether the dropped trust root is the one that the list names. */
export function listedFinding({ tuf, given }: Followed): Finding {
  const cites = given.map(({ item: { artifact, slice } }) => ({
    artifact,
    path: '',
    ranges: [{ space: slice.space, start: slice.start, end: slice.end }],
  }))
  const stranger = given.find(({ status }) => status === 'added')
  const standing = tuf.find(({ targets }) => targets !== undefined)
  const wanted = standing?.targets?.files.find(({ name }) => name === TRUST_ROOT_NAME)?.sha256 ?? ''
  if (stranger)
    return standing?.targets
      ? {
          outcome: 'fail',
          because: say('sigstore.trust-root-listed.fails', {
            file: stranger.item.name,
            version: standing.targets.version,
          }),
          cites,
          found: stranger.item.sha256(),
          expected: wanted,
        }
      : { outcome: 'not-checked', because: say('sigstore.trust-root-given', { file: stranger.item.name }), cites }
  if (!standing?.targets) return { outcome: 'not-checked', because: say('sigstore.tuf.no-list'), cites }
  const held = standing.listed[0]
  if (!held && wanted !== TRUST_ROOT_SHA256)
    return {
      outcome: 'not-checked',
      because: say('sigstore.trust-root-missing', { version: standing.targets.version }),
      cites,
      expected: wanted,
    }
  return {
    outcome: 'pass',
    because:
      held && held.sha256() !== TRUST_ROOT_SHA256
        ? say('sigstore.trust-root-listed.holds', { file: held.name, version: standing.targets.version })
        : say('sigstore.trust-root-same', { version: standing.targets.version }),
    cites,
    found: wanted,
  }
}

/** Ends of what was followed. Trust material that has ended caps nothing that was signed before: it is said. */
export function endsFinding({ tuf }: Followed, at: number): Finding {
  const ends = tuf.flatMap((one) => one.ends).toSorted((a, b) => a.at - b.at)
  const [first] = ends
  const cites = tuf.flatMap((one) => one.steps.filter(({ state }) => state === 'holds').map(({ cite }) => cite))
  if (!first) return { outcome: 'not-checked', because: say('sigstore.tuf.no-list'), cites }
  const params = { type: first.type, version: first.version, at: isoOf(first.at) }
  if (first.at < at) return { outcome: 'warn', because: say('sigstore.tuf-in-date.ended', params), cites }
  return tuf.every(({ isNewest }) => isNewest)
    ? { outcome: 'pass', because: say('sigstore.tuf-in-date.holds', params), cites }
    : { outcome: 'not-checked', because: say('sigstore.tuf-in-date.newest-open', params), cites }
}
