import type { Page } from '@playwright/test'
import { AxeBuilder } from '@axe-core/playwright'
import { expect as base } from '@playwright/test'
import { standingIn, type Standing } from './standing-in.ts'
import { test } from './watched.ts'

const expect = base.configure({ timeout: 30_000 })
test.describe.configure({ mode: 'serial', timeout: 120_000 })

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

/** Opens files and moves to the day on which everything of the demonstration is in date. */
async function open(page: Page, id: string, which: 'bare' | 'full' = 'bare', lang = 'en') {
  const one = caseOf(id)
  await page.goto(`${standing.page}#lang=${lang}`)
  await page
    .getByTestId('files')
    .setInputFiles(
      one[which].map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
    )
  await expect(page.locator('#says')).toBeVisible()
  await page.evaluate((at) => {
    location.hash = `${location.hash}&at=${at}`
  }, one.at)
}

const says = (page: Page) => page.locator('#says')
const toDesk = (page: Page, name: string | RegExp = /Collateral/) =>
  page.getByRole('navigation').getByRole('link', { name }).click()

for (const id of ['tdx', 'sgx', 'snp-vcek', 'snp-vlek'])
  test(`${id}: one button brings the verdict of the full case`, async ({ page }) => {
    await open(page, id, 'full')
    await expect(says(page)).not.toContainText(/Appraising/)
    const full = await says(page).innerText()
    await page.goto('about:blank')
    await open(page, id)
    await toDesk(page)
    expect(standing.vendors.asked).toEqual([])
    await page.getByRole('button', { name: /^Send \d requests?$/ }).click()
    await expect(says(page)).toHaveText(full)
    expect(standing.vendors.asked.length).toBeGreaterThan(0)
    expect(new Set(standing.vendors.asked).size).toBe(standing.vendors.asked.length)
  })

test('looks', async ({ page }) => {
  await open(page, 'tdx')
  await toDesk(page)
  expect(
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
  ).toEqual([])
})
