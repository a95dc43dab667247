import type { HopAnswer, Transport } from './fetch-one.ts'

/** A connected build names mirrors that its page may ask by itself: a PCCS, a KDS cache. Any other build names none. */

/** Host → address that stands in for it, as the build wrote it into the page. */
export function buildMirrors(): ReadonlyMap<string, string> {
  const text = document.querySelector('meta[name="attestation-mirrors"]')?.getAttribute('content') ?? ''
  const mirrors = new Map<string, string>()
  for (const word of text.split(' ')) {
    const [, host, url] = /^([a-z0-9.-]+)=(https?:\/\/[^\s?#@]+)$/.exec(word) ?? []
    if (host !== undefined && url !== undefined) mirrors.set(host, url.replace(/\/$/, ''))
  }
  return mirrors
}

/** Asks a mirror from the page. Only headers that the mirror shows to other sites can be read; a redirect is not followed. */
export function mirrorTransport(mirrors: ReadonlyMap<string, string>): Transport {
  return async ({ url, method, body, headers, signal }): Promise<HopAnswer> => {
    const asked = new URL(url)
    const mirror = mirrors.get(asked.host)
    if (mirror === undefined) throw new Error('no mirror for this host')
    const type = headers['content-type']
    const response = await fetch(`${mirror}${asked.pathname}${asked.search}`, {
      method,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
      signal,
      ...(body && type !== undefined ? { body: body.slice(), headers: { 'content-type': type } } : {}),
    })
    return { status: response.status, headers: [...response.headers], body: pieces(response) }
  }
}

async function* pieces({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  try {
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) yield part.value
  } finally {
    await reader?.cancel()
  }
}
