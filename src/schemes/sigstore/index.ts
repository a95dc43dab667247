import { say } from '../../core/saying.ts'
import type { Detector, SchemeEntry } from '../../core/scheme.ts'
import { headText, onText } from '../../bytes/head.ts'
import { FORMATS } from './formats.ts'

const OPENS = /^\s*\{/

const bundle: Detector = (slice) =>
  OPENS.test(headText(slice)) &&
  /^\s*\{[^{}[\]]*"mediaType"\s*:\s*"application\/vnd\.dev\.sigstore\.bundle/.test(headText(slice))
    ? { format: FORMATS.bundle, score: 0.98, because: say('detect.sigstore.bundle') }
    : // Members come in any order.
      /"verificationMaterial"\s*:/.test(headText(slice)) &&
        /"(?:dsseEnvelope|messageSignature)"\s*:/.test(headText(slice)) &&
        /^\s*\{\s*"(?:mediaType|verificationMaterial|dsseEnvelope|messageSignature)"/.test(headText(slice))
      ? { format: FORMATS.bundle, score: 0.95, because: say('detect.sigstore.bundle') }
      : undefined

const reply: Detector = (slice) =>
  /^\s*\{\s*"attestations"\s*:\s*\[/.test(headText(slice)) && /"bundle"\s*:\s*\{/.test(headText(slice))
    ? { format: FORMATS.reply, score: 0.98, because: say('detect.sigstore.reply') }
    : undefined

const trustedRoot: Detector = (slice) =>
  OPENS.test(headText(slice)) && /"application\/vnd\.dev\.sigstore\.trustedroot[+.]/.test(headText(slice))
    ? { format: FORMATS.trustedRoot, score: 0.98, because: say('detect.sigstore.trusted-root') }
    : undefined

const envelope: Detector = (slice) => {
  const text = headText(slice)
  return /^\s*\{\s*"(?:payload|payloadType|signatures)"/.test(text) &&
    /"payloadType"\s*:\s*"/.test(text) &&
    /"signatures"\s*:\s*\[/.test(text)
    ? { format: FORMATS.envelope, score: 0.96, because: say('detect.sigstore.dsse') }
    : undefined
}

const statement: Detector = (slice) =>
  OPENS.test(headText(slice)) &&
  /^\s*\{[^]{0,4000}"_type"\s*:\s*"https:\/\/in-toto\.io\/Statement\/v/.test(headText(slice))
    ? { format: FORMATS.statement, score: 0.9, because: say('detect.sigstore.in-toto') }
    : undefined

/** Metadata of The Update Framework: what is signed says which kind it is, and may stand far behind the signatures. */
const tuf: Detector = (slice) => {
  const text = headText(slice)
  return /^\s*\{\s*"sign(?:ed|atures)"\s*:/.test(text) &&
    /"keyid"\s*:\s*"[0-9a-f]{64}"/.test(text) &&
    /"_type"\s*:\s*"(?:root|targets|snapshot|timestamp)"/.test(text)
    ? { format: FORMATS.tuf, score: 0.98, because: say('detect.sigstore.tuf') }
    : undefined
}

/** Rekor's answer: one entry under its UUID. */
const logEntry: Detector = (slice) => {
  const text = headText(slice)
  return /^\s*\{\s*"[0-9a-f]{64,80}"\s*:\s*\{/.test(text) && /"logID"\s*:/.test(text) && /"body"\s*:/.test(text)
    ? { format: FORMATS.logEntry, score: 0.98, because: say('detect.sigstore.log-entry') }
    : undefined
}

/** Signed statements of builds in a public log: sigstore bundles, in-toto statements, and what they are verified with. */
export const entry: SchemeEntry = {
  id: 'sigstore',
  formats: Object.values(FORMATS),
  detectors: [
    onText(bundle),
    onText(reply),
    onText(trustedRoot),
    onText(tuf),
    onText(envelope),
    onText(statement),
    onText(logEntry),
  ],
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
