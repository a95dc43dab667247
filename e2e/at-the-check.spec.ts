import { expect as base } from '@playwright/test'
import { give, sampleFiles } from './share-links.ts'
import { test } from './watched.ts'

/** The next step stands at the check, and what lies side by side is said to. */
const expect = base.configure({ timeout: 30_000 })

test('a signature check shows digest, signature and the commands; a hollow row shows the line that gets what it lacks', async ({
  page,
}) => {
  await page.goto('./#sample=intel-dcap/tdx-no-collateral')
  const signature = page.locator('details[id="check-intel.quote-signed-by-attestation-key"]')
  await signature.locator('summary').click()
  await expect(signature).toContainText(/SHA-256 of these bytes\s*[0-9a-f]{64}/)
  await expect(signature).toContainText('openssl dgst -sha256 -verify key.pem -signature signature.bin signed.bin')
  await expect(signature).toContainText('Verified OK')
  const lacking = page.locator('details[id="check-intel.tcb-info-authentic"]')
  await lacking.locator('summary').click()
  await expect(lacking).toContainText('curl -i')
  await expect(lacking.getByRole('button', { name: 'Copy' })).toBeVisible()
})

test('the whole path is drawn, absent parts as not here', async ({ page }) => {
  await page.goto('./')
  const [file] = sampleFiles('amd-sev-snp', 'milan-v3-old')
  if (!file) throw new Error('no sample')
  await give(page, [{ ...file, bytes: file.bytes.slice(0, 1184) }])
  await page.getByRole('link', { name: 'Trust path' }).click()
  const drawing = page.getByRole('group', { name: /Trust path drawing/ })
  await expect(drawing.getByText('not here')).toHaveCount(3)
  await expect(drawing).toContainText('Revocation list of the authority')
  await expect(page.locator('#panel-path')).not.toContainText('0 links hold')
})

test('evidence that nothing ties lies side by side, and opens on its own', async ({ page }) => {
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined))
  await page.goto('./')
  const [quote] = sampleFiles('intel-dcap', 'tdx-no-collateral')
  const [report] = sampleFiles('amd-sev-snp', 'milan-v3-old')
  if (!quote || !report) throw new Error('no sample')
  await give(page, [quote, report])
  await expect(page.getByText('They lie side by side in this case')).toBeVisible()
  await page.getByRole('button', { name: 'Open the one shown on its own' }).click()
  await expect(page.getByText('They lie side by side in this case')).toHaveCount(0)
  await expect(page.getByText('2 files')).toHaveCount(0)
})

test('a message of a tool, given as a file, is answered', async ({ page }) => {
  await page.goto('./')
  await give(page, [{ name: 'log.txt', bytes: new TextEncoder().encode('quote verification failed: 0xe022\n') }])
  await expect(page.getByText('SGX_QL_PCK_CERT_CHAIN_ERROR')).toBeVisible()
  await expect(page.getByText('It is no evidence. What it names is known here:')).toBeVisible()
})

test('a sentence on paper has all the words that it has on the screen, terms that open included', async ({ page }) => {
  await page.goto('./#sample=intel-dcap/tdx-out-of-date')
  const says = page.getByRole('heading', { level: 1 })
  await expect(says.locator('[data-term]').first()).toBeVisible()
  const written = async () => {
    const texts = await page.getByRole('main').locator('h1, [data-place^="answer-"] > p').allInnerTexts()
    return texts.map((text) => text.replace(/\s+/g, ' ').trim())
  }
  const onScreen = await written()
  expect(onScreen.length).toBeGreaterThan(10)
  await page.emulateMedia({ media: 'print' })
  expect(await written()).toEqual(onScreen)
})

test('a browser that prints right after the verdict prints every panel', async ({ page }) => {
  await page.goto('./#sample=intel-dcap/tdx-up-to-date')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('demonstration hardware')
  await page.waitForTimeout(4000)
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await expect(page.locator('section[id^="panel-"]')).not.toHaveCount(1)
  expect(await page.getByText('Loading', { exact: false }).count()).toBe(0)
})
