import { expect as base } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { violationsOn } from './accessibility.ts'
import { test } from './watched.ts'

const expect = base.configure({ timeout: 30_000 })

/** Asking a live machine by hand: the nonce of this page is what the answer is compared with. */

for (const lang of ['en', 'zh'])
  test(`a fresh nonce, the command, and the answer that holds another number is refused: ${lang}`, async ({
    page,
    watch,
  }) => {
    await page.goto(`./#page=ask&lang=${lang}`)
    await page.getByRole('button', { name: lang === 'en' ? 'Make a fresh nonce' : '生成新的随机数' }).click()
    const nonce = (
      await page
        .locator('code')
        .filter({ hasText: /^[0-9a-f]{128}$/ })
        .innerText()
    ).trim()
    await expect(page.locator('pre')).toContainText(nonce)
    expect(await violationsOn(page, 'ask')).toEqual([])
    await page.getByRole('button', { name: lang === 'en' ? 'Make another' : '再生成一个' }).click()
    await expect(page.locator('pre')).not.toContainText(nonce)
    const second = (
      await page
        .locator('code')
        .filter({ hasText: /^[0-9a-f]{128}$/ })
        .innerText()
    ).trim()
    const sample = JSON.parse(
      readFileSync(new URL('../src/schemes/intel-dcap/samples/tdx-no-collateral.json', import.meta.url), 'utf8'),
    ) as { files?: { name: string; base64: string }[] } & { name: string; base64: string }[]
    const [file] = sample.files ?? sample
    await page.getByTestId('files').setInputFiles({
      name: 'quote.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(file?.base64 ?? '', 'base64'),
    })
    await expect(page.locator('#says')).toBeVisible()
    await page
      .getByRole('navigation')
      .getByRole('link', { name: lang === 'en' ? 'Expectations' : '期望值' })
      .click()
    await expect(
      page
        .getByText(second.slice(0, 32))
        .or(page.locator(`[value^="${second.slice(0, 32)}"]`))
        .first(),
    ).toBeVisible()
    await page
      .getByRole('navigation')
      .getByRole('link', { name: lang === 'en' ? 'Raw' : '原始输入' })
      .click()
    await expect(page.getByText('asked.txt').first()).toBeVisible()
    expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
  })

test('a name that is no host never enters the command', async ({ page }) => {
  await page.goto('./#page=ask&lang=en')
  await page.getByRole('radio', { name: /attestation\?nonce=/ }).check()
  await page.getByRole('button', { name: 'Make a fresh nonce' }).click()
  await expect(page.locator('pre')).toContainText('openssl s_client -connect service.example:443')
  await page.getByRole('textbox', { name: 'Host' }).fill("x'; rm -rf ~; '")
  await expect(page.locator('pre')).toHaveCount(0)
})
