import { joinBytes } from '../../bytes/join.ts'
import { changes, presetsOf, TOLD, type LabDeed, type LabPreset } from '../../core/lab.ts'
import {
  demoKeys,
  makeAndroidChain,
  makeAppAttest,
  makePacked,
  makeStatusList,
  type AndroidRecipe,
} from './attester.ts'

/** Failures of statements that devices make about their keys, made again. What must be signed is made anew by the attester. */

const ANDROID = {
  title: 'Android key attestation',
  url: 'https://developer.android.com/privacy-and-security/security-key-attestation',
}
const APPLE = {
  title: 'Apple App Attest',
  url: 'https://developer.apple.com/documentation/devicecheck/validating-apps-that-connect-to-your-server',
}
const WEBAUTHN = { title: 'WebAuthn, 8.2', url: 'https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation' }

const android = presetsOf('device.android-chain')
const object = presetsOf('device.attestation-object')

const anew = (
  of: string,
  make: () => Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>,
): LabDeed => ({ kind: 'remake', of: [of], make })
const chain = (recipe: AndroidRecipe) =>
  anew('android', async () => [{ name: 'chain.der', bytes: joinBytes(await makeAndroidChain(recipe)) }])

/** The client data at hand is not what was signed: it may be another’s, so it is not said to be false. */
const UNPROVED = [
  changes('webauthn.statement-signed', 'pass', 'not-checked'),
  changes('webauthn.client-data-answered', 'pass', 'not-checked'),
]

export const presets: readonly LabPreset[] = [
  android('foreign-key', ANDROID, chain({ signWith: demoKeys.other }), [changes('android.chain', 'pass', 'fail')]),
  android('extended-chain', ANDROID, chain({ extended: true }), [
    changes('android.extension-nearest-root', 'pass', 'fail'),
  ]),
  android('unlocked', ANDROID, chain({ locked: false, state: 2 }), [changes('android.verified-boot', 'pass', 'fail')]),
  android('software-key', ANDROID, chain({ level: 0 }), [changes('android.hardware-level', 'pass', 'fail')]),
  android(
    'revoked-leaf',
    ANDROID,
    anew('android', async () => [{ name: 'status.json', bytes: makeStatusList('a2') }]),
    [changes('android.not-revoked', 'pass', 'fail')],
  ),
  android('list-removed', TOLD.list, { kind: 'take-away', format: 'device.android-status' }, [
    changes('android.not-revoked', 'pass', 'not-checked'),
  ]),
  object(
    'key-swapped',
    APPLE,
    anew('app-attest', async () => [
      { name: 'attestation.cbor', bytes: await makeAppAttest({ certified: demoKeys.other }) },
    ]),
    [changes('webauthn.key-bound', 'pass', 'fail')],
  ),
  object(
    'replayed',
    APPLE,
    anew('app-attest', async () => [
      { name: 'attestation.cbor', bytes: await makeAppAttest({ challenge: 'the challenge of yesterday' }) },
    ]),
    UNPROVED,
  ),
  object(
    'foreign-key',
    WEBAUTHN,
    anew('packed', async () => [
      { name: 'attestation.cbor', bytes: (await makePacked({ signWith: demoKeys.other })).object },
    ]),
    UNPROVED,
  ),
]
