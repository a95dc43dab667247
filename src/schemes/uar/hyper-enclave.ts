import { bytesOf, rangeOf, sliceOf, type ByteRange, type Slice } from '../../core/place.ts'
import { say, type TextId } from '../../core/saying.ts'
import type { CaseItem, Examiner } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { contentOf, isTag, readDerStrict, TAG } from '../../bytes/der.ts'
import { joinBytes } from '../../bytes/join.ts'
import { readWhole, sameBytes } from '../../bytes/layout.ts'
import { hashNow } from '../../crypto/hash.ts'
import { ecSpki } from '../../crypto/keys.ts'
import { verifySm2WithoutZ } from '../../crypto/sm2-without-z.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { verifySignature } from '../../crypto/verify.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { readCertificate } from '../../pki/certificate.ts'
import type { Certificate } from '../../pki/types.ts'
import { hyperEnclaveQuote, type HyperEnclaveQuote } from './layout.ts'
import { FORMATS } from './names.ts'

/** How a HyperEnclave quote stands by itself, as jinzhao's verifier reads it (asterinas/jinzhao-attest, `verification/platforms/hyperenclave`). It is no verdict: nobody publishes whose certificates these are. */

/** The user id in the hypervisor's signatures. */
const USER_ID = Uint8Array.from({ length: 14 }, (_, i) => i + 1)
/** The extension that holds what the platform's registers should be, in base64. */
const BASELINE = '1.2.86.1'
/** One bank, SM3: registers 0 to 9, 12 and 13. The hypervisor's key is extended into the last. */
const SELECTED = Uint8Array.of(0, 0, 0, 1, 0x00, 0x12, 3, 0xff, 0x33, 0x00)
const DIGEST = 32

/** A quote's parts; undefined where the head is not whole. */
export const readQuote = (slice: Slice): HyperEnclaveQuote | undefined =>
  readWhole(hyperEnclaveQuote, slice, '', 'HyperEnclave quote').value

/** The registers that the certificate names: the digest over all of them first, the key's own register last. */
function baselineOf(certificate: Certificate | undefined) {
  const value = certificate?.extensions.find(({ oid }) => oid === BASELINE)?.value
  if (!value) return undefined
  const element = readDerStrict(value)
  const text = isTag(element, TAG.utf8) ? contentOf(element) : bytesOf(value)
  const read = readBase64(sliceOf('', text))
  const bytes = read && bytesOf(read.slice)
  return bytes && bytes.length >= 2 * DIGEST
    ? { all: bytes.subarray(0, DIGEST), last: bytes.subarray(bytes.length - DIGEST) }
    : undefined
}

const outcomeOf = ({ result }: VerifyResult): Finding['outcome'] =>
  result === 'valid' ? 'pass' : result === 'invalid' ? 'fail' : 'unsupported'

async function findingsOf({ artifact, slice }: CaseItem) {
  const quote = readQuote(slice)
  if (!quote) return undefined
  const { reportBody, signature } = quote
  const der = signature.certificate.slice
  const certificate = der.end > der.start ? readCertificate(der) : undefined
  const whole = { artifact, path: '', ranges: [rangeOf(slice)] }
  const cites = (...parts: readonly { readonly path: string; readonly ranges: readonly ByteRange[] }[]) =>
    parts.map(({ path, ranges }) => ({ artifact, path, ranges }))
  const signed = (id: string, good: TextId, result: VerifyResult, of: Finding['cites']) => ({
    id,
    outcome: outcomeOf(result),
    because: result.result === 'valid' ? say(good) : result.because,
    cites: of,
  })
  const byHypervisor = await verifySignature(
    { kind: 'sm2', userId: USER_ID, form: 'p1363' },
    ecSpki('SM2', signature.hvAttKeyPub.value),
    reportBody.value,
    signature.enclaveSig.value,
  )
  const attest = signature.platformAttest
  const byPlatform =
    certificate &&
    (await verifySm2WithoutZ(
      bytesOf(certificate.spki),
      slice.bytes.subarray(attest.$.range.start, attest.$.range.end),
      signature.platformSig.value,
    ))
  const ofKey = cites(signature.hvAttKeyPub, attest.pcrDigest)
  const baseline = baselineOf(certificate)
  const register = hashNow('sm3', joinBytes([new Uint8Array(DIGEST), hashNow('sm3', signature.hvAttKeyPub.value)]))
  const isMeasured =
    baseline !== undefined &&
    sameBytes(baseline.last, register) &&
    sameBytes(baseline.all, attest.pcrDigest.value) &&
    sameBytes(attest.selection.value, SELECTED)
  return [
    signed(
      'uar.hyperenclave-report-signed',
      'uar.hyperenclave-report-signed.holds',
      byHypervisor,
      cites(reportBody, signature.enclaveSig),
    ),
    byPlatform
      ? signed(
          'uar.hyperenclave-platform-signed',
          'uar.hyperenclave-platform-signed.holds',
          byPlatform,
          cites(signature.platformSig),
        )
      : {
          id: 'uar.hyperenclave-platform-signed',
          outcome: 'not-checked' as const,
          because: say('uar.hyperenclave-no-certificate'),
          cites: [whole],
        },
    {
      id: 'uar.hyperenclave-key-measured',
      outcome: !baseline ? ('not-checked' as const) : isMeasured ? ('pass' as const) : ('fail' as const),
      because: say(
        !baseline
          ? 'uar.hyperenclave-no-baseline'
          : isMeasured
            ? 'uar.hyperenclave-key-measured.holds'
            : 'uar.hyperenclave-key-measured.fails',
      ),
      cites: ofKey,
    },
  ]
}

export const hyperEnclaveExaminer: Examiner = {
  formats: [FORMATS.hyperEnclave],
  anchors: 'own',
  async examine(item) {
    const findings = await findingsOf(item)
    return findings && { root: undefined, findings }
  },
}
