import type { Part } from './carried.ts'

/** What a bundle holds, by member. */
export interface CollateralBundle {
  readonly members: readonly string[]
}

/** A member of a bundle: what it is, and which members carry its signature and its issuer chain. Names are compared without case, `_` and `-`. */
export interface BundleMember {
  readonly name: string
  readonly part: Part
  readonly signature?: string
  readonly chain?: string
}

/** Every member that is opened. */
export const MEMBERS: readonly BundleMember[] = [
  { name: 'tcbinfo', part: 'tcb-info', signature: 'tcbinfosignature', chain: 'tcbinfoissuerchain' },
  { name: 'qeidentity', part: 'identity', signature: 'qeidentitysignature', chain: 'qeidentityissuerchain' },
  {
    name: 'enclaveidentity',
    part: 'identity',
    signature: 'enclaveidentitysignature',
    chain: 'enclaveidentityissuerchain',
  },
  { name: 'rawtcbinfo', part: 'tcb-info', signature: 'signature' },
  { name: 'rawenclaveidentity', part: 'identity', signature: 'signature' },
  { name: 'rawqeidentity', part: 'identity', signature: 'signature' },
  { name: 'pckcrl', part: 'crl' },
  { name: 'rootcacrl', part: 'crl' },
  { name: 'pckcrlissuerchain', part: 'chain' },
  { name: 'tcbinfoissuerchain', part: 'chain' },
  { name: 'qeidentityissuerchain', part: 'chain' },
  { name: 'enclaveidentityissuerchain', part: 'chain' },
  { name: 'pckcertificatechain', part: 'chain' },
  { name: 'pckcertchain', part: 'chain' },
  { name: 'pckcertificate', part: 'chain' },
  { name: 'pcksigningchain', part: 'chain' },
]

/** A member name as it is compared. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '')
}
