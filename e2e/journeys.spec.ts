import { readFile } from 'node:fs/promises'
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
  await expect(page.getByRole('listitem').filter({ hasText: 'up to date' })).toContainText('In order')
  await page.getByRole('link', { name: 'up to date' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('demonstration hardware')
  await expect(page.getByRole('complementary', { name: 'DEMONSTRATION' })).toContainText('no hardware involved')
  await expect(page.getByText('What this does not prove')).toBeVisible()
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('演示用硬件')
  await expect(page.getByText('本结果不能证明的事')).toBeVisible()
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('keyboard alone: from the front door to the bytes of MRTD', async ({ page, watch }) => {
  await page.goto('./')
  const example = page.getByRole('link', { name: 'up to date' })
  await expect(example).toBeVisible()
  for (let step = 0; step < 60 && !(await example.evaluate((link) => link === document.activeElement)); step += 1)
    await page.keyboard.press('Tab')
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
  await check
    .getByRole('link', { name: /^0x000–/ })
    .first()
    .click()
  await expect(page.getByRole('treegrid')).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/demonstration hardware|The signature holds/i)
})

test('debugger: what is missing has an address and a command; what is dropped in is judged at once', async ({
  page,
  watch,
}) => {
  await page.goto('./#sample=intel-dcap/tdx-no-collateral')
  await page.getByRole('link', { name: /Get the missing files \(4\)/ }).click()
  await expect(page.getByText(/^curl .*tcb\?fmspc=/)).toBeVisible()
  await paste(page, '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n')
  await expect(page.getByText('2 files', { exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/demonstration hardware|The signature holds/i)
  await page.getByRole('link', { name: 'Raw' }).click()
  await page.getByRole('button', { name: 'Remove from this case' }).last().click()
  await expect(page.getByText('2 files', { exact: true })).toBeHidden()
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

for (const { lang, issue, tab, first, needs, update, notes } of [
  {
    lang: 'en',
    issue: 'Known issue',
    tab: 'TCB ladder',
    first: /^First shortfall: .*, (\d+) where (\d+) is required\.$/,
    needs: 'What to update',
    update: /^from (\d+) to (\d+)$/,
    notes: 'Advisories at this level',
  },
  {
    lang: 'zh',
    issue: '有已知问题',
    tab: 'TCB 阶梯',
    first: /^首个不足项：.*，平台为 (\d+)，要求 (\d+)。$/,
    needs: '需要更新什么',
    update: /^从 (\d+) 到 (\d+)$/,
    notes: '此级别的公告',
  },
]) {
  test(`debugger: which component is short, what it has, what it needs, what to do: ${lang}`, async ({
    page,
    watch,
  }) => {
    await page.goto(`./#sample=intel-dcap/tdx-out-of-date&lang=${lang}`)
    await expect(page.getByRole('listitem').filter({ hasText: 'OutOfDate' }).first()).toContainText(issue)
    await page.getByRole('navigation').getByRole('link', { name: tab }).click()
    const ladder = page.locator('#panel-tcb')
    const [, has = '', needed = ''] = first.exec(await ladder.getByText(first).first().innerText()) ?? []
    expect(Number(has)).toBeLessThan(Number(needed))
    await expect(ladder.getByRole('heading', { name: needs })).toBeVisible()
    await expect(ladder.getByRole('img', { name: update }).first()).toHaveAccessibleName(
      new RegExp(`${has}.*${needed}`),
    )
    await expect(ladder.getByRole('heading', { name: notes })).toBeVisible()
    expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
  })
}

for (const { lang, change, date, before, after, report, markdown, says } of [
  {
    lang: 'en',
    change: 'Change',
    date: 'A date and time, UTC',
    before: 'Up-to-date demonstration hardware',
    after: /Not (fully )?checked/,
    report: 'Report',
    markdown: 'Report as Markdown',
    says: '2035-01-01',
  },
  {
    lang: 'zh',
    change: '更改',
    date: '指定日期与时间（UTC）',
    before: '最新的演示用硬件',
    after: /未(完全)?检查/,
    report: '报告',
    markdown: '报告（Markdown）',
    says: '2035-01-01',
  },
]) {
  test(`auditor: another date is another answer, both say which date, and so does the report: ${lang}`, async ({
    page,
  }) => {
    await page.goto(`${TDX}&lang=${lang}`)
    const headline = page.getByRole('heading', { level: 1 })
    await expect(headline).toContainText(before)
    await page.getByRole('button', { name: change, exact: true }).click()
    await page.getByLabel(date).last().fill('2035-01-01T00:00:00')
    await expect(headline).not.toContainText(before)
    await expect(page.locator('main ol').first().getByRole('listitem').first()).toContainText(after)
    await expect(page.locator('dl time').first()).toHaveText('2035-01-01')
    await page.getByRole('navigation').getByRole('link', { name: report, exact: true }).click()
    await expect(page.locator('#panel-report')).toContainText(says)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: markdown }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    expect(text).toContain(says)
    expect(text).toMatch(/[0-9a-f]{64}/)
  })
}

for (const { lang, tab, flip, differs, edited, relies, undo, untouched } of [
  {
    lang: 'en',
    tab: 'Flip a bit',
    flip: 'Flip its lowest bit',
    differs: /^\d+ of \d+ checks changed/,
    edited: 'edited here: bytes were changed in this page',
    relies: 'Do not rely on it',
    undo: 'Undo',
    untouched: 'Nothing is changed yet.',
  },
  {
    lang: 'zh',
    tab: '翻转一位',
    flip: '翻转其最低位',
    differs: /项检查中有 \d+ 项改变/,
    edited: '已在本页中编辑',
    relies: '不要采信',
    undo: '撤销',
    untouched: '尚无改动。',
  },
]) {
  test(`presenter: one bit flipped, and undone: ${lang}`, async ({ page, watch }) => {
    test.setTimeout(150_000)
    await page.goto(`${TDX}&lang=${lang}`)
    await page.getByRole('navigation').getByRole('link', { name: tab }).click()
    const panel = page.locator('#panel-flip')
    await panel.getByRole('button', { name: flip }).first().click()
    await expect(panel.getByText(differs)).toBeVisible()
    await expect(page.getByText(edited)).toBeVisible()
    await expect(page.getByRole('main')).toContainText(relies)
    await panel.getByRole('button', { name: undo }).click()
    await expect(page.getByText(edited)).toBeHidden()
    await expect(panel).toContainText(untouched)
    expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
  })
}

test('W11: the worker is bound by the page’s policy', async ({ page }) => {
  await page.goto(TDX)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/demonstration hardware|The signature holds/i)
  const worker = page.workers()[0]
  expect(worker?.url()).toMatch(/^blob:/)
  expect(
    await worker?.evaluate(async () =>
      fetch('http://127.0.0.1:9/').then(
        () => 'allowed',
        () => 'refused',
      ),
    ),
  ).toBe('refused')
  expect(
    await worker?.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective))
          fetch('http://127.0.0.1:9/').catch(() => undefined)
        }),
    ),
  ).toBe('connect-src')
})

