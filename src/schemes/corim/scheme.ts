import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { cborTree, shapeRows, type CborShape } from '../../bytes/cbor-node.ts'
import { later } from '../../bytes/later.ts'
import { anchors } from './anchors.ts'
import { chainHolds } from './checks/chain-holds.ts'
import { contentWhole } from './checks/content-whole.ts'
import { inDate } from './checks/in-date.ts'
import { profileKnown } from './checks/profile-known.ts'
import { signedByKey } from './checks/signed-by-key.ts'
import { wellFormed } from './checks/well-formed.ts'
import { innerOf, readCorim, type Corim } from './decoded.ts'
import { FORMATS } from './formats.ts'
import { prepare, type PreparedCorim } from './prepare.ts'
import { samples } from './samples.ts'
import { comidShape, contentsShape, corimShape, evidenceShape, signedShape } from './shape.ts'

function manifest(
  id: string,
  form: 'signed' | 'unsigned' | 'comid',
  title: string,
  shape: CborShape,
): EvidenceFormat<Corim> {
  return {
    id,
    message: 'reference-values',
    title,
    rows: () => shapeRows(shape),
    facts: ({ profile, signer }) => ({
      measurements: [],
      claims: [
        { name: 'profile', value: profile },
        { name: 'signer', value: signer },
      ].filter(({ value }) => value !== ''),
    }),
    decode(slice) {
      const { corim, spaces } = readCorim(slice, form)
      const tree = later(() => cborTree(slice, '', form === 'comid' ? 'CoMID' : 'CoRIM', shape))
      return {
        tree: () => tree().node,
        decoded: corim,
        spaces: () => [...tree().spaces, ...spaces],
        problems: [],
        inner: innerOf(corim),
        expand: (path, from, to) => tree().expand(path, from, to),
      }
    },
  }
}

/** Evidence in the form of CoMID: read, and appraised by nobody here. */
function evidence(id: string, title: string, label: string, shape: CborShape): EvidenceFormat<undefined> {
  return {
    id,
    message: 'supporting',
    title,
    rows: () => shapeRows(shape),
    decode(slice) {
      const tree = later(() => cborTree(slice, '', label, shape))
      return {
        tree: () => tree().node,
        decoded: undefined,
        spaces: () => tree().spaces,
        problems: [],
        inner: [],
        expand: (path, from, to) => tree().expand(path, from, to),
      }
    },
  }
}

const appraiser: Appraiser<PreparedCorim> = {
  formats: [FORMATS.signed, FORMATS.unsigned, FORMATS.comid],
  prepare,
  notJudged: ['corim.not-judged.instance'],
  checks: [wellFormed, contentWhole, signedByKey, chainHolds, inDate, profileKnown],
}

export const scheme: Scheme = {
  id: 'corim',
  formats: [
    manifest(FORMATS.signed, 'signed', 'format.corim.signed', signedShape),
    manifest(FORMATS.unsigned, 'unsigned', 'format.corim.unsigned', { ...corimShape, content: corimShape }),
    manifest(FORMATS.comid, 'comid', 'format.corim.comid', { ...comidShape, content: comidShape }),
    evidence(FORMATS.evidence, 'format.corim.evidence', 'Concise evidence', evidenceShape),
    evidence(FORMATS.contents, 'format.corim.contents', 'SPDM table of contents', contentsShape),
  ],
  appraisers: [appraiser],
  anchors,
  samples,
}
