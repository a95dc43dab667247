import { AxeBuilder } from '@axe-core/playwright'
import { expect as plain, type Page } from '@playwright/test'
import { test } from './watched.ts'

/** A slow machine is not a broken page. */
const expect = plain.configure({ timeout: 30_000 })
const TDX = './#sample=intel-dcap/tdx-up-to-date'

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)
}

test('newcomer: an example says in one sentence what it is, and what it does not prove', async ({ page, watch }) => {
  await page.goto('./')
  await page.getByRole('link', { name: /A TD in good order/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('demonstration root')
  await expect(page.getByText('What this does not prove')).toBeVisible()
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('演示根')
  await expect(page.getByText('这不能证明什么')).toBeVisible()
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('keyboard alone: from the front door to the bytes of MRTD', async ({ page, watch }) => {
  await page.goto('./')
  const example = page.getByRole('link', { name: /A TD in good order/ })
  await expect(example).toBeVisible()
  for (let step = 0; step < 60 && !(await example.evaluate((link) => link === document.activeElement)); step += 1) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
  await page.keyboard.press('2')
  await expect(page.getByRole('treegrid')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('mrtd')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { selected: true })).toContainText('MRTD')
  await expect(page.getByRole('heading', { level: 3, name: /^MRTD/ })).toContainText('48 bytes')
  await page.getByRole('grid').focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText(/body\.mrTd · signed by the attestation key/)).toBeVisible()
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByRole('heading', { level: 3, name: /^Selected bytes/ })).toContainText('2 bytes')
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('a check leads to its bytes, and Back leads back', async ({ page }) => {
  await page.goto(TDX)
  const check = page.locator('details').filter({ hasText: 'The attestation key signed exactly header and body' })
  await check.locator('summary').click()
  await check.getByRole('link', { name: /^0x000–/ }).first().click()
  await expect(page.getByRole('treegrid')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('demonstration root')
})

test('debugger: what is missing has an address and a command; what is dropped in is judged at once', async ({ page, watch }) => {
  await page.goto('./#sample=intel-dcap/tdx-no-collateral')
  await page.getByRole('link', { name: /See what is missing \(4\)/ }).click()
  await expect(page.getByText(/^curl .*tcb\?fmspc=/)).toBeVisible()
  await paste(page, '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n')
  await expect(page.getByText('2 files')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('demonstration root')
  await page.getByRole('link', { name: 'Raw' }).click()
  await page.getByRole('button', { name: 'Remove from this case' }).last().click()
  await expect(page.getByText('2 files')).toBeHidden()
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('auditor: another date is another answer, and both say which date', async ({ page }) => {
  await page.goto(TDX)
  await expect(page.getByText(/Under|If that root were/)).toContainText('genuine and up to date')
  await page.getByRole('button', { name: 'Change' }).click()
  await page.getByLabel('A date and time, UTC').last().fill('2035-01-01T00:00:00')
  await expect(page.getByText(/If that root were/)).toContainText('not everything could be checked')
  await expect(page.locator('time').first()).toHaveText('2035-01-01')
})

test('the worker is bound by the page’s policy', async ({ page }) => {
  await page.goto(TDX)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('demonstration root')
  const worker = page.workers()[0]
  expect(worker?.url()).toMatch(/^blob:/)
  expect(await worker?.evaluate(async () => fetch('http://127.0.0.1:9/').then(() => 'allowed', () => 'refused'))).toBe('refused')
  expect(await worker?.evaluate(() => new Promise((resolve) => {
    addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective))
    fetch('http://127.0.0.1:9/').catch(() => undefined)
  }))).toBe('connect-src')
})

test('bad input: each a sentence, never a blank page', async ({ page, watch }) => {
  await page.goto('./')
  page.on('dialog', (dialog) => { void dialog.accept() })
  const drop = (name: string, bytes: number[]) => page.getByTestId('files').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
  await drop('empty', [])
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not recognised. 0 of 0 bytes explained.')
  await page.getByRole('link', { name: 'Open' }).click()
  await drop('\u202Egnp.<img src=x onerror=alert(1)>', [0x89, 0x50, 0x4e, 0x47])
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Not recognised')
  await expect(page.getByText('⟨U+202E⟩gnp.<img src=x onerror=alert(1)>').first()).toBeVisible()
  await page.getByRole('link', { name: 'Open' }).click()
  await paste(page, '"><script>alert(1)</script>')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Not recognised')
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(17 * 1024 * 1024)], 'huge.bin'))
    dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
  })
  await expect(page.getByRole('status').filter({ hasText: 'huge.bin is 17.0 MiB; up to 16.0 MiB is read' })).toBeVisible()
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('single-letter keys can be switched off', async ({ page }) => {
  await page.goto(TDX)
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
  await page.keyboard.press('?')
  await page.getByRole('checkbox', { name: 'Single-letter keys act' }).uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('2')
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
})

for (const [what, hash] of Object.entries({ front: '#', verdict: '#sample=intel-dcap/tdx-debug', fields: '#sample=intel-dcap/tdx-debug&panel=fields&field=0:body.tdAttributes', certificates: '#sample=intel-dcap/tdx-debug&panel=certificates', collateral: '#sample=intel-dcap/tdx-no-collateral&panel=collateral', raw: '#sample=intel-dcap/tdx-debug&panel=raw' })) {
  for (const look of ['lang=en&theme=light', 'lang=zh&theme=dark']) {
    test(`axe finds nothing: ${what}, ${look}`, async ({ page }) => {
      // A thousand coloured bytes are a thousand contrasts to compute.
      test.setTimeout(240_000)
      await page.goto(`./${hash}&${look}`)
      await expect(page.getByRole('heading', { level: 2 }).last()).toBeVisible()
      if (what !== 'front') await expect(page.locator('[id^=panel-] h2')).toBeVisible()
      if (what === 'certificates') {
        await page.locator('details summary').first().click()
        await expect(page.getByRole('treegrid')).toBeVisible()
      }
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)).toEqual([])
    })
  }
}
