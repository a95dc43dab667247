import { expect as base } from '@playwright/test'
import { violationsOn } from './accessibility.ts'
import { headline } from './share-links.ts'
import { test } from './watched.ts'

// A slow machine is not a broken page.
const expect = base.configure({ timeout: 30_000 })
// A thousand coloured bytes are a thousand contrasts to compute; and what a recorder photographs is not looked at here.
test.describe.configure({ timeout: 480_000 })
test.use({ trace: 'off' })

const PANELS = [
  'verdict',
  'fields',
  'path',
  'certificates',
  'tcb',
  'dates',
  'measurements',
  'collateral',
  'raw',
  'expectations',
  'flip',
  'report',
]

for (const theme of ['light', 'dark'] as const) {
  for (const lang of ['en', 'zh']) {
    test(`axe finds nothing on the front door, any panel, the share dialog and the keys: ${theme}, ${lang}`, async ({
      page,
    }) => {
      const found: string[] = []
      const look = async (where: string) => {
        found.push(...(await violationsOn(page, where, { theme })))
      }
      await page.goto(`./#lang=${lang}&theme=${theme}`)
      await expect(page.getByRole('heading', { level: 2 }).last()).toBeVisible()
      await look('front')
      await page.goto(`./#sample=intel-dcap/tdx-out-of-date&lang=${lang}&theme=${theme}`)
      await expect(headline(page)).toBeVisible()
      const rail = page.locator('nav').last().getByRole('link')
      await expect(rail).toHaveCount(PANELS.length)
      const seen: string[] = []
      for (let index = 0; index < PANELS.length; index += 1) {
        await rail.nth(index).click()
        const panel = page.locator('[id^="panel-"]')
        await expect(panel.getByRole('heading', { level: 2 }).first()).toBeVisible()
        const id = ((await panel.getAttribute('id')) ?? '').replace('panel-', '')
        seen.push(id)
        if (id === 'fields') await page.getByRole('row').nth(1).click()
        if (id === 'dates') await expect(panel.getByRole('slider')).toBeVisible()
        if (id === 'certificates') {
          await panel.locator('details summary').first().click()
          await expect(panel.getByRole('treegrid')).toBeVisible()
        }
        await look(id)
      }
      expect(seen.toSorted()).toEqual(PANELS.toSorted())
      await page.getByRole('button', { name: lang === 'en' ? 'Share' : '分享', exact: true }).click()
      await expect(page.getByTestId('link-length')).toBeVisible()
      await look('share')
      await page.keyboard.press('Escape')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog')).toBeVisible()
      await look('keys')
      expect(found).toEqual([])
    })
  }
}
