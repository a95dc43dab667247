import { expect as base, type Locator, type Page } from '@playwright/test'
import { nameOf } from '../app/lessons/change.ts'
import { lessons } from './all-lessons.ts'
import { test } from './watched.ts'

/** Every lesson, walked by keyboard alone in both languages: read from the lesson's own data, so that a new lesson is a new test. */

// A slow machine is not a broken page.
const expect = base.configure({ timeout: 30_000 })
const WORDS = {
  en: { doIt: 'Do it for me', step: (n: number) => `Step ${n}`, undo: 'Undo' },
  zh: { doIt: '替我做', step: (n: number) => `第 ${n} 步`, undo: '撤销' },
}

/** Tab until the keyboard stands on something. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 240; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('not reachable by Tab')
}

const plain = (text: string) => text.replaceAll('**', '')

for (const lang of ['en', 'zh'] as const)
  for (const lesson of lessons)
    test(`lesson ${lesson.number} ${lesson.id}, by keyboard: ${lang}`, async ({ page, watch }) => {
      test.setTimeout(240_000)
      const rows: string[] = []
      const w = WORDS[lang]
      await page.goto(`./#page=lessons&lang=${lang}`)
      await tabTo(page, page.getByRole('main').getByRole('link', { name: lesson.title[lang], exact: true }))
      await page.keyboard.press('Enter')
      const rail = page.locator('[data-rail]')
      const now = rail.locator('[data-step]')
      for (const [index, step] of lesson.steps.entries()) {
        await expect(rail.locator('[aria-current="step"]')).toHaveText(String(index + 1))
        await expect(now).toHaveAttribute('data-step', step.kind)
        // The keyboard is at the step, so that a screen reader says it.
        await expect(now.locator('h3')).toBeFocused()
        await expect(now).toContainText(plain(step.text[lang]))
        if (step.kind === 'predict') {
          const right = step.options.findIndex((option) => option.isRight === true)
          // The first guess is a wrong one: both stay in sight, and who has seen the answer does not change it.
          const wrong = right === 0 ? 1 : 0
          for (const guess of [wrong, right]) {
            await tabTo(page, now.getByRole('listitem').nth(guess).getByRole('button'))
            await page.keyboard.press('Enter')
            await expect(now.getByRole('button', { pressed: true })).toContainText(
              step.options[wrong]?.said[lang] ?? '',
            )
            await expect(now.locator('[data-right]')).toContainText(step.options[right]?.said[lang] ?? '')
            await expect(now).toContainText(plain(step.why[lang]))
          }
        }
        if (step.kind === 'do') {
          await tabTo(page, now.getByRole('button', { name: w.doIt }))
          await page.keyboard.press('Enter')
          await expect(now.locator('[data-done]')).toContainText(plain(step.did[lang]))
        }
        if (step.kind === 'see') {
          const found = now.locator('[data-after]')
          await expect(found).toHaveCount(step.changes.length)
          for (const [at, change] of step.changes.entries()) {
            const before = (await found.nth(at).getAttribute('data-before')) ?? ''
            const after = (await found.nth(at).getAttribute('data-after')) ?? ''
            rows.push(`${lesson.number} ${lesson.id} | step ${index + 1} | ${nameOf(change)} | ${before} → ${after}`)
            expect({ what: nameOf(change), before, after }).toEqual({
              what: nameOf(change),
              before: change.before,
              after: change.after,
            })
          }
        }
        // What it points at is there, and carries the letter.
        if (step.place) await expect(page.locator('[data-point]')).toHaveCount(1)
        if (index < lesson.steps.length - 1) await page.keyboard.press('ArrowRight')
      }
      console.log(rows.join('\n'))
      expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
    })

test('by hand is as good: a bit in the lab, a date in the banner', async ({ page }) => {
  await page.goto('./#lesson=flip&step=3')
  const now = page.locator('[data-rail] [data-step]')
  await expect(now).toHaveAttribute('data-step', 'do')
  await page.locator('#panel-flip').getByRole('button', { name: /bit 0/i }).first().click()
  await expect(now.locator('[data-done]')).toBeVisible()
  await page.goto('./#lesson=patched&step=5')
  await expect(now).toHaveAttribute('data-step', 'do')
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByLabel('A date and time, UTC').last().fill('2026-10-01T00:00:00')
  await expect(now.locator('[data-done]')).toBeVisible()
})

test('a link to a step opens there, with what was done before it; leaving and coming back keeps the place', async ({
  page,
}) => {
  await page.goto('./#lesson=revoked&step=5')
  const found = page.locator('[data-rail] [data-after]')
  await expect(found.first()).toHaveAttribute('data-after', 'not-checked')
  // Fields that can be unfolded say “Open” as well.
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Open', exact: true }).click()
  await expect(page.locator('[data-rail]')).toHaveCount(0)
  await page.getByRole('link', { name: 'Lessons', exact: true }).click()
  await expect(page.getByText('Go on at step 5')).toBeVisible()
  await page.getByRole('link', { name: 'Revoked, or just not checked?' }).click()
  await expect(page.locator('[data-rail] [aria-current="step"]')).toHaveText('5')
})

test('bad links: an unknown lesson, a step too far, other evidence in the same link', async ({ page }) => {
  await page.goto('./#lesson=99&step=2')
  await expect(page.getByText('There is no such lesson. This is the nearest.')).toBeVisible()
  await page.goto('./#lesson=flip&step=77')
  const nearest = page.getByText('There is no such step. This is the nearest.')
  await expect(nearest).toBeVisible()
  await expect(page).toHaveURL(/step=8/)
  // It is said where it is so: not at the lesson that the next address names, and not on coming back.
  await page.goto('./#lesson=quote&step=2')
  await expect(page.locator('[data-rail] [aria-current="step"]')).toHaveText('2')
  await expect(nearest).toHaveCount(0)
  await page.goBack()
  await expect(page.locator('[data-rail] [aria-current="step"]')).not.toHaveText('2')
  await expect(nearest).toHaveCount(0)
  await page.goto('./#lesson=debug&step=1&sample=aws-nitro/enclave')
  await expect(page.getByText('A lesson always uses its own.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/debug/i)
})

for (const lang of ['en', 'zh'] as const)
  test(`a term opens where it stands, by keyboard, and leads to the page of all terms: ${lang}`, async ({
    page,
    watch,
  }) => {
    await page.goto(`./#lesson=quote&step=1&lang=${lang}`)
    const term = page.locator('[data-rail] [data-term]').first()
    await tabTo(page, term)
    const id = await term.getAttribute('data-term')
    await page.keyboard.press('Enter')
    const note = page.locator(`[data-term-note="${id}"]`)
    await expect(note).toBeVisible()
    await expect(term).toHaveAttribute('aria-expanded', 'true')
    await page.keyboard.press('Escape')
    await expect(note).toHaveCount(0)
    await page.keyboard.press('Enter')
    await note.getByRole('link').click()
    await expect(page.locator(`#term-${id}`)).toBeInViewport()
    await page.getByRole('searchbox').fill('RTMR')
    await expect(page.locator('#term-rtmr')).toBeVisible()
    await expect(page.locator('#term-nonce')).toHaveCount(0)
    expect(watch.errors).toEqual([])
  })

for (const lang of ['en', 'zh'] as const)
  test(`terms of the first screen open where they are used first, headline and answers: ${lang}`, async ({ page }) => {
    await page.goto(`./#sample=amd-sev-snp/milan-v2&lang=${lang}`)
    const terms = page.locator('main [data-term]')
    await expect(terms.first()).toBeVisible()
    const ids = await terms.evaluateAll((all) => all.map((one) => one.getAttribute('data-term')))
    expect(new Set(ids).size).toBe(ids.length)
    const term = terms.first()
    await tabTo(page, term)
    await page.keyboard.press('Enter')
    await expect(page.locator(`[data-term-note="${ids[0]}"]`)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.locator('[data-term-note]')).toHaveCount(0)
    // A finger is as good.
    await term.click()
    await expect(page.locator(`[data-term-note="${ids[0]}"]`)).toBeVisible()
  })
