import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import react from '@vitejs/plugin-react'
import type { Plugin, Rolldown } from 'vite'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
// Not from serve.mjs: the configuration is bundled, and a server inside it would take itself for the command and build again, without end.
import { offline } from './app/cli/offline-build.ts'
import { reactAriaStyleHash } from './app/cli/policy.mjs'
import { engineVersion, fingerprint, PAGE_SOURCES, PAGE_STAMP } from './app/cli/sources.mjs'

/** The page's policy. Only `style-src` varies: it names the one inline style that react-aria adds, when react-aria is built in. */
function contentSecurityPolicy(styleHashes: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    ["style-src 'self'", ...styleHashes.map((hash) => `'${hash}'`)].join(' '),
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types app#worker',
  ].join('; ')
}

/** The policy for what was built. */
function policyFor(bundle: Rolldown.OutputBundle): string {
  const usesReactAria = Object.values(bundle).some(
    (file) => file.type === 'chunk' && file.code.includes('react-aria-pressable-style'),
  )
  return contentSecurityPolicy(usesReactAria ? [reactAriaStyleHash()] : [])
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
        return html.replace(
          charset,
          `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policyFor(bundle)}" />`,
        )
      },
    },
    generateBundle(_options, bundle) {
      const source = [
        '/*',
        `  Content-Security-Policy: ${policyFor(bundle)}; frame-ancestors 'none'`,
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
    writeBundle() {
      mkdirSync(dirname(PAGE_STAMP), { recursive: true })
      writeFileSync(PAGE_STAMP, sources)
    },
  }
}

/** The tamper suites take minutes: begun last, they would keep one worker busy while the other has nothing left. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => moduleId.includes('/testing/tamper-')
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

const HOUR_MS = 3_600_000

export default defineConfig(({ isSsrBuild }) => ({
  // Relative addresses: dist works under any path.
  base: './',
  plugins: [react(), contentSecurity(), stamp(), offline()],
  define: { __ENGINE_VERSION__: JSON.stringify(engineVersion()) },
  worker: { format: 'es' },
  // The command line is one file that starts fast; the tests keep their dependencies outside.
  ...(isSsrBuild === true ? { ssr: { noExternal: true as const } } : {}),
  build: {
    outDir: 'dist',
    // No data: URLs for fonts and scripts: the policy does not allow them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { host: '127.0.0.1' },
  test: {
    include: ['src/**/*.test.ts', 'app/**/*.test.{ts,tsx}', 'e2e/**/*.unit.test.ts'],
    environment: 'node',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: process.env['SOAK'] === '1' ? 12 * HOUR_MS : 60_000,
    hookTimeout: 60_000,
  },
}))
