import { rangeOf, type Slice } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { Cite, Finding } from '../../../core/verdict.ts'
import type { PreparedReport, UsedRim } from '../prepare.ts'

/** NVIDIA's own verifiers, where the rules stand. */
export const NVTRUST = (section: string) => ({
  title: 'NVIDIA nvtrust',
  section,
  url: 'https://github.com/NVIDIA/nvtrust/tree/main/guest_tools/gpu_verifiers/local_gpu_verifier',
})

/** DMTF's SPDM. */
export const SPDM = (section: string) => ({ title: 'DMTF DSP0274 1.1', section })

/** Points at bytes of the report. */
export function cite({ artifact }: PreparedReport, path: string, slice: Slice | undefined): Cite[] {
  return slice ? [{ artifact, path, ranges: [rangeOf(slice)] }] : []
}

/** The report is not whole. */
export function unreadable(): Finding {
  return { outcome: 'not-checked', because: say('nvidia.unreadable'), cites: [] }
}

/** No certificate of this device is here. */
export function noChain({ choice }: PreparedReport): Finding {
  return {
    outcome: 'not-checked',
    because: choice.isBroken
      ? say('nvidia.broken-chain', {}, 'not-for-this')
      : say(choice.isForeign ? 'nvidia.foreign-chain' : 'nvidia.no-chain'),
    cites: [],
    remedy: say('nvidia.supply-chain'),
  }
}

/** Do the measurements that a manifest names stand in the report? `id` is the manifest's name at NVIDIA. */
export function compared(prepared: PreparedReport, used: UsedRim | undefined, id: string, check: string): Finding {
  const { report } = prepared
  if (!report) return unreadable()
  const remedy = say('nvidia.get-rim', { id })
  if (!used) return { outcome: 'not-checked', because: say('nvidia.rim.missing', { id }), cites: [], remedy }
  const { standing, comparison } = used
  const cites = cite(prepared, 'report.response.record', report.response.record.$.slice)
  if (!standing.isAuthentic)
    return { outcome: 'not-checked', because: say(standing.reason), cites: [], remedy, uses: [standing.item.artifact] }
  const { matched, mismatched, skipped } = comparison
  const found = `${matched.length} = · ${mismatched.length} ≠ [${mismatched.join(', ')}] · skipped [${skipped.join(', ')}]`
  const uses = [standing.item.artifact]
  if (mismatched.length === 0 && matched.length === 0)
    return { outcome: 'not-checked', because: say('nvidia.rim.nothing-compared'), cites, uses, found, remedy }
  if (mismatched.length > 0) {
    const names = mismatched
      .slice(0, 8)
      .map((index) => `${index} ${standing.rim.golden.find((one) => one.index === index)?.name ?? ''}`)
    const isOld = mismatched.length === 1 && mismatched[0] === 9
    return {
      outcome: 'fail',
      because: say(isOld ? 'nvidia.rim.older-issue' : 'nvidia.rim.mismatch', {
        count: mismatched.length,
        names: names.join(', '),
      }),
      cites,
      uses,
      found,
      expected: `${matched.length + mismatched.length} =`,
      remedy,
    }
  }
  if (standing.isOutside)
    return {
      outcome: 'not-checked',
      because: standing.path?.outside[0]?.because ?? say('nvidia.rim.outside'),
      cites,
      uses,
      found,
      remedy,
    }
  return { outcome: 'pass', because: say(`${check}.holds`, { count: matched.length }), cites, uses, found }
}
