import type { AppraisalContext, CaseItem, Examination, Examiner } from '../../core/scheme.ts'
import type { RootFinding } from '../../core/verdict.ts'
import { endsFinding, listedFinding, listsFinding, rootsFinding, type Followed } from './checks/shared-tuf.ts'
import { FORMATS } from './formats.ts'
import { givenMaterial } from './material.ts'
import { followTuf } from './tuf-chain.ts'

/** Trust roots and TUF metadata without a bundle: each file says how it stands itself. */
export const tufExaminer: Examiner = {
  formats: [FORMATS.tuf, FORMATS.trustedRoot],
  anchors: 'own',
  async examine(item: CaseItem, context: AppraisalContext): Promise<Examination> {
    const items = [item, ...context.items]
    const all = await followTuf(items)
    const given = givenMaterial(items, all)
    if (item.format === FORMATS.trustedRoot) {
      const followed: Followed = { tuf: all, given: given.filter((one) => one.item === item) }
      const listed = all.find((one) => one.listed.includes(item))
      return {
        root: rootOf(listed?.start.status ?? followed.given[0]?.status ?? 'pinned'),
        findings: [
          { id: 'sigstore.trust-root-listed', ...listedFinding(followed) },
          ...(listed ? [{ id: 'sigstore.tuf-in-date', ...endsFinding({ tuf: [listed], given }, context.at) }] : []),
        ],
      }
    }
    const tuf = all.flatMap((one) => {
      const steps = one.steps.filter(({ cite }) => cite.artifact === item.artifact)
      return steps.length > 0 ? [{ ...one, steps }] : []
    })
    const isRoot = tuf.some(({ steps }) => steps.some(({ type }) => type === 'root' || type === ''))
    const holds = tuf.find(({ steps }) => steps.some(({ state }) => state === 'holds'))
    return {
      root: holds && rootOf(holds.start.status),
      findings: [
        isRoot
          ? { id: 'sigstore.tuf-roots-signed', ...rootsFinding({ tuf, given }) }
          : { id: 'sigstore.tuf-lists-signed', ...listsFinding({ tuf, given }) },
      ],
    }
  },
}

function rootOf(status: RootFinding['status']): RootFinding {
  return {
    status,
    holder: status === 'pinned' ? 'sigstore (TUF)' : '',
    country: '',
    purpose: 'reference-values',
    spkiSha256: '',
    sha256: '',
  }
}
