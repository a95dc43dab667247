import type { AttesterSample } from '../../core/scheme.ts'
import { filesOf, type KeptSample } from '../../envelope/sample-files.ts'
import { FORMATS } from './formats.ts'

function sample(
  id: string,
  format: string,
  load: () => Promise<{ readonly default: KeptSample }>,
  isOnFrontDoor = false,
): AttesterSample {
  return {
    id,
    title: `sample.log.${id}`,
    ...(isOnFrontDoor ? { short: `sample.log.${id}.short` } : {}),
    at: '2026-01-01T00:00:00Z',
    format,
    expect: 'SN',
    files: async () => filesOf((await load()).default),
  }
}

/** Logs alone are supporting files: there is nothing to appraise until evidence stands beside them. */
export const samples: readonly AttesterSample[] = [
  sample('ccel', FORMATS.cc, () => import('./samples/ccel.json'), true),
  sample('ccel-hidden', FORMATS.cc, () => import('./samples/ccel-hidden.json'), true),
  sample('vtpm', FORMATS.tcg2, () => import('./samples/vtpm.json')),
  sample('vtpm-appended', FORMATS.tcg2, () => import('./samples/vtpm-appended.json')),
  sample('tcg12', FORMATS.tcg12, () => import('./samples/tcg12.json')),
  sample('dstack', FORMATS.dstackJson, () => import('./samples/dstack.json')),
  sample('dstack-forged', FORMATS.dstackJson, () => import('./samples/dstack-forged.json')),
  sample('ima-text', FORMATS.imaAscii, () => import('./samples/ima-text.json')),
  sample('ima-binary', FORMATS.imaBinary, () => import('./samples/ima-binary.json')),
  sample('cos', FORMATS.celTlv, () => import('./samples/cos.json')),
  sample('systemd', FORMATS.systemd, () => import('./samples/systemd.json')),
  sample('ccel-table', FORMATS.ccelTable, () => import('./samples/ccel-table.json')),
  sample('cel-json', FORMATS.celJson, () => import('./samples/cel-json.json')),
  sample('cel-cbor', FORMATS.celCbor, () => import('./samples/cel-cbor.json')),
]
