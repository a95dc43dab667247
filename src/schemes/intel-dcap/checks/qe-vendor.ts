import { say } from '../../../core/saying.ts'
import { toHex } from '../../../bytes/layout.ts'
import { INTEL_QE_VENDOR } from '../marks.ts'
import { cited, SPEC, UNREADABLE, type QuoteCheck } from './shared.ts'

/** Does the quote name Intel as the author of the quoting enclave? */
export const qeVendor: QuoteCheck = {
  id: 'intel.qe-vendor',
  layer: 1,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC.quote('A.3.1'),
  run(prepared) {
    const vendor = prepared.quote.header?.qeVendorId
    if (!vendor) return UNREADABLE
    const found = toHex(vendor.value)
    const common = { cites: cited(prepared, vendor), found, expected: INTEL_QE_VENDOR }
    return found === INTEL_QE_VENDOR
      ? { outcome: 'pass', because: say('intel.qe-vendor.holds'), ...common }
      : { outcome: 'fail', because: say('intel.qe-vendor.fails'), ...common }
  },
}
