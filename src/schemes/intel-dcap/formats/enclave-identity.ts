import type { Decoding, EvidenceFormat } from '../../../core/scheme.ts'
import type { Slice } from '../../../core/place.ts'
import { FORMATS, type EnclaveIdentity, type EvaluationNumbers } from '../decoded.ts'
import { readSignedMember } from './signed-json.ts'
import { readSvnLevels } from './tcb-info.ts'

const IDENTITIES: readonly string[] = ['QE', 'TD_QE', 'QVE', 'QAE']

/** Reads the identity of a quoting or verifying enclave, version 2. */
export function decodeEnclaveIdentity(
  slice: Slice,
  hints: Readonly<Record<string, string>>,
): Decoding<EnclaveIdentity> {
  const signed = readSignedMember(slice, 'enclaveIdentity', hints)
  const { taker: take, body } = signed
  const versionAt = take.need(body, 'version')
  const version = take.number(versionAt, 0xffff)
  if (versionAt && version !== undefined && version !== 2) take.fault('tcb.version', { version }, versionAt)
  const idAt = take.need(body, 'id')
  const id = take.text(idAt)
  if (idAt && id !== undefined && !IDENTITIES.includes(id)) take.fault('tcb.id', { id: id.slice(0, 20) }, idAt)
  const issue = take.need(body, 'issueDate')
  const next = take.need(body, 'nextUpdate')
  const decoded: EnclaveIdentity = {
    ...signed.common,
    compact: signed.compact,
    id,
    version,
    issueDate: issue?.value.kind === 'string' ? issue.value.text : undefined,
    issueDateMs: take.date(issue),
    nextUpdate: next?.value.kind === 'string' ? next.value.text : undefined,
    nextUpdateMs: take.date(next),
    evaluationNumber: take.number(take.need(body, 'tcbEvaluationDataNumber'), 0xffffffff),
    miscSelect: take.hex(take.need(body, 'miscselect'), 4),
    miscSelectMask: take.hex(take.need(body, 'miscselectMask'), 4),
    attributes: take.hex(take.need(body, 'attributes'), 16),
    attributesMask: take.hex(take.need(body, 'attributesMask'), 16),
    mrSigner: take.hex(take.need(body, 'mrsigner'), 32),
    isvProdId: take.number(take.need(body, 'isvprodid'), 0xffff),
    levels: readSvnLevels(take, take.need(body, 'tcbLevels')),
    formatFaults: take.faults,
  }
  return {
    tree: signed.tree,
    decoded,
    spaces: () => [],
    problems: [],
    inner: [],
    expand: signed.expand,
  }
}

/** Reads Intel's list of TCB evaluation data numbers. */
export function decodeEvaluationNumbers(
  slice: Slice,
  hints: Readonly<Record<string, string>>,
): Decoding<EvaluationNumbers> {
  const signed = readSignedMember(slice, 'tcbEvaluationDataNumbers', hints)
  const { taker: take, body } = signed
  const entries = take.items(take.need(body, 'tcbEvalNumbers')).flatMap((at) => {
    const number = take.number(take.need(at, 'tcbEvaluationDataNumber'), 0xffffffff)
    const recovery = take.need(at, 'tcbRecoveryEventDate')
    const date = take.need(at, 'tcbDate')
    take.date(recovery)
    take.date(date)
    return number === undefined
      ? []
      : [
          {
            number,
            recoveryDate: recovery?.value.kind === 'string' ? recovery.value.text : '',
            tcbDate: date?.value.kind === 'string' ? date.value.text : '',
            path: at.path,
            range: at.value.range,
          },
        ]
  })
  const decoded: EvaluationNumbers = {
    ...signed.common,
    compact: signed.compact,
    id: take.text(take.need(body, 'id')),
    version: take.number(take.need(body, 'version'), 0xffff),
    issueDateMs: take.date(take.need(body, 'issueDate')),
    nextUpdateMs: take.date(take.need(body, 'nextUpdate')),
    entries,
    formatFaults: take.faults,
  }
  return {
    tree: signed.tree,
    decoded,
    spaces: () => [],
    problems: [],
    inner: [],
    expand: signed.expand,
  }
}

/** Which quoting enclave Intel stands for. */
export const enclaveIdentityFormat: EvidenceFormat<EnclaveIdentity> = {
  id: FORMATS.enclaveIdentity,
  message: 'endorsement',
  title: 'format.intel.qe-identity',
  decode: (slice, context) => decodeEnclaveIdentity(slice, context.hints),
}

/** Which editions of TCB info and identity exist. */
export const evaluationNumbersFormat: EvidenceFormat<EvaluationNumbers> = {
  id: FORMATS.evaluationNumbers,
  message: 'endorsement',
  title: 'format.intel.tcb-evaluation-numbers',
  decode: (slice, context) => decodeEvaluationNumbers(slice, context.hints),
}
