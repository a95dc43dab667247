import { bytesOf, rangeOf, type Slice } from '../../core/place.ts'
import type { Appraiser, DecodeContext, Decoding, EvidenceFormat, Facts, Scheme } from '../../core/scheme.ts'
import { shapeRows, type CborShape } from '../../bytes/cbor-node.ts'
import { later } from '../../bytes/later.ts'
import { coseTree } from '../../envelope/cose.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { anchors } from './anchors.ts'
import { decodeCertificate } from './certificate.ts'
import { algorithmIsEs384 } from './checks/algorithm-is-es384.ts'
import { bundleRootFirst } from './checks/bundle-root-first.ts'
import { certificatesInDate } from './checks/certificates-in-date.ts'
import { chainHolds } from './checks/chain-holds.ts'
import { fieldsFollowRules } from './checks/fields-follow-rules.ts'
import { keysUnique } from './checks/keys-unique.ts'
import { leafIsShortLived } from './checks/leaf-is-short-lived.ts'
import { notDebug } from './checks/not-debug.ts'
import { nothingFollows } from './checks/nothing-follows.ts'
import { shortestEncoding } from './checks/shortest-encoding.ts'
import { signedByCertificate } from './checks/signed-by-certificate.ts'
import { wellFormed } from './checks/well-formed.ts'
import { readDocument, type NitroDocument } from './decoded.ts'
import { decodeDstack, envelope } from './dstack.ts'
import { FORMATS } from './formats.ts'
import { enclaveDocument, qingtianDocument, tpmDocument } from './layout.ts'
import { debugOf, IMAGE_PCRS, prepare, type PreparedNitro } from './prepare.ts'
import { samples } from './samples.ts'

function documentFormat(id: string, shape: CborShape): EvidenceFormat<NitroDocument> {
  return {
    id,
    message: 'evidence',
    title: `format.${id}`,
    rows: () => shapeRows(shape),
    decode(slice: Slice, _context: DecodeContext): Decoding<NitroDocument> {
      const { document, spaces } = readDocument(slice)
      const tree = later(() => coseTree(slice, '', 'attestation document', shape))
      return {
        tree: () => tree().node,
        decoded: document,
        spaces: () => [...tree().spaces, ...spaces],
        problems: [],
        inner: [],
        expand: (path, from, to) => tree().expand(path, from, to),
      }
    },
    facts: factsOf,
  }
}

/** In core words. Registers that identify the software: of an enclave the image, of an instance the boot path. */
function factsOf(document: NitroDocument): Facts {
  const identity = document.kind === 'tpm' ? [4, 7, 12] : IMAGE_PCRS[document.kind]
  const leaf = document.certificate && readCertificate(document.certificate)
  const isDebug = debugOf(document)
  const image = document.pcrs.filter((pcr) => IMAGE_PCRS[document.kind].includes(pcr.index))
  return {
    measurements: document.pcrs.map((pcr) => ({
      name: `PCR${pcr.index}`,
      value: pcr.value,
      identity: identity.includes(pcr.index),
      hash: 'sha384',
    })),
    ...(document.userData ? { userData: document.userData } : {}),
    ...(document.nonce ? { nonce: document.nonce } : {}),
    ...(document.publicKey ? { attestedKey: document.publicKey } : {}),
    ...(document.timestamp ? { madeAt: document.timestamp } : {}),
    ...(document.moduleId ? { productId: document.moduleId.value } : {}),
    ...(leaf
      ? { signingKey: { path: 'payload.certificate', ranges: [rangeOf(leaf.spki)], value: bytesOf(leaf.spki) } }
      : {}),
    ...(isDebug === undefined
      ? {}
      : { debug: { path: 'payload.pcrs', ranges: image.flatMap((pcr) => pcr.value.ranges), value: isDebug } }),
  }
}

const certificateFormat: EvidenceFormat<undefined> = {
  id: FORMATS.certificate,
  message: 'supporting',
  title: 'format.nitro.certificate',
  decode: decodeCertificate,
}
const dstackFormat: EvidenceFormat<undefined> = {
  id: FORMATS.dstack,
  message: 'supporting',
  title: 'format.nitro.dstack',
  rows: () => envelope.rows(),
  decode: decodeDstack,
}

const appraiser: Appraiser<PreparedNitro> = {
  formats: [FORMATS.document, FORMATS.tpm, FORMATS.qingtian],
  prepare,
  notJudged: ['nitro.not-judged.module-id', 'nitro.not-judged.revocation'],
  checks: [
    wellFormed,
    keysUnique,
    fieldsFollowRules,
    algorithmIsEs384,
    nothingFollows,
    shortestEncoding,
    signedByCertificate,
    chainHolds,
    bundleRootFirst,
    certificatesInDate,
    leafIsShortLived,
    notDebug,
  ],
}

export const scheme: Scheme = {
  id: 'aws-nitro',
  formats: [
    documentFormat(FORMATS.document, enclaveDocument),
    documentFormat(FORMATS.tpm, tpmDocument),
    documentFormat(FORMATS.qingtian, qingtianDocument),
    certificateFormat,
    dstackFormat,
  ],
  appraisers: [appraiser],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
