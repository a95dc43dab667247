import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedReport } from '../prepare.ts'
import { toHex } from '../../../bytes/layout.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, withReport } from './shared.ts'

/** Are the keys in the ID authentication data the ones whose digests the report shows, and did they sign? A digest in a report says only which key; here is the key itself. */
export const idKeysMatch: CheckDefinition<PreparedReport> = {
  id: 'snp.id-keys-match',
  layer: 8,
  weight: 'notes',
  dependsOn: [],
  spec: ABI('8.18, SNP_LAUNCH_FINISH, ID authentication information'),
  byHand: 'dd if={file} bs=1 skip=576 count=1028 | sha384sum',
  applies: ({ launch }) => launch.auth !== undefined,
  run: withReport(({ body }, prepared) => {
    const { auth } = prepared.launch
    if (!auth) return finding('not-applicable', 'check.not-applicable', [])
    const { item, value, idKey, authorKey, blockSigned, keySigned } = auth
    const inAuth = (range: { space: string; start: number; end: number }, path: string) => ({
      artifact: item.artifact,
      path,
      ranges: [range],
    })
    const idCites = [...citesOf(prepared, body.idKeyDigest), inAuth(value.idKey.$.range, 'idKey')]
    if (!idKey.equal)
      return finding('fail', 'snp.id-key-differs', idCites, {
        params: { name: item.name, field: 'ID_KEY_DIGEST' },
        found: toHex(body.idKeyDigest.value),
        expected: idKey.digest,
      })
    const authorCites = [...citesOf(prepared, body.authorKeyDigest), inAuth(value.authorKey.$.range, 'authorKey')]
    if (authorKey && !authorKey.equal)
      return finding('fail', 'snp.id-key-differs', authorCites, {
        params: { name: item.name, field: 'AUTHOR_KEY_DIGEST' },
        found: toHex(body.authorKeyDigest.value),
        expected: authorKey.digest,
      })
    if (keySigned && keySigned.result !== 'valid')
      return finding(
        keySigned.result === 'invalid' ? 'fail' : 'unsupported',
        'snp.id-key-unsigned',
        [inAuth(value.idKeySignature.$.range, 'idKeySignature')],
        { params: { name: item.name } },
      )
    if (!blockSigned) return finding('not-checked', 'snp.id-block-missing', idCites, { params: { name: item.name } })
    if (blockSigned.result !== 'valid')
      return finding(
        blockSigned.result === 'invalid' ? 'fail' : 'unsupported',
        'snp.id-block-unsigned',
        [inAuth(value.idBlockSignature.$.range, 'idBlockSignature')],
        { params: { name: item.name } },
      )
    return finding(
      'pass',
      authorKey ? 'snp.id-keys-match.author' : 'snp.id-keys-match.holds',
      [...idCites, ...(authorKey ? authorCites : [])],
      { params: { name: item.name }, found: toHex(body.idKeyDigest.value), expected: idKey.digest },
    )
  }),
}
