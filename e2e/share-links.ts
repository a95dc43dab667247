import { readFileSync } from 'node:fs'
import type { BrowserContext, Page } from '@playwright/test'
import { writeLink, type LinkState } from '../src/engine/link.ts'
import type { Policy } from '../src/core/policy.ts'

/** Links and cases for the tests of sharing, made outside the page. */

const { base64 } = JSON.parse(
  readFileSync(new URL('../src/engine/link-dictionary-1.json', import.meta.url), 'utf8'),
) as { base64: string[] }
export const dictionary = new Uint8Array(Buffer.from(base64.join(''), 'base64'))

export interface SampleFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Files of a committed sample. */
export function sampleFiles(scheme: string, id: string): SampleFile[] {
  const { files } = JSON.parse(
    readFileSync(new URL(`../src/schemes/${scheme}/samples/${id}.json`, import.meta.url), 'utf8'),
  ) as { files: { name: string; base64: string }[] }
  return files.map((file) => ({ name: file.name, bytes: new Uint8Array(Buffer.from(file.base64, 'base64')) }))
}

/** A link of the page: `#link=…`. */
export function linkOf(
  state: Partial<LinkState> & { readonly files?: LinkState['files']; readonly policy?: Policy },
): string {
  const link = writeLink({ files: [], left: [], ...state }, dictionary)
  if (link === undefined) throw new Error('too large for a link')
  return `./#link=${link}`
}

/** Files as a link carries them. */
export function asLinkFiles(files: readonly SampleFile[]): LinkState['files'] {
  return files.map((file) => ({ ...file, origin: 'dropped' as const }))
}

/** Opens files by the file button's input. */
export async function give(page: Page, files: readonly SampleFile[]): Promise<void> {
  await page
    .getByTestId('files')
    .setInputFiles(
      files.map((file) => ({ name: file.name, mimeType: 'application/octet-stream', buffer: Buffer.from(file.bytes) })),
    )
}

/** The headline, once the case has been appraised: while that lasts, the same heading says so, or says what held before. */
export function headline(page: Page) {
  return page.locator('[aria-busy="false"] h1#says')
}

/** A page of another visitor: nothing is shared with the first. */
export async function visitor(
  context: BrowserContext,
): Promise<{ readonly page: Page; readonly foreign: string[]; readonly errors: string[] }> {
  const page = await context.newPage()
  const foreign: string[] = []
  const errors: string[] = []
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (!['data:', 'blob:'].includes(url.protocol) && url.hostname !== '127.0.0.1') foreign.push(request.url())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return { page, foreign, errors }
}
