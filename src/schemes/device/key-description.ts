import { bytesOf, rangeOf, type Located, type Slice } from '../../core/place.ts'
import { integerOf, isContext, octetStringOf, readDer, sequenceOf, type DerElement } from '../../bytes/der.ts'
import type { Certificate } from '../../pki/types.ts'
import { KEY_DESCRIPTION } from './oids.ts'

/** Android Key Attestation, schema of KeyDescription. */
export const DESCRIPTION_MEMBERS = [
  'attestationVersion',
  'attestationSecurityLevel',
  'keyMintVersion',
  'keyMintSecurityLevel',
  'attestationChallenge',
  'uniqueId',
  'softwareEnforced',
  'hardwareEnforced',
] as const

/** Tags of AuthorizationList that are named; others are shown by number. */
export const AUTHORIZATIONS: Readonly<Record<number, string>> = {
  1: 'purpose',
  2: 'algorithm',
  3: 'keySize',
  4: 'blockMode',
  5: 'digest',
  6: 'padding',
  10: 'ecCurve',
  200: 'rsaPublicExponent',
  203: 'mgfDigest',
  303: 'rollbackResistance',
  305: 'earlyBootOnly',
  400: 'activeDateTime',
  401: 'originationExpireDateTime',
  402: 'usageExpireDateTime',
  405: 'usageCountLimit',
  503: 'noAuthRequired',
  504: 'userAuthType',
  505: 'authTimeout',
  506: 'allowWhileOnBody',
  507: 'trustedUserPresenceRequired',
  508: 'trustedConfirmationRequired',
  509: 'unlockedDeviceRequired',
  600: 'allApplications',
  601: 'applicationId',
  701: 'creationDateTime',
  702: 'origin',
  703: 'rollbackResistant',
  704: 'rootOfTrust',
  705: 'osVersion',
  706: 'osPatchLevel',
  709: 'attestationApplicationId',
  710: 'attestationIdBrand',
  711: 'attestationIdDevice',
  712: 'attestationIdProduct',
  713: 'attestationIdSerial',
  714: 'attestationIdImei',
  715: 'attestationIdMeid',
  716: 'attestationIdManufacturer',
  717: 'attestationIdModel',
  718: 'vendorPatchLevel',
  719: 'bootPatchLevel',
  720: 'deviceUniqueAttestation',
  723: 'attestationIdSecondImei',
  724: 'moduleHash',
}
export const ROOT_OF_TRUST = ['verifiedBootKey', 'deviceLocked', 'verifiedBootState', 'verifiedBootHash'] as const
export const LEVELS = ['Software', 'TrustedEnvironment', 'StrongBox'] as const
export const BOOT_STATES = ['Verified', 'SelfSigned', 'Unverified', 'Failed'] as const

/** What the key store says about a key, as far as it could be read. */
export interface KeyDescription {
  readonly range: Located<undefined>
  readonly attestationLevel: Located<number> | undefined
  readonly keyLevel: Located<number> | undefined
  readonly challenge: Located<Uint8Array> | undefined
  readonly rootOfTrust:
    | {
        readonly key: Located<Uint8Array> | undefined
        readonly isLocked: Located<boolean> | undefined
        readonly state: Located<number> | undefined
        readonly hash: Located<Uint8Array> | undefined
      }
    | undefined
  /** 0: made inside the key store. */
  readonly origin: Located<number> | undefined
  readonly versions: Readonly<Record<string, string>>
}

/** The description in a certificate; `malformed` where the extension is there and is none. */
export function keyDescriptionOf(certificate: Certificate): KeyDescription | 'malformed' | undefined {
  const extension = certificate.extensions.find(({ oid }) => oid === KEY_DESCRIPTION)
  return extension && (readDescription(extension.value) ?? 'malformed')
}

const PATH = 'certificate.extensions.KeyDescription'

export function readDescription(value: Slice): KeyDescription | undefined {
  const { element, problems, end } = readDer(value)
  const members = problems.length === 0 && end === value.end ? sequenceOf(element) : undefined
  if (!element || members?.length !== DESCRIPTION_MEMBERS.length) return undefined
  const [, attestation, , key, challenge, , software, hardware] = members
  const octets = octetStringOf(challenge)
  const small = (one: DerElement | undefined, name: string): Located<number> | undefined => {
    const number = integerOf(one)
    return one && number !== undefined && number >= 0n && number < 1n << 40n
      ? { path: `${PATH}.${name}`, ranges: [one.range], value: Number(number) }
      : undefined
  }
  if (!octets || !sequenceOf(software) || !sequenceOf(hardware)) return undefined
  const versions: Record<string, string> = {}
  for (const [tag, name] of [
    [705, 'osVersion'],
    [706, 'osPatchLevel'],
    [718, 'vendorPatchLevel'],
    [719, 'bootPatchLevel'],
  ] as const) {
    const number = integerOf(authorization(hardware, tag))
    if (number !== undefined) versions[name] = String(number)
  }
  return {
    range: { path: PATH, ranges: [element.range], value: undefined },
    attestationLevel: small(attestation, 'attestationSecurityLevel'),
    keyLevel: small(key, 'keyMintSecurityLevel'),
    challenge: { path: `${PATH}.attestationChallenge`, ranges: [rangeOf(octets)], value: bytesOf(octets) },
    // Only what the hardware itself enforces counts: the other list is written by software.
    rootOfTrust: rootOfTrustIn(authorization(hardware, 704)),
    origin: small(authorization(hardware, 702), 'hardwareEnforced.origin'),
    versions,
  }
}

/** The value under an explicit tag of an AuthorizationList. */
function authorization(list: DerElement | undefined, tag: number): DerElement | undefined {
  return list?.children?.find((one) => isContext(one, tag))?.children?.[0]
}

function rootOfTrustIn(element: DerElement | undefined): KeyDescription['rootOfTrust'] {
  const members = sequenceOf(element)
  if (!members) return undefined
  const base = `${PATH}.hardwareEnforced.rootOfTrust`
  const [key, locked, state, hash] = members
  const bytes = (one: DerElement | undefined, name: string) => {
    const octets = octetStringOf(one)
    return octets && { path: `${base}.${name}`, ranges: [rangeOf(octets)], value: bytesOf(octets) }
  }
  const number = integerOf(state)
  const flag = locked && bytesOf(locked.content)[0]
  return {
    key: bytes(key, 'verifiedBootKey'),
    isLocked:
      locked && flag !== undefined
        ? { path: `${base}.deviceLocked`, ranges: [locked.range], value: flag !== 0 }
        : undefined,
    state:
      state && number !== undefined
        ? { path: `${base}.verifiedBootState`, ranges: [state.range], value: Number(number) }
        : undefined,
    hash: bytes(hash, 'verifiedBootHash'),
  }
}
