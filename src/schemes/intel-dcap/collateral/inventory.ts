import { sameBytes } from '../../../bytes/layout.ts'
import { bytesOf } from '../../../core/place.ts'
import type { CaseItem } from '../../../core/scheme.ts'
import { readCertificate } from '../../../pki/certificate.ts'
import { readCrl } from '../../../pki/crl.ts'
import type { Certificate, Crl } from '../../../pki/types.ts'
import { FORMATS, type EnclaveIdentity, type EvaluationNumbers, type TcbInfo } from '../decoded.ts'

/** Something that lies in the case, read. */
export interface Found<T> {
  readonly item: CaseItem
  readonly value: T
}

/** What a case holds beside the evidence. The same certificate counts once. */
export interface Inventory {
  readonly certificates: readonly Found<Certificate>[]
  readonly lists: readonly Found<Crl>[]
  readonly tcbInfos: readonly Found<TcbInfo>[]
  readonly identities: readonly Found<EnclaveIdentity>[]
  readonly evaluationNumbers: readonly Found<EvaluationNumbers>[]
}

const isSame = (one: CaseItem, other: CaseItem) => sameBytes(bytesOf(one.slice), bytesOf(other.slice))

/** Takes stock of the case. Certificates and lists are read from their bytes, whoever decoded them for the screen. */
export function inventoryOf(items: readonly CaseItem[]): Inventory {
  const certificates: Found<Certificate>[] = []
  const lists: Found<Crl>[] = []
  for (const item of items) {
    if (item.format === 'x509.certificate' && !certificates.some((one) => isSame(one.item, item))) {
      const value = readCertificate(item.slice)
      if (value) certificates.push({ item, value })
    }
    if (item.format === 'x509.crl') {
      const value = readCrl(item.slice)
      if (value) lists.push({ item, value })
    }
  }
  // This scheme owns these formats, so it knows what their decoding is.
  const own = <T>(format: string): Found<T>[] =>
    items.flatMap((item) =>
      item.format === format && item.decoded !== undefined ? [{ item, value: item.decoded as T }] : [],
    )
  return {
    certificates,
    lists,
    tcbInfos: own(FORMATS.tcbInfo),
    identities: own(FORMATS.enclaveIdentity),
    evaluationNumbers: own(FORMATS.evaluationNumbers),
  }
}
