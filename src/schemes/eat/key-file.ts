import { rangeOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Decoding } from '../../core/scheme.ts'
import { cborTree, type CborShape } from '../../bytes/cbor-node.ts'
import { readJson } from '../../bytes/json.ts'
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
  return {
    tree: () => reading.node,
    decoded: undefined,
    spaces: () => [],
    problems,
    inner: [],
    expand: (path, from, to) => expand(path, from, to) ?? [],
  }
}
