import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect as base } from '@playwright/test'
import { build, type Plugin } from 'vite'
import { listen, staticServer } from '../app/cli/serve.mjs'
import { test } from './watched.ts'

// A slow machine is not a broken page.
const expect = base.configure({ timeout: 30_000 })

for (const { lang, kind, toy, tdx, make, debug, range } of [
  {
    lang: 'en',
    kind: 'Kind of evidence',
    toy: 'Example note (a toy format)',
    tdx: 'Intel TDX quote, version 4',
    make: 'Make and open',
    debug: /debug mode is on/i,
    range: 'A whole number from 0 to 3.',
  },
  {
    lang: 'zh',
    kind: '证据种类',
    toy: '示例便条（玩具格式）',
    tdx: 'Intel TDX Quote，版本 4',
    make: '制作并打开',
    debug: /调试模式/,
    range: '0 至 3 的整数。',
  },
])
  test(`evidence made in the page opens as a case that says what it is: ${lang}`, async ({ page, watch }) => {
    test.setTimeout(120_000)
    await page.goto(`./#page=maker&lang=${lang}`)
    // The form is drawn from the recipes: the toy's knob is there because the toy declares it.
    await page.getByLabel(kind).selectOption({ label: toy })
    await expect(page.locator('[data-knob="program"]')).toBeVisible()
    await page.getByLabel(kind).selectOption({ label: tdx })
    await page.locator('[data-knob="behind"] input').fill('7')
    await page.getByRole('button', { name: make }).click()
    await expect(page.locator('[data-knob="behind"]')).toContainText(range)
    await page.locator('[data-knob="behind"] input').fill('0')
    await page.locator('[data-knob="debug"] input').check()
    await page.getByRole('button', { name: make }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(debug)
    await expect(page.locator('[data-strip]')).toBeVisible()
    expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
  })

const ONE_MORE: Plugin = {
  name: 'one-more-knob',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/schemes/example/recipe.ts')
      ? code.replace(
          'knobs: [',
          "knobs: [{ id: 'added', kind: 'number', label: 'recipe.example.program', value: '3', least: 0, most: 5 },",
        )
      : undefined,
}

test('a knob that a scheme adds is in its form, and its range is held, with nothing else touched', async ({ page }) => {
  test.setTimeout(300_000)
  // The page is built as ever, but for one more line in the toy's recipe.
  const outDir = await mkdtemp(join(tmpdir(), 'page-'))
  await build({
    root: fileURLToPath(new URL('..', import.meta.url)),
    logLevel: 'silent',
    plugins: [ONE_MORE],
    worker: { plugins: () => [ONE_MORE] },
    build: { outDir, emptyOutDir: true },
  })
  const server = staticServer(outDir)
  const origin = await listen(server, 0)
  await page.goto(`${origin}#page=maker&lang=en`)
  await page.getByLabel('Kind of evidence').selectOption({ label: 'Example note (a toy format)' })
  const added = page.locator('[data-knob="added"]')
  await expect(added.locator('input')).toHaveValue('3')
  await added.locator('input').fill('6')
  await page.getByRole('button', { name: 'Make and open' }).click()
  await expect(added).toContainText('A whole number from 0 to 5.')
  server.close()
})
