import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { readJson } from '../../bytes/json.ts'
import { later } from '../../bytes/later.ts'
import { inDate } from './checks/in-date.ts'
import { namesRegisters } from './checks/names-registers.ts'
import { FORMATS } from './formats.ts'
import { readList, type ReferenceList } from './lists.ts'
import { prepare, type PreparedList } from './prepare.ts'
import { samples } from './samples.ts'

const format = (id: string, title: string): EvidenceFormat<ReferenceList> => ({
  id,
  message: 'reference-values',
  title,
  decode(slice) {
    const json = later(() => readJson(slice, '', 'list'))
    return {
      tree: () => json().node,
      decoded: readList(slice, id),
      spaces: () => [],
      problems: [],
      inner: [],
      expand: (path, from, to) => json().expand(path, from, to) ?? [],
    }
  },
})

const appraiser: Appraiser<PreparedList> = {
  formats: Object.values(FORMATS),
  prepare,
  notJudged: [],
  checks: [namesRegisters, inDate],
}

export const scheme: Scheme = {
  id: 'reference-list',
  formats: [
    format(FORMATS.contrast, 'format.reference-list.contrast'),
    format(FORMATS.rvps, 'format.reference-list.rvps'),
    format(FORMATS.constellation, 'format.reference-list.constellation'),
    format(FORMATS.measurements, 'format.reference-list.measurements'),
    format(FORMATS.enclave, 'format.reference-list.enclave'),
  ],
  appraisers: [appraiser],
  anchors: [],
  samples,
}
