import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { LARGEST_ANSWER } from '../collateral/fetch-one.ts'
import type { Cache, Kept } from '../collateral/gather.ts'

/**
 * Answers kept on disk, one file each, named by the request. Nothing in it is trusted: what does not fit its own hash is passed over,
 * and the rest is verified as if it had just been fetched.
 */

/** Where answers are kept unless told otherwise. */
export function usualCache(environment: Readonly<Record<string, string | undefined>>): string {
  const home = environment['XDG_CACHE_HOME']
  return join(home !== undefined && home.startsWith('/') ? home : join(homedir(), '.cache'), 'attestation-explorer')
}

/** A first line of JSON, then the answer as it was recorded. */
interface Head {
  readonly id: string
  readonly time: number
  readonly etag: string | null
  readonly sha256: string
}

const HEAD_LIMIT = 8192

/** A cache in a folder, which is made when something is first kept. A folder that cannot be written keeps nothing, and nothing else happens. */
export function folderCache(folder: string, onPoisoned: (id: string) => void = () => undefined): Cache {
  const placeOf = (id: string) => join(folder, `${sha256(Buffer.from(id))}.answer`)
  return {
    read: async (id) => {
      const bytes = await bounded(placeOf(id))
      if (!bytes) return undefined
      const kept = parsed(bytes, id)
      if (!kept) onPoisoned(id)
      return kept
    },
    write: async (id, kept) => {
      const head: Head = { id, time: kept.time, etag: kept.etag ?? null, sha256: sha256(kept.record) }
      const place = placeOf(id)
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeFile(
          `${place}.${process.pid}`,
          Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), kept.record]),
        )
        await rename(`${place}.${process.pid}`, place)
      } catch {
        // Kept for the next time only: without it everything works, and is fetched again.
      }
    },
  }
}

async function bounded(place: string): Promise<Buffer | undefined> {
  try {
    const { size } = await stat(place)
    return size > LARGEST_ANSWER + 2 * HEAD_LIMIT + 65_536 ? undefined : await readFile(place)
  } catch {
    return undefined
  }
}

function parsed(bytes: Buffer, id: string): Kept | undefined {
  const end = bytes.subarray(0, HEAD_LIMIT).indexOf(0x0a)
  if (end < 0) return undefined
  let head: Partial<Record<keyof Head, unknown>>
  try {
    head = JSON.parse(bytes.toString('utf8', 0, end)) as typeof head
  } catch {
    return undefined
  }
  const record = new Uint8Array(bytes.subarray(end + 1))
  const { time, etag } = head
  if (head.id !== id || typeof time !== 'number' || head.sha256 !== sha256(record)) return undefined
  return { record, time, etag: typeof etag === 'string' && /^[!-~]{1,256}$/.test(etag) ? etag : undefined }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
