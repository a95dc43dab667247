import type { Slice, Space } from '../../core/place.ts'
import type { Appraiser, Decoding, EvidenceFormat, Inner, Scheme } from '../../core/scheme.ts'
import { parseJson, readJson } from '../../bytes/json.ts'
import { later } from '../../bytes/later.ts'
import { anchors } from './anchors.ts'
import { readBundle, spacesOf, type Bundle } from './bundle.ts'
import { chainHolds } from './checks/chain-holds.ts'
import { checkpointSigned } from './checks/checkpoint-signed.ts'
import { configFits } from './checks/config-fits.ts'
import { entryIncluded } from './checks/entry-included.ts'
import { entryIsThis } from './checks/entry-is-this.ts'
import { fileIsHere } from './checks/file-is-here.ts'
import { identityExpected } from './checks/identity-expected.ts'
import { noRootCarried } from './checks/no-root-carried.ts'
import { sctSigned } from './checks/sct-signed.ts'
import { setSigned } from './checks/set-signed.ts'
import { signedByCertificate } from './checks/signed-by-certificate.ts'
import { signingTimeKnown } from './checks/signing-time-known.ts'
import { statementWellFormed } from './checks/statement-well-formed.ts'
import { trustRootListed } from './checks/trust-root-listed.ts'
import { tufInDate } from './checks/tuf-in-date.ts'
import { tufListsSigned } from './checks/tuf-lists-signed.ts'
import { tufRootsSigned } from './checks/tuf-roots-signed.ts'
import { validAtSigning } from './checks/valid-at-signing.ts'
import { versionKnown } from './checks/version-known.ts'
import { wellFormed } from './checks/well-formed.ts'
import { FORMATS } from './formats.ts'
import { identityOf } from './identity.ts'
import { looseAppraiser, looseFormats } from './loose.ts'
import { prepare, type PreparedBundle } from './prepare.ts'
import { samples } from './samples.ts'
import { tufExaminer } from './tuf-examiner.ts'
import { at, itemsOf } from './values.ts'
import { readCertificate } from '../../pki/certificate.ts'

/** JSON as it is, with what stands in it opened as artifacts of their own. */
export function jsonDecoding<D>(
  slice: Slice,
  label: string,
  decoded: D,
  inner: readonly Inner[],
  spaces: () => readonly Space[] = () => [],
): Decoding<D> {
  const json = later(() => readJson(slice, '', label))
  return {
    tree: () => json().node,
    decoded,
    spaces,
    problems: [],
    inner,
    expand: (path, from, to) => json().expand(path, from, to) ?? [],
  }
}

/** Certificates and statement of a bundle. */
function innerOf({ certificates, envelope }: Bundle): Inner[] {
  return [
    ...certificates.map((one, i): Inner => ({
      slice: one.slice,
      name: i === 0 ? 'certificate' : `certificate ${i + 1}`,
      format: 'x509.certificate',
      origin: 'embedded',
    })),
    ...(envelope?.payload
      ? [{ slice: envelope.payload.slice, name: 'payload', format: FORMATS.content, origin: 'embedded' as const }]
      : []),
  ]
}

const bundle: EvidenceFormat<Bundle> = {
  id: FORMATS.bundle,
  message: 'reference-values',
  title: 'format.sigstore.bundle',
  facts(decoded) {
    const [leaf] = decoded.certificates
    const certificate = leaf && readCertificate(leaf.slice)
    return { measurements: [], claims: certificate ? identityOf(certificate).claims : [] }
  },
  decode(slice) {
    const decoded = readBundle(slice)
    return jsonDecoding(slice, 'sigstore bundle', decoded, innerOf(decoded), () => spacesOf(decoded))
  },
}

/** What GitHub answers when asked for the attestations of a digest. */
const reply: EvidenceFormat<undefined> = {
  id: FORMATS.reply,
  message: 'supporting',
  title: 'format.sigstore.reply',
  decode(slice) {
    const { value } = parseJson(slice)
    const inner = itemsOf(at(value, 'attestations'))
      .slice(0, 64)
      .flatMap((one, i): Inner[] => {
        const held = at(one, 'bundle')
        return held
          ? [
              {
                slice: { ...slice, start: held.range.start, end: held.range.end },
                name: `attestations[${i}].bundle`,
                format: FORMATS.bundle,
                origin: 'bundled',
              },
            ]
          : []
      })
    return jsonDecoding(slice, 'attestations', undefined, inner)
  },
}

const trustedRoot: EvidenceFormat<undefined> = {
  id: FORMATS.trustedRoot,
  message: 'endorsement',
  title: 'format.sigstore.trusted-root',
  decode: (slice) => jsonDecoding(slice, 'trusted root', undefined, []),
}

const tuf: EvidenceFormat<undefined> = {
  id: FORMATS.tuf,
  message: 'endorsement',
  title: 'format.sigstore.tuf',
  decode: (slice) => jsonDecoding(slice, 'TUF metadata', undefined, []),
}

const appraiser: Appraiser<PreparedBundle> = {
  formats: [FORMATS.bundle],
  prepare,
  notJudged: ['sigstore.not-judged.build'],
  checks: [
    wellFormed,
    versionKnown,
    noRootCarried,
    statementWellFormed,
    signedByCertificate,
    setSigned,
    entryIncluded,
    checkpointSigned,
    entryIsThis,
    signingTimeKnown,
    chainHolds,
    validAtSigning,
    sctSigned,
    identityExpected,
    fileIsHere,
    configFits,
    tufRootsSigned,
    tufListsSigned,
    trustRootListed,
    tufInDate,
  ],
}

export const scheme: Scheme = {
  id: 'sigstore',
  formats: [bundle, reply, trustedRoot, tuf, ...looseFormats],
  appraisers: [appraiser, looseAppraiser],
  examiners: [tufExaminer],
  anchors,
  samples,
}
