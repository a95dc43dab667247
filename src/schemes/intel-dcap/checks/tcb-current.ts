import type { ArtifactIndex } from '../../../core/place.ts'
import { namesOf, say, sayListed, type Saying } from '../../../core/saying.ts'
import type { Finding } from '../../../core/verdict.ts'
import { NODE } from '../nodes.ts'
import type { PreparedQuote } from '../prepare.ts'
import type { PlatformLevel, SvnLevel } from '../decoded.ts'
import type { Matched, ReportedStatus } from '../tcb.ts'
import { bestLevelShortfall, notMatched } from './shared-levels.ts'
import { citedItem, SPEC, type QuoteCheck } from './shared.ts'

/** Reason and remedy for each of Intel's words. */
const WORDS: Readonly<
  Record<
    ReportedStatus,
    { readonly outcome: 'pass' | 'warn' | 'fail'; readonly because: string; readonly remedy?: string }
  >
> = {
  UpToDate: { outcome: 'pass', because: 'intel.tcb-current.holds' },
  SWHardeningNeeded: { outcome: 'warn', because: 'tcb.sw-hardening', remedy: 'tcb.remedy.hardening' },
  ConfigurationNeeded: { outcome: 'warn', because: 'tcb.configuration', remedy: 'tcb.remedy.configuration' },
  ConfigurationAndSWHardeningNeeded: {
    outcome: 'warn',
    because: 'tcb.configuration-and-sw-hardening',
    remedy: 'tcb.remedy.configuration',
  },
  OutOfDate: { outcome: 'warn', because: 'tcb.out-of-date', remedy: 'tcb.remedy.update' },
  OutOfDateConfigurationNeeded: {
    outcome: 'warn',
    because: 'tcb.out-of-date-configuration',
    remedy: 'tcb.remedy.update',
  },
  TDRelaunchAdvised: { outcome: 'warn', because: 'tcb.relaunch', remedy: 'tcb.remedy.relaunch' },
  TDRelaunchAdvisedConfigurationNeeded: {
    outcome: 'warn',
    because: 'tcb.relaunch-configuration',
    remedy: 'tcb.remedy.relaunch',
  },
  Revoked: { outcome: 'fail', because: 'tcb.revoked', remedy: 'tcb.remedy.update' },
}

function missing(prepared: PreparedQuote): Finding {
  const { tcbInfo, identity, chain } = prepared
  if (!chain.leaf)
    return { outcome: 'not-checked', because: say('intel.no-platform'), cites: [], remedy: say('intel.remedy.pck') }
  if (!tcbInfo.deciding)
    return {
      outcome: 'not-checked',
      because:
        (tcbInfo.unreadable ?? tcbInfo.rejected[0])?.because ??
        tcbInfo.forOthers[0]?.because ??
        say('intel.tcb-info-missing'),
      cites: [],
      remedy: say('intel.remedy.tcb-info'),
    }
  if (!identity.deciding)
    return {
      outcome: 'not-checked',
      because: say('intel.no-identity'),
      cites: [citedItem(tcbInfo.deciding)],
      remedy: say('intel.remedy.qe-identity'),
    }
  return { outcome: 'not-checked', because: say('intel.unreadable'), cites: [] }
}

// A revoked part decides, whatever else is unknown.
function revokedPart(prepared: PreparedQuote) {
  const { tcb, tcbInfo, identity } = prepared
  const { platform, module, qe } = tcb?.launch ?? {}
  const from = (part: Matched<PlatformLevel | SvnLevel> | undefined, artifact: ArtifactIndex | undefined) =>
    part?.matched === true && part.level.status === 'Revoked' && artifact !== undefined
      ? [
          {
            date: part.level.date,
            advisories: part.level.advisories,
            cites: [{ artifact, path: part.level.path, ranges: [part.level.range] }],
          },
        ]
      : []
  const info = tcbInfo.deciding?.source.item.artifact
  return [...from(platform, info), ...from(module, info), ...from(qe, identity.deciding?.source.item.artifact)][0]
}

/** Which remedy names what is short; the general one when nothing of the platform is. */
function remedyOf(prepared: PreparedQuote, general: string | undefined): Saying | undefined {
  const short = general === 'tcb.remedy.update' ? bestLevelShortfall(prepared) : undefined
  return short?.remedy ?? (general === undefined ? undefined : say(general))
}

/** Is everything that Intel gives a level (the platform, the quoting enclave, for TDX the module too) at one that it calls current? */
export const tcbCurrent: QuoteCheck = {
  id: 'intel.tcb-current',
  layer: 6,
  weight: 'decides',
  dependsOn: ['intel.tcb-info-applies', 'intel.qe-identity-authentic'],
  spec: SPEC.verification('4.1.2.5.18'),
  run(prepared) {
    const { tcb, tcbInfo, identity, module, chain } = prepared
    const info = tcbInfo.deciding
    if (!tcb || !info || !chain.leaf) return missing(prepared)
    const uses = [info.source.item.artifact, ...(identity.deciding ? [identity.deciding.source.item.artifact] : [])]
    const proves = [{ from: NODE.tcbInfo, to: NODE.pck, by: 'reference' as const }]
    const revoked = revokedPart(prepared)
    if (revoked)
      return {
        outcome: 'fail',
        because: sayListed(
          'tcb.revoked',
          { status: 'Revoked', date: revoked.date.slice(0, 10) },
          { advisories: namesOf(revoked.advisories.length > 0 ? revoked.advisories : ['–']) },
        ),
        cites: revoked.cites,
        uses,
        proves,
        found: 'Revoked',
        expected: 'UpToDate',
        remedy: say('tcb.remedy.update'),
      }
    // No entry for the module means that nothing was compared, not that it is below every level.
    if (module && module.kind !== 'compared')
      return {
        outcome: 'not-checked',
        because: say(module.kind === 'no-identities' ? 'tdx.module-no-identities' : 'tdx.module-no-entry', {
          id: module.id,
        }),
        cites: [citedItem(info)],
        uses,
        remedy: say('intel.remedy.tcb-info'),
      }
    if (tcb.isBelowEveryLevel) {
      const short = notMatched(prepared)
      return {
        outcome: 'fail',
        because: say('tcb.not-supported', { part: short.part }),
        cites: short.cites,
        uses,
        proves,
        found: short.found,
        expected: short.expected,
        ...(short.remedy ? { remedy: short.remedy } : {}),
      }
    }
    if (tcb.status === undefined) return missing(prepared)
    const word = WORDS[tcb.status]
    const params = {
      status: tcb.status,
      date: (tcb.date ?? '').slice(0, 10),
    }
    const advisories = namesOf(tcb.advisories.length > 0 ? tcb.advisories : ['–'])
    const short = bestLevelShortfall(prepared)
    const remedy = remedyOf(prepared, word.remedy)
    const level = tcb.launch.platform.matched ? tcb.launch.platform.level : undefined
    const cites = level ? [{ artifact: info.source.item.artifact, path: level.path, ranges: [level.range] }] : []
    const detail =
      word.outcome !== 'pass' && short
        ? { found: short.found, expected: short.expected }
        : { found: tcb.status, expected: 'UpToDate' }
    return {
      outcome: word.outcome,
      because: sayListed(word.because, params, { advisories }),
      cites: [...cites, ...(short && word.outcome !== 'pass' ? short.cites : [])],
      uses,
      proves,
      ...detail,
      ...(remedy ? { remedy } : {}),
    }
  },
}
