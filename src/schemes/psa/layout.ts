import type { CborKey, CborShape } from '../../bytes/cbor-node.ts'

/** Security lifecycle: the upper byte is the state, the lower one is the device's own. */
export const LIFECYCLE: readonly { readonly from: number; readonly name: string }[] = [
  { from: 0x0000, name: 'unknown' }, { from: 0x1000, name: 'assembly and test' }, { from: 0x2000, name: 'PSA RoT provisioning' }, { from: 0x3000, name: 'secured' },
  { from: 0x4000, name: 'non-PSA RoT debug' }, { from: 0x5000, name: 'recoverable PSA RoT debug' }, { from: 0x6000, name: 'decommissioned' },
]

/** Name of a lifecycle value; undefined for one between the ranges. */
export function lifecycleName(value: number): string | undefined {
  return LIFECYCLE.find(({ from }) => value >= from && value <= from + 0xff)?.name
}

const LIFECYCLE_SYMBOLS: Readonly<Record<string, string>> = Object.fromEntries(LIFECYCLE.flatMap(({ from, name }) => Array.from({ length: 256 }, (_, low) => [String(from + low), name])))

const COMPONENT: readonly CborKey[] = [
  { key: 1, name: 'measurementType', label: 'measurement-type', doc: 'field.psaComponent.measurementType', type: 'tstr' },
  { key: 2, name: 'measurementValue', label: 'measurement-value', doc: 'field.psaComponent.measurementValue', type: 'bstr .size (32 / 48 / 64)' },
  { key: 4, name: 'version', doc: 'field.psaComponent.version', type: 'tstr' },
  { key: 5, name: 'signerId', label: 'signer-id', doc: 'field.psaComponent.signerId', type: 'bstr .size (32 / 48 / 64)' },
  { key: 6, name: 'measurementDesc', label: 'measurement-desc', doc: 'field.psaComponent.measurementDesc', type: 'tstr' },
]

/** Which key of which profile says what: RFC 9783 section 4, and the first profile (PSA_IOT_PROFILE_1). */
export const CLAIMS: readonly { readonly name: string; readonly label: string; readonly rfc: number | undefined; readonly first: number | undefined; readonly type: string }[] = [
  { name: 'profile', label: 'psa-profile', rfc: 265, first: -75000, type: 'tstr' },
  { name: 'clientId', label: 'psa-client-id', rfc: 2394, first: -75001, type: 'int' },
  { name: 'lifecycle', label: 'psa-security-lifecycle', rfc: 2395, first: -75002, type: 'uint' },
  { name: 'implementationId', label: 'psa-implementation-id', rfc: 2396, first: -75003, type: 'bstr .size 32' },
  { name: 'bootSeed', label: 'psa-boot-seed', rfc: 2397, first: -75004, type: 'bstr .size (8..32)' },
  { name: 'hardwareVersion', label: 'psa-hardware-version', rfc: undefined, first: -75005, type: 'tstr' },
  { name: 'swComponents', label: 'psa-software-components', rfc: 2399, first: -75006, type: '[+ component]' },
  { name: 'noSwMeasurement', label: 'psa-no-sw-measurement', rfc: undefined, first: -75007, type: '1' },
  { name: 'nonce', label: 'psa-nonce', rfc: 10, first: -75008, type: 'bstr .size (32 / 48 / 64)' },
  { name: 'instanceId', label: 'psa-instance-id', rfc: 256, first: -75009, type: 'bstr .size 33' },
  { name: 'serviceIndicator', label: 'psa-verification-service-indicator', rfc: 2400, first: -75010, type: 'tstr' },
  { name: 'certificationReference', label: 'psa-certification-reference', rfc: 2398, first: undefined, type: 'tstr' },
]

function keysOf(claim: (typeof CLAIMS)[number]): CborKey[] {
  const more = claim.name === 'lifecycle' ? { symbols: LIFECYCLE_SYMBOLS } : claim.name === 'swComponents' ? { element: { doc: 'field.psa.swComponent', keys: COMPONENT } } : {}
  return [claim.rfc, claim.first].flatMap((key) => (key === undefined ? [] : [{ key, name: claim.name, label: claim.label, doc: `field.psa.${claim.name}`, type: claim.type, ...more }]))
}

/** The claims, whichever profile they are of. */
export const claimsShape: CborShape = { keys: CLAIMS.flatMap(keysOf) }
