import type { FieldNode } from '../../../core/field.ts'
import { bytesOf, sliceAt, type Slice } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import { later } from '../../../bytes/later.ts'
import { fromHex, sameBytes, type Expand } from '../../../bytes/layout.ts'
import { member, readJson, type JsonValue } from '../../../bytes/json.ts'
import type { FormatFault, SignedCollateral } from '../decoded.ts'

/** A JSON value with the path at which the tree shows it. The path is written when somebody asks: most values are taken and have nothing to be said about. */
export class At {
  readonly value: JsonValue
  readonly #parent: At | undefined
  readonly #step: string | number

  constructor(value: JsonValue, parent?: At, step: string | number = '') {
    this.value = value
    this.#parent = parent
    this.#step = step
  }

  get path(): string {
    const above = this.#parent?.path ?? ''
    return typeof this.#step === 'number' ? `${above}[${this.#step}]` : join(above, this.#step)
  }
}

/** Collects what the format forbids while values are taken out of JSON. Every taker gives undefined where the value is missing or of another kind. */
export interface Taker {
  readonly faults: FormatFault[]
  fault(text: string, params: Readonly<Record<string, string | number>>, at: At): void
  child(parent: At | undefined, name: string): At | undefined
  /** Like `child`, and a fault when missing. */
  need(parent: At | undefined, name: string): At | undefined
  items(list: At | undefined): readonly At[]
  text(at: At | undefined): string | undefined
  /** A non-negative integer up to `most`. Larger ones are kept and are a fault. */
  number(at: At | undefined, most: number): number | undefined
  /** Hex of exactly `length` bytes. */
  hex(at: At | undefined, length: number): Uint8Array | undefined
  /** Milliseconds of a date in exactly the form `YYYY-MM-DDThh:mm:ssZ`. */
  date(at: At | undefined): number | undefined
}

/** Makes a taker. */
export function taker(): Taker {
  const faults: FormatFault[] = []
  const self: Taker = {
    faults,
    fault(text, params, at) {
      faults.push({
        because: say(text, params, text === 'tcb.status-unknown' ? 'status-unknown' : undefined),
        path: at.path,
        range: at.value.range,
      })
    },
    child(parent, name) {
      const value = parent && parent.value.kind === 'object' ? member(parent.value, name) : undefined
      return value && parent ? new At(value, parent, name) : undefined
    },
    need(parent, name) {
      const found = self.child(parent, name)
      if (!found && parent) self.fault('tcb.missing', { member: name }, parent)
      return found
    },
    items(list) {
      if (!list) return []
      if (list.value.kind !== 'array') {
        self.fault('tcb.kind', { member: list.path, kind: 'array' }, list)
        return []
      }
      return list.value.items.map((value, i) => new At(value, list, i))
    },
    text(at) {
      if (!at) return undefined
      if (at.value.kind === 'string') return at.value.text
      self.fault('tcb.kind', { member: at.path, kind: 'string' }, at)
      return undefined
    },
    number(at, most) {
      if (!at) return undefined
      if (at.value.kind !== 'number' || !isWhole(at.value.text)) {
        self.fault('tcb.kind', { member: at.path, kind: 'integer' }, at)
        return undefined
      }
      const value = Number(at.value.text)
      if (value > most) self.fault('tcb.range', { member: at.path, value: at.value.text, most }, at)
      return value
    },
    hex(at, length) {
      const text = self.text(at)
      if (!at || text === undefined) return undefined
      const value = text.length === 2 * length ? fromHex(text) : undefined
      if (!value) self.fault('tcb.hex', { member: at.path, digits: 2 * length, have: text.length }, at)
      return value
    },
    date(at) {
      const text = self.text(at)
      if (!at || text === undefined) return undefined
      const value = exactDate(text)
      if (value === undefined) self.fault('tcb.date', { member: at.path, value: text.slice(0, 40) }, at)
      return value
    },
  }
  return self
}

