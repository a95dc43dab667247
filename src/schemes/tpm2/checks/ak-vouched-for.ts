import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { CaseItem } from '../../../core/scheme.ts'
import type { Cite } from '../../../core/verdict.ts'
import type { PreparedQuote } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { withAttest } from './shared.ts'

const whole = (item: CaseItem): Cite => ({
  artifact: item.artifact,
  path: '',
  ranges: [{ space: item.slice.space, start: item.slice.start, end: item.slice.end }],
})
const userData = (item: CaseItem): Cite[] =>
  item.facts.userData
    ? [{ artifact: item.artifact, path: item.facts.userData.path, ranges: item.facts.userData.ranges }]
    : []

/**
 * Does hardware evidence vouch for the attestation key: is it in a list of keys whose digest, over the bytes as they stand, is the user data of a report?
 * This is what ties the quote to the report; a bare key proves nothing.
 */
export const akVouchedFor: CheckDefinition<PreparedQuote> = {
  id: 'tpm.ak-vouched-for',
  layer: 2,
  weight: 'decides',
  dependsOn: ['tpm.signed-by-ak'],
  spec: { title: 'RFC 9334', section: '3.2, layered attestation' },
  run: withAttest((_attest, prepared) => {
    const { key, vouching } = prepared
    if (!key) return finding('not-checked', prepared.unsigned, [])
    switch (vouching.state) {
      case 'vouched':
        return finding(
          'pass',
          'tpm.ak-vouched-for.holds',
          [whole(vouching.list), ...vouching.vouchers.flatMap(({ item }) => userData(item))],
          {
            params: {
              list: vouching.list.name,
              evidence: vouching.vouchers.map(({ item }) => item.name).join(', '),
              hash: vouching.vouchers[0]?.hash ?? '',
            },
            // The signature check stands for itself: a quote that this key did not sign must not be tied to anything.
            ...(prepared.signature?.result.result === 'valid'
              ? { binds: vouching.vouchers.map(({ item }) => item.artifact), bindsBy: 'key' as const }
              : {}),
            proves: vouching.vouchers.map(({ item }) => ({
              from: `evidence-${item.artifact}`,
              to: 'ak',
              by: 'hash' as const,
            })),
            covers: whole(vouching.list).ranges.map((range) => ({
              artifact: vouching.list.artifact,
              range,
              by: 'hash' as const,
            })),
          },
        )
      case 'broken':
        return finding('fail', 'tpm.ak-list-differs', [whole(vouching.list), ...userData(vouching.evidence)], {
          params: { list: vouching.list.name, evidence: vouching.evidence.name },
          found: vouching.found,
          expected: vouching.expected,
        })
      case 'open':
        return finding('not-checked', 'tpm.ak-level', [whole(vouching.list), ...userData(vouching.evidence)], {
          params: { list: vouching.list.name, evidence: vouching.evidence.name },
        })
      case 'unproven':
        return {
          outcome: 'not-checked',
          because: say(key.by === 'certificate' ? 'tpm.ak-certificate' : 'tpm.ak-unproven'),
          cites: [whole(key.item)],
          remedy: say('tpm.remedy.vouch'),
        }
    }
  }),
}
