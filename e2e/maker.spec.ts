import { expect as base } from '@playwright/test'
import { test } from './watched.ts'

// A slow machine is not a broken page.
const expect = base.configure({ timeout: 30_000 })

for (const { lang, kind, make, debug, range } of [
  {
    lang: 'en',
    kind: 'Kind of evidence',
    make: 'Make and open',
    debug: /debug mode is on/i,
    range: 'A whole number from 0 to 3.',
  },
  { lang: 'zh', kind: '证据种类', make: '制作并打开', debug: /调试模式/, range: '0 至 3 的整数。' },
])
  test(`evidence made in the page opens as a case that says what it is: ${lang}`, async ({ page, watch }) => {
    test.setTimeout(120_000)
    await page.goto(`./#page=maker&lang=${lang}`)
    // The form is drawn from the recipes: the toy's knob is there because the toy declares it.
    await page.getByLabel(kind).selectOption({ index: 0 })
    await expect(page.locator('[data-knob="program"]')).toBeVisible()
    await page.getByLabel(kind).selectOption({ index: 1 })
    await page.locator('[data-knob="behind"] input').fill('7')
    await page.getByRole('button', { name: make }).click()
    await expect(page.locator('[data-knob="behind"]')).toContainText(range)
    await page.locator('[data-knob="behind"] input').fill('0')
    await page.locator('[data-knob="debug"] input').check()
    await page.getByRole('button', { name: make }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(debug)
    await expect(page.locator('[data-strip]')).toBeVisible()
    expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
  })
