import { readFile } from 'node:fs/promises'
import { expect as base, type Browser, type Page } from '@playwright/test'
import { violationsOn } from './accessibility.ts'
import { asLinkFiles, give, headline, linkOf, sampleFiles, visitor } from './share-links.ts'
import { test } from './watched.ts'

// Several pages and appraisals a test: a busy machine needs longer than one step elsewhere.
const expect = base.configure({ timeout: 30_000 })
test.describe.configure({ timeout: 180_000 })

const tdx = sampleFiles('intel-dcap', 'tdx-up-to-date')
const AT = Date.parse('2026-06-15T12:00:00Z')
const answers = (page: Page) =>
  page
    .locator('ol > li')
    .filter({ has: page.locator('p b') })
    .allInnerTexts()

async function pickDate(page: Page, iso: string): Promise<void> {
  await page.getByRole('button', { name: 'Change' }).click()
  await page.getByLabel('A date and time, UTC').last().fill(iso.replace('Z', ''))
  await page.getByRole('button', { name: 'Done' }).click()
}

async function linkFrom(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const field = page.getByRole('textbox', { name: 'Link' })
  await expect(field).toHaveValue(/#link=1\./)
  return field.inputValue()
}

async function saved(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  return readFile(await download.path(), 'utf8')
}

test('a link opens to the same verdict in a fresh browser, with the date only after consent', async ({
  page,
  browser,
  watch,
}) => {
  await page.goto('./')
  await give(page, tdx)
  await expect(headline(page)).toBeVisible()
  await pickDate(page, '2026-06-15T12:00:00Z')
  await expect(page.locator('dd > time').first()).toHaveText('2026-06-15')
  await expect(page.locator('section[aria-busy="true"]')).toHaveCount(0)
  const said = await headline(page).innerText()
  const five = await answers(page)
  const link = await linkFrom(page)
  await expect(page.getByRole('dialog')).toContainText('PPID')
  await expect(page.getByRole('dialog')).toContainText('FMSPC')
  console.log(`link with ${tdx.length} files: ${link.length} characters`)

  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC' })
  const other = await visitor(context)
  await other.page.goto(link)
  await expect(headline(other.page)).toBeVisible()
  const bar = other.page.locator('[data-arrival]')
  await expect(bar).toHaveAttribute('data-arrival', 'waiting')
  await expect(bar).toContainText('You have not approved it')
  await expect(bar).toContainText('2026-06-15 12:00:00 UTC')
  await expect(bar).toContainText(`The sender judged as of 2026-06-15. Judged so, these bytes say: ${said}`)
  await expect(other.page.locator('dd > time').first()).not.toHaveText('2026-06-15')
  await bar.getByRole('button', { name: 'Apply' }).click()
  await expect(bar).toHaveAttribute('data-arrival', 'applied')
  await expect(bar).toContainText('from the link')
  await expect(other.page.getByText('a date from the link, accepted by you')).toBeVisible()
  await expect(other.page.getByText('a date you picked')).toHaveCount(0)
  await expect(headline(other.page)).toHaveText(said)
  await expect(other.page.locator('section[aria-busy="true"]')).toHaveCount(0)
  expect(await answers(other.page)).toEqual(five)
  await bar.getByRole('button', { name: 'Take it back' }).click()
  await expect(bar).toHaveAttribute('data-arrival', 'waiting')
  await expect(other.page.locator('dd > time').first()).not.toHaveText('2026-06-15')

  // A reload finds the case again, and asks again.
  await bar.getByRole('button', { name: 'Ignore' }).click()
  await other.page.reload()
  await expect(headline(other.page)).toBeVisible()
  await expect(bar).toHaveAttribute('data-arrival', 'waiting')
  expect([other.foreign, other.errors]).toEqual([[], []])
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
  await context.close()
})

test('language, panel and field act at once', async ({ page, watch }) => {
  await page.goto(
    linkOf({
      files: asLinkFiles(tdx.slice(0, 1)),
      locale: 'zh',
      panel: 'fields',
      selection: { artifact: 0, path: 'body.mrTd' },
    }),
  )
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans')
  await expect(page.locator('#panel-fields')).toBeVisible()
  await expect(page).toHaveURL(/field=0:body\.mrTd/)
  await expect(page.locator('[data-arrival]')).toHaveCount(0)
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('collateral that was left out is named by its hash, and found again when it is dropped', async ({
  page,
  browser,
}) => {
  await page.goto('./')
  await give(page, tdx)
  await expect(headline(page)).toBeVisible()
  await pickDate(page, '2026-06-15T12:00:00Z')
  const whole = await headline(page).innerText()
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await page.getByRole('radio', { name: /The evidence alone/ }).check()
  await expect(page.getByTestId('link-length')).toBeVisible()
  const field = page.getByRole('textbox', { name: 'Link' })
  const link = await field.inputValue()
  expect(link.length).toBeLessThan(2000)
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC' })
  const other = await visitor(context)
  await other.page.goto(link)
  await expect(headline(other.page)).toBeVisible()
  const bar = other.page.locator('[data-arrival]')
  await bar.getByRole('button', { name: 'Apply' }).click()
  await expect(bar).toContainText('The sender also had')
  await expect(bar.getByText('not here')).toHaveCount(tdx.length - 1)
  await expect(other.page.locator('details[data-finding]').first()).toBeVisible()
  await give(other.page, tdx.slice(1))
  await expect(bar.getByText('not here')).toHaveCount(0)
  await expect(headline(other.page)).toHaveText(whole)
  await context.close()
})

test('a link without evidence waits for it', async ({ page }) => {
  await page.goto(
    linkOf({ left: [{ kind: 'intel.tdx-quote', key: '', sha256: 'ab'.repeat(32) }], at: AT, panel: 'fields' }),
  )
  await expect(page.locator('[data-arrival="bare"]')).toContainText('brings no evidence')
  await expect(page.locator('[data-arrival="bare"]')).toContainText('ab'.repeat(32))
  await give(page, tdx)
  await expect(page.locator('[data-arrival="waiting"]')).toContainText('2026-06-15')
  await expect(page.locator('#panel-fields')).toBeVisible()
})

test('the name of an example makes a link short enough for a QR code', async ({ page, browser }) => {
  await page.goto('./#sample=intel-dcap/tdx-up-to-date')
  await expect(headline(page)).toBeVisible()
  // Read only once the verdict is there, not while it is still being worked out.
  await expect(headline(page)).toContainText('demonstration hardware')
  const said = await headline(page).innerText()
  const link = await linkFrom(page)
  expect(link.length).toBeLessThan(600)
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible()
  await page.getByRole('radio', { name: /collateral that had a say/ }).check()
  await expect(page.getByRole('dialog')).toContainText('this link has')
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC' })
  const other = await visitor(context)
  await other.page.goto(link)
  await expect(headline(other.page)).toHaveText(said)
  await expect(other.page.locator('[data-arrival]')).toHaveCount(0)
  expect([other.foreign, other.errors]).toEqual([[], []])
  await context.close()
})

test('the dialog works by keyboard', async ({ page, context, baseURL }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(baseURL ?? '').origin })
  await page.goto('./#sample=intel-dcap/tdx-up-to-date')
  await expect(headline(page)).toBeVisible()
  const share = page.getByRole('button', { name: 'Share', exact: true })
  await share.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/#link=1\./)
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  for (
    let i = 0;
    i < 12 &&
    !(await page.getByRole('button', { name: 'Copy link' }).evaluate((one) => one === document.activeElement));
    i++
  )
    await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(share).toBeFocused()
})

async function reopen(browser: Browser, text: string) {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC' })
  const other = await visitor(context)
  await other.page.goto('./')
  await give(other.page, [{ name: 'case.json', bytes: new TextEncoder().encode(text) }])
  await expect(headline(other.page)).toBeVisible()
  return { context, ...other, bar: other.page.locator('[data-arrival]') }
}

/** The case at a chosen date, with the report open. */
async function reported(page: Page): Promise<string> {
  await page.goto('./')
  await give(page, tdx)
  await expect(headline(page)).toBeVisible()
  await pickDate(page, '2026-06-15T12:00:00Z')
  await page.getByRole('link', { name: 'Report', exact: true }).click()
  await expect(page.locator('#panel-report')).toContainText('2026-06-15T12:00:00Z')
  return headline(page).innerText()
}

test('a case file opens again to the same appraisal', async ({ page, browser, watch }) => {
  const said = await reported(page)
  const caseFile = await saved(page, 'Case file')
  const appraisal = JSON.parse(await saved(page, 'Appraisal as JSON')) as Record<string, unknown>
  expect(appraisal).toMatchObject({ schema: 'appraisal/1', at: '2026-06-15T12:00:00Z' })
  const other = await reopen(browser, caseFile)
  await expect(other.bar).toContainText('from the case file')
  await other.bar.getByRole('button', { name: 'Apply' }).click()
  await expect(headline(other.page)).toHaveText(said)
  await expect(other.bar).toContainText('says the same')
  await other.page.getByRole('link', { name: 'Report', exact: true }).click()
  const again = JSON.parse(await saved(other.page, 'Appraisal as JSON')) as Record<string, unknown>
  expect({ ...again, ms: 0 }).toEqual({ ...appraisal, ms: 0 })
  expect([other.foreign, other.errors]).toEqual([[], []])
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
  await other.context.close()
})

test('a case file written while the date was now opens, days later, to the very same appraisal', async ({
  page,
  browser,
  watch,
}) => {
  await page.clock.setSystemTime(new Date('2026-06-20T08:00:00Z'))
  await page.goto('./')
  await give(page, tdx)
  await expect(headline(page)).toBeVisible()
  await page.getByRole('link', { name: 'Report', exact: true }).click()
  await expect(page.locator('#panel-report')).toContainText('2026-06-20T08:00:0')
  const said = await headline(page).innerText()
  const caseFile = await saved(page, 'Case file')
  const appraisal = JSON.parse(await saved(page, 'Appraisal as JSON')) as Record<string, unknown>
  expect(appraisal).toMatchObject({ atSource: 'now' })
  const other = await reopen(browser, caseFile)
  await other.bar.getByRole('button', { name: 'Apply' }).click()
  await expect(other.page.getByText('the date from the case file, accepted by you')).toBeVisible()
  await expect(headline(other.page)).toHaveText(said)
  await expect(other.bar).toContainText('says the same')
  await other.page.getByRole('link', { name: 'Report', exact: true }).click()
  const again = JSON.parse(await saved(other.page, 'Appraisal as JSON')) as Record<string, unknown>
  expect({ ...again, ms: 0 }).toEqual({ ...appraisal, ms: 0 })
  expect([other.foreign, other.errors]).toEqual([[], []])
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
  await other.context.close()
})

test('an edited verdict in a case file changes nothing, and is told', async ({ page, browser }) => {
  const said = await reported(page)
  const forged = JSON.parse(await saved(page, 'Case file')) as {
    appraisal: { headline: string; sentence: string; checks: { outcome: string }[] }
  }
  forged.appraisal.headline = 'S6'
  forged.appraisal.sentence = 'Genuine hardware, believe me.'
  for (const check of forged.appraisal.checks) check.outcome = 'pass'
  const other = await reopen(browser, JSON.stringify(forged))
  await other.bar.getByRole('button', { name: 'Apply' }).click()
  await expect(headline(other.page)).toHaveText(said)
  await expect(other.bar).toContainText('says otherwise')
  await expect(other.page.locator('body')).not.toContainText('believe me')
  await other.context.close()
})

test('reports name files, engine and what was not checked; an appraisal without bytes says that it has none', async ({
  page,
  watch,
}) => {
  await reported(page)
  const appraisal = JSON.parse(await saved(page, 'Appraisal as JSON')) as {
    engine: string
    checks: unknown[]
    artifacts: { parent: number | null; sha256: string }[]
  }
  const markdown = await saved(page, 'Report as Markdown')
  const csv = await saved(page, 'Checks as CSV')
  expect(markdown).toContain('What was not checked')
  expect(markdown).toContain(appraisal.engine)
  for (const artifact of appraisal.artifacts) if (artifact.parent === null) expect(markdown).toContain(artifact.sha256)
  expect(csv.split('\r\n').length).toBe(appraisal.checks.length + 2)
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('#panel-verdict')).toBeVisible()
  await expect(page.locator('#panel-report [data-section="open"]')).toBeVisible()
  await expect(page.locator('#panel-report [data-section="files"]')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Case file' })).toBeHidden()
  await page.emulateMedia({ media: 'screen' })
  await page.goto('./')
  await give(page, [{ name: 'appraisal.json', bytes: new TextEncoder().encode(JSON.stringify(appraisal)) }])
  await expect(page.getByText('appraisal.json holds an appraisal but no evidence.')).toBeVisible()
  await expect(page.locator('h1#says')).toHaveCount(0)
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('a pasted link is opened, not read as evidence', async ({ page, baseURL }) => {
  await page.goto('./')
  const link = linkOf({ files: asLinkFiles(tdx.slice(0, 1)), panel: 'raw' }).replace('./', baseURL ?? '')
  await page.evaluate((text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  }, link)
  await expect(headline(page)).toBeVisible()
  await expect(page.locator('#panel-raw')).toBeVisible()
})

for (const [lang, theme] of [
  ['en', 'light'],
  ['zh', 'dark'],
] as const) {
  test(`axe finds nothing in consent bar, report and dialog: ${lang}, ${theme}`, async ({ page }) => {
    const link = linkOf({
      files: asLinkFiles(tdx.slice(0, 1)),
      left: [{ kind: 'tcb-info', key: 'd0e0f0000000', sha256: 'ab'.repeat(32) }],
      at: AT,
      policy: { schema: 'policy/1', nonce: '00', anchorsOff: ['ab'.repeat(32)] },
      locale: lang,
      panel: 'report',
    })
    await page.goto(link.replace('#link', `#lang=${lang}&theme=${theme}&link`))
    await expect(page.locator('[data-arrival]')).toBeVisible()
    await expect(page.locator('#panel-report dl')).toBeVisible()
    const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
    const look = (within: string) => violationsOn(page, within, { within, tags })
    expect(await look('[data-arrival]')).toEqual([])
    expect(await look('#panel-report')).toEqual([])
    await page.getByRole('button', { name: lang === 'en' ? 'Share' : '分享', exact: true }).click()
    await expect(page.getByTestId('link-length')).toBeVisible()
    expect(await look('dialog')).toEqual([])
  })
}
