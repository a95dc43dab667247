import { readWhole } from '../../../bytes/layout.ts'
import type { EvidenceFormat } from '../../../core/scheme.ts'
import { FORMATS } from '../decoded.ts'
import { idAuth, idBlock, reportSignature } from '../layout.ts'

/** What the owner says the guest must be: 96 bytes given at launch. */
export const idBlockFormat: EvidenceFormat<unknown> = {
  id: FORMATS.idBlock,
  message: 'reference-values',
  title: 'format.amd.snp-id-block',
  rows: () => idBlock.rows(),
  decode(slice) {
    const { node, value } = readWhole(idBlock, slice, '', 'ID block')
    return { tree: node, decoded: value, spaces: [], problems: [], inner: [] }
  },
}

/** The owner's signatures over an ID block and its key: one page. */
export const idAuthFormat: EvidenceFormat<unknown> = {
  id: FORMATS.idAuth,
  message: 'supporting',
  title: 'format.amd.snp-id-auth',
  rows: () => idAuth.rows(),
  decode(slice) {
    const { node, value } = readWhole(idAuth, slice, '', 'ID authentication information')
    return { tree: node, decoded: value, spaces: [], problems: [], inner: [] }
  },
}

/** One of those signatures on its own, in the form that reports have too. */
export const idSignatureFormat: EvidenceFormat<unknown> = {
  id: FORMATS.idSignature,
  message: 'supporting',
  title: 'format.amd.snp-id-signature',
  rows: () => reportSignature.rows(),
  decode(slice) {
    const { node, value } = readWhole(reportSignature, slice, '', 'signature')
    return { tree: node, decoded: value, spaces: [], problems: [], inner: [] }
  },
}
