import { contentOf, isTag, oidOf, sequenceOf, TAG, textOf, type DerElement } from '../bytes/der.ts'
import { oidName } from '../bytes/oids.ts'
import { toHex } from '../bytes/layout.ts'
import type { Name } from './types.ts'

const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'T',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
}

/** `CN` for 2.5.4.3; the specification's name, or the OID, for rarer ones. */
export function attributeName(oid: string): string {
  return (Object.hasOwn(SHORT, oid) ? SHORT[oid] : undefined) ?? oidName(oid) ?? oid
}

/** Text of an attribute's value; hex where it is no text. */
export function attributeText(value: DerElement | undefined): string {
  return textOf(value) ?? (value ? `#${toHex(contentOf(value).subarray(0, 64))}` : '')
}

/** A distinguished name for the screen: attributes in the order of the bytes. Comparison is by `der` only. */
export function readName(element: DerElement): Name {
  const texts: string[] = []
  let commonName = ''
  for (const relative of sequenceOf(element) ?? []) {
    const parts: string[] = []
    for (const attribute of isTag(relative, TAG.set) ? (relative.children ?? []) : []) {
      const [type, value] = sequenceOf(attribute) ?? []
      const oid = oidOf(type)
      if (oid === undefined) continue
      const text = attributeText(value)
      if (oid === '2.5.4.3') commonName = text
      parts.push(`${attributeName(oid)}=${escaped(text)}`)
    }
    if (parts.length > 0) texts.push(parts.join(' + '))
  }
  const { range } = element
  return { der: element.content.bytes.subarray(range.start, range.end), range, text: texts.join(', '), commonName }
}

/** A name as a sentence says it: the common name where there is one. Whoever needs all of it opens the certificate. */
export function spokenName(name: Name): string {
  return name.commonName === '' ? name.text : name.commonName
}

// RFC 4514 section 2.4: what would read as a separator is escaped.
function escaped(text: string): string {
  return text.replace(/[\\,+"<>;=]/g, (letter) => `\\${letter}`)
}
