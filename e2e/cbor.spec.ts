import { readFile } from 'node:fs/promises'
import { expect as plain, type Page } from '@playwright/test'
import { decode, Tag } from 'cbor2'
import { test } from './watched.ts'

/** A slow machine is not a broken page. */
const expect = plain.configure({ timeout: 30_000 })

/** The sample's own file, and what another reader of CBOR finds in it: the places are not the page's word. */
async function sampleBytes(scheme: string, id: string): Promise<Uint8Array> {
  const sample = JSON.parse(
    await readFile(new URL(`../src/schemes/${scheme}/samples/${id}.json`, import.meta.url), 'utf8'),
  ) as { readonly files: readonly { readonly base64: string }[] }
  return Buffer.from(sample.files[0]?.base64 ?? '', 'base64')
}

const bytes = (value: unknown): Uint8Array => {
  if (value instanceof Uint8Array) return value
  throw new Error('no byte string')
}
const inside = (value: unknown): unknown => (value instanceof Tag ? value.contents : value)
const part = (value: unknown, at: number | string): unknown => {
  const inner = inside(value)
  return inner instanceof Map
    ? inner.get(at)
    : Array.isArray(inner)
      ? inner[Number(at)]
      : typeof inner === 'object' && inner !== null
        ? Reflect.get(inner, at)
        : undefined
}

/** Offsets that the hex view lights as the selected value, read off the screen. */
async function litBytes(page: Page): Promise<number[]> {
  return page.getByTestId('hex').evaluate((grid) =>
    [...grid.querySelectorAll<HTMLElement>('[role=row]')].flatMap((row) => {
      const cells = row.querySelector<HTMLElement>('[data-at]')
      let at = Number(cells?.dataset['at'])
      return [...(cells?.children ?? [])].flatMap((run) => {
        const from = at
        at += Math.round((run.textContent?.length ?? 0) / 3)
        return /(?:^|[\s_])value(?:_|\s|$)/.test(run.className)
          ? Array.from({ length: at - from }, (_, i) => from + i)
          : []
      })
    }),
  )
}

async function find(page: Page, name: string): Promise<void> {
  await page.keyboard.press('2')
  await expect(page.getByRole('treegrid')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { selected: true })).toContainText(name)
}

const run = (start: number, length: number) => Array.from({ length }, (_, i) => start + i)

test('a PCR selected lights exactly its bytes, and a lit byte leads back to it', async ({ page, watch }) => {
  const payload = bytes(part(decode(await sampleBytes('aws-nitro', 'enclave')), 2))
  const pcr2 = bytes(part(part(decode(payload), 'pcrs'), 2))
  const start = Buffer.from(payload).indexOf(pcr2)
  expect([start > 0, pcr2.length]).toEqual([true, 48])
  await page.goto('./#sample=aws-nitro/enclave')
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
  await find(page, 'PCR2')
  await expect.poll(() => litBytes(page)).toEqual(run(start, 48))
  await expect(page.getByRole('heading', { level: 3, name: /^PCR2/ })).toContainText(
    `0x${start.toString(16).padStart(3, '0')}–0x${(start + 47).toString(16).padStart(3, '0')}`,
  )
  // A byte inside belongs to the register again, and is as protected as the payload that it was taken from.
  await page.getByRole('grid').focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText(/payload\.pcrs\.PCR2 · signed by the attestation key/)).toBeVisible()
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('a claim of the realm selected lights exactly its bytes', async ({ page, watch }) => {
  const realm = bytes(part(decode(await sampleBytes('arm-cca', 'token')), 44241))
  const payload = bytes(part(decode(realm), 2))
  const rim = bytes(part(decode(payload), 44238))
  const start = Buffer.from(payload).indexOf(rim)
  expect([start > 0, rim.length]).toEqual([true, 32])
  await page.goto('./#sample=arm-cca/token')
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
  await find(page, 'cca-realm-initial-measurement')
  await expect.poll(() => litBytes(page)).toEqual(run(start, 32))
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('a selected item can be read in diagnostic notation and byte by byte, in both languages', async ({
  page,
  watch,
}) => {
  await page.goto('./#sample=aws-nitro/enclave')
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
  await find(page, 'PCR2')
  await page.getByText('CBOR diagnostic notation').click()
  await expect(page.getByRole('region', { name: 'CBOR diagnostic notation' })).toHaveText(`h'${'a2'.repeat(48)}'`)
  await page.getByText('CBOR bytes, line by line').click()
  await expect(page.getByRole('region', { name: 'CBOR bytes, line by line' })).toContainText('58 30')
  await expect(page.getByRole('region', { name: 'CBOR bytes, line by line' })).toContainText('# bytes(48)')
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByText('CBOR 诊断表示')).toBeVisible()
  await expect(page.getByRole('region', { name: 'CBOR 字节逐行注释' })).toContainText('# bytes(48)')
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('evidence that is no CBOR has no such notation', async ({ page, watch }) => {
  await page.goto('./#sample=intel-dcap/tdx-up-to-date')
  await expect(page.getByRole('heading', { level: 2, name: 'Verdict' })).toBeVisible()
  await find(page, 'MRTD')
  await expect(page.getByText(/CBOR/)).toHaveCount(0)
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('an old document is looked at as of its own time; the page says both, and now on request', async ({
  page,
  watch,
}) => {
  await page.goto('./')
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'saved.cose',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(await sampleBytes('aws-nitro', 'enclave')),
    })
  await expect(
    page.getByText('It held on 2026-01-01; it has expired since. That fits a saved document, not a live login.'),
  ).toBeVisible()
  await expect(page.getByText('the evidence’s own time')).toBeVisible()
  await page.getByRole('button', { name: '中文' }).click()
  await expect(
    page.getByText('在 2026-01-01 成立，现在已经过期：可用于查看保存的文档，不可用于实时登录。'),
  ).toBeVisible()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('button', { name: 'Change' }).click()
  await page.getByLabel('Now', { exact: true }).check()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('The signature holds')
  await expect(page.getByText(/It held on/)).toHaveCount(0)
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})
