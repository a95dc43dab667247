import type { Slice } from '../../core/place.ts'
import { Cursor } from './cursor.ts'

/** UEFI_VARIABLE_DATA, as far as conclusions need it. */
export interface Variable {
  readonly name: string
  /** Registry form. */
  readonly guid: string
  readonly dataStart: number
  readonly dataEnd: number
}

const LONGEST_NAME = 2048

/** A GUID as it is printed: the first three parts are little-endian. */
export function guidText(bytes: Uint8Array): string {
  const hex = (...order: number[]) => order.map((i) => (bytes[i] ?? 0).toString(16).padStart(2, '0')).join('')
  return `${hex(3, 2, 1, 0)}-${hex(5, 4)}-${hex(7, 6)}-${hex(8, 9)}-${hex(10, 11, 12, 13, 14, 15)}`
}

const UTF16 = new TextDecoder('utf-16le')

/** Undefined for what is no variable that fills its bytes. */
export function variableIn(slice: Slice): Variable | undefined {
  const cursor = new Cursor(slice)
  const guid = guidText(cursor.take(16))
  const characters = cursor.le64()
  const size = cursor.le64()
  if (cursor.short || characters > LONGEST_NAME) return undefined
  const name = UTF16.decode(cursor.take(2 * characters))
  const dataStart = cursor.at
  cursor.skip(size)
  return cursor.short ? undefined : { name, guid, dataStart, dataEnd: cursor.at }
}