/** Path of a member, as the JSON reader writes it. */
export function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** Digits without sign, dot, exponent or leading zero. */
function isWhole(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x30 || code > 0x39) return false
  }
  return text.length === 1 || (text.length > 1 && text.charCodeAt(0) !== 0x30)
}

/** `YYYY-MM-DDThh:mm:ssZ` and nothing else, and a day that exists. */
export function exactDate(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return undefined
  const value = Date.parse(text)
  // `Date.parse` takes 30 February for 2 March, and 24:00 for the next day.
  const day = new Date(value)
  return Number.isNaN(value) || day.getUTCDate() !== Number(text.slice(8, 10)) || text.slice(11, 13) === '24'
    ? undefined
    : value
}

/** The signed member of a collateral file, with its exact bytes. */
export interface SignedMember {
  readonly body: At | undefined
  /** The tree, made when it is first asked for. */
  readonly tree: () => FieldNode
  readonly expand: (path: string, from: number, to: number) => readonly FieldNode[]
  /** `SignedCollateral.compact`: asked for only when no signature fits the bytes as they stand. */
  readonly compact: () => Uint8Array | undefined
  readonly common: Omit<SignedCollateral, 'formatFaults' | 'compact'>
  readonly taker: Taker
}

/** Reads `{"<member>": {…}, "signature": "…"}`, or the bare inner object when a container took the two apart. */
export function readSignedMember(slice: Slice, name: string, hints: Readonly<Record<string, string>>): SignedMember {
  const json = readJson(slice, '')
  const { value, problems, expand } = json
  const tree = later(() => annotated(json.node))
  const take = taker()
  for (const problem of problems) take.faults.push({ because: problem.because, path: '', range: problem.range })
  const root = value && new At(value)
  const wrapped = take.child(root, name)
  const bare = root?.value.kind === 'object' && !wrapped ? root : undefined
  const body = wrapped?.value.kind === 'object' ? wrapped : bare
  if (wrapped && wrapped.value.kind !== 'object') take.fault('tcb.kind', { member: name, kind: 'object' }, wrapped)
  const written = wrapped ? take.child(root, 'signature') : undefined
  const signature = written ? take.hex(written, 64) : hinted(hints)
  const bodySlice = body && sliceAt(slice, body.value.range)
  const compact = later(() => {
    if (body && problems.length === 0 && isCompact(body.value)) return undefined
    const written = body && compactBytes(body.value)
    return written && bodySlice && sameBytes(written, bytesOf(bodySlice)) ? undefined : written
  })
  return {
    body,
    taker: take,
    tree,
    compact,
    expand: annotatedExpand(expand),
    common: {
      slice,
      body: bodySlice,
      bodyPath: body?.path ?? '',
      signature,
      signatureRange: written?.value.range,
      issuerChain: hints['issuerChain'],
    },
  }
}

function hinted(hints: Readonly<Record<string, string>>): Uint8Array | undefined {
  const text = hints['signature']
  const value = text === undefined ? undefined : fromHex(text)
  return value?.length === 64 ? value : undefined
}

/**
 * Whether a value of a faultless text stands as `compactBytes` would write it, told by its ranges alone. False: perhaps not.
 * Where nothing lies between the parts and no string is longer than what it says, there is neither white space nor an escape.
 */
export function isCompact(value: JsonValue): boolean {
  const isPlain = (text: string, { start, end }: JsonValue['range']) => end - start === text.length + 2
  const stack: JsonValue[] = [value]
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.kind === 'string' && !isPlain(next.text, next.range)) return false
    if (next.kind !== 'object' && next.kind !== 'array') continue
    // Where the next part must begin: behind the bracket, and then behind a comma each.
    let at = next.range.start + 1
    const parts = next.kind === 'object' ? next.members : next.items
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]
      if (!part) continue
      if ('key' in part) {
        if (part.keyRange.start !== at || !isPlain(part.key, part.keyRange)) return false
        at = part.keyRange.end + 1
      }
      const own = 'key' in part ? part.value : part
      if (own.range.start !== at) return false
      at = own.range.end + 1
      stack.push(own)
    }
    if (next.range.end !== (parts.length === 0 ? at + 1 : at)) return false
  }
  return true
}

