/** What the reader expects. The contract of `--policy` (policy/1). Hex is lower case without 0x. */
export interface Policy {
  readonly schema: 'policy/1'
  readonly reportData?: string
  readonly nonce?: string
  readonly maxAgeSeconds?: number
  /** Register name → any of these values. */
  readonly registers?: Readonly<Record<string, readonly string[]>>
  /** Component → least acceptable security version. */
  readonly minimumTcb?: Readonly<Record<string, number>>
  readonly acceptTcbStatus?: readonly string[]
  readonly allowAdvisories?: readonly string[]
  readonly chipIds?: readonly string[]
  readonly forbid?: readonly ('smt' | 'migratable' | 'sept-ve-enabled' | 'debug')[]
  /** SHA-256 of public keys of pinned anchors that the reader switches off. */
  readonly anchorsOff?: readonly string[]
  /** Who may have signed a statement that anybody can sign: a repository (`owner/name`), or a certificate's whole name (an address, an e-mail). */
  readonly signers?: readonly string[]
  readonly anchorsAdded?: readonly { readonly pem: string; readonly purpose: string }[]
}

/** No expectations. */
export const NO_POLICY: Policy = { schema: 'policy/1' }
