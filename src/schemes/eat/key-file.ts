import { rangeOf, subSlice, type Slice, type Space } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Decoding, Inner } from '../../core/scheme.ts'
import { cborTree, type CborShape } from '../../bytes/cbor-node.ts'
import { member, readJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { readBase64 } from '../../envelope/base64.ts'
import { stringBytes } from '../../envelope/member-bytes.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { carriesEvidence } from '../../pki/evidence-extensions.ts'
import { FORMATS } from './formats.ts'
import { readKeyFile } from '../../crypto/key-file.ts'

/** COSE_Key (RFC 9052 section 7). */
export const coseKeyShape: CborShape = {
  keys: [
    {
      key: 1,
      name: 'kty',
      doc: 'field.coseKey.kty',
      type: 'int / tstr',
      symbols: { '1': 'OKP', '2': 'EC2', '3': 'RSA', '4': 'Symmetric' },
    },
    { key: 2, name: 'kid', doc: 'field.coseKey.kid', type: 'bstr' },
    { key: 3, name: 'alg', doc: 'field.coseKey.alg', type: 'int / tstr' },
    {
      key: -1,
      name: 'crv',
      doc: 'field.coseKey.crv',
      type: 'int',
      symbols: { '1': 'P-256', '2': 'P-384', '3': 'P-521', '6': 'Ed25519' },
    },
    { key: -2, name: 'x', doc: 'field.coseKey.x', type: 'bstr' },
    { key: -3, name: 'y', doc: 'field.coseKey.y', type: 'bstr' },
  ],
}

/** A file of public keys. Schemes without a public root read the keys from its bytes; here it is only shown. */
export function decodeKeyFile(slice: Slice): Decoding<undefined> {
  const problems = readKeyFile(slice).some((key) => key.isPrivate)
    ? [{ because: say('key.private'), range: rangeOf(slice) }]
    : []
  if ((slice.bytes[slice.start] ?? 0) >> 5 === 5) {
    const { node, spaces, expand } = cborTree(slice, '', 'COSE_Key', coseKeyShape)
    return { tree: () => node, decoded: undefined, spaces: () => spaces, problems, inner: [], expand }
  }
  const reading = readJson(slice, '', 'key file')
  const { expand } = reading
  const { inner, spaces } = certified(slice, reading.value)
  return {
    tree: () => reading.node,
    decoded: undefined,
    spaces: () => spaces,
    problems,
    inner,
    expand: (path, from, to) => expand(path, from, to) ?? [],
  }
}

/** Most keys of one set that are opened, and most certificates of one key. */
const KEYS = 64
const CHAIN = 8

/** Keys of a set that bring certificates, each as a key of its own; of one key, its certificates: the first may carry evidence of its own. */
function certified(
  slice: Slice,
  value: JsonValue | undefined,
): { readonly inner: readonly Inner[]; readonly spaces: readonly Space[] } {
  const keys = member(value, 'keys')
  if (keys?.kind === 'array') {
    const inner = keys.items.slice(0, KEYS).flatMap((key, index): Inner[] =>
      member(key, 'x5c')?.kind === 'array'
        ? [
            {
              slice: subSlice(slice, key.range.start - slice.start, key.range.end - slice.start),
              name: textOf(member(key, 'kid')) ?? `keys[${index}]`,
              format: FORMATS.keyFile,
              origin: 'embedded',
            },
          ]
        : [],
    )
    return { inner, spaces: [] }
  }
  const x5c = member(value, 'x5c')
  const inner: Inner[] = []
  const spaces: Space[] = []
  for (const [index, item] of (x5c?.kind === 'array' ? x5c.items.slice(0, CHAIN) : []).entries()) {
    const read = stringBytes(slice, item, readBase64)
    const certificate = read && readCertificate(read.slice)
    if (!certificate) continue
    spaces.push(...read.spaces)
    inner.push({
      slice: read.slice,
      name: `x5c[${index}]`,
      origin: 'embedded',
      // The key is examined together with its chain.
      hints: { examined: 'with-key' },
      ...(index === 0 && carriesEvidence(certificate.extensions) ? {} : { format: 'x509.certificate' }),
    })
  }
  return { inner, spaces }
}