/** The JSON value written without white space and with the fewest escapes, as a library that re-serialises before verifying does. */
export function compactBytes(value: JsonValue): Uint8Array {
  const parts: string[] = []
  // Work list instead of recursion: text is written as is, values are opened.
  const stack: (JsonValue | string)[] = [value]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'string') {
      parts.push(next)
      continue
    }
    switch (next.kind) {
      case 'object': {
        const queue: (JsonValue | string)[] = ['{']
        next.members.forEach((each, i) => {
          queue.push(`${i === 0 ? '' : ','}${quoted(each.key)}:`, each.value)
        })
        queue.push('}')
        // One by one: an object may have more members than a call may have arguments.
        for (let i = queue.length - 1; i >= 0; i--) {
          const item = queue[i]
          if (item !== undefined) stack.push(item)
        }
        break
      }
      case 'array': {
        const queue: (JsonValue | string)[] = ['[']
        next.items.forEach((each, i) => {
          if (i > 0) queue.push(',')
          queue.push(each)
        })
        queue.push(']')
        for (let i = queue.length - 1; i >= 0; i--) {
          const item = queue[i]
          if (item !== undefined) stack.push(item)
        }
        break
      }
      case 'string':
        parts.push(quoted(next.text))
        break
      case 'number':
        parts.push(next.text)
        break
      case 'bool':
        parts.push(String(next.value))
        break
      case 'null':
        parts.push('null')
        break
    }
  }
  return new TextEncoder().encode(parts.join(''))
}

function quoted(text: string): string {
  return JSON.stringify(text)
}

const DOCS = new Set([
  'tcbInfo',
  'enclaveIdentity',
  'tcbEvaluationDataNumbers',
  'signature',
  'id',
  'version',
  'issueDate',
  'nextUpdate',
  'fmspc',
  'pceId',
  'tcbType',
  'tcbEvaluationDataNumber',
  'tdxModule',
  'tdxModuleIdentities',
  'mrsigner',
  'attributes',
  'attributesMask',
  'tcbLevels',
  'tcb',
  'sgxtcbcomponents',
  'tdxtcbcomponents',
  'svn',
  'category',
  'type',
  'pcesvn',
  'isvsvn',
  'tcbDate',
  'tcbStatus',
  'advisoryIDs',
  'miscselect',
  'miscselectMask',
  'isvprodid',
  'tcbEvalNumbers',
  'tcbRecoveryEventDate',
  'pck_crl_issuer_chain',
  'root_ca_crl',
  'pck_crl',
  'tcb_info_issuer_chain',
  'tcb_info',
  'tcb_info_signature',
  'qe_identity_issuer_chain',
  'qe_identity',
  'qe_identity_signature',
  'pck_certificate_chain',
  'raw_tcb_info',
  'raw_enclave_identity',
])

/** Text id that explains a member of Intel's collateral, by its name. */
export function docOf(name: string): string | undefined {
  if (/^sgxtcbcomp\d\dsvn$/.test(name)) return 'field.collateral.sgxtcbcompNNsvn'
  return DOCS.has(name) ? `field.collateral.${name}` : undefined
}

/** The JSON tree with explanations on the members that Intel defines. */
export function annotated(node: FieldNode): FieldNode {
  const doc = node.doc ?? docOf(node.label)
  return { ...node, ...(doc === undefined ? {} : { doc }), children: node.children.map(annotated) }
}

/** Opens long lists with the same explanations. */
export function annotatedExpand(expand: Expand): (path: string, from: number, to: number) => readonly FieldNode[] {
  return (path, from, to) => (expand(path, from, to) ?? []).map(annotated)
}
