import { NO_FACTS, type Appraiser, type EvidenceFormat, type Scheme } from '../../core/scheme.ts'
import { derNode } from '../../bytes/der-node.ts'
import { cborTree, shapeRows } from '../../bytes/cbor-node.ts'
import { later } from '../../bytes/later.ts'
import { coseShape, coseTree } from '../../envelope/cose.ts'
import { certificateNode } from '../../pki/certificate.ts'
import { readPile } from '../../pki/pile.ts'
import { anchors } from './anchors.ts'
import { layersSigned } from './checks/layers-signed.ts'
import { inDate } from './checks/in-date.ts'
import { layersInOrder } from './checks/layers-in-order.ts'
import { modesNormal } from './checks/modes-normal.ts'
import { serialIsKeyHash } from './checks/serial-is-key-hash.ts'
import { signedByIssuer } from './checks/signed-by-issuer.ts'
import { svnAtLeastYours } from './checks/svn-at-least-yours.ts'
import { wellFormed } from './checks/well-formed.ts'
import { factsOf, readCborCertificate, readChain, readDiceCertificate, readDicePile, type Dice } from './decoded.ts'
import { FORMATS } from './formats.ts'
import { claimsShape, keyShape } from './layout.ts'
import { READERS } from './nodes.ts'
import { prepare, type PreparedDice } from './prepare.ts'
import { samples } from './samples.ts'
import { titanExaminer, titanFormats } from './titan.ts'

const certificate: EvidenceFormat<Dice> = {
  id: FORMATS.certificate,
  message: 'evidence',
  title: 'format.dice.certificate',
  facts: factsOf,
  decode(slice) {
    const dice = readDiceCertificate(slice)
    const name = dice.certificate?.subject.commonName ?? ''
    return {
      tree: () =>
        certificateNode(slice, 'certificate', name === '' ? 'certificate' : name, { extensionReaders: READERS }),
      decoded: dice,
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
}

const pile: EvidenceFormat<Dice> = {
  id: FORMATS.pile,
  message: 'evidence',
  title: 'format.dice.x509-chain',
  facts: factsOf,
  decode(slice) {
    const read = readPile(slice)
    return {
      tree: read.node,
      decoded: readDicePile(slice, read),
      spaces: () => read.spaces,
      problems: [],
      inner: read.certificates.map((one) => ({
        slice: one.slice,
        name: one.subject.commonName,
        format: FORMATS.layer,
        origin: 'embedded',
      })),
    }
  },
}

const layer: EvidenceFormat<Dice> = {
  ...certificate,
  id: FORMATS.layer,
  message: 'endorsement',
  title: 'format.dice.layer',
  facts: () => NO_FACTS,
}

const cbor: EvidenceFormat<Dice> = {
  id: FORMATS.cbor,
  message: 'evidence',
  title: 'format.dice.cbor-certificate',
  rows: () => shapeRows(claimsShape),
  facts: factsOf,
  decode(slice) {
    const { dice, spaces } = readCborCertificate(slice)
    const tree = later(() => coseTree(slice, '', 'DICE certificate', claimsShape))
    return {
      tree: () => tree().node,
      decoded: dice,
      spaces: () => [...tree().spaces, ...spaces],
      problems: [],
      inner: [],
      expand: (path, from, to) => tree().expand(path, from, to),
    }
  },
}

const cborChain: EvidenceFormat<Dice> = {
  id: FORMATS.chain,
  message: 'evidence',
  title: 'format.dice.cbor-chain',
  facts: factsOf,
  decode(slice) {
    const { dice, spaces } = readChain(slice)
    const tree = later(() =>
      cborTree(slice, '', 'DICE chain', {
        positions: [{ key: 0, name: 'key', label: 'first key', ...keyShape }],
        element: coseShape(claimsShape),
      }),
    )
    return {
      tree: () => tree().node,
      decoded: dice,
      spaces: () => [...tree().spaces, ...spaces],
      problems: [],
      inner: [],
      expand: (path, from, to) => tree().expand(path, from, to),
    }
  },
}

const plain = (id: string, title: string, label: string): EvidenceFormat<undefined> => ({
  id,
  message: 'supporting',
  title,
  decode: (slice) => ({
    tree: () => derNode(slice, label, label),
    decoded: undefined,
    spaces: () => [],
    problems: [],
    inner: [],
  }),
})

const appraiser: Appraiser<PreparedDice> = {
  formats: [FORMATS.certificate, FORMATS.pile, FORMATS.cbor, FORMATS.chain],
  prepare,
  notJudged: ['dice.not-judged.names'],
  comparesMinimumTcb: true,
  checks: [
    wellFormed,
    serialIsKeyHash,
    signedByIssuer,
    layersSigned,
    inDate,
    svnAtLeastYours,
    modesNormal,
    layersInOrder,
  ],
}

export const scheme: Scheme = {
  id: 'dice',
  formats: [
    certificate,
    pile,
    layer,
    cbor,
    cborChain,
    plain(FORMATS.request, 'format.dice.request', 'request'),
    plain(FORMATS.extension, 'format.dice.extension', 'extension'),
    ...titanFormats,
  ],
  appraisers: [appraiser],
  examiners: [titanExaminer],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
