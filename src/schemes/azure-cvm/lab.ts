import { fromHex, toHex } from '../../bytes/layout.ts'
import { changes, changesIf, type LabPreset } from '../../core/lab.ts'
import { filesOf } from '../../envelope/sample-files.ts'
import { signWith } from '../../pki/issue.ts'
import otherKey from './demo-other-key.json'

/** Failures of what ties the pieces of Azure's evidence, made again. */

const AZURE = {
  title: 'Azure confidential VMs',
  url: 'https://learn.microsoft.com/en-us/azure/confidential-computing/guest-attestation-confidential-vms',
}
const CUCKOO = {
  title: 'Parno, HotSec 2008',
  url: 'https://www.usenix.org/legacy/event/hotsec08/tech/full_papers/parno/parno_html/',
}

/** The evidence with its quote signed by a key that no report lists. */
async function signedByAnother() {
  const files = filesOf((await import('./samples/snp-evidence-v2.json')).default)
  return Promise.all(
    files.slice(0, 1).map(async ({ name, bytes }) => {
      const text = new TextDecoder().decode(bytes)
      const member = (of: string) => new RegExp(`"${of}": "([0-9a-f]+)"`).exec(text)?.[1] ?? ''
      const message = fromHex(member('message')) ?? new Uint8Array()
      const signature = toHex(await signWith(otherKey, { kind: 'rsa-pkcs1', hash: 'SHA-256' }, message))
      return { name, bytes: new TextEncoder().encode(text.replace(member('signature'), signature)) }
    }),
  )
}

export const presets: readonly LabPreset[] = [
  {
    failure: 'vouched-data',
    format: 'amd.snp-report',
    source: AZURE,
    deed: { kind: 'bytes', moves: [{ kind: 'flip', of: 'azure.runtime-data', path: 'user-data', offset: 8, bit: 0 }] },
    changes: [changes('snp.accompanying-data-bound', 'pass', 'fail'), changesIf('tpm.ak-vouched-for', 'pass', 'fail')],
  },
  {
    failure: 'other-key',
    format: 'tpm2.quote',
    source: CUCKOO,
    deed: { kind: 'remake', of: ['snp-evidence-v2'], make: signedByAnother },
    changes: [changes('tpm.signed-by-ak', 'pass', 'fail')],
    needs: [{ check: 'tpm.ak-vouched-for', is: 'pass' }],
  },
]
