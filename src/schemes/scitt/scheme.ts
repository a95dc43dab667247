import { rangeOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { gapNode } from '../../bytes/layout.ts'
import { later } from '../../bytes/later.ts'
import { readJson } from '../../bytes/json.ts'
import { cborTree, shapeRows } from '../../bytes/cbor-node.ts'
import { anchors } from './anchors.ts'
import { chainHolds } from './checks/chain-holds.ts'
import { chainInDate } from './checks/chain-in-date.ts'
import { headerUnderstood } from './checks/header-understood.ts'
import { issuerFits } from './checks/issuer-fits.ts'
import { keyAttested } from './checks/key-attested.ts'
import { payloadHere } from './checks/payload-here.ts'
import { receiptHolds } from './checks/receipt-holds.ts'
import { receiptsAreForThis } from './checks/receipts-are-for-this.ts'
import { signedByCertificate } from './checks/signed-by-certificate.ts'
import { thumbprintFits } from './checks/thumbprint-fits.ts'
import { wellFormed } from './checks/well-formed.ts'
import { innerOf, readStatement, type CoseStatement } from './decoded.ts'
import { FORMATS } from './formats.ts'
import { prepare, type PreparedStatement } from './prepare.ts'
import { samples } from './samples.ts'
import { statementShape } from './shape.ts'

const statement: EvidenceFormat<CoseStatement> = {
  id: FORMATS.statement,
  message: 'reference-values',
  title: 'format.scitt.statement',
  rows: () => shapeRows(statementShape),
  facts: (decoded) => ({
    measurements: [],
    claims: [
      ...(decoded.issuer ? [{ name: 'iss', value: decoded.issuer.value }] : []),
      ...(decoded.subject ? [{ name: 'sub', value: decoded.subject.value }] : []),
      ...(decoded.svn ? [{ name: 'svn', value: decoded.svn.value }] : []),
    ],
  }),
  decode(slice) {
    const { statement: decoded, spaces } = readStatement(slice)
    const tree = later(() => cborTree(slice, '', 'Signed statement', statementShape))
    return {
      tree: () => tree().node,
      decoded,
      spaces: () => [...tree().spaces, ...spaces],
      problems: [],
      inner: innerOf(decoded),
      expand: (path, from, to) => tree().expand(path, from, to),
    }
  },
}

const serviceKeys: EvidenceFormat<undefined> = {
  id: FORMATS.serviceKeys,
  message: 'endorsement',
  title: 'format.scitt.service-keys',
  decode(slice) {
    const json = readJson(slice, '', 'service certificates')
    return {
      tree: () => json.node,
      decoded: undefined,
      spaces: () => [],
      problems: [],
      inner: [],
      expand: (path, from, to) => json.expand(path, from, to) ?? [],
    }
  },
}

const policy: EvidenceFormat<undefined> = {
  id: FORMATS.policy,
  message: 'supporting',
  title: 'format.scitt.policy',
  decode: (slice) => ({
    tree: () => ({
      ...gapNode(
        '',
        'policy',
        slice,
        [{ because: say('scitt.policy-text'), range: rangeOf(slice) }],
        'field.scitt.policy',
      ),
      kind: 'leaf',
    }),
    decoded: undefined,
    spaces: () => [],
    problems: [],
    inner: [],
  }),
}

const appraiser: Appraiser<PreparedStatement> = {
  formats: [FORMATS.statement],
  prepare,
  notJudged: ['scitt.not-judged.time-stamp'],
  checks: [
    wellFormed,
    headerUnderstood,
    signedByCertificate,
    keyAttested,
    thumbprintFits,
    chainHolds,
    chainInDate,
    issuerFits,
    receiptsAreForThis,
    receiptHolds,
    payloadHere,
  ],
}

export const scheme: Scheme = {
  id: 'scitt',
  formats: [statement, serviceKeys, policy],
  appraisers: [appraiser],
  anchors,
  samples,
}
