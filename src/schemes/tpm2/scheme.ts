import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { anchors } from './anchors.ts'
import { akCertificateChains } from './checks/ak-certificate-chains.ts'
import { akVouchedFor } from './checks/ak-vouched-for.ts'
import { attestWhole } from './checks/attest-whole.ts'
import { clockSafe } from './checks/clock-safe.ts'
import { isQuote } from './checks/is-quote.ts'
import { madeByTpm } from './checks/made-by-tpm.ts'
import { pcrDigestMatches } from './checks/pcr-digest-matches.ts'
import { pcrsCovered } from './checks/pcrs-covered.ts'
import { signedByAk } from './checks/signed-by-ak.ts'
import { keylimeFormat, pcrFileFormat, publicKeyFormat } from './containers.ts'
import { FORMATS } from './decoded.ts'
import { pcrsFormat, quoteFormat, responseFormat, signatureFormat } from './formats.ts'
import { pcrMapFormat } from './pcr-map.ts'
import { prepare, type PreparedQuote } from './prepare.ts'
import { hygonFormat } from './hygon-json.ts'
import { attestationFormat } from './protobuf.ts'
import { toolOutputFormat } from './tool-output.ts'
import { samples } from './samples.ts'

const appraiser: Appraiser<PreparedQuote> = {
  formats: [FORMATS.quote],
  prepare,
  notJudged: ['tpm.not-judged.firmware', 'tpm.not-judged.counters', 'tpm.not-judged.signer'],
  needsBinding: true,
  checks: [
    attestWhole,
    madeByTpm,
    isQuote,
    signedByAk,
    akVouchedFor,
    akCertificateChains,
    pcrDigestMatches,
    pcrsCovered,
    clockSafe,
  ],
}

export const scheme: Scheme = {
  id: 'tpm2',
  formats: [
    quoteFormat as EvidenceFormat,
    responseFormat,
    pcrFileFormat,
    pcrMapFormat,
    keylimeFormat,
    hygonFormat,
    toolOutputFormat,
    publicKeyFormat as EvidenceFormat,
    attestationFormat,
    signatureFormat as EvidenceFormat,
    pcrsFormat as EvidenceFormat,
  ],
  appraisers: [appraiser as Appraiser],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
