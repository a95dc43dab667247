import { bytesOf, sliceAt, subSlice, type Slice } from '../../core/place.ts'
import type { CaseItem } from '../../core/scheme.ts'
import { sameBytes, toHex, type Layout } from '../../bytes/layout.ts'
import { ecSpki } from '../../crypto/keys.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { digest, verifySignature } from '../../crypto/verify.ts'
import { FORMATS, type SnpReport } from './decoded.ts'
import type { idAuth, idBlock } from './layout.ts'
import { rawSignature } from './signature.ts'

/** What the owner of the guest handed to the firmware at launch, when it lies beside the report: compared with what the firmware then wrote into it. */

type ValueOf<L> = L extends Layout<infer T> ? T : never
export type IdBlock = ValueOf<typeof idBlock>
export type IdAuth = ValueOf<typeof idAuth>
type IdKey = IdAuth['idKey']
type IdSignature = IdAuth['idBlockSignature']

/** A field of the block beside the report's own. */
export interface BlockField {
  readonly name: string
  readonly found: string
  readonly expected: string
  readonly equal: boolean
  readonly report: { readonly path: string; readonly ranges: readonly { space: string; start: number; end: number }[] }
}
export interface HeldBlock {
  readonly item: CaseItem
  readonly value: IdBlock
  readonly fields: readonly BlockField[]
}
/** A key of the authentication data and the digest that a report shows of it. */
export interface HeldKey {
  readonly digest: string
  readonly equal: boolean
}
export interface HeldAuth {
  readonly item: CaseItem
  readonly value: IdAuth
  readonly idKey: HeldKey
  /** Only where the report says that an author key was used. */
  readonly authorKey: HeldKey | undefined
  readonly blockSigned: VerifyResult | undefined
  readonly keySigned: VerifyResult | undefined
}

/** Block and authentication data of the case. Of several the one that fits the report is taken. */
export interface Launch {
  readonly block: HeldBlock | undefined
  readonly auth: HeldAuth | undefined
}

export async function launchOf(report: SnpReport | undefined, items: readonly CaseItem[]): Promise<Launch> {
  if (!report) return { block: undefined, auth: undefined }
  const blocks = items.flatMap((item): HeldBlock[] => {
    const value = item.format === FORMATS.idBlock ? (item.decoded as IdBlock | undefined) : undefined
    return value ? [{ item, value, fields: fieldsOf(report, value) }] : []
  })
  const block = blocks.find((one) => one.fields.every((field) => field.equal)) ?? blocks[0]
  const auths: HeldAuth[] = []
  for (const item of items.slice(0, 512)) {
    const value = item.format === FORMATS.idAuth ? (item.decoded as IdAuth | undefined) : undefined
    if (value && auths.length < 8) auths.push(await authOf(report, item, value, block))
  }
  return { block, auth: auths.find((one) => one.idKey.equal) ?? auths[0] }
}

function fieldsOf({ body }: SnpReport, block: IdBlock): BlockField[] {
  const bytes = (
    name: string,
    own: SnpReport['body']['measurement'],
    given: { readonly value: Uint8Array },
  ): BlockField => ({
    name,
    found: toHex(own.value),
    expected: toHex(given.value),
    equal: sameBytes(own.value, given.value),
    report: own,
  })
  const number = (
    name: string,
    own: { readonly path: string; readonly ranges: BlockField['report']['ranges']; readonly value: number | bigint },
    given: number | bigint,
  ): BlockField => ({
    name,
    found: `0x${own.value.toString(16)}`,
    expected: `0x${given.toString(16)}`,
    equal: BigInt(own.value) === BigInt(given),
    report: own,
  })
  return [
    bytes('MEASUREMENT', body.measurement, block.launchDigest),
    bytes('FAMILY_ID', body.familyId, block.familyId),
    bytes('IMAGE_ID', body.imageId, block.imageId),
    number('GUEST_SVN', body.guestSvn, block.guestSvn.value),
    number('POLICY', body.policy, block.policy.value),
  ]
}

async function authOf(
  { body }: SnpReport,
  item: CaseItem,
  value: IdAuth,
  block: HeldBlock | undefined,
): Promise<HeldAuth> {
  const slice = item.slice
  const keyOf = async (key: IdKey, shown: Uint8Array): Promise<HeldKey> => {
    const own = await digest('SHA-384', bytesOf(sliceAt(slice, key.$.range)))
    return { digest: toHex(own), equal: sameBytes(own, shown) }
  }
  const hasAuthor = body.keyInfo.flags.AUTHOR_KEY_EN === 1
  return {
    item,
    value,
    idKey: await keyOf(value.idKey, body.idKeyDigest.value),
    authorKey: hasAuthor ? await keyOf(value.authorKey, body.authorKeyDigest.value) : undefined,
    blockSigned:
      block && value.idKeyAlgorithm.value === 1
        ? await signed(value.idKey, value.idBlockSignature, block.item.slice)
        : undefined,
    keySigned:
      hasAuthor && value.authorKeyAlgorithm.value === 1
        ? await signed(value.authorKey, value.idKeySignature, sliceAt(slice, value.idKey.$.range))
        : undefined,
  }
}

/** Numbers of keys and signatures are little-endian, as in the report. */
async function signed(key: IdKey, signature: IdSignature, data: Slice): Promise<VerifyResult> {
  const point = Uint8Array.from([
    ...bytesOf(subSlice(key.qx.slice, 0, 48)).toReversed(),
    ...bytesOf(subSlice(key.qy.slice, 0, 48)).toReversed(),
  ])
  return verifySignature(
    { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' },
    ecSpki('P-384', point),
    bytesOf(data),
    rawSignature(signature.r.value, signature.s.value),
  )
}
