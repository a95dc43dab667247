import { expect as base } from '@playwright/test'
import { test } from './watched.ts'

// A slow machine is not a broken page.
const expect = base.configure({ timeout: 30_000 })

for (const { lang, make, same, undo } of [
  { lang: 'en', make: 'Make it', same: 'Exactly the declared checks changed.', undo: 'Undo' },
  { lang: 'zh', make: '制作', same: '改变的正是所声明的检查。', undo: '撤销' },
])
  for (const sample of [
    'intel-dcap/tdx-up-to-date',
    'amd-sev-snp/milan-v2',
    'aws-nitro/enclave',
    'arm-cca/token',
    'azure-cvm/snp-evidence-v2',
  ])
    test(`lab: every preset of ${sample} changes what it declares, and is undone at once: ${lang}`, async ({
      page,
      watch,
    }) => {
      test.setTimeout(240_000)
      await page.goto(`./#sample=${sample}&panel=flip&lang=${lang}`)
      const offered = page.locator('[data-preset]')
      await expect(offered.first()).toBeVisible()
      const count = await offered.count()
      expect(count).toBeGreaterThan(1)
      for (let index = 0; index < count; index += 1) {
        await offered.nth(index).getByRole('button', { name: make }).click()
        await expect(offered.nth(index).getByRole('status')).toHaveText(same)
        await page.locator('#panel-flip').getByRole('button', { name: undo, exact: true }).click()
        await expect(offered.nth(index).getByRole('button', { name: make })).toBeEnabled()
      }
      expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
    })

for (const { lang, undo, held, unknown, named } of [
  { lang: 'en', undo: 'Undo', held: /Switch off the root/, unknown: /switched off/, named: 'Take away milan.crl' },
  { lang: 'zh', undo: '撤销', held: /停用根/, unknown: /已停用/, named: '拿走 milan.crl' },
])
  test(`lab: the clock, a root and a file are moved, told, and taken back one by one: ${lang}`, async ({
    page,
    watch,
  }) => {
    test.setTimeout(240_000)
    await page.goto(`./#sample=amd-sev-snp/milan-v2&panel=flip&lang=${lang}`)
    const lab = page.locator('#panel-flip')
    const done = lab.locator('[data-moved]')
    await lab.locator('[data-move="tenYears"]').click()
    await expect(done).toHaveCount(1)
    await expect(lab.locator('table').first()).toBeVisible()
    await lab.getByRole('button', { name: named, exact: true }).click()
    await expect(done).toHaveCount(2)
    await lab.getByRole('button', { name: held }).click()
    await expect(done).toHaveCount(3)
    await expect(lab).toContainText(unknown)
    for (const left of [2, 1, 0]) {
      await lab.getByRole('button', { name: undo, exact: true }).click()
      await expect(done).toHaveCount(left)
    }
    await expect(lab.locator('[data-move="milan.crl"]')).toBeEnabled()
    expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
  })

test('a link names a failure; one that the case cannot have leads to the nearest, and that is said', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await page.goto('./#sample=aws-nitro/enclave&panel=flip&preset=nitro.document/zero-registers')
  await expect(page.locator('[data-linked]')).toHaveAttribute('data-preset', 'nitro.document/zero-registers')
  await expect(page.locator('[data-nearest]')).toHaveCount(0)
  await page.goto('./#sample=aws-nitro/enclave&panel=flip&preset=intel.tdx-quote/debug-signed')
  await expect(page.locator('[data-linked]')).toHaveAttribute('data-preset', 'nitro.document/debug-signed')
  await expect(page.getByText('The nearest is marked.')).toBeVisible()
  await page.goto('./#sample=aws-nitro/enclave&panel=flip&preset=nonsense')
  await expect(page.locator('[data-linked]')).toHaveCount(1)
})
