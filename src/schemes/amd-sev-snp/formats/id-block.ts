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
    const reading = readWhole(idBlock, slice, '', 'ID block')
    const { value } = reading
    return { tree: () => reading.node, decoded: value, spaces: () => [], problems: [], inner: [] }
  },
}

/** The owner's signatures over an ID block and its key: one page. */
export const idAuthFormat: EvidenceFormat<unknown> = {
  id: FORMATS.idAuth,
  message: 'supporting',
  title: 'format.amd.snp-id-auth',
  rows: () => idAuth.rows(),
  decode(slice) {
    const reading = readWhole(idAuth, slice, '', 'ID authentication information')
    const { value } = reading
    return { tree: () => reading.node, decoded: value, spaces: () => [], problems: [], inner: [] }
  },
}

/** One of those signatures on its own, in the form that reports have too. */
export const idSignatureFormat: EvidenceFormat<unknown> = {
  id: FORMATS.idSignature,
  message: 'supporting',
  title: 'format.amd.snp-id-signature',
  rows: () => reportSignature.rows(),
  decode(slice) {
    const reading = readWhole(reportSignature, slice, '', 'signature')
    const { value } = reading
    return { tree: () => reading.node, decoded: value, spaces: () => [], problems: [], inner: [] }
  },
}
