import type { FieldNode } from '../../src/core/field.ts'
import type { ByteRange } from '../../src/core/place.ts'
import { utc } from '../text/time.ts'

/** Reads the bytes of a range; empty where its space is not known. */
export type ReadBytes = (range: ByteRange) => Uint8Array

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Lower-case hex; quick also for megabytes. */
export function hexOf(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 4096)
    parts.push(Array.from(bytes.subarray(at, at + 4096), (byte) => PAIRS[byte] ?? '').join(''))
  return parts.join('')
}

/** A field's value on one line: short numbers in decimal, others in hex; long byte strings by both ends. */
export function shortValue(node: FieldNode, read: ReadBytes): string {
  const { value } = node
  switch (value.kind) {
    case 'none':
      return node.kind === 'array' ? `${node.count ?? node.children.length} ×` : ''
    case 'uint':
      return numberText(value.value, node.kind === 'bits')
    case 'bytes':
      return shortBytes(node, read)
    case 'text':
      return value.text.length > 80 ? `${value.text.slice(0, 80)}…` : value.text
    case 'time':
      return timeText(value.iso)
    case 'bool':
      return String(value.value)
    case 'oid':
      return value.oid
  }
}

/** A field's whole value, for the detail and for copies; of long byte strings the first `most` bytes. */
export function wholeValue(node: FieldNode, read: ReadBytes, most = Number.POSITIVE_INFINITY): string {
  const { value } = node
  switch (value.kind) {
    case 'none':
      return ''
    case 'uint':
      return value.value.length <= 4 ? value.value : `${value.value} (0x${BigInt(value.value).toString(16)})`
    case 'bytes':
      return hexOf(bytesOfNode(node, read).subarray(0, most))
    case 'text':
      return value.text
    case 'time':
      return value.iso
    case 'bool':
      return String(value.value)
    case 'oid':
      return value.oid
  }
}

/** All bytes of a node, its pieces one after the other. */
export function bytesOfNode(node: FieldNode, read: ReadBytes): Uint8Array {
  const parts = node.ranges.map(read)
  const first = parts[0]
  if (parts.length === 1 && first) return first
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function numberText(decimal: string, isBits: boolean): string {
  if (!/^\d+$/.test(decimal)) return decimal
  return isBits || decimal.length > 5 ? `0x${BigInt(decimal).toString(16)}` : decimal
}

function timeText(iso: string): string {
  const { date, time } = utc(Date.parse(iso))
  return time === '00:00:00' ? date : `${date} ${time}`
}

const WHOLE = 12

function shortBytes(node: FieldNode, read: ReadBytes): string {
  const range = node.ranges[0]
  if (!range) return ''
  const bytes = read(range)
  if (
    bytes.length > 4 &&
    bytes.length <= 4096 &&
    bytes.every((byte) => byte === bytes[0]) &&
    (bytes[0] === 0 || bytes[0] === 0xff)
  )
    return `${hexOf(bytes.subarray(0, 1))} × ${bytes.length}`
  if (bytes.length <= WHOLE) return hexOf(bytes)
  return `${hexOf(bytes.subarray(0, 5))}…${hexOf(bytes.subarray(-3))}`
}

/** A node as JSON: names, values and where they are. */
export function jsonOf(node: FieldNode, read: ReadBytes, depth = 0): unknown {
  const range = node.ranges[0]
  const at = range ? { space: range.space, start: range.start, end: range.end } : undefined
  const children =
    depth < 16 && node.children.length > 0
      ? { fields: node.children.map((child) => jsonOf(child, read, depth + 1)) }
      : {}
  return {
    field: node.label,
    path: node.path,
    ...(at ? { at } : {}),
    ...(node.value.kind === 'none'
      ? {}
      : {
          value:
            node.value.kind === 'uint' || node.value.kind === 'bytes'
              ? wholeValue(node, read).split(' ')[0]
              : wholeValue(node, read),
        }),
    ...(node.symbol === undefined ? {} : { symbol: node.symbol }),
    ...children,
  }
}

/** Bytes as a C array. */
export function cArray(bytes: Uint8Array, name: string): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 12)
    lines.push(
      `  ${Array.from(bytes.subarray(at, at + 12), (byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', ')},`,
    )
  return `static const unsigned char ${name.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_') || 'bytes'}[${bytes.length}] = {\n${lines.join('\n')}\n};\n`
}

/** Bytes as base64, at any length. */
export function base64Of(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary)
}
