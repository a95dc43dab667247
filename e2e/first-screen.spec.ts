import { expect as base } from '@playwright/test'
import { give, sampleFiles } from './share-links.ts'
import { test } from './watched.ts'

/** What people came for is in the first view, and stays in sight. */
const expect = base.configure({ timeout: 30_000 })
const bar = 'nav[data-bar]'
const bottomOf = (selector: string) =>
  `document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().bottom`

for (const lang of ['en', 'zh'])
  for (const sample of [
    'intel-dcap/tdx-debug',
    'intel-dcap/tdx-no-collateral',
    'intel-dcap/tdx-out-of-date',
    'amd-sev-snp/milan-v3-old',
    'nvidia-gpu/cpu-gpu-bound',
  ])
    test(`the panels are in sight at 1280 × 720 without scrolling: ${sample} ${lang}`, async ({ page }) => {
      await page.setViewportSize({ width: 1280, height: 720 })
      await page.goto(`./#sample=${sample}&lang=${lang}`)
      await expect(page.locator(bar).getByRole('link').nth(9)).toBeVisible()
      await page.waitForTimeout(300)
      expect(await page.evaluate<number>(bottomOf(bar))).toBeLessThanOrEqual(720)
      const hidden = await page
        .locator(bar)
        .getByRole('link')
        .evaluateAll((links) => links.filter((link) => link.getBoundingClientRect().right > innerWidth).length)
      expect(hidden, 'panels beyond the edge').toBe(0)
    })

test('the first click on a panel brings its head to the top; one line keeps the verdict above it', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.goto('./#sample=intel-dcap/tdx-out-of-date')
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
  for (const [name, id] of [
    ['TCB ladder', 'tcb'],
    ['Dates', 'dates'],
    ['Raw', 'raw'],
  ] as const) {
    await page.locator(bar).getByRole('link', { name }).click()
    await expect(page.locator(`#panel-${id} h2`).first()).toBeVisible()
    await expect
      .poll(() =>
        page.evaluate((panel) => document.querySelector(`#panel-${panel} h2`)?.getBoundingClientRect().top, id),
      )
      .toBeLessThan(200)
    // The folded line stands over the bar, and both over the head.
    const barBottom = await page.evaluate<number>(bottomOf(bar))
    expect(
      await page.evaluate((panel) => document.querySelector(`#panel-${panel} h2`)?.getBoundingClientRect().top, id),
    ).toBeGreaterThanOrEqual(barBottom)
  }
  const folded = page.locator('[aria-hidden="true"]').filter({ hasText: 'as of' })
  await expect(folded).toBeInViewport()
  await expect(folded).toContainText('known issues')
  await expect(folded.getByRole('listitem', { includeHidden: true })).toHaveCount(5)
})

test('altered bytes: no green mark among the answers, nothing that suggests adding files', async ({ page }) => {
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined))
  for (const [scheme, sample] of [
    ['intel-dcap', 'tdx-up-to-date'],
    ['amd-sev-snp', 'milan-v3-old'],
  ] as const) {
    const [evidence, ...rest] = sampleFiles(scheme, sample)
    if (!evidence) throw new Error('no sample')
    const bytes = evidence.bytes.map((byte, index) => (index === 0x60 ? byte ^ 1 : byte))
    await page.goto('./')
    await give(page, [{ ...evidence, bytes }, ...rest])
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Do not rely on it')
    const answers = page.locator('main ol').first().getByRole('listitem')
    await expect(answers.first()).toContainText('Fails')
    for (const index of [1, 2, 3, 4]) await expect(answers.nth(index)).toContainText('not signed as they stand')
    await expect(answers.filter({ hasText: 'Holds' })).toHaveCount(0)
    await expect(answers.filter({ hasText: 'Software’s own field' })).toHaveCount(0)
    await expect(page.getByRole('link', { name: /missing files/ })).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Add files' })).toHaveCount(0)
  }
})

