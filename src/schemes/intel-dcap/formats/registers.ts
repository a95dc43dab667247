import type { Register } from '../../../core/scheme.ts'
import type { Bytes } from '../../../bytes/layout.ts'
import type { QuoteBody } from '../decoded.ts'
import type { EnclaveReport } from '../layout-report.ts'

function register(name: string, value: Bytes, identity: boolean): Register {
  // Measurements of a TD are SHA-384, those of an enclave SHA-256; what an owner chooses was made by no hash that is known here.
  const hash = /^MR(?:TD|SEAM|SIGNERSEAM)$|^RTMR/.test(name)
    ? 'sha384'
    : /^MR(?:ENCLAVE|SIGNER)$/.test(name)
      ? 'sha256'
      : undefined
  return {
    name,
    ...(hash ? { hash } : {}),
    value: { path: value.path, ranges: value.ranges, value: value.value },
    identity,
  }
}

/** Registers of an enclave, in core words. Those that say which code runs are marked as identity. */
export function enclaveRegisters(report: EnclaveReport): Register[] {
  return [
    register('MRENCLAVE', report.mrEnclave, true),
    register('MRSIGNER', report.mrSigner, true),
    register('CONFIGID', report.configId, false),
    register('ISVEXTPRODID', report.isvExtProdId, false),
    register('ISVFAMILYID', report.isvFamilyId, false),
  ]
}

/** Registers of a quote's body, in core words. */
export function quoteRegisters(body: QuoteBody): Register[] {
  if (body.kind === 'sgx') return enclaveRegisters(body.report)
  const report = body.report
  const registers = [
    register('MRTD', report.mrTd, true),
    register('RTMR0', report.rtmr0, true),
    register('RTMR1', report.rtmr1, true),
    register('RTMR2', report.rtmr2, true),
    register('RTMR3', report.rtmr3, true),
    register('MRCONFIGID', report.mrConfigId, false),
    register('MROWNER', report.mrOwner, false),
    register('MROWNERCONFIG', report.mrOwnerConfig, false),
    register('MRSEAM', report.mrSeam, false),
    register('MRSIGNERSEAM', report.mrSignerSeam, false),
  ]
  if (body.kind !== 'td10') registers.push(register('MRSERVICETD', body.report.mrServiceTd, false))
  return registers
}
