import { HopFailure, type HopAnswer, type Transport } from './fetch-one.ts'

/** What a deployment keeps for its visitors: answers of the vendors, as of one day, from its own host. They are verified like any other file. */

export interface SnapshotItem {
  readonly url: string
  /** `<sha256>.http`, beside the list. */
  readonly file: string
  readonly sha256: string
  readonly size: number
}

export interface Snapshot {
  readonly schema: 'collateral-snapshot/1'
  /** When it was made, ISO 8601. */
  readonly made: string
  readonly items: readonly SnapshotItem[]
}

/** Reads a snapshot's list; undefined where it is none. */
export function readSnapshot(value: unknown): Snapshot | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { schema, made, items } = value as Readonly<Record<string, unknown>>
  if (schema !== 'collateral-snapshot/1' || typeof made !== 'string' || Number.isNaN(Date.parse(made))) return undefined
  if (!Array.isArray(items)) return undefined
  const known = (items as readonly unknown[]).filter(isItem)
  return known.length === items.length ? { schema, made, items: known } : undefined
}

function isItem(value: unknown): value is SnapshotItem {
  if (typeof value !== 'object' || value === null) return false
  const { url, file, sha256, size } = value as Readonly<Record<string, unknown>>
  return (
    typeof url === 'string' &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    file === `${sha256}.http` &&
    typeof size === 'number'
  )
}

/** The day that a deployment's snapshot is of, as the build wrote it into the page; undefined: it has none. */
export function snapshotDay(): string | undefined {
  const day = document.querySelector('meta[name="attestation-snapshot"]')?.getAttribute('content') ?? ''
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined
}

const folder = () => new URL('collateral/', location.href.replace(/[?#].*$/s, '')).href

/** The list, from this page's own host. */
export async function loadSnapshot(): Promise<Snapshot> {
  const response = await fetch(`${folder()}manifest.json`, { credentials: 'omit', redirect: 'error' })
  const snapshot = readSnapshot(await response.json())
  if (!snapshot) throw new Error('no snapshot')
  return snapshot
}

/** Answers from the snapshot; a file that is not the one that the list names is not used. */
export function snapshotTransport(snapshot: Snapshot, sha256: (bytes: Uint8Array) => Promise<string>): Transport {
  return async ({ url, signal }) => {
    const item = snapshot.items.find((one) => one.url === url)
    if (!item) throw new HopFailure('not-in-snapshot', url)
    const response = await fetch(`${folder()}${item.file}`, { credentials: 'omit', redirect: 'error', signal })
    if (!response.ok) throw new HopFailure('damaged', String(response.status))
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (bytes.length !== item.size || (await sha256(bytes)) !== item.sha256) throw new HopFailure('damaged', item.file)
    return unpacked(bytes)
  }
}

/** A recorded answer as it came. */
export function unpacked(record: Uint8Array): HopAnswer {
  let end = 0
  while (end + 3 < record.length && !isBlank(record, end)) end++
  const [first = '', ...lines] = new TextDecoder('latin1').decode(record.subarray(0, end)).split('\r\n')
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(':')
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()]] : []
  })
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0), headers, body: once(record.subarray(end + 4)) }
}

function isBlank(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve()
  yield bytes
}
