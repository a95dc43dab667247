/** What the library says about an extension, as lines that a person reads: `keyIdentifier: e4ee2e…`. Nothing is added to its words but names of numbers. */

const MOST_LINES = 200
const DEEPEST = 24
const KEY_USAGE = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]
const GENERAL_NAME: Readonly<Record<number, string>> = {
  0: 'otherName',
  1: 'email',
  2: 'DNS',
  4: 'directoryName',
  6: 'URI',
  7: 'IP',
  8: 'registeredID',
}
const KEY_USAGE_OID = '2.5.29.15'

type Json = Readonly<Record<string, unknown>>
const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const isBlock = (value: Json): boolean => typeof value['blockName'] === 'string' && isRecord(value['valueBlock'])

/** Lines of one extension's JSON form, in its own order. Empty where there is nothing to say. */
export function extensionLines(oid: string, json: unknown): readonly string[] {
  const bits = oid === KEY_USAGE_OID ? usageBits(json) : undefined
  if (bits) return [bits.join(', ')]
  const lines: string[] = []
  walk(json, '', 0, lines)
  return lines.slice(0, MOST_LINES)
}

function walk(value: unknown, name: string, depth: number, lines: string[]): void {
  if (lines.length > MOST_LINES || depth > DEEPEST) return
  const put = (text: string) => {
    lines.push(
      `${'  '.repeat(Math.max(0, depth - 1))}${name === '' ? text : text === '' ? `${name}:` : `${name}: ${text}`}`,
    )
  }
  if (Array.isArray(value)) {
    if (value.length === 1) walk(value[0], name, depth, lines)
    else {
      if (name !== '') put('')
      for (const [index, one] of value.entries()) walk(one, String(index + 1), depth + 1, lines)
    }
  } else if (!isRecord(value)) put(spoken(value))
  else if (isBlock(value)) walkBlock(value, name, depth, lines, put)
  else if (typeof value['type'] === 'number' && 'value' in value && Object.keys(value).length === 2)
    walk(
      value['value'],
      name === ''
        ? (GENERAL_NAME[value['type']] ?? String(value['type']))
        : `${name}: ${GENERAL_NAME[value['type']] ?? value['type']}`,
      depth,
      lines,
    )
  else {
    const members = Object.entries(value)
    if (members.length > 0 && name !== '') put('')
    for (const [key, inner] of members) walk(inner, key, depth + 1, lines)
  }
}

/** A block of the library's ASN.1 reader: its kind and its value, without the reader's own book-keeping. */
function walkBlock(block: Json, name: string, depth: number, lines: string[], put: (text: string) => void): void {
  const kind = String(block['blockName'])
  const held = isRecord(block['valueBlock']) ? block['valueBlock'] : {}
  const inner = held['value']
  if (Array.isArray(inner) && inner.length > 0) {
    put(kind)
    for (const one of inner) walk(one, '', depth + 1, lines)
    return
  }
  const unused = Number(held['unusedBits'] ?? 0)
  const isNumber = kind === 'INTEGER' && typeof held['valueDec'] === 'number' && held['isHexOnly'] !== true
  const text =
    typeof inner === 'string' || typeof inner === 'boolean'
      ? String(inner)
      : spoken(isNumber ? held['valueDec'] : (held['valueHex'] ?? ''))
  put(`${kind}${text === '' ? '' : ` ${text}`}${unused > 0 ? ` (${8 - unused} bits of the last byte)` : ''}`)
}

function spoken(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '–'
}

function usageBits(json: unknown): string[] | undefined {
  const held = isRecord(json) && isRecord(json['valueBlock']) ? json['valueBlock'] : undefined
  const hex = held?.['valueHex']
  if (typeof hex !== 'string' || !/^(?:[0-9a-f]{2})+$/.test(hex)) return undefined
  const names = KEY_USAGE.filter(
    (_, bit) => ((Number.parseInt(hex.slice((bit >> 3) * 2, (bit >> 3) * 2 + 2), 16) || 0) >> (7 - (bit & 7))) & 1,
  )
  return names.length > 0 ? names : undefined
}
