import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
// Not from serve.mjs: the configuration is bundled, and a server inside it would take itself for the command and build again, without end.
import { engineTogether, roomTogether } from './app/cli/chunks.mjs'
import { examples } from './app/cli/examples-build.mjs'
import { offline } from './app/cli/offline-build.ts'
import { twins } from './app/cli/twins.ts'
import { engineVersion, fingerprint, PAGE_SOURCES, PAGE_STAMP } from './app/cli/sources.mjs'

// A shell may have another word there: then the build would be one for development.
if (process.argv.includes('build')) process.env['NODE_ENV'] = 'production'

/** What is given out beside the page: icons, and the snapshot of a deployment. */
const PUBLIC = process.env['PUBLIC_FOLDER'] ?? 'public'

/** Mirrors that a connected build may ask: MIRRORS holds `HOST=URL`, separated by spaces. The sealed build, which is the usual one, has none. */
function buildMirrors(): ReadonlyMap<string, string> {
  const mirrors = new Map<string, string>()
  for (const word of (process.env['MIRRORS'] ?? '').split(/\s+/).filter((one) => one !== '')) {
    const [, host, url] = /^([a-z0-9.-]+)=(https?:\/\/[^\s?#@;,'"]+)$/.exec(word) ?? []
    if (host === undefined || url === undefined || !URL.canParse(url))
      throw new Error(`MIRRORS: ${word} is not HOST=URL`)
    mirrors.set(host, url)
  }
  return mirrors
}

/** What the page is told of itself: the day of the snapshot beside it, the mirrors that it may ask. It asks nobody to find out. */
function toldToPage(): string {
  const snapshot = join(PUBLIC, 'collateral/manifest.json')
  const made = existsSync(snapshot)
    ? (JSON.parse(readFileSync(snapshot, 'utf8')) as { made?: unknown }).made
    : undefined
  const day = typeof made === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(made)?.[0] : undefined
  const mirrors = [...buildMirrors()].map(([host, url]) => `${host}=${url}`).join(' ')
  return [
    ...(day === undefined ? [] : [`<meta name="attestation-snapshot" content="${day}" />`]),
    ...(mirrors === '' ? [] : [`<meta name="attestation-mirrors" content="${mirrors}" />`]),
  ].join('\n    ')
}

/** The page's policy. `connect-src` names the mirrors of a connected build. Nothing else varies. */
function contentSecurityPolicy(): string {
  const origins = [...new Set([...buildMirrors().values()].map((url) => new URL(url).origin))].sort()
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...origins].join(' '),
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types app#worker',
  ].join('; ')
}

/** Puts the policy into the built page and into a headers file for hosts that honour one. */
function contentSecurity(): Plugin {
  return {
    name: 'content-security',
    apply: (_config, { command, isSsrBuild }) => command === 'build' && isSsrBuild !== true,
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const charset = '<meta charset="utf-8" />'
        if (bundle === undefined || !html.includes(charset))
          throw new Error(`no bundle, or index.html has no ${charset}`)
        const told = toldToPage()
        return html.replace(
          charset,
          `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}" />${told === '' ? '' : `\n    ${told}`}`,
        )
      },
    },
    generateBundle() {
      const source = [
        '/*',
        `  Content-Security-Policy: ${contentSecurityPolicy()}; frame-ancestors 'none'`,
        '  X-Content-Type-Options: nosniff',
        '  Referrer-Policy: no-referrer',
        '',
      ].join('\n')
      this.emitFile({ type: 'asset', fileName: '_headers', source })
    },
  }
}

/** Notes which sources dist/ was built from, so that `npm start` builds only when needed. */
function stamp(): Plugin {
  let sources = ''
  return {
    name: 'stamp',
    apply: (_config, { command, isSsrBuild }) => command === 'build' && isSsrBuild !== true,
    buildStart() {
      sources = fingerprint(PAGE_SOURCES)
    },
    writeBundle({ dir }) {
      // The stamp is of dist/ as it is usually built.
      if (dir?.endsWith('/dist') !== true || buildMirrors().size > 0) return
      mkdirSync(dirname(PAGE_STAMP), { recursive: true })
      writeFileSync(PAGE_STAMP, sources)
    },
  }
}

/** The tamper suites take minutes: begun last, they would keep one worker busy while the other has nothing left. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => /\/testing\/(?:tamper-|strangers)/.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

const HOUR_MS = 3_600_000

/** Tests that change what the whole process shares, and cannot change it back: a frozen prototype stays frozen. */
const ALONE = ['src/testing/adversarial/web-prototype.test.ts']

export default defineConfig(({ isSsrBuild }) => ({
  // Relative addresses: dist works under any path.
  base: './',
  publicDir: PUBLIC,
  plugins: [react(), examples(), contentSecurity(), stamp(), offline(), twins()],
  define: { __ENGINE_VERSION__: JSON.stringify(engineVersion()) },
  worker: {
    format: 'es',
    rolldownOptions: { output: { codeSplitting: engineTogether() } },
  },
  // The command line is one file that starts fast; the tests keep their dependencies outside.
  ...(isSsrBuild === true ? { ssr: { noExternal: true as const } } : {}),
  build: {
    outDir: 'dist',
    // No data: URLs for fonts and scripts: the policy does not allow them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // How long the build took is nothing that whoever starts the page need read.
    rolldownOptions: {
      checks: { bundlerTimings: false },
      ...(isSsrBuild === true ? {} : { output: { codeSplitting: roomTogether() } }),
    },
  },
  server: { host: '127.0.0.1' },
  test: {
    environment: 'node',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Against hanging, not against slowness: speed is shown by the bench.
    testTimeout: process.env['SOAK'] === '1' ? 12 * HOUR_MS : 180_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true as const,
        test: {
          name: 'together',
          include: ['src/**/*.test.ts', 'app/**/*.test.{ts,tsx}', 'e2e/**/*.unit.test.ts'],
          exclude: ALONE,
          // Five hundred files load the same modules: loading them once for each worker and not for each file halves
          // the processor's time of the schemes' tests (236 s to 98 s). What a module keeps depends on its arguments
          // only, and `left-as-found.ts` sees to the rest.
          isolate: false,
          setupFiles: ['src/testing/left-as-found.ts'],
        },
      },
      { extends: true as const, test: { name: 'alone', include: ALONE } },
    ],
  },
}))
