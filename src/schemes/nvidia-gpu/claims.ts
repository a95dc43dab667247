import type { EvidenceFormat } from '../../core/scheme.ts'
import type { Slice } from '../../core/place.ts'
import { member, parseJson, readJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { later } from '../../bytes/later.ts'
import { FORMATS } from './formats.ts'

/** Claims that nobody signed: what NVIDIA's local verifier prints, what a token says once it is decoded, what a tool makes of a report. Quotations of whoever sent them. */

type Claim = { readonly name: string; readonly value: string }

/** Most devices, and most claims of each. */
const DEVICES = 64
const CLAIMS = 80

/** A value as it stands; of nested ones their members, one level down. */
function claimsOf(value: JsonValue | undefined, prefix: string): Claim[] {
  if (value?.kind !== 'object') return []
  return value.members.slice(0, CLAIMS).flatMap(({ key, value: own }): Claim[] => {
    const name = prefix === '' ? key : `${prefix}.${key}`
    switch (own.kind) {
      case 'string':
      case 'number':
        return [{ name, value: own.text.slice(0, 256) }]
      case 'bool':
        return [{ name, value: String(own.value) }]
      case 'null':
        return [{ name, value: 'null' }]
      case 'object':
        return prefix.split('.').length > 2 ? [] : claimsOf(own, name)
      case 'array':
        return []
    }
  })
}

/** What the local verifier and the service print: a list of claims, or one object for each device. */
export function unsignedClaims(slice: Slice): Claim[] {
  const { value } = parseJson(slice)
  const list = member(value, 'claims')
  if (list?.kind === 'array') {
    const devices = list.items.slice(0, DEVICES).flatMap((one, index) => {
      const type = textOf(member(one, 'x-nvidia-device-type')) === 'nvswitch' ? 'SWITCH' : 'GPU'
      return claimsOf(one, `${type}-${index}`)
    })
    const rest = claimsOf(value, '').filter(({ name }) => name === 'result_code' || name === 'result_message')
    return [...devices, ...rest]
  }
  return claimsOf(value, '')
}

const format = (id: string, title: string): EvidenceFormat<readonly Claim[]> => ({
  id,
  message: 'supporting',
  title,
  decode(slice) {
    const reading = later(() => readJson(slice, 'claims', 'JSON'))
    return {
      tree: () => reading().node,
      decoded: unsignedClaims(slice),
      spaces: () => [],
      problems: [],
      inner: [],
      expand: (path, from, to) => reading().expand(path, from, to) ?? [],
    }
  },
  facts: (claims) => ({ measurements: [], claims }),
})

/** Results without a signature. */
export const claimsFormat = format(FORMATS.claims, 'format.nvidia.claims')
/** What a tool made of a report. */
export const parsedFormat = format(FORMATS.parsed, 'format.nvidia.parsed')
/** A gateway's instances and the keys for talking to them. */
export const instancesFormat = format(FORMATS.instances, 'format.nvidia.instances')
