import type { CborKey, CborShape } from '../../bytes/cbor-node.ts'
import { coseShape } from '../../envelope/cose.ts'

/** Security lifecycle: the upper byte is the state, the lower one is the platform's own. */
export const LIFECYCLE: readonly { readonly from: number; readonly name: string }[] = [
  { from: 0x0000, name: 'unknown' }, { from: 0x1000, name: 'assembly and test' }, { from: 0x2000, name: 'CCA platform RoT provisioning' }, { from: 0x3000, name: 'secured' },
  { from: 0x4000, name: 'non-CCA-platform debug' }, { from: 0x5000, name: 'recoverable CCA platform debug' }, { from: 0x6000, name: 'decommissioned' },
]

/** Name of a lifecycle value; undefined for one between the ranges. */
export function lifecycleName(value: number): string | undefined {
  return LIFECYCLE.find(({ from }) => value >= from && value <= from + 0xff)?.name
}

const LIFECYCLE_SYMBOLS: Readonly<Record<string, string>> = Object.fromEntries(LIFECYCLE.flatMap(({ from, name }) => Array.from({ length: 256 }, (_, low) => [String(from + low), name])))

const COMPONENT: readonly CborKey[] = [
  { key: 1, name: 'measurementType', label: 'measurement-type', doc: 'field.ccaComponent.measurementType', type: 'tstr' },
  { key: 2, name: 'measurementValue', label: 'measurement-value', doc: 'field.ccaComponent.measurementValue', type: 'bstr .size (32 / 48 / 64)' },
  { key: 4, name: 'version', doc: 'field.ccaComponent.version', type: 'tstr' },
  { key: 5, name: 'signerId', label: 'signer-id', doc: 'field.ccaComponent.signerId', type: 'bstr .size (32 / 48 / 64)' },
  { key: 6, name: 'hashAlgoId', label: 'hash-algo-id', doc: 'field.ccaComponent.hashAlgoId', type: 'tstr' },
  { key: 7, name: 'liveActivation', label: 'lfa-supported', doc: 'field.ccaComponent.liveActivation', type: 'bool' },
  { key: 8, name: 'countersignerIds', label: 'countersigner-ids', doc: 'field.ccaComponent.countersignerIds', type: '[+ bstr .size (32 / 48 / 64)]', element: { doc: 'field.ccaComponent.signerId' } },
]

/**
 * Platform profiles, and the claim that holds the digest of the realm's key. RMM 1.0 and the 2.0 drafts of 2024 put it into the challenge; draft-ffm-rats-cca-token-04
 * and RMM 2.0-bet3 have a claim of its own (as confidential-dot-ai's profile of them says), because there the challenge may be the caller's.
 * Under a profile that is not listed nothing is known to be the binding: a challenge that anybody may choose would bind anything.
 */
