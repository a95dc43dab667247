import { readWhole } from '../../bytes/layout.ts'
import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { notDebug } from './checks/not-debug.ts'
import { signedByRoot } from './checks/signed-by-root.ts'
import { wellFormed } from './checks/well-formed.ts'
import type { DecodedNote } from './decoded.ts'
import { signedNote } from './layout.ts'
import { prepare, type PreparedNote } from './prepare.ts'
import { samples } from './samples.ts'

const noteFormat: EvidenceFormat<DecodedNote> = {
  id: 'example.note',
  message: 'evidence',
  title: 'format.example.note',
  rows: () => signedNote.rows(),
  decode(slice) {
    const reading = readWhole(signedNote, slice, '', 'example note')
    const { value, trailing, expand } = reading
    return {
      tree: () => reading.node,
      decoded: { signed: value, trailing },
      spaces: () => [],
      problems: [],
      inner: [],
      ...(expand ? { expand: (path: string, from: number, to: number) => expand(path, from, to) ?? [] } : {}),
    }
  },
  facts({ signed }) {
    if (!signed) return { measurements: [] }
    return {
      userData: signed.note.reportData,
      measurements: [{ name: 'MEASUREMENT', value: signed.note.measurement, identity: true }],
      debug: { ...signed.note.flags, value: signed.note.flags.flags.DEBUG === 1 },
    }
  },
}

const appraiser: Appraiser<PreparedNote> = {
  formats: ['example.note'],
  prepare,
  notJudged: ['example.not-judged.text'],
  checks: [wellFormed, signedByRoot, notDebug],
}

export const scheme: Scheme = {
  id: 'example',
  formats: [noteFormat],
  appraisers: [appraiser],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
}
