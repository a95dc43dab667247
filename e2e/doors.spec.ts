import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync, readdirSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect as base, type Page } from '@playwright/test'
import { listOf } from '../app/cli/offline-build.ts'
import { listen, staticServer } from '../app/cli/serve.mjs'
import { standingIn, type Standing } from './standing-in.ts'
import { test } from './watched.ts'

const expect = base.configure({ timeout: 30_000 })
test.describe.configure({ mode: 'default', timeout: 180_000 })

/** The other ways to the full verdict: a deployment's snapshot, and a connected build that names mirrors. And what the builds have in common. */

const root = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'doors-'))
const at = (name: string) => join(folder, name)

let standing: Standing
let mirrors: string[] = []
const servers: Server[] = []
async function serve(name: string): Promise<string> {
  const server = staticServer(at(name))
  servers.push(server)
  return listen(server, 0)
}

const build = (out: string, environment: Record<string, string> = {}) =>
  run('node', ['node_modules/vite/bin/vite.js', 'build', '--outDir', out, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  })

test.beforeAll(async () => {
  test.setTimeout(300_000)
  standing = await standingIn()
  mirrors = standing.vendors.mirrors.filter((word) => word !== '--mirror')
  const words = mirrors.flatMap((mirror) => ['--mirror', mirror])
  await run('node', ['app/cli/connected.mjs', ...words, '--out', at('connected')], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
  })
  cpSync(join(root, 'public'), at('public'), { recursive: true })
  const snapshot = ['--fmspc', 'd0e0f0000000', '--products', 'Milan,Genoa', '-o', at('public/collateral'), ...words]
  // The stand-in has not all of it; what is missing is named, and the rest is kept.
  await run('node', ['app/cli/run.mjs', '--collateral-update', ...snapshot], { cwd: root }).catch(
    (thrown: { code?: number }) => expect(thrown.code).toBe(2),
  )
  await build(at('kept'), { PUBLIC_FOLDER: at('public') })
})
test.afterAll(async () => {
  for (const server of servers) server.close()
  await standing.close()
  rmSync(folder, { recursive: true, force: true })
})
test.beforeEach(() => {
  standing.vendors.asked.length = 0
  standing.vendors.lie = undefined
})

async function open(page: Page, address: string, id: string, which: 'bare' | 'full' = 'bare') {
  const one = standing.vendors.vendors.cases.find((known) => known.id === id)
  if (!one) throw new Error(id)
  await page.clock.setFixedTime(one.at)
  await page.goto('about:blank')
  await page.goto(`${address}#lang=en`)
  await page
    .getByTestId('files')
    .setInputFiles(
      one[which].map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })),
    )
  await expect(page.getByText('What this does not prove')).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Collateral' }).click()
}
const says = (page: Page) => page.locator('#says')

test('snapshot: what this deployment keeps brings the full verdict, and nobody outside is asked', async ({ page }) => {
  const address = await serve('kept')
  for (const id of ['tdx', 'sgx', 'snp-vlek']) {
    await open(page, address, id, 'full')
    const full = await says(page).innerText()
    await open(page, address, id)
    await expect(says(page)).not.toHaveText(full)
    await expect(page.getByText(/^Snapshot of \d{4}-\d{2}-\d{2}: \d of \d are in it/)).toBeVisible()
    await page.getByRole('button', { name: 'Use the snapshot' }).click()
    await expect(says(page)).toHaveText(full)
    await expect(page.getByText('from a bundle, or from this deployment').first()).toBeVisible()
  }
  expect(standing.vendors.asked).toEqual([])
})

test('snapshot: what names one chip is never in it, and a file that was changed on the host is not used', async ({
  page,
}) => {
  const manifest = readFileSync(at('kept/collateral/manifest.json'), 'utf8')
  expect(manifest).not.toMatch(/vcek\/v1\/\w+\/[0-9a-f]{16}/)
  cpSync(at('kept'), at('changed'), { recursive: true })
  for (const name of readdirSync(at('changed/collateral')))
    if (name.endsWith('.http')) writeFileSync(at(`changed/collateral/${name}`), 'HTTP/1.1 200\r\n\r\nother')
  await open(page, await serve('changed'), 'tdx')
  await page.getByRole('button', { name: 'Use the snapshot' }).click()
  await expect(page.getByText('not the one that its list names').first()).toBeVisible()
  await expect(says(page)).toContainText('not verified')
})

