import { type ArtifactIndex, rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared } from '../../core/scheme.ts'
import type { ReferenceList } from './lists.ts'

/** What the checks of a list read. */
export interface PreparedList extends Prepared {
  readonly artifact: ArtifactIndex
  readonly list: ReferenceList
}

/** Nothing is verified: nobody signed it. */
export async function prepare(subject: CaseItem, _context: AppraisalContext): Promise<PreparedList> {
  const list = subject.decoded as ReferenceList
  return {
    artifact: subject.artifact,
    list,
    root: { status: 'none', holder: '', country: '', purpose: 'reference-values', spkiSha256: '', sha256: '' },
    collateral: [],
    ladders: [],
    wishes: [],
    timeline: [],
    nodes: [
      {
        id: 'statement',
        kind: 'content',
        title: say('node.reference-list.list'),
        name: subject.name,
        cite: { artifact: subject.artifact, path: '', ranges: [rangeOf(list.slice)] },
      },
    ],
    vendor: null,
    doesNotProve: ['limit.reference-list.unsigned'],
    statement: {
      issuer: '',
      about: list.about === '' ? subject.name : list.about,
      isSigned: false,
      groups: list.groups,
      files: [],
      claims: [],
    },
  }
}
