import { NO_FACTS, type Appraiser, type EvidenceFormat, type Facts, type Scheme } from '../../core/scheme.ts'
import { bytesOf, rangeOf } from '../../core/place.ts'
import { later } from '../../bytes/later.ts'
import { readJson } from '../../bytes/json.ts'
import { certificateNode, readCertificate } from '../../pki/certificate.ts'
import { readPile } from '../../pki/pile.ts'
import type { Certificate } from '../../pki/types.ts'
import { anchors } from './anchors.ts'
import {
  androidFacts,
  readAndroidCertificate,
  readAndroidChain,
  readStatusList,
  type Android,
  type StatusList,
} from './android.ts'
import {
  attestationTree,
  authDataRows,
  readAssertion,
  readAttestation,
  type Assertion,
  type Attestation,
} from './attestation.ts'
import { androidChain } from './checks/android-chain.ts'
import { androidInDate } from './checks/android-in-date.ts'
import { androidWellFormed } from './checks/android-well-formed.ts'
import { assertionSigned } from './checks/assertion-signed.ts'
import { chain } from './checks/webauthn-chain.ts'
import { clientDataAnswered } from './checks/client-data-answered.ts'
import { environment } from './checks/production-environment.ts'
import { extensionNearestRoot } from './checks/extension-nearest-root.ts'
import { firstUse } from './checks/counter-zero.ts'
import { hardwareLevel } from './checks/hardware-level.ts'
import { inDate } from './checks/webauthn-in-date.ts'
import { keyBound } from './checks/key-bound.ts'
import { madeInside } from './checks/key-made-inside.ts'
import { notRevoked } from './checks/not-revoked.ts'
import { statementSigned } from './checks/statement-signed.ts'
import { verifiedBoot } from './checks/verified-boot.ts'
import { wellFormed } from './checks/well-formed.ts'
import { FORMATS } from './formats.ts'
import { READERS } from './nodes.ts'
import { prepareAssertion, type PreparedAssertion } from './prepare-assertion.ts'
import { prepareAndroid, prepareAttestation, type PreparedAndroid, type PreparedAttestation } from './prepare.ts'
import { samples } from './samples.ts'

function attestationFacts({ authData, certificates, format }: Attestation): Facts {
  const [leaf] = certificates
  const spki = authData?.spki
  return {
    measurements: [],
    ...(authData && spki
      ? { attestedKey: { path: 'authData', ranges: [rangeOf(authData.slice)], value: spki } }
      : leaf
        ? { attestedKey: { path: 'attStmt.x5c', ranges: [rangeOf(leaf.spki)], value: bytesOf(leaf.spki) } }
        : {}),
    ...(authData?.aaguid
      ? { deviceId: { path: 'authData.aaguid', ranges: [rangeOf(authData.aaguid)], value: bytesOf(authData.aaguid) } }
      : {}),
    versions: { fmt: format },
  }
}

const attestation: EvidenceFormat<Attestation> = {
  id: FORMATS.attestation,
  message: 'evidence',
  title: 'format.device.attestation-object',
  rows: authDataRows,
  facts: attestationFacts,
  decode(slice) {
    const read = readAttestation(slice)
    const tree = later(() => attestationTree(slice, 'attestation object'))
    return {
      tree: () => tree().node,
      decoded: read.attestation,
      spaces: () => [...tree().spaces, ...read.spaces],
      problems: [],
      inner: read.attestation.certificates.map((one, i) => ({
        slice: one.slice,
        name: `x5c[${i}]`,
        format: FORMATS.layer,
        origin: 'embedded',
      })),
      expand: (path, from, to) => tree().expand(path, from, to),
    }
  },
}

const assertion: EvidenceFormat<Assertion> = {
  id: FORMATS.assertion,
  message: 'evidence',
  title: 'format.device.assertion',
  decode(slice) {
    const read = readAssertion(slice)
    const tree = later(() => attestationTree(slice, 'assertion'))
    return {
      tree: () => tree().node,
      decoded: read.assertion,
      spaces: () => [...tree().spaces, ...read.spaces],
      problems: [],
      inner: [],
      expand: (path, from, to) => tree().expand(path, from, to),
    }
  },
}

const nameOf = (certificate: Certificate | undefined) => certificate?.subject.commonName || 'certificate'

const androidCertificate: EvidenceFormat<Android> = {
  id: FORMATS.androidCertificate,
  message: 'evidence',
  title: 'format.device.android-certificate',
  facts: androidFacts,
  decode(slice) {
    const android = readAndroidCertificate(slice)
    return {
      tree: () => certificateNode(slice, 'certificate', nameOf(android.leaf), { extensionReaders: READERS }),
      decoded: android,
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
}

const androidChainFormat: EvidenceFormat<Android> = {
  id: FORMATS.androidChain,
  message: 'evidence',
  title: 'format.device.android-chain',
  facts: androidFacts,
  decode(slice) {
    const pile = readPile(slice)
    return {
      tree: pile.node,
      decoded: readAndroidChain(slice, pile),
      spaces: () => pile.spaces,
      problems: [],
      inner: pile.certificates.map((one) => ({
        slice: one.slice,
        name: nameOf(one),
        format: FORMATS.layer,
        origin: 'embedded',
      })),
    }
  },
}

/** A certificate of a chain that is appraised as a whole. */
const layer: EvidenceFormat<Certificate | undefined> = {
  id: FORMATS.layer,
  message: 'endorsement',
  title: 'format.device.certificate',
  facts: () => NO_FACTS,
  decode(slice) {
    const certificate = readCertificate(slice)
    return {
      tree: () => certificateNode(slice, 'certificate', nameOf(certificate), { extensionReaders: READERS }),
      decoded: certificate,
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
}

const statusList: EvidenceFormat<StatusList> = {
  id: FORMATS.statusList,
  message: 'endorsement',
  title: 'format.device.android-status',
  decode(slice) {
    const json = later(() => readJson(slice, '', 'status list'))
    return {
      tree: () => json().node,
      decoded: readStatusList(slice),
      spaces: () => [],
      problems: [],
      inner: [],
      expand: (path, from, to) => json().expand(path, from, to) ?? [],
    }
  },
}

const forAttestations: Appraiser<PreparedAttestation> = {
  formats: [FORMATS.attestation],
  prepare: prepareAttestation,
  notJudged: ['device.not-judged.presence'],
  checks: [wellFormed, statementSigned, keyBound, firstUse, chain, inDate, environment, clientDataAnswered],
}

const forAssertions: Appraiser<PreparedAssertion> = {
  formats: [FORMATS.assertion],
  prepare: prepareAssertion,
  notJudged: ['device.not-judged.presence'],
  needsBinding: true,
  checks: [assertionSigned],
}

const forAndroid: Appraiser<PreparedAndroid> = {
  formats: [FORMATS.androidCertificate, FORMATS.androidChain],
  prepare: prepareAndroid,
  notJudged: ['device.not-judged.patch'],
  checks: [
    androidWellFormed,
    extensionNearestRoot,
    androidChain,
    androidInDate,
    notRevoked,
    hardwareLevel,
    verifiedBoot,
    madeInside,
  ],
}

export const scheme: Scheme = {
  id: 'device',
  formats: [attestation, assertion, androidCertificate, androidChainFormat, layer, statusList],
  appraisers: [forAttestations, forAssertions, forAndroid],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
