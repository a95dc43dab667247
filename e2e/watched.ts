import { expect, test as base } from '@playwright/test'

/** What a page did that it must never do: policy violations, requests beyond its origin, uncaught errors. */
export interface Watch {
  readonly violations: string[]
  readonly foreignRequests: string[]
  readonly errors: string[]
}

/** `test` with a page that is watched from its first byte on; read `watch` when the journey is over. */
export const test = base.extend<{ watch: Watch; holes: void }>({
  // A sentence that nobody filled in is a mistake wherever it stands.
  holes: [
    async ({ page }, use) => {
      await use()
      const text = await page.evaluate(() => document.body.innerText).catch(() => '')
      expect(text.match(/\{[a-z][A-Za-z0-9]*\}/g) ?? [], 'names in braces that were not filled in').toEqual([])
    },
    { auto: true },
  ],
  watch: async ({ page, baseURL }, use) => {
    const watch: Watch = { violations: [], foreignRequests: [], errors: [] }
    const origin = new URL(baseURL ?? 'http://127.0.0.1').origin
    await page.exposeBinding('reportViolation', (_source, text: string) => {
      watch.violations.push(text)
    })
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const report: unknown = Reflect.get(globalThis, 'reportViolation')
        if (typeof report === 'function') {
          report(
            `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`,
          )
        }
      })
    })
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== origin) watch.foreignRequests.push(request.url())
    })
    page.on('pageerror', (error) => watch.errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') watch.errors.push(message.text())
    })
    await use(watch)
  },
})