const PROFILES: readonly { readonly profile: RegExp; readonly key: number; readonly name: string }[] = [
  { profile: /^(?:http:\/\/arm\.com\/CCA-SSD\/1\.0\.0|tag:arm\.com,2023:cca_platform#1\.0\.0|tag:arm\.com,2024:cca_platform#2\.0\.0)$/, key: 10, name: 'challenge' },
  { profile: /^tag:arm\.com,2026:cca_platform#2\.0\.0(?:[;#]delegated)?$/, key: 2408, name: 'workloadBinding' },
]

/** The claim by which a platform of that profile names the realm's key; undefined for another profile. */
export function bindingClaim(profile: string): { readonly key: number; readonly name: string } | undefined {
  return PROFILES.find((known) => known.profile.test(profile))
}

/** Claims of the platform (RMM specification A7.2.3; draft-ffm-rats-cca-token 4.6). The legacy profile and the new one use the same keys. */
export const platformClaims: CborShape = {
  keys: [
    { key: 265, name: 'profile', label: 'cca-platform-profile', doc: 'field.ccaPlatform.profile', type: 'tstr' },
    { key: 10, name: 'challenge', label: 'cca-platform-challenge', doc: 'field.ccaPlatform.challenge', type: 'bstr .size (32 / 48 / 64)' },
    { key: 2396, name: 'implementationId', label: 'cca-platform-implementation-id', doc: 'field.ccaPlatform.implementationId', type: 'bstr .size 32' },
    { key: 256, name: 'instanceId', label: 'cca-platform-instance-id', doc: 'field.ccaPlatform.instanceId', type: 'bstr .size 33' },
    { key: 2401, name: 'config', label: 'cca-platform-config', doc: 'field.ccaPlatform.config', type: 'bstr' },
    { key: 2395, name: 'lifecycle', label: 'cca-platform-lifecycle', doc: 'field.ccaPlatform.lifecycle', type: 'uint', symbols: LIFECYCLE_SYMBOLS },
    { key: 2399, name: 'swComponents', label: 'cca-platform-sw-components', doc: 'field.ccaPlatform.swComponents', type: '[+ component]', element: { doc: 'field.ccaPlatform.swComponent', keys: COMPONENT } },
    { key: 2400, name: 'serviceIndicator', label: 'cca-platform-service-indicator', doc: 'field.ccaPlatform.serviceIndicator', type: 'tstr' },
    { key: 2402, name: 'hashAlgoId', label: 'cca-platform-hash-algo-id', doc: 'field.ccaPlatform.hashAlgoId', type: 'tstr' },
    { key: 2394, name: 'clientId', label: 'cca-platform-client-id', doc: 'field.ccaPlatform.clientId', type: '1', symbols: { '1': 'Realm Management Security Domain' } },
    { key: 2403, name: 'manufacturingConfig', label: 'cca-platform-manufacturing-config', doc: 'field.ccaPlatform.manufacturingConfig', type: 'bstr' },
    { key: 2404, name: 'extension', label: 'cca-platform-extension', doc: 'field.ccaPlatform.extension', type: '[+ device]' },
    { key: 2408, name: 'workloadBinding', label: 'cca-platform-workload-binding', doc: 'field.ccaPlatform.workloadBinding', type: 'bstr .size (32 / 48 / 64)' },
  ],
}

const COSE_KEY: CborShape = {
  keys: [
    { key: 1, name: 'kty', doc: 'field.coseKey.kty', type: 'int', symbols: { '1': 'OKP', '2': 'EC2', '3': 'RSA' } },
    { key: -1, name: 'crv', doc: 'field.coseKey.crv', type: 'int', symbols: { '1': 'P-256', '2': 'P-384', '3': 'P-521' } },
    { key: -2, name: 'x', doc: 'field.coseKey.x', type: 'bstr' },
    { key: -3, name: 'y', doc: 'field.coseKey.y', type: 'bstr' },
  ],
}

/** Claims of the realm (RMM specification A7.2.4; draft-ffm-rats-cca-token 4.7). The public key is a bare point in the legacy profile and a COSE_Key in the new one. */
export const realmClaims: CborShape = {
  keys: [
    { key: 265, name: 'profile', label: 'cca-realm-profile', doc: 'field.ccaRealm.profile', type: 'tstr' },
    { key: 10, name: 'challenge', label: 'cca-realm-challenge', doc: 'field.ccaRealm.challenge', type: 'bstr .size 64' },
    { key: 44235, name: 'personalizationValue', label: 'cca-realm-personalization-value', doc: 'field.ccaRealm.personalizationValue', type: 'bstr .size 64' },
    { key: 44236, name: 'hashAlgoId', label: 'cca-realm-hash-algo-id', doc: 'field.ccaRealm.hashAlgoId', type: 'tstr' },
    { key: 44237, name: 'publicKey', label: 'cca-realm-public-key', doc: 'field.ccaRealm.publicKey', type: 'bstr' },
    { key: 44238, name: 'initialMeasurement', label: 'cca-realm-initial-measurement', doc: 'field.ccaRealm.initialMeasurement', type: 'bstr .size (32 / 48 / 64)' },
    { key: 44239, name: 'extensibleMeasurements', label: 'cca-realm-extensible-measurements', doc: 'field.ccaRealm.extensibleMeasurements', type: '[4*4 bstr]', element: { doc: 'field.ccaRealm.extensibleMeasurement' } },
    { key: 44240, name: 'publicKeyHashAlgoId', label: 'cca-realm-public-key-hash-algo-id', doc: 'field.ccaRealm.publicKeyHashAlgoId', type: 'tstr' },
    // The draft of 2024 has it as a text under the key of the realm's token; RMM 2.0 as a number under one of its own.
    { key: 44241, name: 'mecPolicyText', label: 'cca-realm-mec-policy', doc: 'field.ccaRealm.mecPolicy', type: 'tstr' },
    { key: 44243, name: 'mecPolicy', label: 'cca-realm-mec-policy', doc: 'field.ccaRealm.mecPolicy', type: '0 / 1', symbols: { '0': 'shared', '1': 'private' } },
    { key: 44244, name: 'lfaPolicy', label: 'cca-realm-lfa-policy', doc: 'field.ccaRealm.lfaPolicy', type: '0 / 1', symbols: { '0': 'disallow', '1': 'allow' } },
    { key: 44257, name: 'devicesTokenHash', label: 'cca-realm-devices-token-hash', doc: 'field.ccaRealm.devicesTokenHash', type: 'bstr .size (32 / 48 / 64)' },
    { key: 256, name: 'ueid', doc: 'field.ccaRealm.ueid', type: 'bstr' },
  ],
}

/** The realm's claims where the public key is known to be a COSE_Key. */
const realmWithCoseKey: CborShape = { ...realmClaims, keys: (realmClaims.keys ?? []).map((known) => (known.key === 44237 ? { ...known, cbor: COSE_KEY } : known)) }

/** A part of the collection: a byte string in Arm's own form, or a CMW record [content format, byte string]. */
function part(key: number, name: string, doc: string, claims: CborShape): CborKey {
  const inner = coseShape(claims)
  return {
    key, name, doc, type: 'bstr .cbor COSE_Sign1 / [263, bstr]', cbor: inner,
    positions: [{ key: 0, name: 'type', doc: 'field.ccaToken.type', type: 'uint', symbols: { '263': 'application/eat+cwt' } }, { key: 1, name: 'value', doc: 'field.ccaToken.value', type: 'bstr .cbor COSE_Sign1', cbor: inner }],
  }
}

/** Claims of a virtual machine under virtCCA: the realm's, in a byte string inside the payload; the public key is a whole SubjectPublicKeyInfo. */
const virtClaims: CborShape = { ...realmClaims, doc: 'field.ccaVirt.claims', cbor: realmClaims }

/** virtCCA's token: the collection without a platform. */
export const virtShape: CborShape = { keys: [part(44241, 'realm', 'field.ccaVirt.token', virtClaims)] }

/** The whole collection. */
export function tokenShape(hasCoseKey: boolean): CborShape {
  return { keys: [part(44234, 'platform', 'field.ccaToken.platform', platformClaims), part(44241, 'realm', 'field.ccaToken.realm', hasCoseKey ? realmWithCoseKey : realmClaims)] }
}

/** A realm's token on its own. */
export function realmShape(hasCoseKey: boolean): CborShape {
  return coseShape(hasCoseKey ? realmWithCoseKey : realmClaims)
}
