import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import type { CborEntry } from '../../bytes/cbor.ts'
import { headText, onBytes, onText } from '../../bytes/head.ts'
import { readCose, valueAt } from '../../envelope/cose.ts'
import { FORMATS } from './formats.ts'

/** Evidence for the signing key, whatever the service calls it. */
const carriesEvidence = (header: readonly CborEntry[]) =>
  header.some(({ value }) => value.kind === 'map' && valueAt(value.entries, 'cose_key') !== undefined)

/** A signed message whose protected header has certificates beside an issuer, CWT claims, or a hash of the payload: a statement about an artifact. */
const statement: Detector = (slice) => {
  const first = slice.bytes[slice.start]
  if (first !== 0xd2 && first !== 0x84) return undefined
  const { message } = readCose(slice)
  if (!message || message.kind !== 'sign1') return undefined
  const has = (key: number | string) => valueAt(message.protectedHeader, key) !== undefined
  const names = has(15) || has('iss') || has('feed') || has(258)
  return names &&
    (has(33) || carriesEvidence(message.protectedHeader) || valueAt(message.unprotectedHeader, 394) !== undefined)
    ? { format: FORMATS.statement, score: 0.95, because: say('detect.scitt.statement') }
    : undefined
}

const serviceKeys: Detector = (slice) => {
  const text = headText(slice)
  return /"serviceCertificate"\s*:\s*"/.test(text) && /"serviceId"\s*:/.test(text)
    ? { format: FORMATS.serviceKeys, score: 0.95, because: say('detect.scitt.service-keys') }
    : undefined
}

/** Rego of Azure's container policies, Contrast and Confidential Containers. */
const policy: Detector = (slice) =>
  /^\s*(?:#[^\n]*\n\s*)*package (?:policy|agent_policy)\b/.test(headText(slice))
    ? { format: FORMATS.policy, score: 0.95, because: say('detect.scitt.policy') }
    : undefined

/** Signed statements about software in COSE (SCITT), with receipts of a ledger; Microsoft's endorsements of utility VMs are of this kind. */
export const entry: SchemeEntry = {
  id: 'scitt',
  formats: Object.values(FORMATS),
  detectors: [onBytes(statement), onText(serviceKeys), onText(policy)],
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
