import { createServer } from 'node:net'
import { defineConfig, devices } from '@playwright/test'
import { chromiumArgs, chromiumPath } from './browser.mjs'

/** Playwright reads this file once per process; the first reading chooses, its workers inherit the choice. */
process.env['E2E_PORT'] ??= String(await freePort())
process.env['E2E_BROWSER'] ??= await chromiumPath()

const origin = `http://127.0.0.1:${process.env['E2E_PORT']}`

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port)
        else reject(new Error('no port'))
      })
    })
  })
}

// A page is the one place where a default export is asked for.
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  // Two browsers share two cores with whatever else runs there. A test that needs its second try is told by name at the
  // end (test.mjs): it is to be mended, yet it does not hide what the other two hundred showed.
  retries: 1,
  workers: 2,
  // Against hanging, not against slowness: speed is shown by the bench.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: `${origin}/`,
    locale: 'en-US',
    timezoneId: 'UTC',
    // A trace costs every test a tenth of its time; it is asked for when a failure has to be understood.
    trace: process.env['E2E_TRACE'] === '1' ? 'retain-on-failure' : 'off',
    launchOptions: { executablePath: process.env['E2E_BROWSER'], args: chromiumArgs },
  },
  projects: [{ name: 'chromium' }],
  webServer: {
    command: 'node ../app/cli/serve.mjs',
    url: `${origin}/`,
    env: { PORT: process.env['E2E_PORT'] },
    reuseExistingServer: false,
    timeout: 30_000,
  },
})
