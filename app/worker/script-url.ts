/** Just what is used of Trusted Types; not every browser has them. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string }
}

/** The worker that keeps the page for use without a network. */
export const KEEPER = new URL('sw.js', document.baseURI).href

const trustedTypes = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
const policy = trustedTypes?.createPolicy('app#worker', {
  createScriptURL(url) {
    if (!url.startsWith('blob:') && url !== KEEPER) throw new TypeError('only this page’s own workers may be started')
    return url
  },
})

/** The address of one of this page's own workers, as the page's policy asks for it. */
export function scriptUrl(url: string): string {
  return policy ? policy.createScriptURL(url) : url
}
