import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedCca } from '../prepare.ts'
import { VIRTCCA } from './shared.ts'

/** Does the certificate that names the key lead to Huawei's root of devices? One in another file can only leave this open; one that came with the token can break it. */
export const aikChainsToRoot: CheckDefinition<PreparedCca> = {
  id: 'cca.aik-chains-to-root',
  layer: 3,
  weight: 'decides',
  dependsOn: ['cca.realm-key-bound-to-aik'],
  spec: VIRTCCA('AIK certificate'),
  applies: ({ aik }) => aik.state === 'same',
  run({ aik, nodes }) {
    if (aik.state !== 'same')
      return { outcome: 'not-checked', because: say('cca.not-anchored', {}, 'not-anchored'), cites: [] }
    const { held, path } = aik
    const cites = [{ artifact: held.item.artifact, path: '', ranges: [rangeOf(held.certificate.slice)] }]
    const chain = nodes.filter(({ kind }) => kind === 'root' || kind === 'certificate')
    const proves = chain
      .slice(1)
      .map((node, i) => ({ from: chain[i]?.id ?? '', to: node.id, by: 'signature' as const }))
    const [fault] = path.faults
    if (fault) return { outcome: held.isCarried ? 'fail' : 'not-checked', because: fault.because, cites, proves }
    const [unsupported] = path.unsupported
    if (unsupported) return { outcome: 'unsupported', because: unsupported.because, cites, proves }
    return path.rootStatus === 'none'
      ? {
          outcome: 'not-checked',
          because: say('cca.aik-issuer-missing', { issuer: path.missingIssuer?.text ?? '' }),
          cites,
          proves,
        }
      : { outcome: 'pass', because: say('cca.aik-chains-to-root.holds'), cites, proves, uses: [held.item.artifact] }
  },
}
