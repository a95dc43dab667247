import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { expect } from '@playwright/test'
import { test } from './watched.ts'

test('W11: opens with its policy kept and nothing asked of other hosts', async ({ page, watch }) => {
  const response = await page.goto('./')
  expect(response?.headers()['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(response?.headers()['x-content-type-options']).toBe('nosniff')
  expect(response?.headers()['referrer-policy']).toBe('no-referrer')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('W11: the policy is in force: inline script, eval and foreign requests are refused', async ({ page, watch }) => {
  await page.goto('./')
  const refused = await page.evaluate(async () => {
    const refusals: string[] = []
    try {
      await fetch('http://127.0.0.1:9/')
    } catch {
      refusals.push('fetch')
    }
    try {
      Reflect.set(document.createElement('div'), 'innerHTML', '<b>x</b>')
    } catch {
      refusals.push('html')
    }
    const script = document.createElement('script')
    try {
      script.text = 'globalThis.inlineRan = true'
    } catch {
      refusals.push('script text')
    }
    return refusals
  })
  expect(refused).toEqual(['fetch', 'html', 'script text'])
  await expect.poll(() => watch.violations.length).toBeGreaterThanOrEqual(3)
  expect(watch.violations.some((line) => line.startsWith('connect-src http://127.0.0.1:9/'))).toBe(true)
})

test('W11: the meta tag and the headers file carry the same policy', async () => {
  const dist = new URL('../dist/', import.meta.url)
  const html = await readFile(new URL('index.html', dist), 'utf8')
  const headers = await readFile(new URL('_headers', dist), 'utf8')
  const tag = /<meta http-equiv="Content-Security-Policy" content="([^"]+)" \/>/.exec(html)?.[1]
  const withoutHash = tag?.replace(/ 'sha256-[A-Za-z0-9+/]+='/, '')
  expect(withoutHash).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types app#worker",
  )
  expect(headers).toContain(`  Content-Security-Policy: ${tag}; frame-ancestors 'none'\n`)
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bon[a-z]+=|(?:src|href)="\//)
})

test('the front door stays below 100 kB gzip: page, script and style that the first view needs', async () => {
  const dist = new URL('../dist/', import.meta.url)
  const html = await readFile(new URL('index.html', dist))
  const parts = [...html.toString('utf8').matchAll(/(?:src|href)="(\.\/assets\/[^"]+\.(?:js|css))"/g)].map((m) => m[1])
  expect(parts.length).toBeGreaterThanOrEqual(2)
  const sizes = await Promise.all(
    parts.map(async (part) => gzipSync(await readFile(new URL(part ?? '', dist)), { level: 9 }).length),
  )
  const total = sizes.reduce((sum, size) => sum + size, gzipSync(html).length)
  expect(total, `${parts.join(' ')}: ${sizes.join(' + ')}`).toBeLessThanOrEqual(100_000)
})