test('snapshot: out of date, it is named so, and the other ways stand there', async ({ page }) => {
  const address = await serve('kept')
  await page.clock.setFixedTime('2027-02-01T00:00:00Z')
  await page.goto(`${address}#lang=en`)
  const one = standing.vendors.vendors.cases.find(({ id }) => id === 'tdx')
  await page.getByTestId('files').setInputFiles(
    (one?.bare ?? []).map(({ name, bytes }) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    })),
  )
  await expect(page.getByText('What this does not prove')).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Collateral' }).click()
  await page.getByRole('button', { name: 'Use the snapshot' }).click()
  await expect(page.getByText('Out of date', { exact: true }).first()).toBeVisible()
  await expect(page.getByText('npm start -- --relay')).toBeVisible()
})

test('connected build: the page asks the mirrors it was built for, at the reader’s word', async ({ page }) => {
  standing.vendors.lie = (_url, honest) => ({
    ...honest,
    headers: { ...honest.headers, 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' },
  })
  const address = await serve('connected')
  for (const id of ['tdx', 'sgx', 'snp-vcek', 'snp-vlek']) {
    await open(page, address, id, 'full')
    const full = await says(page).innerText()
    await open(page, address, id)
    await expect(says(page)).not.toHaveText(full)
    await expect(page.getByText(`through ${standing.vendors.address}`).first()).toBeVisible()
    expect(standing.vendors.asked).toEqual([])
    await page.getByRole('button', { name: /^Send \d requests?$/ }).click()
    await expect(says(page)).toHaveText(full)
    expect(standing.vendors.asked.length).toBeGreaterThan(0)
    standing.vendors.asked.length = 0
  }
  await page.getByRole('link', { name: 'Attestation Explorer' }).first().click()
  await expect(page.getByText('the mirrors of this connected build')).toBeVisible()
})

test('connected build: a host that it was not built for is out of reach even for a script of its own', async ({
  page,
}) => {
  await page.goto(await serve('connected'))
  const outcome = await page.evaluate(() =>
    fetch('https://api.trustedservices.intel.com/').then(
      () => 'asked',
      () => 'refused',
    ),
  )
  expect(outcome).toBe('refused')
})

const directives = (policy: string) =>
  new Map(policy.split(';').map((one) => [one.trim().split(' ')[0] ?? '', one.trim()] as const))
const policiesOf = (dist: string) => {
  const header = /Content-Security-Policy: (.*)/.exec(readFileSync(join(dist, '_headers'), 'utf8'))?.[1] ?? ''
  const meta =
    /Content-Security-Policy" content="([^"]*)"/.exec(readFileSync(join(dist, 'index.html'), 'utf8'))?.[1] ?? ''
  return [directives(header), directives(meta)] as const
}

test('the builds differ in connect-src only', () => {
  const sealed = policiesOf(join(root, 'dist'))
  const connected = policiesOf(at('connected'))
  for (const [index, policy] of sealed.entries()) {
    const other = connected[index] ?? new Map<string, string>()
    expect([...other.keys()]).toEqual([...policy.keys()])
    const differing = [...policy].filter(([name, value]) => other.get(name) !== value).map(([name]) => name)
    expect(differing).toEqual(['connect-src'])
    expect(policy.get('connect-src')).toBe("connect-src 'self'")
    expect(other.get('connect-src')).toBe(`connect-src 'self' ${standing.vendors.address}`)
  }
  // A snapshot changes no policy at all.
  expect(policiesOf(at('kept'))).toEqual(sealed)
})

test('two builds of the same sources are the same, byte by byte', async () => {
  await build(at('again'))
  expect(listOf(at('again'))).toEqual(listOf(join(root, 'dist')))
})

test('a deployed copy is compared with this build file by file: one changed byte is named', async ({ page }) => {
  const address = await serve('again')
  const verify = async () => {
    try {
      return {
        code: 0,
        out: (await run('node', ['app/cli/verify-deployed.mjs', address, '--dist', 'dist'], { cwd: root })).stdout,
      }
    } catch (thrown) {
      const { code, stdout } = thrown as { code: number; stdout: string }
      return { code, out: stdout }
    }
  }
  const same = await verify()
  expect(same.out).toMatch(/^All \d+ files at .* are those of this build\.$/m)
  expect(same.code).toBe(0)
  await page.goto(`${address}#lang=en`)
  await page.getByRole('button', { name: 'Which copy is this?' }).click()
  const digest = /list of files ([0-9a-f]{64})/.exec(same.out)?.[1] ?? ''
  await expect(page.locator('code').filter({ hasText: `${digest.slice(0, 16)}…` })).toBeVisible()
  for (const name of ['sw.js', 'icon.svg'])
    writeFileSync(join(at('again'), name), `${readFileSync(join(at('again'), name), 'utf8')} `)
  const changed = await verify()
  expect(changed.code).toBe(1)
  expect(changed.out).toMatch(/^differs: icon\.svg: SHA-256/m)
  expect(changed.out).toMatch(/^differs: sw\.js: SHA-256/m)
})
