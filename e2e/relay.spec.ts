import type { Page } from '@playwright/test'
import { expect as base } from '@playwright/test'
import { violationsOn } from './accessibility.ts'
import { standingIn, type Standing } from './standing-in.ts'
import { test } from './watched.ts'

const expect = base.configure({ timeout: 30_000 })
test.describe.configure({ mode: 'default', timeout: 120_000 })

/** From a bare quote to the full verdict in the page, by the local server's relay, against the vendors' stand-in. */

let standing: Standing
test.beforeAll(async () => {
  standing = await standingIn()
})
test.afterAll(async () => {
  await standing.close()
})
test.beforeEach(() => {
  standing.vendors.lie = undefined
  standing.vendors.asked.length = 0
})

const caseOf = (id: string) => {
  const one = standing.vendors.vendors.cases.find((known) => known.id === id)
  if (!one) throw new Error(id)
  return one
}

/** Opens files on the day on which everything of the demonstration is in date. */
async function open(page: Page, id: string, which: 'bare' | 'full' = 'bare', lang = 'en', isThen = true) {
  const one = caseOf(id)
  if (isThen) await page.clock.setFixedTime(one.at)
  await page.goto('about:blank')
  await page.goto(`${standing.page}#lang=${lang}`)
  await page
    .getByTestId('files')
    .setInputFiles(
      one[which].map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
    )
  await expect(page.getByText(lang.startsWith('en') ? 'What this does not prove' : '本结果不能证明的事')).toBeVisible()
}

const says = (page: Page) => page.locator('#says')
const toDesk = (page: Page) =>
  page
    .getByRole('navigation')
    .getByRole('link', { name: /Collateral|验证辅助材料/ })
    .click()
const send = (page: Page) => page.getByRole('button', { name: /^Send \d requests?$/ }).click()
const TCB = '/tcb?'
const nothing = Buffer.of()

for (const [id, end] of [
  ['tdx', /up-to-date|Up-to-date|current/i],
  ['sgx', /up-to-date|Up-to-date|current/i],
  ['snp-vcek', /known issues/],
  ['snp-vlek', /known issues/],
] as const)
  test(`${id}: one button brings the verdict of the full case`, async ({ page }) => {
    await open(page, id, 'full')
    const full = await says(page).innerText()
    expect(full).toMatch(end)
    await open(page, id)
    await expect(says(page)).toContainText(/not verified/i)
    await toDesk(page)
    expect(standing.vendors.asked).toEqual([])
    await send(page)
    await expect(says(page)).toHaveText(full)
    expect(standing.vendors.asked.length).toBeGreaterThan(0)
    expect(new Set(standing.vendors.asked).size).toBe(standing.vendors.asked.length)
    // What was fetched is told apart from what was dropped.
    await expect(page.getByText('fetched', { exact: true }).first()).toBeVisible()
    await expect(page.getByText('dropped by you')).toHaveCount(0)
  })

test('who would be asked and what they learn stands there before anything is sent', async ({ page }) => {
  await open(page, 'tdx')
  await toDesk(page)
  const ask = page.getByRole('region', { name: 'Get what is missing: 4 requests by this server' })
  await expect(ask).toContainText('FMSPC d0e0f0000000: the kind of machine, not which one')
  await expect(ask).toContainText('certificates.trustedservices.intel.com')
  await expect(ask).toContainText('The evidence itself is not sent')
  expect(standing.vendors.asked).toEqual([])
  await open(page, 'snp-vcek')
  await toDesk(page)
  await expect(page.getByRole('region', { name: /^Get what is missing/ })).toContainText('this one machine')
})

test('429 with Retry-After counts down; cancelled in the middle, what came is not asked for again', async ({
  page,
}) => {
  let refused = 0
  standing.vendors.lie = (url) =>
    url.includes(TCB) && refused++ < 1 ? { status: 429, headers: { 'retry-after': '60' }, body: nothing } : undefined
  await open(page, 'tdx')
  await toDesk(page)
  await send(page)
  const row = page.getByRole('listitem').filter({ hasText: 'TCB info for FMSPC' })
  await expect(row).toContainText(/Too many requests, says the host \(HTTP 429\)\. Next try in (60|59|5\d) s/)
  await expect(row.getByRole('progressbar')).toBeVisible()
  await expect(page.getByText('fetched', { exact: true }).first()).toBeVisible()
  await expect.poll(() => standing.vendors.asked.length).toBe(4)
  await row.getByRole('button', { name: 'Cancel' }).click()
  await expect(row).toContainText('Cancelled.')
  await send(page)
  await expect(says(page)).toContainText(/current|up-to-date/i)
  expect(standing.vendors.asked.filter((url) => url.includes(TCB))).toHaveLength(2)
  expect(standing.vendors.asked).toHaveLength(5)
})

