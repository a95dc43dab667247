import type { Located } from '../../core/place.ts'
import type { HashLabel } from '../../core/derived.ts'
import type { StatedFile, StatedGroup, StatedValue } from '../../core/statement.ts'
import { fromHex, sameBytes } from '../../bytes/layout.ts'
import { textOf, type JsonValue } from '../../bytes/json.ts'
import { at, itemsOf } from './values.ts'

/** An in-toto statement: what it is about by digest, and what its predicate says of registers. */
export interface InToto {
  readonly type: string
  readonly predicateType: string
  readonly files: readonly StatedFile[]
  readonly groups: readonly StatedGroup[]
  readonly claims: readonly { readonly name: string; readonly value: string }[]
  /** What the statement's own form lacks; undefined where it is whole. */
  readonly fault: 'type' | 'subject' | 'predicate' | undefined
  /** Validity that the predicate gives, milliseconds since 1970. */
  readonly validFrom: number | undefined
  readonly validTo: number | undefined
}

const TYPE = /^https:\/\/in-toto\.io\/Statement\/v(?:0\.1|1)$/
const HASHES: readonly HashLabel[] = ['sha256', 'sha384', 'sha512']
const SIZES: Readonly<Record<string, number>> = { sha256: 32, sha384: 48, sha512: 64 }
const MOST = 1000

/** Reads a statement out of its JSON. */
export function readInToto(root: JsonValue | undefined): InToto {
  const type = textOf(at(root, '_type')) ?? ''
  const predicateType = textOf(at(root, 'predicateType')) ?? ''
  const predicate = at(root, 'predicate')
  const files = itemsOf(at(root, 'subject'))
    .slice(0, MOST)
    .flatMap((one, i) => filesOf(one, i))
  const date = (name: string) => {
    const time = Date.parse(textOf(at(predicate, 'validity', name)) ?? '')
    return Number.isNaN(time) ? undefined : time
  }
  return {
    type,
    predicateType,
    files,
    groups: groupsOf(predicateType, predicate).filter(({ values }) => values.length > 0),
    claims: claimsOf(predicateType, predicate),
    fault: !TYPE.test(type) ? 'type' : files.length === 0 ? 'subject' : predicateType === '' ? 'predicate' : undefined,
    validFrom: date('notBefore'),
    validTo: date('notAfter'),
  }
}

function filesOf(value: JsonValue, i: number): StatedFile[] {
  return HASHES.flatMap((hash) => {
    const digest = hexAt(at(value, 'digest', hash), `subject[${i}].digest.${hash}`)
    return digest && digest.value.length === SIZES[hash]
      ? [{ name: textOf(at(value, 'name')) ?? '', hash, digest }]
      : []
  })
}

function hexAt(value: JsonValue | undefined, path: string): Located<Uint8Array> | undefined {
  const bytes = fromHex((textOf(value) ?? '-').replace(/^0x/, ''))
  return value && bytes && bytes.length > 0 ? { path, ranges: [value.range], value: bytes } : undefined
}

function stated(register: string, value: JsonValue | undefined, path: string, size: number): StatedValue[] {
  const held = hexAt(value, path)
  return held?.value.length === size ? [{ register, values: [held] }] : []
}

const TINFOIL = /^https:\/\/tinfoil\.sh\/predicate\/([a-z-]+)\/v\d+$/

/** Groups of registers. A predicate that is not known names none: its digests are all that can tie. */
function groupsOf(type: string, predicate: JsonValue | undefined): StatedGroup[] {
  const snp = stated('MEASUREMENT', at(predicate, 'snp_measurement'), 'predicate.snp_measurement', 48)
  switch (TINFOIL.exec(type)?.[1]) {
    case 'hardware-measurements':
      return members(predicate).map(({ key, value }) => ({ name: key, values: tdxValues(value, `predicate.${key}`) }))
    case 'snp-tdx-multiplatform':
      return [
        { name: 'snp', values: snp },
        { name: 'tdx', values: tdxValues(at(predicate, 'tdx_measurement'), 'predicate.tdx_measurement') },
      ]
    case undefined:
      return [{ name: '', values: pcrValues(predicate) }]
    default:
      return [{ name: '', values: [...snp, ...tdxValues(predicate, 'predicate'), ...pcrValues(predicate)] }]
  }
}

const members = (value: JsonValue | undefined) => (value?.kind === 'object' ? value.members.slice(0, MOST) : [])

function tdxValues(value: JsonValue | undefined, path: string): StatedValue[] {
  return ['mrtd', 'rtmr0', 'rtmr1', 'rtmr2', 'rtmr3'].flatMap((name) =>
    stated(name.toUpperCase(), at(value, name), `${path}.${name}`, 48),
  )
}

/** Measurements of an enclave image as AWS' tools print them: `{ HashAlgorithm, PCR0, PCR1, PCR2 }`, bare or below `Measurements`. */
function pcrValues(predicate: JsonValue | undefined): StatedValue[] {
  const held = at(predicate, 'Measurements') ?? predicate
  return members(held).flatMap(({ key, value }) =>
    /^PCR\d{1,2}$/i.test(key) ? stated(key.toUpperCase(), value, `predicate.${key}`, 48) : [],
  )
}

const SHOWN: readonly (readonly [string, readonly string[]])[] = [
  ['builder', ['runDetails', 'builder', 'id']],
  ['builder', ['builder', 'id']],
  ['build type', ['buildDefinition', 'buildType']],
  ['workflow', ['buildDefinition', 'externalParameters', 'workflow', 'path']],
  ['repository', ['buildDefinition', 'externalParameters', 'workflow', 'repository']],
  ['ref', ['buildDefinition', 'externalParameters', 'workflow', 'ref']],
  ['source', ['invocation', 'configSource', 'uri']],
  ['command line', ['cmdline']],
  ['not before', ['validity', 'notBefore']],
  ['not after', ['validity', 'notAfter']],
]

function claimsOf(type: string, predicate: JsonValue | undefined) {
  return [
    { name: 'predicate', value: type },
    ...SHOWN.flatMap(([name, path]) => {
      const value = textOf(at(predicate, ...path))
      return value === undefined ? [] : [{ name, value }]
    }),
  ].filter(({ value }) => value !== '')
}

/** tinfoil: the command line, which is measured, names the hash of the configuration that stands beside it. */
export function configHash(
  root: JsonValue | undefined,
  hashOf: (config: string) => Uint8Array | undefined,
): 'holds' | 'fails' | undefined {
  const command = textOf(at(root, 'predicate', 'cmdline'))
  const config = textOf(at(root, 'predicate', 'config'))
  const named = /\btinfoil-config-hash=([0-9a-f]{64})\b/.exec(command ?? '')?.[1]
  if (named === undefined || config === undefined) return undefined
  const wanted = fromHex(named)
  const found = hashOf(config)
  return wanted && found && sameBytes(wanted, found) ? 'holds' : 'fails'
}
