import { ANOTHER_VALUE, changes, changesIf, flips, presetsOf, replayed, TOLD, type LabPreset } from '../../core/lab.ts'

/** Failures of CSV reports, made again. */

const HYGON = { title: 'Hygon CSV', url: 'https://openanolis.cn/sig/Hygon-Arch' }

const SIGNED = changes('csv.report-signed-by-pek', 'pass', 'fail')

const made = presetsOf('csv.report')

export const presets: readonly LabPreset[] = [
  made('report-data', TOLD.freshness, flips('teeInfo.reportData'), [SIGNED]),
  made('nonce', HYGON, flips('teeInfo.mnonce'), [SIGNED, changes('csv.mac', 'pass', 'fail')]),
  made('measurement', HYGON, flips('teeInfo.measure'), [SIGNED, changesIf('csv.rtmr0-is-measure', 'pass', 'fail')]),
  made('debug-on', HYGON, flips('teeInfo.policy'), [SIGNED, changes('csv.not-debug', 'pass', 'fail')]),
  made('debug-off', HYGON, flips('teeInfo.policy'), [SIGNED, changes('csv.not-debug', 'fail', 'pass')]),
  made('replayed', TOLD.freshness, { kind: 'expect', policy: { reportData: ANOTHER_VALUE } }, replayed('report-data')),
]
