import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import { NO_FACTS, type AppraisalContext } from '../../core/scheme.ts'
import { joinBytes } from '../../bytes/der-writer.ts'
import { digest } from '../../crypto/verify.ts'
import { enclaveBody, fixed, le, type EnclaveRecipe } from './attester/quote.ts'
import { FORMATS } from './decoded.ts'
import { intelFormats } from './formats.ts'
import { prepareLocal, type PreparedLocal } from './prepare-local.ts'

/** Reports for the same machine, made for tests. */

/** Nothing beside the report. */
export const context: AppraisalContext = { at: 0, policy: NO_POLICY, anchors: [], items: [] }

/** A TDREPORT whose inner digests belong to its parts. */
export async function makeTdReport(attributes = 1n << 28n): Promise<Uint8Array> {
  const teeTcbInfo = joinBytes([
    le(8, 0x301ff),
    fixed(16, Uint8Array.of(6, 1, 5)),
    fixed(48, Uint8Array.of(7)),
    fixed(48),
    fixed(8),
    fixed(16),
    fixed(95),
  ])
  const tdInfo = joinBytes([
    le(8, attributes),
    le(8, 0x618e7),
    ...Array.from({ length: 9 }, (_, i) => fixed(48, Uint8Array.of(i + 1))),
    fixed(64),
  ])
  const mac = joinBytes([
    Uint8Array.of(0x81, 0, 0, 0),
    fixed(12),
    fixed(16, Uint8Array.of(4)),
    await digest('SHA-384', teeTcbInfo),
    await digest('SHA-384', tdInfo),
    fixed(64, Uint8Array.of(9)),
    fixed(32),
    fixed(32, Uint8Array.of(3)),
  ])
  return joinBytes([mac, teeTcbInfo, fixed(17), tdInfo])
}

const ENCLAVE: EnclaveRecipe = {
  cpuSvn: Uint8Array.of(4),
  miscSelect: 0,
  attributes: 5n,
  xfrm: 3n,
  mrEnclave: Uint8Array.of(1),
  mrSigner: Uint8Array.of(2),
  isvProdId: 1,
  isvSvn: 1,
  reportData: Uint8Array.of(9),
}

/** REPORT of an enclave, with key id and MAC. */
export function makeSgxReport(attributes = 5n): Uint8Array {
  return joinBytes([enclaveBody({ ...ENCLAVE, attributes }), fixed(32, Uint8Array.of(1)), fixed(16, Uint8Array.of(2))])
}

/** EPID quote, version 2. */
export function makeEpidQuote(): Uint8Array {
  return joinBytes([
    le(2, 2),
    le(2, 0),
    fixed(4),
    le(2, 8),
    le(2, 13),
    le(4, 0),
    fixed(32),
    enclaveBody(ENCLAVE),
    le(4, 680),
    new Uint8Array(680).fill(5),
  ])
}

const FORMAT = {
  headless: FORMATS.headless,
  tdreport: FORMATS.tdReport,
  'sgx-report': FORMATS.sgxReport,
  epid: FORMATS.epidQuote,
} as const

/** Decodes and prepares as the engine would. */
export function preparedLocal(kind: PreparedLocal['kind'], bytes: Uint8Array): Promise<PreparedLocal> {
  const format = FORMAT[kind]
  const slice = sliceOf('', bytes)
  const decoded = intelFormats.find((one) => one.id === format)?.decode(slice, { hints: {} }).decoded
  return prepareLocal(
    {
      artifact: 0,
      parent: null,
      name: kind,
      sha256: () => '',
      origin: 'dropped',
      format,
      message: 'evidence',
      slice,
      decoded,
      facts: NO_FACTS,
      hints: {},
    },
    context,
  )
}
