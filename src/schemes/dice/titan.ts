import { bytesOf, type Located } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { CaseItem, EvidenceFormat, Examination, Examiner } from '../../core/scheme.ts'
import { bytes, readWhole, reserved, struct, toHex, u16be, u16le, u32le } from '../../bytes/layout.ts'
import { joinBytes } from '../../bytes/join.ts'
import { ecSpki } from '../../crypto/keys.ts'
import { digest, verifySignature } from '../../crypto/verify.ts'
import { FORMATS } from './formats.ts'

/**
 * Certificates of Google's Scribe, which vouches for the device keys of Titan chips (google/platform-attestation, titan/dice/titandice/scribe_certificate.go).
 * Numbers of a key and of a signature stand with the least byte first. Nobody's root is pinned here.
 */
export const titanScribe = struct('titanScribe')
  .field('magic', u16le({ 33328: 'Scribe certificate' }), 'MAGIC')
  .field('size', u16be(), 'SIZE')
  .field('devId0', u32le(), 'DEV_ID0')
  .field('devId1', u32le(), 'DEV_ID1')
  .field('roRwr', bytes(32), 'RO_RWR')
  .field('roX', bytes(32), 'RO_X')
  .field('roY', bytes(32), 'RO_Y')
  .field('rwHash', bytes(32), 'RW_HASH')
  .field('rwFwr', bytes(32), 'RW_FWR')
  .field('rwX', bytes(32), 'RW_X')
  .field('rwY', bytes(32), 'RW_Y')
  .field('sigR', bytes(32), 'SIG_R')
  .field('sigS', bytes(32), 'SIG_S')

/** The same for a key that was made elsewhere: it signs itself. */
export const titanSelfSigned = struct('titanSelfSigned')
  .field('magic', u16le({ 61679: 'self-signed Scribe certificate' }), 'MAGIC')
  .field('size', u16le(), 'SIZE')
  .field('reserved', reserved(168), 'RESERVED')
  .field('keyX', bytes(32), 'KEY_X')
  .field('keyY', bytes(32), 'KEY_Y')
  .field('sigR', bytes(32), 'SIG_R')
  .field('sigS', bytes(32), 'SIG_S')

type Number32 = Located<Uint8Array>

/** What both forms say: the key that signed, and its two numbers. Undefined where the bytes end before. */
export interface ScribeCertificate {
  readonly x: Number32
  readonly y: Number32
  readonly r: Number32
  readonly s: Number32
}

/** Both forms have this size; the two numbers of the signature stand at the end. */
const SCRIBE_SIZE = 300
const SIGNED = SCRIBE_SIZE - 64

const titanFormat: EvidenceFormat<ScribeCertificate | undefined> = {
  id: FORMATS.titanScribe,
  message: 'endorsement',
  title: 'format.dice.titan-scribe',
  rows: () => titanScribe.rows(),
  decode(slice) {
    const reading = readWhole(titanScribe, slice, '', 'Scribe certificate')
    const { value } = reading
    return {
      tree: () => reading.node,
      decoded: value && { x: value.roX, y: value.roY, r: value.sigR, s: value.sigS },
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
}

const selfSignedFormat: EvidenceFormat<ScribeCertificate | undefined> = {
  id: FORMATS.titanSelfSigned,
  message: 'endorsement',
  title: 'format.dice.titan-self-signed',
  rows: () => titanSelfSigned.rows(),
  decode(slice) {
    const reading = readWhole(titanSelfSigned, slice, '', 'Scribe certificate')
    const { value } = reading
    return {
      tree: () => reading.node,
      decoded: value && { x: value.keyX, y: value.keyY, r: value.sigR, s: value.sigS },
      spaces: () => [],
      problems: [],
      inner: [],
    }
  },
}

export const titanFormats: readonly EvidenceFormat<ScribeCertificate | undefined>[] = [titanFormat, selfSignedFormat]

const turned = ({ value }: Number32) => Uint8Array.from(value).reverse()

/** A Scribe certificate by itself: was it signed by the key that it names? Whose key that is, nobody says here. */
export const titanExaminer: Examiner = {
  formats: [FORMATS.titanScribe, FORMATS.titanSelfSigned],
  anchors: 'own',
  async examine(item: CaseItem): Promise<Examination | undefined> {
    const read = item.decoded as ScribeCertificate | undefined
    if (!read) return undefined
    const spki = ecSpki('P-256', joinBytes([turned(read.x), turned(read.y)]))
    const all = bytesOf(item.slice)
    const { result, because } = await verifySignature(
      { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' },
      spki,
      all.subarray(0, SIGNED),
      joinBytes([turned(read.r), turned(read.s)]),
    )
    const cites = [{ artifact: item.artifact, path: 'sigR', ranges: [...read.r.ranges, ...read.s.ranges] }]
    return {
      root: {
        status: 'unknown',
        holder: '',
        country: '',
        purpose: 'evidence',
        spkiSha256: toHex(await digest('SHA-256', spki)),
        sha256: item.sha256(),
      },
      findings: [
        {
          id: 'dice.titan-signed',
          cites,
          ...(result === 'valid'
            ? { outcome: 'pass' as const, because: say('dice.titan-signed.holds') }
            : { outcome: result === 'invalid' ? ('fail' as const) : ('unsupported' as const), because }),
        },
      ],
    }
  },
}
