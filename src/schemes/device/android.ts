import { rangeOf, type Slice } from '../../core/place.ts'
import type { Facts, Register } from '../../core/scheme.ts'
import { member, parseJson, textOf } from '../../bytes/json.ts'
import { readCertificate } from '../../pki/certificate.ts'
import { lastOf, type Pile } from '../../pki/pile.ts'
import type { Certificate } from '../../pki/types.ts'
import { bytesOf } from '../../core/place.ts'
import { keyDescriptionOf, type KeyDescription } from './key-description.ts'

/** A certificate of Android's key store, alone or with its chain. */
export interface Android {
  readonly slice: Slice
  readonly leaf: Certificate | undefined
  readonly pile: readonly Certificate[]
  readonly isWhole: boolean
}

export function readAndroidCertificate(slice: Slice): Android {
  const leaf = readCertificate(slice)
  return { slice, leaf, pile: leaf ? [leaf] : [], isWhole: leaf !== undefined && leaf.slice.end === slice.end }
}

export function readAndroidChain(slice: Slice, pile: Pile): Android {
  return {
    slice,
    leaf: lastOf(pile.certificates),
    pile: pile.certificates,
    isWhole: pile.certificates.length > 0 && pile.unread === 0,
  }
}

/** What the leaf says of itself; nothing where it says nothing that can be read. */
export function ownDescription({ leaf }: Android): KeyDescription | undefined {
  const found = leaf && keyDescriptionOf(leaf)
  return found === 'malformed' ? undefined : found
}

export function androidFacts(android: Android): Facts {
  const found = ownDescription(android)
  const { leaf } = android
  if (!found || !leaf) return { measurements: [] }
  const boot = found.rootOfTrust
  const measurements: Register[] = [
    ...(boot?.key ? [{ name: 'verifiedBootKey', value: boot.key, identity: true }] : []),
    ...(boot?.hash ? [{ name: 'verifiedBootHash', value: boot.hash, identity: true }] : []),
  ]
  return {
    measurements,
    ...(found.challenge && found.challenge.value.length > 0
      ? { nonce: found.challenge, userData: found.challenge }
      : {}),
    attestedKey: { path: 'certificate', ranges: [rangeOf(leaf.spki)], value: bytesOf(leaf.spki) },
    ...(Object.keys(found.versions).length > 0 ? { versions: found.versions } : {}),
  }
}

/** Entries of Google's list, by serial number in lower-case hex without leading zeros; old lists have decimal numbers too. */
export type StatusList = ReadonlyMap<string, { readonly status: string; readonly reason: string }>

export function readStatusList(slice: Slice): StatusList {
  const entries = member(parseJson(slice).value, 'entries')
  const list = new Map<string, { status: string; reason: string }>()
  for (const { key, value } of entries?.kind === 'object' ? entries.members : []) {
    const status = textOf(member(value, 'status'))
    if (status !== undefined)
      list.set(key.toLowerCase().replace(/^0+(?=.)/, ''), { status, reason: textOf(member(value, 'reason')) ?? '' })
  }
  return list
}
