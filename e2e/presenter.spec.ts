import { expect as base, type Page } from '@playwright/test'
import jsQR from 'jsqr'
import { violationsOn } from './accessibility.ts'
import { lessons } from './all-lessons.ts'
import { test } from './watched.ts'

// A slow machine is not a broken page.
const expect = base.configure({ timeout: 30_000 })
test.describe.configure({ timeout: 480_000 })

/** What a phone reads from the screen: the screenshot's pixels, decoded. */
async function decoded(page: Page): Promise<string | undefined> {
  const shot = (await page.locator('[data-presenter] svg[role="img"]').screenshot()).toString('base64')
  const { width, height, pixels } = await page.evaluate(async (png) => {
    const image = new Image()
    image.src = `data:image/png;base64,${png}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0)
    const data = context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray()
    return {
      width: image.width,
      height: image.height,
      pixels: Array.from({ length: image.width * image.height }, (_, at) => data[at * 4] ?? 0),
    }
  }, shot)
  return jsQR(Uint8ClampedArray.from(pixels.flatMap((grey) => [grey, grey, grey, 255])), width, height)?.data
}

for (const [lesson, step, lang, theme] of [
  ['flip', 2, 'en', 'light'],
  ['replay', 4, 'zh', 'dark'],
  ['lie', 1, 'en', 'dark'],
] as const)
  test(`the code of a step is its address: ${lesson} ${step} ${lang} ${theme}`, async ({ page, baseURL }) => {
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.goto(`./#lesson=${lesson}&step=${step}&lang=${lang}&theme=${theme}`)
    await expect(page.locator('[data-rail] h3').last()).toBeVisible()
    await page.keyboard.press('p')
    await expect(page.locator('[data-presenter]')).toBeVisible()
    const address = `${baseURL}#lesson=${lesson}&step=${step}&lang=${lang}`
    expect(address.length).toBeLessThanOrEqual(600)
    await expect.poll(() => decoded(page)).toBe(address)
    await page.goto(address)
    await expect(page.locator('[data-rail] [aria-current="step"]')).toHaveText(String(step))
  })

test('a clicker leads the room: step, answer, blank, both languages, and out', async ({ page, watch }) => {
  await page.goto('./#lesson=flip&step=2')
  await expect(page.locator('[data-rail] h3').last()).toBeFocused()
  await page.keyboard.press('p')
  const room = page.locator('[data-presenter]')
  await expect(room).toHaveAttribute('data-presenter', 'predict')
  await expect(room.locator('[data-right]')).toHaveCount(0)
  await page.keyboard.press(' ')
  await expect(room.locator('[data-right]')).toContainText('The quote’s signature')
  await page.keyboard.press('2')
  await expect(room.locator('[lang="zh-Hans"]').first()).toContainText('REPORTDATA')
  await page.keyboard.press('.')
  await expect(room).toHaveAttribute('data-presenter', 'blank')
  await page.keyboard.press('.')
  await page.keyboard.press('PageDown')
  await expect(room).toHaveAttribute('data-presenter', 'do')
  await page.keyboard.press(' ')
  await page.keyboard.press('PageDown')
  await expect(room).toHaveAttribute('data-presenter', 'see')
  await page.keyboard.press(' ')
  await expect(room.locator('[data-after="fail"]')).toBeVisible()
  await page.keyboard.press('PageUp')
  await page.keyboard.press('Escape')
  await expect(room).toHaveCount(0)
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

for (const lang of ['en', 'zh'] as const)
  test(`the foot of the room stays in sight, whatever the step holds: ${lang}`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 720 })
    const room = page.locator('[data-presenter]')
    const over = () => room.evaluate((box) => box.scrollHeight - box.clientHeight)
    for (const lesson of lessons) {
      await page.goto(`./#lesson=${lesson.id}&step=1&lang=${lang}`)
      await expect(page.getByRole('heading', { level: 2, name: lesson.title[lang] })).toBeVisible()
      await expect(page.locator('[data-rail] h3').last()).toBeFocused()
      await page.keyboard.press('p')
      for (const [index, step] of lesson.steps.entries()) {
        await expect(room).toHaveAttribute('data-presenter', step.kind)
        await expect(room).toContainText(`${index + 1} / ${lesson.steps.length}`)
        const where = `${lesson.id} ${index + 1}`
        expect({ where, over: await over() }).toEqual({ where, over: 0 })
        await page.keyboard.press(' ')
        if (step.kind === 'see') await expect(room.locator('[data-after]').first()).toBeVisible()
        expect({ where, over: await over() }).toEqual({ where, over: 0 })
        await page.keyboard.press('2')
        await expect(room.locator('small[lang]').first()).toBeVisible()
        expect({ where, over: await over() }).toEqual({ where, over: 0 })
        await page.keyboard.press('2')
        if (index < lesson.steps.length - 1) await page.keyboard.press('PageDown')
      }
      await page.keyboard.press('Escape')
    }
  })

for (const lang of ['en', 'zh'] as const)
  test(`a handout that is opened by its address names every check by its question: ${lang}`, async ({ page }) => {
    for (const lesson of lessons) {
      await page.goto(`./#page=handout/${lesson.id}&lang=${lang}`)
      const paper = page.getByRole('article')
      await expect(paper.getByRole('heading', { level: 1 })).toHaveText(lesson.title[lang])
      const printed = await paper.innerText()
      const ids = lesson.steps.flatMap((step) =>
        step.kind === 'see' ? step.changes.flatMap((change) => ('check' in change ? [change.check] : [])) : [],
      )
      expect(ids.filter((id) => printed.includes(id))).toEqual([])
    }
  })

for (const theme of ['light', 'dark'] as const)
  for (const lang of ['en', 'zh'])
    test(`axe finds nothing in the workshop: ${theme}, ${lang}`, async ({ page }) => {
      const found: string[] = []
      const look = async (where: string) => {
        // A link of the panel bar that is scrolled out of sight is no skip link, whatever it looks like to the tool.
        found.push(...(await violationsOn(page, where, { theme, without: ['skip-link'] })))
      }
      for (const name of ['lessons', 'prologue', 'maker', 'glossary', 'limits', 'handout/flip']) {
        await page.goto(`./#page=${name}&lang=${lang}&theme=${theme}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await look(name)
      }
      for (const [lesson, step] of [
        ['flip', 2],
        ['flip', 4],
        ['lie', 1],
      ] as const) {
        await page.goto(`./#lesson=${lesson}&step=${step}&lang=${lang}&theme=${theme}`)
        await expect(page.locator('[data-rail] h3').last()).toBeVisible()
        await expect(page.locator('[id^="panel-"] h2').first()).toBeVisible()
        // Not every step uses a term for the first time.
        const term = page.locator('[data-rail] [data-term]').first()
        if ((await term.count()) > 0) await term.click()
        await look(`${lesson} ${step}`)
        await page.setViewportSize({ width: 390, height: 844 })
        await look(`${lesson} ${step} narrow`)
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
        await page.setViewportSize({ width: 1280, height: 720 })
      }
      await page.keyboard.press('p')
      await expect(page.locator('[data-presenter]')).toBeVisible()
      await look('presenter')
      await page.goto(`./#sample=intel-dcap/tdx-up-to-date&panel=flip&lang=${lang}&theme=${theme}`)
      const preset = page.locator('[data-preset="intel.tdx-quote/look-alike-root"]')
      await preset.getByRole('button').click()
      await expect(preset.getByRole('status')).toBeVisible()
      await page.locator('main [data-term]').first().click()
      await look('lab')
      expect(found).toEqual([])
    })
