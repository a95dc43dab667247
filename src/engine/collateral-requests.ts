import { toHex } from '../bytes/layout.ts'
import type { CollateralRule } from '../core/collateral-rule.ts'
import { say, type Saying } from '../core/saying.ts'
import type { CollateralWish } from '../core/verdict.ts'
import { digest } from '../crypto/verify.ts'

/**
 * Which requests would fill the wishes of an appraisal, and which addresses may be asked at all. The engine sends none of them.
 * Every scheme says in its folder whom its collateral is asked of (`collateral-urls.ts`); what no rule names is never a request.
 */

/** A rule, and the scheme that says it. */
export interface OwnRule extends CollateralRule {
  readonly scheme: string
}

/** An address that a rule allows. */
export interface AllowedUrl {
  readonly url: string
  readonly host: string
  /** From the first slash on, query included. */
  readonly path: string
  readonly rule: OwnRule
  readonly reveals: Saying
}

const LONGEST_URL = 2048

/** The rule that an address fits; undefined: it is asked by nobody here. No port, no user name, no fragment, no escape, no step upwards. */
export function allowedUrl(
  rules: readonly OwnRule[],
  url: string,
  method: CollateralRule['method'] = 'GET',
): AllowedUrl | undefined {
  if (url.length > LONGEST_URL) return undefined
  const parts = /^https:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)(\/[!-~]*)$/.exec(url)
  const [, host = '', path = ''] = parts ?? []
  if (!parts || /\.\.|\/\/|[\\%#@]/.test(path)) return undefined
  for (const rule of rules) {
    if (rule.method !== method || !isHost(host, rule.host)) continue
    const found = rule.path.exec(path)
    if (found?.[0] !== path) continue
    return { url, host, path, rule, reveals: say(rule.reveals, { ...found.groups }) }
  }
  return undefined
}

function isHost(host: string, pattern: string): boolean {
  if (!pattern.startsWith('*.')) return host === pattern
  const tail = pattern.slice(1)
  const labels = host.slice(0, -tail.length).split('.')
  return host.endsWith(tail) && labels.length <= 4 && labels.every((label) => label !== '')
}

/** Which edition of the vendor's answer is asked for, where it keeps several: Intel's `early` and `standard`, or one evaluation number. */
export type Edition = 'early' | 'standard' | number

/** One request that would fill a wish. */
export interface CollateralRequest extends Omit<AllowedUrl, 'rule'> {
  /** Method, address and a hash of what is posted: the same question has the same id. */
  readonly id: string
  readonly scheme: string
  readonly who: string
  readonly method: CollateralRule['method']
  readonly body: CollateralWish['body']
  /** Answered only with a subscriber's key, so never sent by itself. */
  readonly needsKey: boolean
}

/** A wish with the requests that would fill it: each of them would do, the first first. */
export interface WantedCollateral {
  readonly wish: CollateralWish
  /** Empty: nothing can be asked, somebody has to give it. */
  readonly requests: readonly CollateralRequest[]
  /** Addresses of the wish that no rule allows. */
  readonly refused: readonly string[]
}

/** What would be asked for an appraisal's wishes. */
export async function wantedOf(
  rules: readonly OwnRule[],
  wishes: readonly CollateralWish[],
  edition?: Edition,
): Promise<readonly WantedCollateral[]> {
  const wanted: WantedCollateral[] = []
  for (const wish of wishes) {
    const requests: CollateralRequest[] = []
    const refused: string[] = []
    for (const url of wish.urls) {
      const request = await requestOf(rules, url, wish.body, edition)
      if (request) requests.push(request)
      else refused.push(url)
    }
    wanted.push({ wish, requests, refused })
  }
  return wanted
}

/** The request for one address; undefined where no rule allows it. */
export async function requestOf(
  rules: readonly OwnRule[],
  url: string,
  body: CollateralWish['body'],
  edition?: Edition,
): Promise<CollateralRequest | undefined> {
  const method = body ? 'POST' : 'GET'
  const plain = allowedUrl(rules, url, method)
  const allowed = plain && edition !== undefined ? allowedUrl(rules, inEdition(plain, edition), method) : plain
  if (!allowed || allowed.rule.posts !== body?.type) return undefined
  const { rule, ...rest } = allowed
  const posted = body ? ` ${toHex(await digest('SHA-256', new TextEncoder().encode(body.base64)))}` : ''
  return {
    ...rest,
    id: `${method} ${allowed.url}${posted}`,
    scheme: rule.scheme,
    who: rule.who,
    method,
    body,
    needsKey: rule.needsKey === true,
  }
}

function inEdition({ url, rule: { editions } }: AllowedUrl, edition: Edition): string {
  if (!editions) return url
  const word = typeof edition === 'number' ? `${editions.number}${edition}` : editions[edition]
  return `${url}${url.includes('?') ? '&' : '?'}${word}`
}
