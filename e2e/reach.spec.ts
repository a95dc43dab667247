import { expect as base, type Page } from '@playwright/test'
import { headline } from './share-links.ts'
import { test } from './watched.ts'

// A slow machine is not a broken page.
const expect = base.configure({ timeout: 30_000 })
test.describe.configure({ timeout: 240_000 })

/** How the page is reached by those who enlarge, replace colours, or cannot bear movement. */

/** What the sample's rail offers once its appraisal stands: the last of them needs it, and comes after the headline. */
const PANELS = 12

async function eachPanel(page: Page, lang: string, look: (panel: string) => Promise<void>): Promise<void> {
  await page.goto(`./#lang=${lang}`)
  await expect(page.getByRole('heading', { level: 2 }).last()).toBeVisible()
  await look('front')
  await page.goto(`./#sample=intel-dcap/tdx-out-of-date&lang=${lang}`)
  await expect(headline(page)).toBeVisible()
  const rail = page.locator('nav').last().getByRole('link')
  await expect(rail).toHaveCount(PANELS)
  for (let index = 0; index < PANELS; index += 1) {
    await rail.nth(index).click()
    const panel = page.locator('[id^="panel-"]')
    await expect(panel.getByRole('heading', { level: 2 }).first()).toBeVisible()
    await look((await panel.getAttribute('id')) ?? '')
  }
}

// 1280 pixels enlarged to 400 % are 320; 1440 enlarged to 200 % are 720.
for (const [what, width, height] of [
  ['320 pixels', 320, 640],
  ['a telephone', 390, 844],
  ['200 % zoom', 720, 450],
] as const) {
  for (const lang of ['en', 'zh']) {
    test(`nothing needs scrolling sideways at ${what}: ${lang}`, async ({ page }) => {
      await page.setViewportSize({ width, height })
      const wide: string[] = []
      await eachPanel(page, lang, async (panel) => {
        const beyond = () =>
          page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        // What is still loading may be as wide as it likes; what stands there two seconds later may not.
        let over = await beyond()
        for (let look = 0; look < 10 && over > 0; look += 1) {
          await page.waitForTimeout(200)
          over = await beyond()
        }
        if (over > 0) wide.push(`${panel}: ${over}`)
      })
      expect(wide).toEqual([])
    })
  }
}

test('forced colours: outcomes differ by shape and word, the choice in force and the focus are seen', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto('./#sample=intel-dcap/tdx-out-of-date&lang=en&panel=fields&field=0:body.tdAttributes')
  await expect(page.getByRole('treegrid')).toBeVisible()
  // Each of the five answers carries its word, not only a colour.
  for (const answer of await page
    .locator('ol > li')
    .filter({ has: page.locator('p b') })
    .all())
    await expect(answer).toContainText(/Holds|Known issue|Not checked|Fails|No statement/)
  const style = (selector: string, property: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
  // A pressed choice, the selected row and selected bytes stand out from their neighbours without our colours.
  expect(await style('[aria-pressed="true"]', 'background-color')).not.toBe(
    await style('[aria-pressed="false"]', 'background-color'),
  )
  const rows = page.getByRole('treegrid').getByRole('row')
  const background = (row: ReturnType<typeof page.locator>) =>
    row.evaluate((element) => `${getComputedStyle(element).backgroundColor} ${getComputedStyle(element).outlineStyle}`)
  expect(await background(rows.and(page.locator('[aria-selected="true"]')).first())).not.toBe(
    await background(rows.and(page.locator('[aria-selected="false"]')).first()),
  )
  await page.getByRole('button', { name: 'Share', exact: true }).focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).not.toBe(
    'none',
  )
})

test('reduced motion: nothing moves', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const moving: string[] = []
  await eachPanel(page, 'en', async (panel) => {
    moving.push(
      ...(
        await page.evaluate(() =>
          document
            .getAnimations()
            .filter((animation) => animation.playState === 'running')
            .map(String),
        )
      ).map((one) => `${panel}: ${one}`),
    )
    const lasting = await page.locator('body *').evaluateAll((all) =>
      all
        .filter((element) => {
          const { transitionDuration, animationName, animationDuration } = getComputedStyle(element)
          return (
            transitionDuration.split(',').some((one) => Number.parseFloat(one) > 0.001) ||
            (animationName !== 'none' && Number.parseFloat(animationDuration) > 0.001)
          )
        })
        .map((element) => `${element.tagName}.${element.getAttribute('class') ?? ''}`)
        .slice(0, 5),
    )
    moving.push(...lasting.map((one) => `${panel}: ${one}`))
  })
  expect(moving).toEqual([])
})

for (const [lang, title, word] of [
  ['en', 'Keys', 'Single-letter keys act'],
  ['zh', '快捷键', '单字母'],
] as const) {
  test(`the keyboard map opens on ?, names every key, closes on Escape, and can switch single letters off: ${lang}`, async ({
    page,
  }) => {
    await page.goto(`./#sample=intel-dcap/tdx-out-of-date&lang=${lang}`)
    await expect(headline(page)).toBeVisible()
    await page.keyboard.press('?')
    const map = page.getByRole('dialog')
    await expect(map).toContainText(title)
    for (const key of ['?', '/', '[', ']', 'c', 'Esc'])
      await expect(map.locator('kbd', { hasText: key }).first()).toBeVisible()
    await map.getByRole('checkbox', { name: new RegExp(word) }).uncheck()
    await page.keyboard.press('Escape')
    await expect(map).toHaveCount(0)
    await page.keyboard.press('3')
    await expect(page.locator('#panel-verdict')).toBeVisible()
    // The way back does not hang on a key that is off.
    await page.locator('footer').getByRole('button').click()
    await expect(map.getByRole('checkbox')).not.toBeChecked()
  })
}
