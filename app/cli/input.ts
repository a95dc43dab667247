import { open, realpath, stat } from 'node:fs/promises'
import { basename, isAbsolute, relative, resolve } from 'node:path'
import type { InputFile } from '../../src/engine/api.ts'

/** Same limit as the page: larger files are not parsed. */
export const LARGEST_FILE = 16 * 1024 * 1024

/** Reads a file, a pipe or a device, but never more than the limit. `wrong` says why nothing came of it. */
export async function readInput(path: string): Promise<{ file: InputFile } | { wrong: string }> {
  let handle
  try {
    const info = await stat(path)
    if (info.isDirectory()) return { wrong: `${path} is a folder; name the files in it` }
    if (info.size > LARGEST_FILE) return { wrong: `${path} has ${info.size} bytes; at most ${LARGEST_FILE} are read` }
    handle = await open(path, 'r')
    // What has no size of its own, or grows while it is read, is stopped at the limit too.
    let bytes = new Uint8Array(Math.max(64 * 1024, info.size + 1))
    let length = 0
    for (;;) {
      if (length === bytes.length) {
        const more = new Uint8Array(Math.min(2 * bytes.length, LARGEST_FILE + 1))
        more.set(bytes)
        bytes = more
      }
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length)
      if (bytesRead === 0) return { file: { name: basename(path), bytes: bytes.slice(0, length) } }
      length += bytesRead
      if (length > LARGEST_FILE) return { wrong: `${path} does not end after ${LARGEST_FILE} bytes; no more are read` }
    }
  } catch {
    return { wrong: `${path} cannot be read` }
  } finally {
    await handle?.close()
  }
}

/** The place of a file inside a folder, links followed; undefined when it lies outside, or is not there. */
export async function insideOf(root: string, name: string): Promise<{ path: string } | { outside: boolean }> {
  const isOutside = (from: string, to: string) => {
    const way = relative(from, to)
    return /^\.\.(?:[/\\]|$)/.test(way) || isAbsolute(way)
  }
  const full = resolve(root, name)
  if (isOutside(root, full)) return { outside: true }
  try {
    const real = await realpath(full)
    return isOutside(await realpath(root), real) ? { outside: true } : { path: real }
  } catch {
    return { outside: false }
  }
}
