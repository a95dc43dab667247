import { say } from '../../../core/saying.ts'
import type { CaseItem, CheckDefinition } from '../../../core/scheme.ts'
import { readCertificate } from '../../../pki/certificate.ts'
import type { ReportDecoded } from '../decoded.ts'
import { identityOf, pdiOf } from '../device.ts'
import { FORMATS } from '../formats.ts'
import type { PreparedReport } from '../prepare.ts'
import { cite, NVTRUST, unreadable } from './shared.ts'

/** Are the switches and GPUs that a device of a protected group names the ones in this case? */
export const devicesConnected: CheckDefinition<PreparedReport> = {
  id: 'nvidia.devices-are-connected',
  layer: 9,
  answer: 'genuine',
  weight: 'decides',
  dependsOn: [],
  spec: NVTRUST('validate_topology.py'),
  applies: ({ identity }) => identity !== undefined && (identity.kind === 'switch' || identity.mode === 'PPCIE'),
  run(prepared, { items }) {
    const { identity, report } = prepared
    if (!identity || !report) return unreadable()
    const cites = cite(prepared, 'report.response.opaque', report.response.opaque.slice)
    const others = items.flatMap((item) => {
      const read = item.format === FORMATS.report ? (item.decoded as ReportDecoded).report : undefined
      return read ? [{ item, other: identityOf(read) }] : []
    })
    const named = [...new Set(identity.peers)]
    // A GPU's own identity stands in its certificate; that the report is its own shows in that it names this switch.
    const gpus = others.filter(({ other }) => other.kind === 'gpu' && other.peers.includes(identity.ownPdi))
    const certified = new Set(identity.kind === 'switch' ? items.map(certifiedPdi) : [])
    const switches = others.filter(({ other }) => other.kind === 'switch')
    const present = named.filter((pdi) =>
      identity.kind === 'gpu' ? switches.some(({ other }) => other.ownPdi === pdi) : certified.has(pdi),
    )
    const here = identity.kind === 'gpu' ? present.length : Math.min(present.length, gpus.length)
    const found = `${here} / ${named.length}`
    if (named.length === 0 || here < named.length)
      return {
        outcome: 'not-checked',
        because: say('nvidia.devices-missing', { missing: named.length - here, of: named.length }),
        cites,
        found,
        remedy: say('nvidia.supply-devices'),
      }
    const ends = identity.kind === 'gpu' ? switches.filter(({ other }) => named.includes(other.ownPdi)) : gpus
    return {
      outcome: 'pass',
      because: say('nvidia.devices-are-connected.holds', { count: named.length }),
      cites,
      found,
      binds: ends.map(({ item }) => item.artifact),
      bindsBy: 'evidence',
    }
  },
}

function certifiedPdi(item: CaseItem): string {
  const certificate = item.format === 'x509.certificate' ? readCertificate(item.slice) : undefined
  return certificate ? pdiOf([certificate, certificate]) : ''
}
