import { ANOTHER_VALUE, changes, flips, presetsOf, replayed, signsAnew, TOLD, type LabPreset } from '../../core/lab.ts'
import { makeReport, type ReportRecipe } from './attester.ts'
import { demoMonitor, strangeDevice, strangeMonitor } from './demo-keys.ts'
import { FORMATS } from './formats.ts'

/** Failures of Keystone reports, made again. */

const DEVICE_KEY = {
  title: 'Keystone #387',
  url: 'https://github.com/keystone-enclave/keystone/issues/387',
}
const KEYSTONE = {
  title: 'Keystone: Attestation',
  url: 'https://docs.keystone-enclave.org/en/latest/Keystone-Applications/Attestation.html',
}
const BY_MONITOR = changes('keystone.enclave-signed-by-monitor', 'pass', 'fail')
const BY_DEVICE = changes('keystone.monitor-signed-by-device', 'pass', 'fail')

const made = presetsOf(FORMATS.report)
const anew = (recipe: ReportRecipe) => signsAnew('report', 'report.bin', async () => makeReport(recipe))

export const presets: readonly LabPreset[] = [
  made('report-data', TOLD.freshness, flips('enclave.data'), [BY_MONITOR]),
  made('measurement', KEYSTONE, flips('enclave.hash'), [BY_MONITOR]),
  made('key-swapped', KEYSTONE, anew({ monitor: strangeMonitor(), bend: { vouchedFor: demoMonitor() } }), [BY_DEVICE]),
  // Everything holds: only who relies on the key that the report names is taken in.
  {
    ...made('other-platform', DEVICE_KEY, anew({ device: strangeDevice(), monitor: strangeMonitor() }), []),
    rootBecomes: 'unknown',
  },
  made('trailing', TOLD.trailing, { kind: 'append', hex: '00'.repeat(696) }, [
    changes('keystone.nothing-follows', 'pass', 'warn'),
  ]),
  made('replayed', TOLD.freshness, { kind: 'expect', policy: { reportData: ANOTHER_VALUE } }, replayed('report-data')),
]
