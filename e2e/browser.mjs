// @ts-check
// Which browser the tests and the bench drive, in this order: CHROMIUM_PATH, a Chromium or Chrome on this machine,
// Playwright's own where it was downloaded, else the one that comes inside an npm package.
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from '@playwright/test'
import { cache } from '../app/cli/sources.mjs'

/** Never the npm package's own arguments: they switch web security off, and policy tests would prove nothing. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** @returns {Promise<string>} the browser's executable */
export async function chromiumPath() {
  const chosen = process.env['CHROMIUM_PATH']
  if (chosen !== undefined && chosen !== '') {
    if (!isExecutable(chosen)) throw new Error(`CHROMIUM_PATH is not an executable file: ${chosen}`)
    return chosen
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const installed = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...MAC_PATHS].find(
    isExecutable,
  )
  return installed ?? (existsSync(chromium.executablePath()) ? chromium.executablePath() : await unpacked())
}

/** Unpacks beside the other things made from node_modules; whole or not at all, also when several start at once. */
async function unpacked() {
  const manifest = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../../package.json')
  const folder = join(cache, `chromium-${JSON.parse(readFileSync(manifest, 'utf8')).version}`)
  const executable = join(folder, 'chromium')
  if (existsSync(executable)) return executable
  mkdirSync(cache, { recursive: true })
  const fresh = mkdtempSync(join(cache, 'unpacking-'))
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = fresh
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  try {
    renameSync(fresh, folder)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(executable)) throw error
  }
  return executable
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