test('the first screen answers: debug mode, what its software chose, what was measured, and what if the root is not relied on', async ({
  page,
}) => {
  for (const [scheme, sample] of [
    ['intel-dcap', 'tdx-out-of-date'],
    ['amd-sev-snp', 'milan-v3-old'],
  ] as const) {
    await page.goto('./')
    await page.goto(`./#sample=${scheme}/${sample}`)
    const answers = page.locator('main ol').first().getByRole('listitem')
    await expect(answers.nth(2)).toContainText('Debug mode is off')
    await answers
      .nth(4)
      .getByRole('link', { name: /^Software’s own field/ })
      .click()
    await expect(page.locator('#expect-contents')).toBeInViewport()
    await answers
      .nth(3)
      .getByRole('link', { name: /^See what was measured/ })
      .click()
    await expect(page.locator('#panel-measurements h2').first()).toBeInViewport()
    await page.getByRole('link', { name: 'What if I do not rely on it?' }).click()
    await expect(page.locator('#expect-roots')).toBeInViewport()
  }
})

test('the verdict is announced, and the keyboard stands on it after a drop', async ({ page }) => {
  await page.goto('./')
  await give(page, sampleFiles('intel-dcap', 'tdx-up-to-date'))
  await expect(page.getByTestId('announced')).toContainText('DEMONSTRATION')
  await expect(page.getByTestId('announced')).toHaveRole('status')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await expect(page.locator('#panel-fields')).toBeVisible()
})

test('files that had no say are named under the verdict', async ({ page }) => {
  await page.goto('./')
  const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])
  await give(page, [...sampleFiles('intel-dcap', 'tdx-up-to-date'), { name: 'rack.png', bytes: picture }])
  await expect(page.getByText(/^1 of \d+ files not used:/)).toBeVisible()
  await expect(page.getByText('rack.png').first()).toBeVisible()
})

test('a root that was switched off is switched on again where it is named; what was made here stays marked', async ({
  page,
}) => {
  await page.goto('./#sample=intel-dcap/tdx-up-to-date&panel=expectations')
  const says = page.getByRole('heading', { level: 1 })
  await expect(says).toContainText('demonstration hardware')
  await page.getByRole('checkbox', { name: /^Rely on Demonstration root of this page/ }).uncheck()
  await expect(says).toContainText('you switched off the root')
  await expect(page.locator('[data-strip]')).toBeVisible()
  await page.getByRole('button', { name: 'Rely on it again' }).click()
  await expect(says).toContainText('demonstration hardware')
})

test('supporting files without evidence are told by themselves, and vouch for no machine', async ({ page }) => {
  await page.goto('./')
  await give(
    page,
    sampleFiles('intel-dcap', 'tdx-up-to-date').filter(({ name }) => name.endsWith('.pem')),
  )
  await expect(page.getByRole('heading', { level: 1 })).toContainText('supporting files')
  const panel = page.locator('#panel-verdict')
  await expect(panel).toContainText('They vouch for no machine')
  await expect(panel).toContainText('this project’s own demonstration root')
  await expect(panel.getByText('Holds', { exact: true }).first()).toBeVisible()
})

for (const [scheme, sample] of [
  ['intel-dcap', 'tdx-out-of-date'],
  ['amd-sev-snp', 'milan-v3-old'],
] as const)
  test(`out of date is not missing: last known, and the way back to that day: ${sample}`, async ({ page }) => {
    await page.clock.setFixedTime('2027-03-01T00:00:00Z')
    await page.goto('./')
    await give(page, sampleFiles(scheme, sample))
    const says = page.getByRole('heading', { level: 1 })
    await expect(says).toContainText('not verified as of')
    const main = page.getByRole('main')
    await expect(main).toContainText('Last known')
    await page.getByRole('button', { name: /^Judge as of \d{4}-\d{2}-\d{2}/ }).click()
    await expect(says).toContainText('known issues')
    await expect(main).toContainText('Held until')
    await expect(main).not.toContainText('Last known')
  })
