import { deflateSync } from 'fflate'
import { expect as base } from '@playwright/test'
import { attackerCase } from './share-attacker.ts'
import { asLinkFiles, dictionary, give, headline, linkOf, sampleFiles } from './share-links.ts'
import { test } from './watched.ts'

// Several pages and appraisals a test: a busy machine needs longer than one step elsewhere.
const expect = base.configure({ timeout: 30_000 })
test.describe.configure({ timeout: 180_000 })

const quote = sampleFiles('intel-dcap', 'tdx-up-to-date').slice(0, 1)
const good = linkOf({ files: asLinkFiles(quote) })
const part = good.slice('./#link='.length)

function checksum(text: string): string {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ((crc ^ 0xffffffff) >>> 0).toString(36)
}

function bomb(bytes: number, depth = 0): string {
  const payload = Buffer.from([depth, ...deflateSync(new Uint8Array(bytes), { dictionary })]).toString('base64url')
  return `1.${payload.length.toString(36)}.${checksum(payload)}.${payload}`
}

const FAULTS: readonly (readonly [name: string, link: string, fault: string, en: string, zh: string])[] = [
  ['cut off', part.slice(0, -40), 'truncated', 'cut off', '被截断'],
  [
    'one character changed',
    `${part.slice(0, 300)}${part[300] === 'A' ? 'B' : 'A'}${part.slice(301)}`,
    'damaged',
    'damaged',
    '已损坏',
  ],
  ['of a later version', part.replace(/^1\./, '7.'), 'unknown-version', 'newer version', '更新版本'],
  ['no link at all', '%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E', 'not-a-link', 'not a link', '不是本页的链接'],
  ['empty', '', 'not-a-link', 'not a link', '不是本页的链接'],
  ['a bomb of 20 MiB', bomb(20 * 1024 * 1024), 'too-large', 'more than a link may hold', '超出链接允许的大小'],
  ['a bomb of 200 MiB', bomb(200 * 1024 * 1024), 'too-large', 'more than a link may hold', '超出链接允许的大小'],
  [
    'a bomb within the size, beyond the ratio',
    bomb(240 * 1024),
    'too-large',
    'more than a link may hold',
    '超出链接允许的大小',
  ],
  [
    'longer than any link',
    `1.zzzz.0.${'A'.repeat(300_000)}`,
    'too-large',
    'more than a link may hold',
    '超出链接允许的大小',
  ],
  [
    'with a misspelt expectation',
    linkOf({ files: asLinkFiles(quote), policy: { schema: 'policy/1', nonse: '00' } as never }).slice(
      './#link='.length,
    ),
    'policy',
    'expectations in this link',
    '期望值无法读取',
  ],
]

for (const [name, link, fault, en, zh] of FAULTS) {
  test(`${name.includes('bomb') ? 'W9: ' : ''}a link that is ${name} says so and opens nothing`, async ({
    page,
    watch,
  }) => {
    await page.goto(`./#link=${link}`)
    await expect(page.locator(`[data-fault="${fault}"]`)).toContainText(en)
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Drop a quote')
    await expect(page.locator('h1#says')).toHaveCount(0)
    await page.getByRole('button', { name: '中文' }).click()
    await expect(page.locator(`[data-fault="${fault}"]`)).toContainText(zh)
    // The page goes on working.
    await give(page, quote)
    await expect(headline(page)).toBeVisible()
    await expect(page.locator('[data-fault]')).toHaveCount(0)
    expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
  })
}

test('W14: an attacker’s root and reference values never make anything good', async ({ page, watch }) => {
  const { files, policy, at } = await attackerCase()
  await page.goto(linkOf({ files: asLinkFiles(files), policy, at }))
  await expect(headline(page)).toContainText('a root this page does not know')
  const bar = page.locator('[data-arrival]')
  await expect(bar).toContainText('The link brings its own rules. You have not approved them.')
  await expect(bar).toContainText('from the link')
  const genuine = page.locator('ol > li').first()
  await expect(genuine).not.toContainText('Holds')
  // Only date and expectations are ticked; the root is not taken along unseen.
  await expect(bar.getByRole('checkbox', { name: 'Roots' })).not.toBeChecked()
  await bar.getByRole('button', { name: 'Apply' }).click()
  await expect(headline(page)).toContainText('a root this page does not know')
  await expect(genuine).not.toContainText('Holds')
  await bar.getByRole('button', { name: 'Take it back' }).click()
  await bar.getByRole('checkbox', { name: 'Roots' }).check()
  await bar.getByRole('button', { name: 'Apply' }).click()
  await expect(headline(page)).toContainText('added by the reader; this page does not vouch for it')
  await expect(genuine).not.toContainText('Holds')
  await expect(page.locator('h1')).not.toContainText('Genuine')
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})

test('W14: a root that the link switches off or adds changes nothing before consent', async ({ page }) => {
  const files = sampleFiles('intel-dcap', 'tdx-up-to-date')
  await page.goto(linkOf({ files: asLinkFiles(files) }))
  await expect(headline(page)).toBeVisible()
  const plain = await headline(page).innerText()
  await page.goto('./')
  await page.goto(
    linkOf({
      files: asLinkFiles(files),
      policy: {
        schema: 'policy/1',
        nonce: '00'.repeat(32),
        registers: { MRTD: ['00'.repeat(48)] },
        anchorsOff: ['a0af031289f5d5d4132f9186068a7fc13628633ba235777472e29b6b6c67a49e'],
      },
    }),
  )
  await expect(page.locator('[data-arrival]')).toHaveAttribute('data-arrival', 'waiting')
  await expect(headline(page)).toHaveText(plain)
})

test('W1, W2: names and values in a link are text, and nothing in them hides', async ({ page, watch }) => {
  let hasDialog = false
  page.on('dialog', (dialog) => {
    hasDialog = true
    void dialog.dismiss()
  })
  const name = '<img src=x onerror=alert(1)>\u202Egnp.exe"><script>alert(2)</script>'
  await page.goto(
    linkOf({
      files: [{ name, bytes: quote[0]?.bytes ?? new Uint8Array(), origin: 'dropped' }],
      left: [{ kind: ['javascript', 'alert(3)//\u202E'].join(':'), key: '<b>k</b>', sha256: 'cd'.repeat(32) }],
      policy: {
        schema: 'policy/1',
        registers: { '<svg onload=alert(4)>\u202E': ['00'] },
        acceptTcbStatus: ['\u202E<i>UpToDate</i>'],
      },
      panel: '<img src=x onerror=alert(5)>',
      selection: { artifact: 0, path: '"><script>alert(6)</script>' },
    }),
  )
  await expect(headline(page)).toBeVisible()
  await expect(
    page.getByText('<img src=x onerror=alert(1)>⟨U+202E⟩gnp.exe"><script>alert(2)</script>').first(),
  ).toBeVisible()
  await expect(page.locator('[data-arrival]')).toContainText('<svg onload=alert(4)>⟨U+202E⟩')
  await expect(page.locator('[data-arrival]')).toContainText('⟨U+202E⟩<i>UpToDate</i>')
  expect(hasDialog).toBe(false)
  expect(watch).toEqual({ violations: [], foreignRequests: [], errors: [] })
})
