import { isZero } from '../../bytes/layout.ts'
import type { CaCertificate, SevCertificate } from './decoded.ts'
import { ALGORITHM, PEK, USAGE } from './layout.ts'

/** How far an authority's head looks like ARK or ASK. One changed field leaves it recognisable: its signature then says that it was changed, where an unread file would only be missing. */
export function authoritySigns({ body }: Pick<CaCertificate, 'body'>): {
  readonly fitting: number
  readonly of: number
} {
  const signs = [
    body.version.value === 1,
    body.usage.value === 0 || body.usage.value === 0x13,
    body.modulusBits.value === 2048 || body.modulusBits.value === 4096,
    body.exponentBits.value === body.modulusBits.value,
  ]
  return { fitting: signs.filter(Boolean).length, of: signs.length }
}

/** How far a certificate looks like CEK, OCA, PEK or PDH. Hygon's have the same skeleton with algorithms and a curve of their own. */
export function certificateSigns({ body, first, second }: SevCertificate): {
  readonly fitting: number
  readonly of: number
  readonly isOurs: boolean
} {
  const isOurs = ALGORITHM[body.algorithm.value] !== undefined || [1, 2].includes(body.publicKey.curve.value)
  const signs = [
    body.version.value === 1,
    body.usage.value >= 0x1001 && body.usage.value <= 0x1004,
    ALGORITHM[body.algorithm.value] !== undefined,
    [1, 2].includes(body.publicKey.curve.value),
    USAGE[first.usage.value] !== undefined,
    USAGE[second.usage.value] !== undefined,
    isZero(body.reserved.value),
  ]
  return { fitting: signs.filter(Boolean).length, of: signs.length, isOurs }
}

/** Only a PDH is signed by a PEK, whatever it calls itself. */
export const isPdh = ({ body, first }: SevCertificate): boolean =>
  body.usage.value === 0x1003 || first.usage.value === PEK
