import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sliceOf } from '../core/place.ts'
import { corpus, evidenceFile } from '../testing/evidence.ts'
import { readCertificate } from './certificate.ts'
import { readCrl } from './crl.ts'
import { profileFaults } from './path-profile.ts'
import { PLAIN } from './testing.ts'
import type { Certificate, Crl } from './types.ts'

/**
 * The rules that are stricter than what most readers ask must refuse nothing that vendors really make:
 * every certificate and list of the corpus is put to them, wherever in a file it stands (bare, PEM, base64, hex, inside evidence).
 */
interface Place<T> {
  readonly file: string
  readonly value: T
}

function everyFile(folder = ''): string[] {
  return readdirSync(join(corpus ?? '', folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    return entry.isDirectory() ? everyFile(path) : entry.isFile() ? [path] : []
  })
}

// The bytes of a file, and of every longer run of base64 or hex in it.
function* readings(bytes: Uint8Array): Generator<Uint8Array> {
  yield bytes
  const text = decodeURIComponents(
    Buffer.from(bytes)
      .toString('latin1')
      .replaceAll(/\\r|\\n/g, '\n'),
  )
  for (const [run] of text.matchAll(/[0-9a-fA-F]{600,}/g)) yield Uint8Array.from(Buffer.from(run, 'hex'))
  for (const [run] of text.matchAll(/[A-Za-z0-9+/\-_](?:[A-Za-z0-9+/\-_=]|\r?\n[ \t]*){300,}/g))
    yield Uint8Array.from(Buffer.from(run.replaceAll(/\s/g, '').replaceAll(/^-+|-{2,}.*$/g, ''), 'base64'))
}

function decodeURIComponents(text: string): string {
  const known: Readonly<Record<string, string>> = { '0A': '\n', '2B': '+', '2F': '/', '20': ' ', '3D': '=' }
  return text.replaceAll(/%(0A|2B|2F|20|3D)/g, (whole, code: string) => known[code] ?? whole)
}

// SEQUENCE { SEQUENCE …: what a certificate and a list begin with.
function* elements(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at + 8 < bytes.length; at++) {
    if (bytes[at] !== 0x30 || bytes[at + 1] !== 0x82 || bytes[at + 4] !== 0x30) continue
    const length = 4 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0)
    if (at + length <= bytes.length) yield bytes.slice(at, at + length)
  }
}

/** What the stricter rules say. The others stood before, and the corpus has certificates that break them: test keys, boot databases. */
const RULES = [
  'serialNumber > 20 bytes',
  'subject = {}, subjectAltName: critical = FALSE',
  'basicConstraints: pathLenConstraint, cA = FALSE',
]

describe.skipIf(corpus === undefined)('every real certificate and list', () => {
  const certificates = new Map<string, Place<Certificate>>()
  const lists = new Map<string, Place<Crl>>()
  for (const file of corpus === undefined ? [] : everyFile().filter((one) => !/\.(jsonl|tsv|md)$/.test(one)))
    for (const bytes of readings(evidenceFile(file)))
      for (const der of elements(bytes)) {
        const certificate = readCertificate(sliceOf('', der))
        const crl = certificate ? undefined : readCrl(sliceOf('', der))
        if (!certificate && !crl) continue
        const sha256 = createHash('sha256').update(der).digest('hex')
        if (certificate && !certificates.has(sha256)) certificates.set(sha256, { file, value: certificate })
        if (crl && !lists.has(sha256)) lists.set(sha256, { file, value: crl })
      }

  it('breaks no rule about its form, and limits neither names nor policies', () => {
    console.log(`${certificates.size} certificates`)
    expect(certificates.size).toBeGreaterThan(0)
    for (const { file, value } of certificates.values()) {
      const faults = profileFaults([value], PLAIN, {
        isAnchored: true,
        isPublished: () => true,
        bareAnchorSpki: undefined,
      }).map(({ because }) => (because.text === 'cert.profile' ? String(because.params['rule']) : because.text))
      const broken = faults.filter((one) => RULES.includes(one) || /policy|name-constraints/.test(one))
      expect(broken, `${file}: ${value.subject.text}`).toEqual([])
    }
  })
  it('has no critical purpose but for code and time stamps, which vouch for no evidence', () => {
    const purposes = new Set<string>()
    for (const { value } of certificates.values())
      for (const fault of profileFaults([value], PLAIN, {
        isAnchored: true,
        isPublished: () => true,
        bareAnchorSpki: undefined,
      }))
        if (fault.because.text === 'chain.purpose') purposes.add(String(fault.because.params['names']))
    expect([...purposes].filter((one) => one !== 'codeSigning' && one !== 'timeStamping')).toEqual([])
  })
  it('has number and key identifier when it is a list, and speaks for all', () => {
    console.log(`${lists.size} lists`)
    expect(lists.size).toBeGreaterThan(0)
    for (const { file, value } of lists.values())
      expect(
        {
          number: value.crlNumber !== undefined,
          key: value.hasAuthorityKeyId,
          faults: value.faults,
          limits: value.limits,
        },
        `${file}: ${value.issuer.text}`,
      ).toEqual({ number: true, key: true, faults: [], limits: [] })
  })
})
