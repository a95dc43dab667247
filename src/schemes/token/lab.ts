import { changes, changesIf, flips, presetsOf, signsAnew, TOLD, type LabPreset } from '../../core/lab.ts'
import { toBase64Url } from '../../envelope/base64.ts'
import { demoKeys, earClaims, makeMaaToken, makeToken } from './attester.ts'

/** Failures of tokens, made again. What must be signed is made anew by the attester. */

const JWT = { title: 'RFC 8725, 2.1', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-2.1' }
const AR4SI = {
  title: 'draft-ietf-rats-ar4si',
  url: 'https://datatracker.ietf.org/doc/draft-ietf-rats-ar4si/',
}
const MAA = {
  title: 'Azure Attestation',
  url: 'https://learn.microsoft.com/en-us/azure/attestation/claim-sets',
}

const utf8 = (text: string) => new TextEncoder().encode(text)

const made = presetsOf('token.jwt')
const ear = (make: () => Promise<string>) => signsAnew('ear', 'token.jwt', async () => utf8(await make()))

/** The header of this token names no key: where the given one did not sign it, another may have, so it is not said to be false. */
const UNPROVED = [
  changes('jwt.signed-by-key', 'pass', 'not-checked'),
  changes('jwt.key-long-enough', 'pass', 'not-applicable'),
  changes('jwt.key-not-from-token', 'pass', 'not-applicable'),
]

export const presets: readonly LabPreset[] = [
  made('claim', JWT, flips('payload.submods.cpu0["ear.trustworthiness-vector"].hardware'), UNPROVED),
  made('measurement', JWT, flips('payload.x-ms-sevsnpvm-launchmeasurement', 0, 2), [
    changes('jwt.signed-by-key', 'pass', 'fail'),
    changes('jwt.key-long-enough', 'pass', 'not-applicable'),
    changes('jwt.key-not-from-token', 'pass', 'not-applicable'),
    changes('maa.kid-is-key-hash', 'pass', 'not-applicable'),
  ]),
  made(
    'r-zero',
    TOLD.psychic,
    ear(async () => (await makeToken()).replace(/[^.]+$/, toBase64Url(new Uint8Array(64)))),
    UNPROVED,
  ),
  made(
    'foreign-key',
    JWT,
    ear(async () => makeToken({ key: demoKeys.other })),
    UNPROVED,
  ),
  made(
    'alg-none',
    JWT,
    ear(async () => makeToken({ headerText: '{"alg":"none","typ":"JWT"}' })),
    [changes('jwt.alg-allowed', 'pass', 'fail'), ...UNPROVED],
  ),
  made(
    'refusal',
    AR4SI,
    ear(async () =>
      makeToken({
        claims: earClaims({
          submods: {
            cpu0: {
              'ear.status': 'contraindicated',
              'ear.trustworthiness-vector': { executables: 33, hardware: 97 },
            },
          },
        }),
      }),
    ),
    [changes('jwt.service-does-not-refuse', 'pass', 'fail')],
  ),
  made(
    'debug-signed',
    MAA,
    signsAnew('maa', 'token.jwt', async () => utf8(await makeMaaToken({ 'x-ms-sevsnpvm-is-debuggable': true }))),
    [changes('jwt.debug-is-disabled', 'pass', 'fail')],
  ),
  made('key-removed', JWT, { kind: 'take-away', format: 'eat.key-file' }, [
    ...UNPROVED,
    changesIf('maa.kid-is-key-hash', 'pass', 'not-applicable'),
  ]),
]
