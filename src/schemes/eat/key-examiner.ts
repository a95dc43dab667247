import { bytesOf, rangeOf, sliceOf } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Examiner } from '../../core/scheme.ts'
import { member, parseJson, textOf } from '../../bytes/json.ts'
import { sameBytes } from '../../bytes/layout.ts'
import { readKeyFile } from '../../crypto/key-file.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { ANY_CHAIN, anchorsAmong, purposeAmong } from '../../pki/any-chain.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { rootFinding, verifyPath } from '../../pki/path.ts'
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
      const read = readBase64(sliceOf('', new TextEncoder().encode(textOf(one) ?? '')))
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
            ? { outcome: 'fail' as const, because: fault.because }
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
      ],
    }
  },
}
