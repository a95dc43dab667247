// @ts-check
// One HTML file with everything inside: page, engine, all schemes, lessons, both languages. Opens from a stick on a machine without a network.
//   npm run build:single      →  dist-single/attestation-explorer.html
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { examples } from './examples-build.mjs'
import { engineVersion, root } from './sources.mjs'

// Whoever runs this may have another word there, a test runner does: then the script would be one for development, and the page blank.
process.env.NODE_ENV = 'production'

const OUT = join(root, 'dist-single/attestation-explorer.html')

/** @param {string} text */
const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * Bundles one entry into one script, and one style sheet where it has styles.
 * @param {string} entry
 * @param {'es' | 'iife'} format
 * @param {readonly import('vite').Plugin[]} plugins
 */
async function bundled(entry, format, plugins) {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    define: { __ENGINE_VERSION__: JSON.stringify(engineVersion()), 'process.env.NODE_ENV': '"production"' },
    plugins: [react(), examples(), ...plugins],
    build: {
      write: false,
      cssCodeSplit: false,
      modulePreload: false,
      assetsInlineLimit: Number.POSITIVE_INFINITY,
      rolldownOptions: { input: join(root, entry), output: { format, codeSplitting: false } },
    },
  })
  const output = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  const [script, ...more] = output.flatMap((file) => (file.type === 'chunk' ? [file.code] : []))
  const styles = output.flatMap((file) =>
    file.type === 'asset' && file.fileName.endsWith('.css') ? [String(file.source)] : [],
  )
  if (script === undefined || more.length > 0) throw new Error(`${entry} did not become one script`)
  return { script: inline(script), style: styles.join('\n') }
}

/**
 * A script as it may stand inside an element: nothing in it ends the element. Strings, templates and patterns mean the same with `\/`.
 * @param {string} script
 */
function inline(script) {
  const text = script.replaceAll(/<\/(script|style)/gi, '<\\/$1').replaceAll('<!--', '\\x3C!--')
  if (/<\/script/i.test(text)) throw new Error('a script that cannot stand in a page')
  return text.trim()
}

/** The page starts the engine from its own text. @type {import('vite').Plugin} */
const singleSpawn = {
  name: 'single-spawn',
  enforce: 'pre',
  resolveId(source, importer) {
    return source.endsWith('/spawn.ts') && importer?.endsWith('/app/main.tsx') === true
      ? join(root, 'app/worker/spawn-single.ts')
      : undefined
  },
}

const engine = await bundled('app/worker/engine.worker.ts', 'iife', [])
const page = await bundled('app/main.tsx', 'es', [singleSpawn])
const icon = `data:image/svg+xml;base64,${readFileSync(join(root, 'public/icon.svg')).toString('base64')}`
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(page.script)}`,
  `style-src ${hashOf(page.style)}`,
  'img-src data:',
  'worker-src blob:',
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types app#worker',
].join('; ')
const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Attestation Explorer</title>
<link rel="icon" href="${icon}">
<style>${page.style}</style>
</head>
<body>
<div id="root"></div>
<script type="text/plain" id="engine">${engine.script}</script>
<script type="module">${page.script}</script>
</body>
</html>
`
mkdirSync(join(root, 'dist-single'), { recursive: true })
writeFileSync(OUT, html)
console.log(`${OUT.slice(root.length + 1)}: ${html.length} characters, ${gzipSync(html).length} bytes gzip`)
