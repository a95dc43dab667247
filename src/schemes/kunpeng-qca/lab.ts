import { ANOTHER_VALUE, changes, flips, presetsOf, replayed, signsAnew, TOLD, type LabPreset } from '../../core/lab.ts'
import { demoKeys, makeReportBinary, makeReportJson, type QcaRecipe } from './attester.ts'
import { FORMATS } from './names.ts'

/** Failures of QCA reports, in JSON and in the binary form, made again. What must be signed is made anew by the attester. */

const QCA = { title: 'iTrustee SDK', url: 'https://gitee.com/openeuler/itrustee_sdk' }

const SIGNED = changes('qca.report-signed-by-ak', 'pass', 'fail')

const FORMS = [
  {
    format: FORMATS.reportJson,
    sample: 'json',
    file: 'report.json',
    make: makeReportJson,
    nonce: 'payload.nonce.bytes',
    image: 'payload.ta_img.bytes',
  },
  {
    format: FORMATS.report,
    sample: 'binary',
    file: 'report.bin',
    make: makeReportBinary,
    nonce: 'nonce',
    image: 'ta_img',
  },
] as const

export const presets: readonly LabPreset[] = FORMS.flatMap(({ format, sample, file, make, nonce, image }) => {
  const made = presetsOf(format)
  const anew = (recipe: QcaRecipe) => signsAnew(sample, file, async () => make(recipe))
  return [
    made('nonce', TOLD.freshness, flips(nonce), [SIGNED]),
    made('measurement', QCA, flips(image), [SIGNED]),
    made('foreign-key', QCA, anew({ ak: demoKeys.other }), [SIGNED]),
    made('other-platform', QCA, anew({ drk: demoKeys.other }), [changes('qca.ak-signed-by-drk', 'pass', 'fail')]),
    made('look-alike-root', TOLD.anchor, anew({ issuer: 'root-name' }), [changes('qca.chain-to-root', 'pass', 'fail')]),
    made('replayed', TOLD.freshness, { kind: 'expect', policy: { nonce: ANOTHER_VALUE } }, replayed('nonce')),
  ]
})
