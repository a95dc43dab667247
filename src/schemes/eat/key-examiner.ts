import { bytesOf, rangeOf, sliceOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Examination, Examiner } from '../../core/scheme.ts'
import type { Cite } from '../../core/verdict.ts'
import { member, parseJson, textOf } from '../../bytes/json.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { readKeyFile } from '../../crypto/key-file.ts'
import { digest } from '../../crypto/verify.ts'
import { base64Text, toBase64 } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import { ANY_CHAIN, anchorsAmong, purposeAmong } from '../../pki/any-chain.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { carriesEvidence } from '../../pki/evidence-extensions.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
import type { Certificate } from '../../pki/types.ts'
import { FORMATS } from './formats.ts'

/** Most certificates beside one key. */
const CHAIN = 8

/** A key that brings certificates (`x5c`): are they for this key, and where do they end? */
export const keyExaminer: Examiner = {
  formats: [FORMATS.keyFile],
  anchors: 'all',
  async examine(item, context) {
    const text = item.slice.bytes[item.slice.start] === 0x7b ? parseJson(item.slice).value : undefined
    const x5c = member(text, 'x5c')
    const [leaf, ...pool] = (x5c?.kind === 'array' ? x5c.items.slice(0, CHAIN) : []).flatMap((one) => {
      const read = base64Text(textOf(one) ?? '')
      return (read && readCertificate(sliceOf('', bytesOf(read.slice)))) ?? []
    })
    const [key] = readKeyFile(item.slice)
    if (!leaf || !key) return undefined
    const anchors = anchorsAmong([leaf, ...pool], context.anchors)
    const path = await verifyPath({
      leaf,
      pool,
      anchors,
      purpose: purposeAmong(anchors),
      profile: ANY_CHAIN,
      at: context.at,
    })
    const cites = [{ artifact: item.artifact, path: '', ranges: [rangeOf(item.slice)] }]
    const isSame = sameBytes(key.spki, bytesOf(leaf.spki))
    const fault = path.faults[0]
    const outside = path.outside[0]
    return {
      root: await rootFinding(path, 'service-token'),
      findings: [
        {
          id: 'key.certified',
          outcome: isSame ? 'pass' : 'fail',
          because: say(isSame ? 'key.certified.holds' : 'key.certified.fails'),
          cites,
          found: key.keyId ?? '',
        },
        {
          id: 'x509.chain-holds',
          cites,
          found: path.path.map(({ subject }) => subject.commonName || subject.text).join(' ← '),
          ...(fault
            ? // Of a key that is too short nobody knows whether it signed.
              {
                outcome: fault.because.code === 'key-weak' ? ('unsupported' as const) : ('fail' as const),
                because: fault.because,
              }
            : path.missingIssuer
              ? {
                  outcome: 'not-checked' as const,
                  because: say('key.issuer-missing', { issuer: path.missingIssuer.text }),
                }
              : { outcome: 'pass' as const, because: say('key.chain.holds', { count: path.path.length }) }),
        },
        {
          id: 'x509.certificates-in-date',
          cites,
          ...(outside
            ? { outcome: 'not-checked' as const, because: outside.because }
            : { outcome: 'pass' as const, because: say('key.in-date.holds') }),
        },
        ...(await namedByHash(key.keyId, leaf, cites)),
      ],
    }
  },
}

/**
 * Where a service keeps its key in a TEE, `kid` is the hash that the evidence in the certificate holds too (Microsoft Azure Attestation):
 * SHA-256 over the key as PEM text with one NUL byte, in base64.
 */
async function namedByHash(
  keyId: string | undefined,
  leaf: Certificate,
  cites: readonly Cite[],
): Promise<Examination['findings']> {
  if (keyId === undefined || !carriesEvidence(leaf.extensions)) return []
  const text = new TextEncoder().encode(`${encodePem('PUBLIC KEY', bytesOf(leaf.spki))}\0`)
  const expected = toBase64(await digest('SHA-256', text))
  const isHash = keyId === expected
  return [
    {
      id: 'maa.kid-is-key-hash',
      outcome: isHash ? 'pass' : 'not-checked',
      because: say(isHash ? 'key.kid-is-hash' : 'key.kid-is-name'),
      cites: [...cites],
      found: keyId,
      expected,
    },
  ]
}
