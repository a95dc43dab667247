import type { InputFile } from '../../src/engine/api.ts'

/** Files up to here are read; of larger ones only the two ends are looked at. */
export const LARGEST_FILE = 16 * 1024 * 1024
/** Most files in one case. */
export const MOST_FILES = 256
/** Bytes shown of each end of a file that is too large. */
export const END_BYTES = 256

/** A file of the case. */
export interface CaseFile extends InputFile {
  /** Content and name: the same file dropped twice is one. */
  readonly id: string
  readonly sha256: string
}

/** Something that was dropped and not taken, and why. */
export interface Refusal {
  readonly name: string
  readonly size: number
  readonly why: 'too-large' | 'folder' | 'unreadable' | 'too-many' | 'already-here'
  readonly head?: Uint8Array
  readonly tail?: Uint8Array
}

/** What came in together. */
export interface Intake {
  readonly files: readonly CaseFile[]
  readonly refusals: readonly Refusal[]
}

/** SHA-256, hex. Empty where the browser has no `crypto.subtle` (plain http from another machine). */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  if (!hasCrypto()) return ''
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Whether this browser can verify signatures here at all. */
export function hasCrypto(): boolean {
  return typeof crypto !== 'undefined' && (crypto as Partial<Crypto>).subtle !== undefined
}

/** A file of the case from bytes that are already here. */
export async function caseFile(file: InputFile): Promise<CaseFile> {
  const sha256 = await sha256Hex(file.bytes)
  return { ...file, sha256, id: `${sha256 || `${file.bytes.length}-${performance.now()}`}:${file.name}` }
}

/** Reads what was dropped or chosen; looks at the size before touching a byte. */
export async function readFiles(given: readonly (File | { readonly folder: string })[]): Promise<Intake> {
  const files: CaseFile[] = []
  const refusals: Refusal[] = []
  for (const one of given) {
    if (!(one instanceof File)) refusals.push({ name: one.folder, size: 0, why: 'folder' })
    else if (files.length >= MOST_FILES) refusals.push({ name: one.name, size: one.size, why: 'too-many' })
    else if (one.size > LARGEST_FILE)
      refusals.push({ name: one.name, size: one.size, why: 'too-large', ...(await ends(one)) })
    else {
      try {
        files.push(await caseFile({ name: one.name, bytes: new Uint8Array(await one.arrayBuffer()) }))
      } catch {
        refusals.push({ name: one.name, size: one.size, why: 'unreadable' })
      }
    }
  }
  return { files, refusals }
}

async function ends(file: File): Promise<{ head?: Uint8Array; tail?: Uint8Array }> {
  try {
    const head = new Uint8Array(await file.slice(0, END_BYTES).arrayBuffer())
    const tail = new Uint8Array(await file.slice(file.size - END_BYTES).arrayBuffer())
    return { head, tail }
  } catch {
    return {}
  }
}

/** The files of a drop or a paste; folders are named, not walked. Must run inside the event. */
export function transferred(transfer: DataTransfer): (File | { readonly folder: string })[] {
  const found: (File | { readonly folder: string })[] = []
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue
    const entry = item.webkitGetAsEntry()
    const file = item.getAsFile()
    if (entry?.isDirectory === true) found.push({ folder: entry.name })
    else if (file) found.push(file)
  }
  return found
}

/** Pasted text as a file, exactly as pasted. */
export async function pastedFile(text: string): Promise<Intake> {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > LARGEST_FILE)
    return {
      files: [],
      refusals: [
        {
          name: 'pasted',
          size: bytes.length,
          why: 'too-large',
          head: bytes.slice(0, END_BYTES),
          tail: bytes.slice(-END_BYTES),
        },
      ],
    }
  return { files: [await caseFile({ name: 'pasted', bytes })], refusals: [] }
}
