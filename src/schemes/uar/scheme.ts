import { rangeOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Appraiser, Decoding, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { later } from '../../bytes/later.ts'
import { parseJson, readJson } from '../../bytes/json.ts'
import { readWhole } from '../../bytes/layout.ts'
import { resultSigned } from './checks/result-signed.ts'
import { hyperEnclaveExaminer } from './hyper-enclave.ts'
import { FORMATS } from './names.ts'
import { openReport, readResult, type Opened, type UasResult } from './open.ts'
import { hyperEnclaveQuote } from './layout.ts'
import { prepare, type PreparedResult } from './prepare.ts'
import { samples } from './samples.ts'

function decoding<T>(slice: Slice, label: string, decoded: T, { spaces, inner }: Opened): Decoding<T> {
  const json = later(() => readJson(slice, '', label))
  return {
    tree: () => json().node,
    decoded,
    spaces: () => spaces,
    problems: [],
    inner,
    expand: (path, from, to) => json().expand(path, from, to) ?? [],
  }
}

/** The wrapper: what it says of itself is signed by nobody, and everything in it is judged by its own scheme. */
const report: EvidenceFormat = {
  id: FORMATS.report,
  message: 'supporting',
  title: 'format.uar.report',
  decode(slice) {
    const opened: Opened = { spaces: [], inner: [] }
    const { value } = parseJson(slice)
    if (value) openReport({ slice, value }, opened)
    return decoding(slice, 'UAR', undefined, opened)
  },
}

const resultFormat = (id: string, message: EvidenceFormat['message'], title: string): EvidenceFormat<UasResult> => ({
  id,
  message,
  title,
  facts: ({ claims }) => ({ measurements: [], claims }),
  decode(slice) {
    const { result, spaces } = readResult(slice)
    return decoding(slice, 'UAS result', result, { spaces: [...spaces], inner: [] })
  },
})

/** No evidence for a verdict: no sample is public, and no root of its own. Its signatures are looked at, and its certificate is opened as one. */
const hyperEnclave: EvidenceFormat = {
  id: FORMATS.hyperEnclave,
  message: 'supporting',
  title: 'format.uar.hyperenclave-quote',
  rows: () => hyperEnclaveQuote.rows(),
  decode(slice) {
    const reading = readWhole(hyperEnclaveQuote, slice, '', 'HyperEnclave quote')
    const certificate = reading.value?.signature.certificate.slice
    return {
      tree: () => reading.node,
      decoded: undefined,
      spaces: () => [],
      problems: [{ because: say('uar.hyperenclave-not-verified'), range: rangeOf(slice) }],
      inner:
        certificate && certificate.end > certificate.start
          ? [{ slice: certificate, name: 'certificate', origin: 'embedded' }]
          : [],
    }
  },
}

const appraiser: Appraiser<PreparedResult> = {
  formats: [FORMATS.result],
  prepare,
  notJudged: ['uar.not-judged.words'],
  checks: [resultSigned],
}

export const scheme: Scheme = {
  id: 'uar',
  formats: [
    report,
    hyperEnclave,
    resultFormat(FORMATS.result, 'attestation-result', 'format.uar.result') as EvidenceFormat,
    // What another attester was told stands inside the main one's report: its claim, and no statement of ours.
    resultFormat(FORMATS.nested, 'supporting', 'format.uar.nested-result') as EvidenceFormat,
  ],
  appraisers: [appraiser as Appraiser],
  examiners: [hyperEnclaveExaminer],
  anchors: [],
  samples,
}
