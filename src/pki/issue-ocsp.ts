import { bitStringOf, readDerStrict, sequenceOf } from '../bytes/der.ts'
import {
  bitString,
  enumerated,
  explicit,
  implicit,
  implicitConstructed,
  integer,
  nothing,
  octetString,
  oid,
  sequence,
  tlv,
} from '../bytes/der-writer.ts'
import { bytesOf, sliceOf } from '../core/place.ts'
import { HASH_OIDS } from '../crypto/pss.ts'
import type { HashName, SignatureAlgorithm } from '../crypto/types.ts'
import { digest } from '../crypto/verify.ts'
import { algorithmIdentifier, signWith, spkiOf } from './issue.ts'
import { OCSP_OID } from './ocsp-shape.ts'

/** What a demonstration responder shall say. */
export interface OcspRecipe {
  /** DER names and keys of issuer and responder; they are the same where the issuer answers itself. */
  readonly issuer: Uint8Array
  readonly issuerKey: JsonWebKey
  readonly responder: Uint8Array
  readonly responderKey: JsonWebKey
  /** Certificates to carry, DER. */
  readonly certificates?: readonly Uint8Array[]
  readonly producedAt: number
  readonly hash?: HashName
  readonly answers: readonly {
    readonly serial: number | bigint | Uint8Array
    readonly status: 'good' | 'revoked' | 'unknown'
    readonly revokedAt?: number
    readonly reason?: number
    readonly thisUpdate: number
    readonly nextUpdate?: number
  }[]
  readonly nonce?: Uint8Array
  readonly byKey?: boolean
  readonly algorithm: SignatureAlgorithm
}

const generalized = (at: number) =>
  tlv(0x18, new TextEncoder().encode(`${new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`))

const keyBits = (key: JsonWebKey) => {
  const bits = bitStringOf(sequenceOf(readDerStrict(sliceOf('', spkiOf(key))))?.[1])
  return bits ? bytesOf(bits.slice) : new Uint8Array()
}

/** A signed OCSP response, DER (RFC 6960 section 4.2.1). */
export async function issueOcsp(recipe: OcspRecipe): Promise<Uint8Array> {
  const hash = recipe.hash ?? 'SHA-1'
  const hashOid = Object.keys(HASH_OIDS).find((one) => HASH_OIDS[one] === hash) ?? ''
  const nameHash = await digest(hash, recipe.issuer)
  const keyHash = await digest(hash, keyBits(recipe.issuerKey))
  const answers = recipe.answers.map((answer) =>
    sequence(
      sequence(sequence(oid(hashOid), nothing()), octetString(nameHash), octetString(keyHash), integer(answer.serial)),
      answer.status === 'revoked'
        ? implicitConstructed(
            1,
            generalized(answer.revokedAt ?? answer.thisUpdate),
            ...(answer.reason === undefined ? [] : [explicit(0, enumerated(answer.reason))]),
          )
        : implicit(answer.status === 'good' ? 0 : 2, new Uint8Array()),
      generalized(answer.thisUpdate),
      ...(answer.nextUpdate === undefined ? [] : [explicit(0, generalized(answer.nextUpdate))]),
    ),
  )
  const tbs = sequence(
    recipe.byKey
      ? explicit(2, octetString(await digest('SHA-1', keyBits(recipe.responderKey))))
      : explicit(1, recipe.responder),
    generalized(recipe.producedAt),
    sequence(...answers),
    ...(recipe.nonce
      ? [explicit(1, sequence(sequence(oid(OCSP_OID.nonce), octetString(octetString(recipe.nonce)))))]
      : []),
  )
  const basic = sequence(
    tbs,
    algorithmIdentifier(recipe.algorithm),
    bitString(await signWith(recipe.responderKey, recipe.algorithm, tbs)),
    ...(recipe.certificates ? [explicit(0, sequence(...recipe.certificates))] : []),
  )
  return sequence(enumerated(0), explicit(0, sequence(oid(OCSP_OID.basic), octetString(basic))))
}

/** A response without an answer: `unauthorized` is what a responder says of certificates that are not its own. */
export function refusedOcsp(status: number): Uint8Array {
  return sequence(enumerated(status))
}
