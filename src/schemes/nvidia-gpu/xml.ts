import type { Slice } from '../../core/place.ts'

/** A strict reader for the XML of reference manifests. Everything that could be read in two ways is refused. */
export interface XmlElement {
  /** As written, with its prefix. */
  readonly name: string
  readonly prefix: string
  readonly local: string
  readonly uri: string
  readonly attributes: readonly XmlAttribute[]
  /** Declarations on this element: prefix ('' for the default) to URI. */
  readonly declared: readonly (readonly [string, string])[]
  readonly children: readonly (XmlElement | string)[]
  /** Bytes of the whole element. */
  readonly start: number
  readonly end: number
}

export interface XmlAttribute {
  readonly name: string
  readonly prefix: string
  readonly local: string
  readonly uri: string
  readonly value: string
  /** Bytes between its quotes. */
  readonly start: number
  readonly end: number
}

/** Why a text was refused, and where. */
export interface XmlFault {
  readonly reason:
    | 'syntax'
    | 'doctype'
    | 'comment'
    | 'entity'
    | 'namespace'
    | 'duplicate'
    | 'trailing'
    | 'limits'
    | 'utf8'
  readonly at: number
}

/** Most bytes, elements and levels. */
const XML_BYTES = 4 * 1024 * 1024
const XML_ELEMENTS = 20_000
const XML_DEPTH = 32
const XML_ATTRIBUTES = 64

interface Open {
  readonly name: string
  readonly start: number
  readonly attributes: readonly XmlAttribute[]
  readonly declared: readonly (readonly [string, string])[]
  readonly scope: ReadonlyMap<string, string>
  readonly children: (XmlElement | string)[]
}

const NAME = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y
const ATTRIBUTE = /\s+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

class Refused extends Error {
  readonly fault: XmlFault
  constructor(fault: XmlFault) {
    super(fault.reason)
    this.fault = fault
  }
}

/** Reads the whole slice; the root, or the reason why it is refused. Never throws. */
export function readXml(slice: Slice): { readonly root: XmlElement } | { readonly fault: XmlFault } {
  if (slice.end - slice.start > XML_BYTES) return { fault: { reason: 'limits', at: slice.start } }
  // Offsets in the text are offsets of bytes as long as every character is ASCII; manifests are.
  const bytes = slice.bytes.subarray(slice.start, slice.end)
  const odd = oddByte(bytes)
  if (odd >= 0) return { fault: { reason: 'utf8', at: slice.start + odd } }
  try {
    return { root: parse(new TextDecoder('latin1').decode(bytes), slice.start) }
  } catch (thrown) {
    if (thrown instanceof Refused) return { fault: thrown.fault }
    throw thrown
  }
}

/** The first that is no ASCII of a text; -1 for none. */
function oddByte(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte >= 0x80 || (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13)) return at
  }
  return -1
}

