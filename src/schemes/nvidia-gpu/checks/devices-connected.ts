import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
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
    const known = new Map<string, number[]>()
    const add = (pdi: string, artifact: number[]) => known.set(pdi, [...(known.get(pdi) ?? []), ...artifact])
    if (identity.kind === 'gpu')
      for (const { item, other } of others) if (other.kind === 'switch') add(other.ownPdi, [item.artifact])
    if (identity.kind === 'switch')
      for (const item of items) {
        const certificate = item.format === 'x509.certificate' ? readCertificate(item.slice) : undefined
        const pdi = certificate ? pdiOf([certificate, certificate]) : ''
        if (pdi !== '') add(pdi, [])
      }
    const missing = identity.peers.filter((pdi) => !known.has(pdi))
    const found = `${identity.peers.length - missing.length} / ${identity.peers.length}`
    if (identity.peers.length === 0 || missing.length > 0)
      return {
        outcome: 'not-checked',
        because: say('nvidia.devices-missing', { missing: missing.length, of: identity.peers.length }),
        cites,
        found,
        remedy: say('nvidia.supply-devices'),
      }
    const binds =
      identity.kind === 'gpu'
        ? identity.peers.flatMap((pdi) => known.get(pdi) ?? [])
        : others.filter(({ other }) => other.peers.includes(identity.ownPdi)).map(({ item }) => item.artifact)
    return {
      outcome: 'pass',
      because: say('nvidia.devices-are-connected.holds', { count: identity.peers.length }),
      cites,
      found,
      binds,
    }
  },
}
