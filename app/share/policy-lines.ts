import type { Policy } from '../../src/core/policy.ts'
import { sha256Hex } from '../case/files.ts'
import type { Offer } from './arrivals.ts'

/** One rule as the reader sees it before accepting it. */
export interface PolicyLine {
  readonly offer: Exclude<Offer, 'at'>
  readonly word:
    | 'reportData'
    | 'nonce'
    | 'maxAgeSeconds'
    | 'register'
    | 'minimumTcb'
    | 'acceptTcbStatus'
    | 'allowAdvisories'
    | 'chipIds'
    | 'forbid'
    | 'signers'
    | 'anchorsOff'
    | 'anchorsAdded'
  readonly name: string
  readonly value: string
}

/** Every rule of a policy, one line each. */
export function policyLines(policy: Policy): readonly PolicyLine[] {
  const line = (word: PolicyLine['word'], value: string | number | undefined, name = ''): PolicyLine[] =>
    value === undefined
      ? []
      : [
          {
            offer: word === 'anchorsAdded' || word === 'anchorsOff' ? 'anchors' : 'expectations',
            word,
            name,
            value: String(value),
          },
        ]
  return [
    ...line('reportData', policy.reportData),
    ...line('nonce', policy.nonce),
    ...line('maxAgeSeconds', policy.maxAgeSeconds),
    ...Object.entries(policy.registers ?? {}).flatMap(([name, values]) => line('register', values.join(' | '), name)),
    ...Object.entries(policy.minimumTcb ?? {}).flatMap(([name, value]) => line('minimumTcb', value, name)),
    ...line('acceptTcbStatus', policy.acceptTcbStatus?.join(', ')),
    ...line('allowAdvisories', policy.allowAdvisories?.join(', ')),
    ...line('chipIds', policy.chipIds?.join(', ')),
    ...line('forbid', policy.forbid?.join(', ')),
    ...line('signers', policy.signers?.join(', ')),
    ...(policy.anchorsOff ?? []).flatMap((sha256) => line('anchorsOff', sha256)),
    ...(policy.anchorsAdded ?? []).flatMap(({ pem, purpose }) => line('anchorsAdded', pem, purpose)),
  ]
}

/** What names an added root: the hash of its certificate, as every tool prints it; of its text where it is no PEM. */
export async function anchorHash(pem: string): Promise<string> {
  const body = /-----BEGIN [A-Z0-9 ]+-----([A-Za-z0-9+/=\s]+)-----END/.exec(pem)?.[1]?.replace(/\s/g, '')
  try {
    if (body !== undefined) return await sha256Hex(Uint8Array.from(atob(body), (character) => character.charCodeAt(0)))
  } catch {
    /* not base64: named by its text below */
  }
  return sha256Hex(new TextEncoder().encode(pem))
}