function parse(text: string, base: number): XmlElement {
  const refuse = (reason: XmlFault['reason'], at: number): never => {
    throw new Refused({ reason, at: base + at })
  }
  const stack: Open[] = []
  let at = 0
  let count = 0
  while (at < text.length && /\s/.test(text[at] ?? '')) at++
  for (;;) {
    const top = stack.at(-1)
    const next = text.indexOf('<', at)
    if (next < 0) return refuse('syntax', at)
    if (next > at) {
      if (!top) return refuse('syntax', at)
      const raw = text.slice(at, next)
      if (raw.includes(']]>')) return refuse('syntax', at)
      top.children.push(unescape(raw, at, refuse))
    }
    at = next
    if (text.startsWith('<!--', at)) return refuse('comment', at)
    if (text.startsWith('<!', at)) return refuse('doctype', at)
    if (text.startsWith('<?', at)) return refuse('comment', at)
    if (text.startsWith('</', at)) {
      const name = match(NAME, text, at + 2)?.[0]
      if (!top || name !== top.name) return refuse('syntax', at)
      let stop = at + 2 + name.length
      while (/\s/.test(text[stop] ?? '')) stop++
      if (text[stop] !== '>') return refuse('syntax', at)
      at = stop + 1
      stack.pop()
      const made = close(top, base, at, refuse)
      const parent = stack.at(-1)
      if (!parent) return ending(text, at, made, refuse)
      parent.children.push(made)
      continue
    }
    const name = match(NAME, text, at + 1)?.[0]
    if (name === undefined || ++count > XML_ELEMENTS) return refuse(name === undefined ? 'syntax' : 'limits', at)
    if (stack.length >= XML_DEPTH) return refuse('limits', at)
    const start = at
    at += 1 + name.length
    const raw: { readonly name: string; readonly value: string; readonly start: number; readonly end: number }[] = []
    for (let found = match(ATTRIBUTE, text, at); found; found = match(ATTRIBUTE, text, at)) {
      const [whole, own = '', double, single] = found
      const written = double ?? single ?? ''
      const end = at + whole.length - 1
      if (raw.some((other) => other.name === own)) return refuse('duplicate', at)
      if (raw.length >= XML_ATTRIBUTES) return refuse('limits', at)
      raw.push({
        name: own,
        value: unescape(written.replace(/\r\n|[\r\n\t]/g, ' '), at, refuse),
        start: base + end - written.length,
        end: base + end,
      })
      at += whole.length
    }
    while (/\s/.test(text[at] ?? '')) at++
    const isEmpty = text[at] === '/'
    if (isEmpty) at++
    if (text[at] !== '>') return refuse('syntax', at)
    at++
    const opened = open(name, base + start, raw, top?.scope, (reason) => refuse(reason, start))
    if (!isEmpty) {
      stack.push(opened)
      continue
    }
    const made = close(opened, base, at, refuse)
    if (!top) return ending(text, at, made, refuse)
    top.children.push(made)
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function ending(
  text: string,
  at: number,
  root: XmlElement,
  refuse: (reason: 'trailing', at: number) => never,
): XmlElement {
  const rest = text.slice(at).search(/\S/)
  return rest < 0 ? root : refuse('trailing', at + rest)
}

function unescape(raw: string, at: number, refuse: (reason: 'entity', at: number) => never): string {
  if (!raw.includes('&')) return raw.replace(/\r\n?/g, '\n')
  return raw.replace(/\r\n?/g, '\n').replace(/&([^;&]{0,10});?/g, (whole: string, name: string) => {
    const known = whole.endsWith(';') && Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined
    if (known !== undefined) return known
    const code = whole.endsWith(';') ? /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name) : null
    const value = code ? Number.parseInt(code[1] ?? code[2] ?? '', code[1] === undefined ? 10 : 16) : -1
    const isChar = value === 9 || value === 10 || value === 13 || (value >= 0x20 && value < 0xd800)
    return isChar ? String.fromCharCode(value) : refuse('entity', at)
  })
}

function open(
  name: string,
  start: number,
  raw: readonly { readonly name: string; readonly value: string; readonly start: number; readonly end: number }[],
  outer: ReadonlyMap<string, string> | undefined,
  refuse: (reason: XmlFault['reason']) => never,
): Open {
  // Manifests have a thousand attributes and three declarations: nothing is made that is not kept.
  const declared: (readonly [string, string])[] = []
  for (const one of raw)
    if (isDeclaration(one.name)) {
      const prefix = one.name.slice(6)
      if (prefix.startsWith('xml') || (prefix !== '' && one.value === '')) refuse('namespace')
      declared.push([prefix, one.value])
    }
  const scope = declared.length === 0 ? (outer ?? new Map<string, string>()) : new Map([...(outer ?? []), ...declared])
  const attributes: XmlAttribute[] = []
  for (const { name: written, value, start: from, end } of raw) {
    if (isDeclaration(written)) continue
    const [prefix, local] = splitName(written)
    const uri = prefix === '' ? '' : (scope.get(prefix) ?? refuse('namespace'))
    for (const other of attributes) if (other.local === local && other.uri === uri) refuse('duplicate')
    attributes.push({ name: written, value, start: from, end, prefix, local, uri })
  }
  const [prefix] = splitName(name)
  if (prefix !== '' && !scope.has(prefix)) refuse('namespace')
  return { name, start, attributes, declared, scope, children: [] }
}

const isDeclaration = (name: string): boolean => name.startsWith('xmlns') && (name.length === 5 || name[5] === ':')

function splitName(name: string): readonly [string, string] {
  const colon = name.indexOf(':')
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)]
}

