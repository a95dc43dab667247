import type { Slice } from '../../core/place.ts'
import type { Appraiser, Decoding, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { later } from '../../bytes/later.ts'
import { parseJson, readJson } from '../../bytes/json.ts'
import { resultSigned } from './checks/result-signed.ts'
import { FORMATS } from './names.ts'
import { openReport, readResult, type Opened, type UasResult } from './open.ts'
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

const appraiser: Appraiser<PreparedResult> = { formats: [FORMATS.result], prepare, checks: [resultSigned] }

export const scheme: Scheme = {
  id: 'uar',
  formats: [
    report,
    resultFormat(FORMATS.result, 'attestation-result', 'format.uar.result') as EvidenceFormat,
    // What another attester was told stands inside the main one's report: its claim, and no statement of ours.
    resultFormat(FORMATS.nested, 'supporting', 'format.uar.nested-result') as EvidenceFormat,
  ],
  appraisers: [appraiser as Appraiser],
  anchors: [],
  samples,
}
