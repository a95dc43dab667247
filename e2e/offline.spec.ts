import { expect as plain } from '@playwright/test'
import { give, sampleFiles } from './share-links.ts'
import { test } from './watched.ts'

/** A slow machine is not a broken page. */
const expect = plain.configure({ timeout: 30_000 })

const PANELS = [
  'verdict',
  'fields',
  'trust-path',
  'tcb-ladder',
  'collateral',
  'timeline',
  'raw',
  'expectations',
  'flip',
  'certificates',
  'report',
]

test('once it stands, the page needs no network: other examples, every panel, the other language', async ({
  page,
  context,
  watch,
}) => {
  test.setTimeout(120_000)
  let last = Date.now()
  let isCut = false
  const asked: string[] = []
  context.on('request', (request) => {
    last = Date.now()
    if (isCut) asked.push(request.url())
  })
  await page.goto('./')
  await expect(page.getByRole('link', { name: 'up to date' })).toBeVisible()
  // Loading in the background begins after some seconds and goes part by part.
  await page.waitForRequest(/scheme-/, { timeout: 60_000 })
  await expect.poll(() => Date.now() - last, { timeout: 60_000 }).toBeGreaterThan(1500)

  await expect(page.getByText('Ready without a network')).toBeVisible({ timeout: 60_000 })
  await context.setOffline(true)
  await context.route('**/*', (route) => route.abort())
  isCut = true
  for (const sample of [
    'intel-dcap/tdx-up-to-date',
    'amd-sev-snp/genoa-v3-vlek',
    'aws-nitro/enclave',
    'arm-cca/token',
  ]) {
    await page.evaluate((wanted) => {
      location.hash = `#sample=${wanted}`
    }, sample)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/demonstration|root|key/i)
    for (const panel of PANELS) {
      await page.evaluate((wanted) => {
        const address = new URLSearchParams(location.hash.slice(1))
        address.set('panel', wanted)
        location.hash = `#${address.toString()}`
      }, panel)
      await expect(page.locator('section[id^="panel-"] h2').first()).toBeVisible()
    }
  }
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/\p{Script=Han}/u)
  // The two libraries that come with their panels, and nothing else, were asked for in vain.
  expect(asked.filter((url) => !/Chart|build/.test(url))).toEqual([])
  expect(watch.foreignRequests).toEqual([])
})

test('too early without a network: the files stay, nobody is told to reload, and it goes on by itself', async ({
  page,
  context,
}) => {
  const room = page.waitForResponse(/room-[^/]+\.js/)
  await page.goto('./')
  await (await room).finished()
  await page.getByTestId('files').waitFor({ state: 'attached' })
  await context.setOffline(true)
  await give(page, sampleFiles('aws-nitro', 'enclave'))
  await expect(page.getByText(/not here yet, and there is no network/)).toBeVisible()
  await expect(page.getByText(/Reload the page/)).toHaveCount(0)
  await context.setOffline(false)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/demonstration hardware|signature holds/i)
})
