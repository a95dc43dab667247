import { bytesOf, rangeOf, type Located, type Slice } from '../../core/place.ts'
import { octetStringOf, readDerStrict, smallIntegerOf, textOf } from '../../bytes/der.ts'
import type { Certificate } from '../../pki/types.ts'
import { productOfName, type Product } from './product.ts'
import type { KeyKind } from './anchors.ts'

/** What AMD writes into a chip's certificate: "VCEK certificate and KDS interface specification" (AMD 57230), section 3. */

const BASE = '1.3.6.1.4.1.3704.1'
export const AMD_OID = {
  structVersion: `${BASE}.1`,
  productName: `${BASE}.2`,
  bootloader: `${BASE}.3.1`,
  tee: `${BASE}.3.2`,
  snp: `${BASE}.3.3`,
  spl4: `${BASE}.3.4`,
  spl5: `${BASE}.3.5`,
  spl6: `${BASE}.3.6`,
  spl7: `${BASE}.3.7`,
  microcode: `${BASE}.3.8`,
  fmc: `${BASE}.3.9`,
  hwId: `${BASE}.4`,
  cspId: `${BASE}.5`,
} as const
export type AmdExtension = keyof typeof AMD_OID

/** A component of a TCB_VERSION, in the order in which it is printed. `fmc` exists from Turin on. */
export const COMPONENTS = ['fmc', 'bootloader', 'tee', 'snp', 'microcode'] as const
export type Component = (typeof COMPONENTS)[number]

/** A chip's certificate with its vendor extensions read. */
export interface Vcek {
  readonly certificate: Certificate
  /** By its subject's name; undefined when it is neither. */
  readonly kind: KeyKind | undefined
  readonly productName: string | undefined
  readonly product: Product | undefined
  readonly tcb: Readonly<Partial<Record<Component, Located<number>>>>
  /** Id of the chip: 64 bytes, on Turin 8. VCEK only. */
  readonly hwId: Located<Uint8Array> | undefined
  /** Whom AMD gave the key to. VLEK only. */
  readonly cspId: string | undefined
}

/** True when a certificate carries any of AMD's extensions, or the name of a chip's key. */
export function isVcek(certificate: Certificate): boolean {
  const name = certificate.subject.commonName
  return (
    name === 'SEV-VCEK' || name === 'SEV-VLEK' || certificate.extensions.some((one) => one.oid.startsWith(`${BASE}.`))
  )
}

/** Reads the vendor extensions of a chip's certificate; undefined when it is none. */
export function readVcek(certificate: Certificate): Vcek | undefined {
  if (!isVcek(certificate)) return undefined
  const valueOf = (name: AmdExtension) => certificate.extensions.find((one) => one.oid === AMD_OID[name])?.value
  const tcb: Partial<Record<Component, Located<number>>> = {}
  for (const component of COMPONENTS) {
    const slice = valueOf(component)
    const value = slice && smallIntegerOf(readDerStrict(slice))
    if (slice && value !== undefined) tcb[component] = { path: component, ranges: [rangeOf(slice)], value }
  }
  const hwId = hwIdOf(valueOf('hwId'))
  const productName = textIn(valueOf('productName'))
  const name = certificate.subject.commonName
  return {
    certificate,
    kind: name === 'SEV-VCEK' ? 'VCEK' : name === 'SEV-VLEK' ? 'VLEK' : undefined,
    productName,
    product: productName === undefined ? undefined : productOfName(productName),
    tcb,
    hwId: hwId && { path: 'hwId', ranges: [rangeOf(hwId)], value: bytesOf(hwId) },
    cspId: textIn(valueOf('cspId')),
  }
}

function textIn(slice: Slice | undefined): string | undefined {
  return slice && textOf(readDerStrict(slice))
}

/** The id stands bare in the extension; newer certificates put it into an OCTET STRING. The length tells them apart. */
export function hwIdOf(value: Slice | undefined): Slice | undefined {
  if (!value) return undefined
  const length = value.end - value.start
  if (length === 64 || length === 8) return value
  const inner = octetStringOf(readDerStrict(value))
  const innerLength = inner ? inner.end - inner.start : 0
  return inner && (innerLength === 64 || innerLength === 8) ? inner : undefined
}
