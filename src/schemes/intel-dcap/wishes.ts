import { toHex } from '../../bytes/layout.ts'
import { say, type Saying } from '../../core/saying.ts'
import type { CheckId, CollateralWish } from '../../core/verdict.ts'
import type { Revocation } from '../../pki/types.ts'
import type { Authenticated, Signed } from './collateral/authenticate.ts'
import type { Selected } from './collateral/select.ts'
import type { Quote } from './decoded.ts'
import type { Work } from './work.ts'

const PCS = 'https://api.trustedservices.intel.com'
/** Intel's revocation list for its root, which is also the address in the root's own certificate. */
const ROOT_LIST = 'https://certificates.trustedservices.intel.com/IntelSGXRootCA.der'

// `-i` keeps the headers, which carry the issuer chain of signed answers.
const curl = (url: string, file: string, headers = true) => `curl ${headers ? '-i ' : ''}-s -o ${file} '${url}'`

/** Which checks look at which item. */
const SERVES: Readonly<Record<string, readonly CheckId[]>> = {
  'tcb-info': [
    'intel.tcb-info-authentic',
    'intel.tcb-info-issued',
    'intel.tcb-info-not-expired',
    'intel.tcb-info-applies',
    'intel.tcb-signer-not-revoked',
    'intel.evaluation-numbers',
    'intel.platform-level',
    'intel.tcb-current',
    'intel.tdx-module-level',
    'intel.tdx-module-matches',
  ],
  'qe-identity': [
    'intel.qe-identity-authentic',
    'intel.qe-identity-issued',
    'intel.qe-identity-not-expired',
    'intel.qe-identity-matches',
    'intel.qe-level',
    'intel.evaluation-numbers',
    'intel.tcb-current',
  ],
  'pck-crl': ['intel.pck-crl-authentic', 'intel.pck-not-revoked'],
  'root-crl': ['intel.root-crl-authentic', 'intel.pck-ca-not-revoked', 'intel.tcb-signer-not-revoked'],
}

function wish(kind: string, key: string, title: Saying, url: string, file: string, headers = true): CollateralWish {
  return { kind, key, title, urls: [url], curl: curl(url, file, headers), serves: SERVES[kind] ?? [] }
}

/** True when nothing usable and in date is there. */
function isWanted<T extends Signed>(selected: Selected<T>): boolean {
  const chosen: Authenticated<T> | undefined = selected.chosen
  return !chosen || chosen.standing !== 'current'
}

const isOpen = (revocation: Revocation | undefined) => revocation === undefined || revocation.state === 'not-checked'

// Intel answers this one only to subscribers; the owner of the platform usually has the certificate already.
function pckWish(platform: Quote['platform']): CollateralWish {
  const { ppid, cpuSvn, pceSvn, pceId } = platform ?? {}
  const base: Pick<CollateralWish, 'kind' | 'key' | 'title'> = {
    kind: 'pck-certificate',
    key: '',
    title: say('wish.intel.pck'),
  }
  // Only the form that is encrypted to Intel can be asked for.
  if (ppid?.value.length !== 384 || !cpuSvn || !pceSvn || !pceId) return { ...base, urls: [], curl: '' }
  const svn = toHex(Uint8Array.of(pceSvn.value & 0xff, pceSvn.value >> 8))
  const url = `${PCS}/sgx/certification/v4/pckcert?encrypted_ppid=${toHex(ppid.value)}&cpusvn=${toHex(cpuSvn.value)}&pcesvn=${svn}&pceid=${toHex(pceId.value)}`
  return {
    ...base,
    urls: [url],
    curl: curl(url, 'pck.txt').replace('curl ', "curl -H 'Ocp-Apim-Subscription-Key: …' "),
  }
}

/** What would let the open checks of a quote run: exact addresses, and a line for a terminal whose output can be dropped as it is. */
export function wishesOf(work: Work): CollateralWish[] {
  const { chain, quote } = work
  const wishes: CollateralWish[] = []
  if (!chain.leaf) {
    wishes.push(pckWish(quote.platform))
  }
  const fmspc = chain.extensions?.fmspc && toHex(chain.extensions.fmspc.value)
  const tee = quote.tee === 'tdx' ? 'tdx' : 'sgx'
  if (fmspc !== undefined && isWanted(work.tcbInfo))
    wishes.push(
      wish(
        'tcb-info',
        fmspc,
        say('wish.intel.tcb-info', { fmspc }),
        `${PCS}/${tee}/certification/v4/tcb?fmspc=${fmspc}`,
        `tcb-info-${fmspc}.txt`,
      ),
    )
  if (quote.qeReport && isWanted(work.identity))
    wishes.push(
      wish(
        'qe-identity',
        tee === 'tdx' ? 'TD_QE' : 'QE',
        say('wish.intel.qe-identity', { tee: tee.toUpperCase() }),
        `${PCS}/${tee}/certification/v4/qe/identity`,
        `qe-identity-${tee}.txt`,
      ),
    )
  if (chain.leaf && isOpen(work.pckRevocation)) {
    const ca = /processor/i.test(chain.leaf.issuer.commonName) ? 'processor' : 'platform'
    wishes.push(
      wish(
        'pck-crl',
        ca,
        say('wish.intel.pck-crl', { issuer: chain.leaf.issuer.commonName }),
        `${PCS}/sgx/certification/v4/pckcrl?ca=${ca}&encoding=der`,
        `pck-crl-${ca}.txt`,
      ),
    )
  }
  const signers = [work.tcbInfo.chosen, work.identity.chosen].filter((item) => item !== undefined)
  if (chain.leaf && (isOpen(work.caRevocation) || signers.some((item) => isOpen(item.revocation))))
    wishes.push(wish('root-crl', 'root', say('wish.intel.root-crl'), ROOT_LIST, 'root-crl.der', false))
  return wishes
}