for (const [what, sentence, lie] of [
  [
    'a page instead of data',
    'A web page instead of data',
    () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from('<html>') }),
  ],
  ['404', 'The host does not have it (HTTP 404).', () => ({ status: 404, headers: {}, body: nothing })],
  [
    'a redirect to an inner address',
    'Sent on to an address that is not in the list',
    () => ({ status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: nothing }),
  ],
  [
    'too much',
    'Larger than 1 MiB, or without end',
    () => ({ status: 200, headers: {}, body: Buffer.alloc(1_048_577, 0x20) }),
  ],
  ['nothing', 'An empty answer.', () => ({ status: 200, headers: {}, body: nothing })],
] as const)
  test(`${what}: the reader is told, and the case stays open`, async ({ page }) => {
    standing.vendors.lie = (url) => (url.includes(TCB) ? lie() : undefined)
    await open(page, 'tdx')
    await toDesk(page)
    await send(page)
    const row = page.getByRole('listitem').filter({ hasText: 'TCB info for FMSPC' })
    await expect(row).toContainText(sentence)
    await expect(says(page)).toContainText('not verified')
    await expect(page.getByRole('button', { name: 'Send 1 request' })).toBeEnabled()
  })

test('forged, stale and foreign answers are named as what they are', async ({ page }) => {
  standing.vendors.lie = (url, honest) =>
    url.includes(TCB)
      ? { ...honest, body: Buffer.from(Buffer.from(honest.body).toString().replace('UpToDate', 'Uptodate')) }
      : undefined
  await open(page, 'tdx')
  await toDesk(page)
  await send(page)
  await expect(page.getByRole('listitem').filter({ hasText: 'Treated as if it were absent' })).toContainText('Rejected')
  await expect(page.getByText('An answer came and does not fill this')).toBeVisible()
  await expect(says(page)).toContainText('not verified')
})

test('a relay that is gone is said to be gone, and the command line stands there', async ({ page }) => {
  await page.route('**/relay/about', (route) => route.abort())
  await open(page, 'tdx')
  await toDesk(page)
  await expect(page.getByText('which no longer answers')).toBeVisible()
  await expect(page.getByText(/^npm run -s appraise -- quote\.bin --fetch$/)).toBeVisible()
})

test('the privacy box counts them apart', async ({ page }) => {
  // The day of today: a clock that stands still also stills what the browser counts by.
  await open(page, 'snp-vlek', 'bare', 'en', false)
  await toDesk(page)
  await send(page)
  await expect(page.getByText('fetched', { exact: true }).first()).toBeVisible()
  await expect(page.getByText('at your word by this page’s server: 1')).toBeVisible()
  await page.getByRole('link', { name: 'Open', exact: true }).first().click()
  await expect(
    page.getByText('Requests by this page’s server, at your word').locator('xpath=following-sibling::dd'),
  ).toHaveText('1')
  await expect(page.getByText('Requests to any other host').locator('xpath=following-sibling::dd')).toHaveText('0')
})

for (const lang of ['en', 'zh'])
  for (const theme of ['light', 'dark'] as const)
    test(`axe finds nothing on the desk, before and after: ${lang}, ${theme}`, async ({ page }) => {
      const faults = () => violationsOn(page, 'desk', { theme })
      standing.vendors.lie = (url) =>
        url.includes(TCB) ? { status: 429, headers: { 'retry-after': '60' }, body: nothing } : undefined
      await open(page, 'tdx', 'bare', `${lang}&theme=${theme}`)
      await toDesk(page)
      await expect(page.locator('#get-missing')).toBeVisible()
      expect(await faults()).toEqual([])
      await page.locator('#get-missing').click()
      await expect(page.getByRole('progressbar')).toBeVisible()
      expect(await faults()).toEqual([])
    })

test('a page whose server has no relay asks nobody, and says how it could be asked', async ({
  page,
  baseURL,
  watch,
}) => {
  const asked: string[] = []
  page.on('request', (request) => void asked.push(request.url()))
  await page.goto(`${baseURL ?? ''}#sample=intel-dcap/tdx-no-collateral&panel=collateral`)
  await expect(page.getByText('npm start -- --relay')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Send/ })).toHaveCount(0)
  expect(asked.filter((url) => url.includes('relay') || url.includes('/collateral/'))).toEqual([])
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})
