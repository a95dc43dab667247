import { expect as base } from '@playwright/test'
import { test } from './watched.ts'

// A slow machine is not a broken page.
const expect = base.configure({ timeout: 30_000 })

for (const { lang, make, same, undo } of [
  { lang: 'en', make: 'Make it', same: 'Exactly the declared checks changed.', undo: 'Undo' },
  { lang: 'zh', make: '制造它', same: '改变的正是所声明的检查。', undo: '撤销' },
])
  for (const sample of ['intel-dcap/tdx-up-to-date', 'amd-sev-snp/milan-v2', 'aws-nitro/enclave'])
    test(`lab: every preset of ${sample} changes what it declares, and is undone at once: ${lang}`, async ({
      page,
      watch,
    }) => {
      test.setTimeout(240_000)
      await page.goto(`./#sample=${sample}&panel=flip&lang=${lang}`)
      const offered = page.locator('[data-preset]')
      await expect(offered.first()).toBeVisible()
      const count = await offered.count()
      expect(count).toBeGreaterThan(2)
      for (let index = 0; index < count; index += 1) {
        await offered.nth(index).getByRole('button', { name: make }).click()
        await expect(offered.nth(index).getByRole('status')).toHaveText(same)
        await page.locator('#panel-flip').getByRole('button', { name: undo, exact: true }).click()
        await expect(offered.nth(index).getByRole('button', { name: make })).toBeEnabled()
      }
      expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
    })
