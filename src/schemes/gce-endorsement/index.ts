import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { onBytes } from '../../bytes/head.ts'
import { protobufFields } from '../../envelope/protobuf.ts'
import { FORMATS } from './formats.ts'

/** Two byte strings and nothing else; in the first a certificate and a SHA-384 stand where the message has them. */
const endorsement: Detector = (slice) => {
  if (slice.bytes[slice.start] !== 0x0a) return undefined
  const { fields, end } = protobufFields(slice)
  const [golden, signature] = fields
  if (end !== slice.end || fields.length !== 2 || golden?.number !== 1 || signature?.number !== 2) return undefined
  const inner = protobufFields(golden.content).fields
  const of = (number: number) => inner.find((field) => field.number === number && field.value === undefined)?.content
  const [certificate, digest] = [of(4), of(5)]
  const isCertificate = certificate !== undefined && certificate.bytes[certificate.start] === 0x30
  const isDigest = digest !== undefined && digest.end - digest.start === 48
  return isCertificate && isDigest
    ? { format: FORMATS.endorsement, score: 0.97, because: say('detect.gce.endorsement') }
    : undefined
}

/** What Google signs about the firmware of its confidential machines: protocol buffers, `gce-tcb-verifier`. */
export const entry: SchemeEntry = {
  id: 'gce-endorsement',
  formats: Object.values(FORMATS),
  detectors: [onBytes(endorsement)],
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
