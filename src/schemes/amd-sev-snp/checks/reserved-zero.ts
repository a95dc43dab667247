import type { Located } from '../../../core/place.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { hexOffset, isZero } from '../../../bytes/layout.ts'
import type { SnpReport } from '../decoded.ts'
import { unknownVersion } from '../decoded.ts'
import type { PreparedReport } from '../prepare.ts'
import { finding } from '../../../core/finding.ts'
import { ABI, citesOf, withReport } from './shared.ts'

/** Fields of the signed part that must be zero, by the name under which the tree shows them. */
function reservedFields({ body }: SnpReport): readonly (readonly [string, Located<Uint8Array>])[] {
  return [
    ['reserved1', body.reserved1],
    [body.cpuid.known ? 'cpuid.reserved' : 'cpuid', body.cpuid.reserved],
    ...(['currentTcb', 'reportedTcb', 'committedTcb', 'launchTcb'] as const).map(
      (name) => [`${name}.reserved`, body[name].reserved] as const,
    ),
    ['currentVersion.reserved', body.currentVersion.reserved],
    ['committedVersion.reserved', body.committedVersion.reserved],
    ...(body.mitigations.reserved ? [['mitigations', body.mitigations.reserved] as const] : []),
    ['reserved2', body.reserved2],
  ]
}

/** Are the bytes zero that must be zero, and is the bit one that must be one? Bits without a name are shown, and are no fault. */
export const reservedZero: CheckDefinition<PreparedReport> = {
  id: 'snp.reserved-zero',
  layer: 1,
  weight: 'decides',
  dependsOn: ['snp.report-whole'],
  spec: ABI('7.3, fields marked "reserved, must be zero"'),
  run: withReport((report, prepared) => {
    if (!prepared.isKnownVersion)
      return finding('not-checked', unknownVersion(report.body.version.value), citesOf(prepared, report.body.version), {
        params: { version: report.body.version.value },
      })
    const { policy } = report.body
    if (policy.flags.RESERVED_MBO !== 1)
      return finding('fail', 'snp.mbo', citesOf(prepared, policy), {
        found: 'POLICY bit 17 = 0',
        expected: 'POLICY bit 17 = 1',
      })
    const fields = reservedFields(report)
    const odd = fields.filter(([, field]) => !isZero(field.value))
    const first = odd[0]
    if (!first)
      return finding('pass', 'snp.reserved-zero.holds', citesOf(prepared, ...fields.map(([, field]) => field)), {
        params: { count: fields.length },
      })
    const [name, field] = first
    const at = (field.ranges[0]?.start ?? 0) + field.value.findIndex((byte) => byte !== 0)
    return finding('fail', 'snp.mbz', citesOf(prepared, ...odd.map(([, one]) => one)), {
      params: { field: name, at: hexOffset(at), version: report.body.version.value },
    })
  }),
}
