import type { CborEntry, CborItem } from '../../bytes/cbor.ts'
import type { CborKey, CborShape } from '../../bytes/cbor-node.ts'
import { coseShape } from '../../envelope/cose.ts'

const DEBUG_STATES: Readonly<Record<string, string>> = {
  '0': 'enabled',
  '1': 'disabled',
  '2': 'disabled-since-boot',
  '3': 'disabled-permanently',
  '4': 'disabled-fully-and-permanently',
}
const USES: Readonly<Record<string, string>> = {
  '1': 'generic',
  '2': 'registration',
  '3': 'provisioning',
  '4': 'certificate issuance',
  '5': 'proof of possession',
}

const KEYS: readonly CborKey[] = [
  { key: 1, name: 'iss', doc: 'field.cwt.iss', type: 'tstr' },
  { key: 2, name: 'sub', doc: 'field.cwt.sub', type: 'tstr' },
  { key: 3, name: 'aud', doc: 'field.cwt.aud', type: 'tstr' },
  { key: 4, name: 'exp', doc: 'field.cwt.exp', type: 'NumericDate', time: 's' },
  { key: 5, name: 'nbf', doc: 'field.cwt.nbf', type: 'NumericDate', time: 's' },
  { key: 6, name: 'iat', doc: 'field.cwt.iat', type: 'NumericDate', time: 's' },
  { key: 7, name: 'cti', doc: 'field.cwt.cti', type: 'bstr' },
  { key: 8, name: 'cnf', doc: 'field.cwt.cnf', type: 'map' },
  { key: 10, name: 'eat_nonce', doc: 'field.cwt.eatNonce', type: 'bstr / [2* bstr]' },
  { key: 256, name: 'ueid', doc: 'field.cwt.ueid', type: 'bstr' },
  { key: 257, name: 'sueids', doc: 'field.cwt.sueids', type: 'map' },
  { key: 258, name: 'oemid', doc: 'field.cwt.oemid', type: 'bstr / int' },
  { key: 259, name: 'hwmodel', doc: 'field.cwt.hwmodel', type: 'bstr' },
  { key: 260, name: 'hwversion', doc: 'field.cwt.hwversion', type: '[tstr, scheme]' },
  { key: 261, name: 'uptime', doc: 'field.cwt.uptime', type: 'uint' },
  { key: 262, name: 'oemboot', doc: 'field.cwt.oemboot', type: 'bool' },
  { key: 263, name: 'dbgstat', doc: 'field.cwt.dbgstat', type: 'uint', symbols: DEBUG_STATES },
  { key: 264, name: 'location', doc: 'field.cwt.location', type: 'map' },
  { key: 265, name: 'eat_profile', doc: 'field.cwt.eatProfile', type: 'uri / oid' },
  { key: 267, name: 'bootcount', doc: 'field.cwt.bootcount', type: 'uint' },
  { key: 268, name: 'bootseed', doc: 'field.cwt.bootseed', type: 'bstr' },
  { key: 269, name: 'dloas', doc: 'field.cwt.dloas', type: '[+ dloa]' },
  { key: 270, name: 'swname', doc: 'field.cwt.swname', type: 'tstr' },
  { key: 271, name: 'swversion', doc: 'field.cwt.swversion', type: '[tstr, scheme]' },
  { key: 272, name: 'manifests', doc: 'field.cwt.manifests', type: '[+ [type, bstr]]' },
  { key: 273, name: 'measurements', doc: 'field.cwt.measurements', type: '[+ [type, bstr]]' },
  { key: 274, name: 'measres', doc: 'field.cwt.measres', type: 'array' },
  { key: 275, name: 'intuse', doc: 'field.cwt.intuse', type: 'uint', symbols: USES },
]

const claimsOf = (depth: number): CborShape => ({
  keys:
    depth === 0
      ? KEYS
      : [
          ...KEYS,
          {
            key: 266,
            name: 'submods',
            doc: 'field.cwt.submods',
            type: '{+ tstr => claims / token}',
            element: submoduleOf(depth - 1),
          },
        ],
})

/** A submodule is a claims set of its own, or a token in a byte string; either may have submodules. */
function submoduleOf(depth: number): CborShape {
  const claims = claimsOf(depth)
  return { doc: 'field.cwt.submodule', ...claims, cbor: coseShape(claims) }
}

/** Claims of a CBOR Web Token: IANA's names (RFC 8392, RFC 9711). */
export const claimsShape: CborShape = claimsOf(2)

/** The claims of RFC 8392 share their small keys with other maps (CoRIM, COSE_Key): they count with a value of their kind only. */
const KINDS: Readonly<Record<string, readonly CborItem['kind'][]>> = {
  '1': ['text'],
  '2': ['text'],
  '3': ['text', 'array'],
  '4': ['int', 'float', 'tag'],
  '5': ['int', 'float', 'tag'],
  '6': ['int', 'float', 'tag'],
  '7': ['bytes'],
  '8': ['map'],
  '10': ['bytes', 'array', 'text'],
}

/** Entries by which a map is told to be claims. */
export function isClaim({ key, value }: CborEntry): boolean {
  if (key.kind !== 'int') return false
  return KINDS[String(key.value)]?.includes(value.kind) ?? (key.value >= 256n && key.value <= 275n)
}
