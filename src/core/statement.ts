import type { HashLabel } from './derived.ts'
import type { Located } from './place.ts'

/** What somebody says about software, whatever the format: who, when, and which registers should hold what. */
export interface Statement {
  /** Who signed it, as the signature names them; for an unsigned list what it calls itself. */
  readonly issuer: string
  /** What it is about, as it prints it: a repository with its tag, a product with its version. */
  readonly about: string
  /** False: the file is signed by nobody and weighs what the reader's own typing weighs. */
  readonly isSigned: boolean
  /** True: nobody states it; this page computed it from files that the reader gave. */
  readonly isComputed?: boolean
  /** Milliseconds since 1970, and who vouches for that instant; undefined where nothing says when. */
  readonly madeAt?: { readonly at: number; readonly by: 'log' | 'timestamp' | 'signer' }
  /** Values that belong together, one group an image, a machine size, an entry. A match is a match with one of them, never with parts of two. */
  readonly groups: readonly StatedGroup[]
  /** Digests of the files that it is about: they tie it only where such a digest is itself measured. */
  readonly files: readonly StatedFile[]
  /** What else it says, quoted: a security version, a commit, a runner. */
  readonly claims: readonly { readonly name: string; readonly value: string }[]
}

export interface StatedGroup {
  /** As the statement names it: `medium_2d_new`; '' where there is only one. */
  readonly name: string
  /** The product that it is for, as evidence names its own (`Facts.productId`): compared before any value is. */
  readonly product?: string
  readonly values: readonly StatedValue[]
}

/** What one register should hold: any of the values. */
export interface StatedValue {
  /** As evidence or a replayed log names it: `MRTD`, `PCR4`, `compose-hash`. */
  readonly register: string
  /** Where the statement names the algorithm: it must be the register's own. */
  readonly hash?: HashLabel
  readonly values: readonly Located<Uint8Array>[]
  /** The statement itself says that a difference is only worth a remark. */
  readonly isRemark?: boolean
}

export interface StatedFile {
  readonly name: string
  readonly hash: HashLabel
  readonly digest: Located<Uint8Array>
}
