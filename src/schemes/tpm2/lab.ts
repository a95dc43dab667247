import { ANOTHER_VALUE, changes, changesIf, flips, presetsOf, replayed, TOLD, type LabPreset } from '../../core/lab.ts'

/** Failures of TPM quotes, made again. */

const TPM = {
  title: 'TCG TPM 2.0 Library, Part 2',
  url: 'https://trustedcomputinggroup.org/resource/tpm-library-specification/',
}
const QUOTED = { title: 'CVE-2022-0317', url: 'https://nvd.nist.gov/vuln/detail/CVE-2022-0317' }

const SIGNED = changes('tpm.signed-by-ak', 'pass', 'fail')

const made = presetsOf('tpm2.quote')

/** A key that nothing vouches for is only tried: a quote that it did not sign is then not checked at all. */
const VOUCHED = [{ check: 'tpm.ak-vouched-for', is: 'pass' }] as const

export const presets: readonly LabPreset[] = [
  made('nonce', TOLD.freshness, flips('extraData.buffer'), [SIGNED], VOUCHED),
  made(
    'registers',
    QUOTED,
    flips('attested.pcrDigest.buffer'),
    [SIGNED, changesIf('tpm.pcr-digest-matches', 'pass', 'fail')],
    VOUCHED,
  ),
  made('not-made-by-chip', TPM, flips('magic'), [SIGNED, changes('tpm.made-by-tpm', 'pass', 'fail')], VOUCHED),
  made('replayed', TOLD.freshness, { kind: 'expect', policy: { nonce: ANOTHER_VALUE } }, replayed('nonce')),
]