test('bad input: each a sentence, never a blank page', async ({ page, watch }) => {
  await page.goto('./')
  page.on('dialog', (dialog) => {
    void dialog.accept()
  })
  const drop = (name: string, bytes: number[]) =>
    page.getByTestId('files').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
  await drop('empty', [])
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing to read: no bytes at all are here.')
  // No five empty answers, no date and nothing to share over a file that says nothing.
  await expect(page.locator('main ol')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Share' })).toHaveCount(0)
  await expect(page.getByText('Appraised as of')).toHaveCount(0)
  await page.getByRole('link', { name: 'Open', exact: true }).click()
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
  await expect(
    page.getByRole('status').filter({ hasText: 'huge.bin is 17.0 MiB; up to 16.0 MiB is read' }),
  ).toBeVisible()
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

for (const { lang, button, said, back } of [
  {
    lang: 'en',
    button: 'Read it as CBOR Web Token (EAT)',
    said: 'You chose this reading',
    back: 'Let the page choose',
  },
  {
    lang: 'zh',
    button: /^按 .*(?:CBOR Web Token|CWT|EAT).* ?读取$/,
    said: '这一读法由您选定',
    back: '改由本页判断',
  },
]) {
  test(`raw: another reading is taken, kept while the case is looked at, and given back: ${lang}`, async ({
    page,
    watch,
  }) => {
    await page.goto(`./#sample=psa/token&panel=raw&lang=${lang}`)
    const panel = page.locator('#panel-raw')
    await panel.getByRole('button', { name: button }).first().click()
    await expect(panel.getByText(said)).toBeVisible()
    const title = await page.title()
    expect(title).not.toContain('PSA')
    await page.getByRole('navigation').getByRole('link').nth(3).click()
    await page.goBack()
    await expect(panel.getByText(said)).toBeVisible()
    await panel.getByRole('button', { name: back }).click()
    await expect(panel.getByText(said)).toHaveCount(0)
    await expect(page).toHaveTitle(/PSA/)
    expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
  })
}

test('single-letter keys can be switched off', async ({ page }) => {
  await page.goto(TDX)
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
  await page.keyboard.press('?')
  await page.getByRole('checkbox', { name: 'Single-letter keys act' }).uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('2')
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
})

test('a digit opens a panel: its head is in sight and Tab goes on inside it, also from far below', async ({ page }) => {
  await page.goto(TDX)
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
  await expect(page.locator('#panel-verdict summary').last()).toBeVisible()
  await page.locator('#panel-verdict summary').last().focus()
  await page.keyboard.press('3')
  await expect(page.locator('#panel-path')).toBeFocused()
  // Below the bar of panels, not somewhere on the screen.
  await expect
    .poll(() => page.locator('#panel-path').evaluate((panel) => panel.getBoundingClientRect().top))
    .toBeLessThan(180)
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('[id^="panel-"]')?.id)).toBe('panel-path')
})
