import { fromBase64 } from './bytes.ts'
import type { Variant } from './page.ts'

/** A page on which nothing is loaded yet: from the first import to the first verdict. */
export type Starter = 'engine' | 'wasm' | 'js'

async function start(who: Starter, variant: Variant): Promise<{ readonly ms: number; readonly verdict: string }> {
  const started = performance.now()
  const verdict = who === 'engine' ? await engine(variant) : await peer(who, variant)
  return { ms: performance.now() - started, verdict }
}

async function engine(variant: Variant): Promise<string> {
  const { verdictOf } = await import('./engine.ts')
  return verdictOf(
    variant.files.map((file) => ({ name: file.name, bytes: fromBase64(file.base64) })),
    variant.at,
  )
}

async function peer(who: 'wasm' | 'js', variant: Variant): Promise<string> {
  const { dcapJs, dcapWasm } = await import('./peers.ts')
  const verdict = await (who === 'wasm' ? dcapWasm() : dcapJs())
  return (await verdict(variant))()
}

declare global {
  interface Window {
    coldStart: typeof start
  }
}

window.coldStart = start
