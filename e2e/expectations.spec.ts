import { readFile } from 'node:fs/promises'
import { expect as plain, type Page } from '@playwright/test'
import { test } from './watched.ts'

/** A slow machine is not a broken page. */
const expect = plain.configure({ timeout: 30_000 })
// Several appraisals in a row, beside other tests.
test.describe.configure({ timeout: 150_000 })
const TDX = './#sample=intel-dcap/tdx-up-to-date'

const words = {
  en: {
    asked: 'Enter reference values',
    own: 'Use this evidence’s own values',
    nothing: 'This proves nothing about this evidence',
    text: 'Text',
    hex: 'Hex',
    nonceHex: 'Nonce, hex',
    dataText: /^Report data, text/,
    use: 'Expect this',
    all: 'Every measurement that you gave is equal (5 compared).',
    s5: 'What runs in it is unknown',
    s6: 'it matches the values you gave',
    s3: 'differs from what you expect',
    differs: 'It carries another nonce than yours.',
    removeNonce: 'Remove: Nonce',
  },
  zh: {
    asked: '填写参考值',
    own: '采用此证据自身的值',
    nothing: '这对此证据不构成任何证明',
    text: '文本',
    hex: '十六进制',
    nonceHex: '随机数，十六进制',
    dataText: /^报告数据，文本/,
    use: '设为期望值',
    all: '您给出的 5 个度量值全部相等。',
    s5: '其中运行什么软件未知',
    s6: '与您给出的值一致',
    s3: '与您的期望值不同',
    differs: '它带的是别的随机数。',
    removeNonce: '移除: 随机数',
  },
} as const

const panel = (page: Page) => page.locator('#panel-expectations')

for (const lang of ['en', 'zh'] as const) {
  const say = words[lang]
  test(`expectations that are met give the best verdict, a wrong nonce takes it away: ${lang}`, async ({
    page,
    watch,
  }) => {
    await page.goto(`${TDX}&lang=${lang}`)
    const under = page.getByRole('heading', { level: 1 })
    await expect(under).toContainText(say.s5)
    await page.getByRole('link', { name: say.asked }).click()
    await expect(panel(page)).toContainText(say.nothing)
    await panel(page).getByRole('button', { name: say.own }).click()
    await expect(panel(page)).toContainText(say.all)

    const data = page.locator('#expect-reportData')
    await data.getByRole('button', { name: say.text, exact: true }).click()
    await data.getByRole('textbox', { name: say.dataText }).fill('chosen by the TD')
    await data.getByRole('button', { name: say.use }).click()
    await expect(under).toContainText(say.s6)

    const nonce = page.locator('#expect-nonce')
    await nonce.getByRole('textbox', { name: say.nonceHex }).fill('0xDEAD BEEF')
    await nonce.getByRole('button', { name: say.use }).click()
    await expect(nonce).toContainText(say.differs)
    await expect(under).toContainText(say.s3)
    await nonce.getByRole('button', { name: say.removeNonce }).click()
    await expect(under).toContainText(say.s6)
    expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
  })
}

test('a reference value that differs is named; what is no hex is not in use', async ({ page }) => {
  await page.goto(`${TDX}&panel=expectations`)
  const field = page.getByRole('textbox', { name: 'Your reference value for MRTD' })
  await field.fill('00'.repeat(48))
  await field.press('Enter')
  await expect(panel(page)).toContainText('Your reference value differs from MRTD.')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('differs from what you expect')
  await field.fill('not hex')
  await field.press('Enter')
  await expect(page.getByRole('alert')).toContainText('not in use')
  await field.fill('')
  await field.press('Enter')
  await expect(panel(page)).toContainText('You gave no reference values')
})

test('what is in the report data: a text, and a dropped file', async ({ page, watch }) => {
  await page.goto(`${TDX}&panel=expectations`)
  const contents = page.locator('#expect-contents')
  await contents.getByLabel('A text to try').fill('chosen by somebody else')
  await expect(contents).toContainText('ways gives these bytes')
  await contents.getByLabel('A text to try').fill('chosen by the TD')
  await expect(contents).toContainText('as it is: bytes 0x000–0x00f, zeros otherwise')
  await contents.getByLabel('A text to try').fill('')
  await page
    .getByTestId('files')
    .setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('chosen by the TD\n') })
  await expect(contents).toContainText('note.txt (without its last line end), as it is')
  await contents.getByRole('button', { name: 'Expect this' }).click()
  await expect(page.locator('#expect-reportData')).toContainText('The report data is the value that you gave.')
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('a policy leaves as JSON and comes back; a wrong one is refused by name', async ({ page, watch }) => {
  await page.goto(`${TDX}&panel=expectations`)
  await page.getByRole('checkbox', { name: 'Two threads on one core (SMT)' }).check()
  await page.getByRole('textbox', { name: 'Device ids, hex, one a line' }).fill('AB CD')
  await page.getByRole('textbox', { name: 'Device ids, hex, one a line' }).press('Enter')
  await expect(panel(page)).toContainText('2 given')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as JSON' }).click(),
  ])
  const policy = await readFile(await download.path(), 'utf8')
  expect(JSON.parse(policy)).toEqual({ schema: 'policy/1', forbid: ['smt'], chipIds: ['abcd'] })
  await page.getByRole('button', { name: 'Take all away' }).first().click()
  await expect(panel(page)).toContainText('0 given')

  const drop = (text: string) =>
    page
      .getByTestId('policy-file')
      .setInputFiles({ name: 'policy.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await drop('{"schema":"policy/1","nonce":"xyz","nonse":"ab"}')
  await expect(page.getByRole('alert')).toContainText('“nonce” must be whole bytes of hex.')
  await expect(page.getByRole('alert')).toContainText('“nonse” is not known.')
  await expect(panel(page)).toContainText('0 given')
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByRole('alert')).toContainText('“nonce” 必须是完整字节的十六进制。')
  await page.getByRole('button', { name: /^(?:EN|English)$/ }).click()
  await drop(policy)
  await expect(panel(page)).toContainText('2 given')
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('roots: one switched off, and one added that stays added', async ({ page }) => {
  await page.goto(`${TDX}&panel=expectations`)
  const roots = page.locator('#expect-roots')
  await roots.getByRole('checkbox', { name: /Demonstration root/ }).uncheck()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('switched off the root')
  await roots.getByRole('checkbox', { name: /Demonstration root/ }).check()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('demonstration hardware')
  const field = roots.getByRole('textbox', { name: 'A root certificate or public key, PEM' })
  await field.fill('not a root')
  await expect(roots.getByRole('alert')).toContainText('No certificate and no public key')
  await field.fill(
    '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n-----END PUBLIC KEY-----\n',
  )
  await roots.getByRole('button', { name: 'Add root' }).click()
  await expect(roots).toContainText('added by you · evidence')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('demonstration hardware')
})
