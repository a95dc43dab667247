// @ts-check
// The page as sealed as ever, but for the mirrors named here, which it may ask when its reader says so.
//   npm run build:connected -- --mirror HOST=URL [--mirror …] [--out DIR]      →  dist-connected/
import { build } from 'vite'
import { root } from './sources.mjs'

const words = process.argv.slice(2)
const mirrors = words.flatMap((word, index) => (words[index - 1] === '--mirror' ? [word] : []))
const out = words[words.indexOf('--out') + 1]
if (mirrors.length === 0) {
  console.error('usage: npm run build:connected -- --mirror HOST=URL [--mirror HOST=URL] [--out DIR]')
  process.exitCode = 64
} else {
  process.env['MIRRORS'] = mirrors.join(' ')
  await build({
    root,
    logLevel: 'warn',
    build: { outDir: words.includes('--out') && out !== undefined ? out : 'dist-connected', emptyOutDir: true },
  })
}
