import { say } from '../../core/saying.ts'
import type { CheckId, CollateralWish } from '../../core/verdict.ts'
import { isZero, toHex } from '../../bytes/layout.ts'
import { chainUrl, crlUrl, type KeyKind } from './anchors.ts'
import type { SnpReport } from './decoded.ts'
import type { Tcb } from './layout.ts'
import { looksLikeTurin, PRODUCTS, type Product } from './product.ts'

/** AMD's key service (KDS): "VCEK certificate and KDS interface specification" (AMD 57230), section 4. It sends no CORS header and answers few requests a minute. */

const spl = (value: number | undefined) => String(value ?? 0).padStart(2, '0')

/** Address of the certificate for exactly this chip and this TCB. */
export function vcekUrl(product: Product, chipId: Uint8Array, tcb: Tcb): string {
  const id = toHex(product === 'Turin' ? chipId.subarray(0, 8) : chipId)
  const levels = [
    ...(product === 'Turin' ? [`fmcSPL=${spl(tcb.fmc?.value)}`] : []),
    `blSPL=${spl(tcb.bootloader.value)}`,
    `teeSPL=${spl(tcb.tee.value)}`,
    `snpSPL=${spl(tcb.snp.value)}`,
    `ucodeSPL=${spl(tcb.microcode.value)}`,
  ]
  return `https://kdsintf.amd.com/vcek/v1/${product}/${id}?${levels.join('&')}`
}

const download = (file: string, url: string) => `curl -sSf -o ${file} '${url}'`

const LEAF_SERVES: readonly CheckId[] = [
  'snp.signed-by-chip-key',
  'snp.chip-matches-certificate',
  'snp.tcb-matches-certificate',
  'snp.signing-key-as-stated',
  'snp.product-agrees',
  'snp.chains-to-ark',
  'snp.certificates-in-date',
]

/** The chip's certificate, which nobody has put in yet. */
export function leafWish(report: SnpReport, product: Product | undefined, kind: KeyKind): CollateralWish | undefined {
  const { chipId, reportedTcb } = report.body
  if (kind === 'VLEK')
    return { kind: 'vlek', key: product ?? '', title: say('wish.snp.vlek'), urls: [], curl: '', serves: LEAF_SERVES }
  if (isZero(chipId.value))
    return { kind: 'vcek', key: '', title: say('wish.snp.vcek-masked'), urls: [], curl: '', serves: LEAF_SERVES }
  // A version 2 report does not say its generation: one of two addresses answers.
  const products = product
    ? [product]
    : looksLikeTurin(chipId.value)
      ? ['Turin' as const]
      : PRODUCTS.filter((one) => one !== 'Turin')
  const urls = products.map((one) => vcekUrl(one, chipId.value, reportedTcb))
  return {
    kind: 'vcek',
    key: toHex(chipId.value),
    title: say('wish.snp.vcek', { product: products.join(' / ') }),
    urls,
    curl: urls.map((url, i) => download(`vcek${i === 0 ? '' : i}.der`, url)).join(' || '),
    serves: LEAF_SERVES,
  }
}

/** The authorities above the chip. */
export function chainWish(product: Product, kind: KeyKind): CollateralWish {
  const url = chainUrl(product, kind)
  return {
    kind: 'cert-chain',
    key: `${product} ${kind}`,
    title: say('wish.snp.chain', { product, kind }),
    urls: [url],
    curl: download('cert_chain.pem', url),
    serves: ['snp.chains-to-ark', 'snp.certificates-in-date'],
  }
}

/** The generation's revocation list. */
export function crlWish(product: Product, kind: KeyKind): CollateralWish {
  const url = crlUrl(product, kind)
  return {
    kind: 'crl',
    key: `${product} ${kind}`,
    title: say('wish.snp.crl', { product }),
    urls: [url],
    curl: download(`${product.toLowerCase()}.crl`, url),
    serves: ['snp.authority-not-revoked'],
  }
}
