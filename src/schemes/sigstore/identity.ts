import { bytesOf } from '../../core/place.ts'
import { isContext, readDerStrict, sequenceOf, textOf } from '../../bytes/der.ts'
import type { Certificate } from '../../pki/types.ts'

/** Whom a certificate of the authority names: its subject's other name, who vouched for it, and what a build service said of the build (fulcio, oid-info.md). */
export interface Identity {
  /** A workflow's address, or an e-mail. */
  readonly name: string
  /** Who vouched for the name to the authority: an OpenID Connect issuer. */
  readonly issuer: string
  /** `owner/name` of a workflow at GitHub. */
  readonly repository: string
  readonly claims: readonly { readonly name: string; readonly value: string }[]
}

const ARC = '1.3.6.1.4.1.57264.1.'
const SAN = '2.5.29.17'
/** Extensions whose value is a DER text; the first six are raw. */
const CLAIMS: readonly (readonly [number, string])[] = [
  [11, 'runner'],
  [12, 'source repository'],
  [13, 'commit'],
  [14, 'ref'],
  [18, 'build configuration'],
  [20, 'trigger'],
  [21, 'run'],
  [22, 'visibility'],
]
/** The issuer of identities of GitHub's workflows. */
export const GITHUB = 'https://token.actions.githubusercontent.com'

export function identityOf(leaf: Certificate): Identity {
  const extension = (number: number) => leaf.extensions.find(({ oid }) => oid === `${ARC}${number}`)
  const derText = (number: number) => {
    const found = extension(number)
    return found && textOf(readDerStrict(found.value))
  }
  const first = extension(1)
  const issuer = derText(8) ?? (first ? new TextDecoder().decode(bytesOf(first.value)) : '')
  const name = alternativeName(leaf)
  const match = /^https:\/\/github\.com\/([^/@]+\/[^/@]+)\//.exec(name)
  return {
    name,
    issuer,
    repository: issuer === GITHUB ? (match?.[1] ?? '') : '',
    claims: [
      { name: 'signer', value: name },
      { name: 'vouched for by', value: issuer },
      ...CLAIMS.flatMap(([number, label]) => {
        const value = derText(number)
        return value === undefined ? [] : [{ name: label, value }]
      }),
    ].filter(({ value }) => value !== ''),
  }
}

function alternativeName(leaf: Certificate): string {
  const found = leaf.extensions.find(({ oid }) => oid === SAN)
  const names = found && sequenceOf(readDerStrict(found.value))
  const held = names?.find((one) => isContext(one, 6) || isContext(one, 1))
  return held ? new TextDecoder().decode(bytesOf(held.content)) : ''
}

/** Whether a signer is one whom the reader expects: a repository stands for every workflow in it, anything else for exactly that name. */
export function isExpected({ name, repository, issuer }: Identity, expected: readonly string[]): boolean {
  return expected.some((one) => {
    const wanted = one.trim()
    const asRepository = wanted.replace(/^https:\/\/github\.com\//, '').replace(/\/$/, '')
    const isRepository = /^[\w.-]+\/[\w.-]+$/.test(asRepository)
    return isRepository
      ? issuer === GITHUB && repository.toLowerCase() === asRepository.toLowerCase()
      : wanted !== '' && name === wanted
  })
}