function close(opened: Open, base: number, end: number, _refuse: unknown): XmlElement {
  const [prefix, local] = splitName(opened.name)
  const { name, attributes, declared, children, scope, start } = opened
  return { name, prefix, local, uri: scope.get(prefix) ?? '', attributes, declared, children, start, end: base + end }
}

/**
 * Inclusive canonical XML (1.0 and 1.1 coincide where no `xml:` attribute stands). `inherited` are declarations in scope around the element,
 * `without` is an element that is left out (the enveloped signature).
 */
export function canonical(
  element: XmlElement,
  inherited: ReadonlyMap<string, string> = new Map(),
  without?: XmlElement,
): string {
  const out: string[] = []
  write(element, new Map(), inherited, without, out)
  return out.join('')
}

// Depth is bounded by the reader.
function write(
  element: XmlElement,
  rendered: ReadonlyMap<string, string>,
  inherited: ReadonlyMap<string, string>,
  without: XmlElement | undefined,
  out: string[],
): void {
  // Most elements declare nothing, and then nothing is to be said again.
  const isPlain = inherited.size === 0 && element.declared.length === 0
  const own = isPlain ? NOTHING : new Map([...inherited, ...element.declared])
  const fresh = [...own].filter(([prefix, uri]) =>
    prefix === '' && uri === '' ? (rendered.get('') ?? '') !== '' : rendered.get(prefix) !== uri,
  )
  fresh.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const attributes = element.attributes.toSorted((a, b) =>
    a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.local < b.local ? -1 : a.local > b.local ? 1 : 0,
  )
  out.push(`<${element.name}`)
  for (const [prefix, uri] of fresh) out.push(` xmlns${prefix === '' ? '' : `:${prefix}`}="${inAttribute(uri)}"`)
  for (const { name, value } of attributes) out.push(` ${name}="${inAttribute(value)}"`)
  out.push('>')
  const now = isPlain ? rendered : new Map([...rendered, ...own])
  for (const child of element.children)
    if (typeof child === 'string') out.push(inText(child))
    else if (child !== without) write(child, now, NOTHING, without, out)
  out.push(`</${element.name}>`)
}

const NOTHING: ReadonlyMap<string, string> = new Map()

const inAttribute = (text: string) => text.replace(/[&<"\t\n\r]/g, (one) => ATTRIBUTE_ESCAPES[one] ?? one)
const inText = (text: string) => text.replace(/[&<>\r]/g, (one) => TEXT_ESCAPES[one] ?? one)
const ATTRIBUTE_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}
const TEXT_ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }

/** Child elements of that name in that namespace. */
export function childrenOf(element: XmlElement | undefined, local: string, uri?: string): XmlElement[] {
  return (element?.children ?? []).filter(
    (child): child is XmlElement =>
      typeof child !== 'string' && child.local === local && (uri === undefined || child.uri === uri),
  )
}

/** Text of an element without children. */
export function contentOf(element: XmlElement | undefined): string {
  return (element?.children ?? []).map((child) => (typeof child === 'string' ? child : '')).join('')
}

/** Value of an attribute by its local name and namespace ('' = none). */
export function attributeOf(element: XmlElement | undefined, local: string, uri = ''): string | undefined {
  return element?.attributes.find((one) => one.local === local && one.uri === uri)?.value
}
