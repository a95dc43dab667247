import type { Slice, Space } from '../../core/place.ts'
import type { Appraiser, Decoding, EvidenceFormat, Facts, Register, Scheme } from '../../core/scheme.ts'
import { cborTree, shapeRows, type CborShape } from '../../bytes/cbor-node.ts'
import { later } from '../../bytes/later.ts'
import { readJson } from '../../bytes/json.ts'
import { coseShape, valueAt } from '../../envelope/cose.ts'
import { bytesOf, rangeOf } from '../../core/place.ts'
import { toHex } from '../../bytes/layout.ts'
import { anchors } from './anchors.ts'
import { aikChainsToRoot } from './checks/aik-chains-to-root.ts'
import { aikInDate } from './checks/aik-in-date.ts'
import { algorithmIsProtected } from './checks/algorithm-is-protected.ts'
import { claimsFollowRules } from './checks/claims-follow-rules.ts'
import { keysUnique } from './checks/keys-unique.ts'
import { lifecycleIsSecured } from './checks/lifecycle-is-secured.ts'
import { nothingFollows } from './checks/nothing-follows.ts'
import { platformSigned } from './checks/platform-signed.ts'
import { realmKeyBoundToAik } from './checks/realm-key-bound-to-aik.ts'
import { realmKeyBoundToPlatform } from './checks/realm-key-bound-to-platform.ts'
import { realmSigned } from './checks/realm-signed.ts'
import { wellFormed } from './checks/well-formed.ts'
import { bytesClaim, claimPath, lifecycleOf, readSingle, readToken, readVirtToken, type CcaToken } from './decoded.ts'
import { FORMATS } from './formats.ts'
import { platformClaims, realmShape, tokenShape, virtShape } from './layout.ts'
import { prepare, type PreparedCca } from './prepare.ts'
import { decodeVirtEvidence } from './virtcca.ts'
import { samples } from './samples.ts'

function tokenFormat(
  id: string,
  read: (slice: Slice) => { readonly token: CcaToken; readonly spaces: readonly Space[] },
  shape: (token: CcaToken) => CborShape,
  documented: CborShape,
): EvidenceFormat<CcaToken> {
  return {
    id,
    message: 'evidence',
    title: `format.${id}`,
    rows: () => shapeRows(documented),
    facts: factsOf,
    decode(slice): Decoding<CcaToken> {
      const { token, spaces } = read(slice)
      const tree = later(() => cborTree(slice, '', 'CCA token', shape(token)))
      return {
        tree: () => tree().node,
        decoded: token,
        spaces: () => [...tree().spaces, ...spaces],
        problems: [],
        inner: [],
        expand: (path, from, to) => tree().expand(path, from, to),
      }
    },
  }
}

/** In core words. The realm's challenge is both nonce and report data: it is the one value that the caller chooses. */
function factsOf(token: CcaToken): Facts {
  const challenge = bytesClaim(token.realm, 10, 'challenge')
  const instance = bytesClaim(token.platform, 256, 'instanceId')
  const implementation = bytesClaim(token.platform, 2396, 'implementationId')
  const lifecycle = lifecycleOf(token)
  return {
    measurements: [...realmRegisters(token), ...platformRegisters(token)],
    ...(challenge ? { nonce: challenge, userData: challenge } : {}),
    ...(instance ? { deviceId: instance } : {}),
    ...(implementation ? { productId: toHex(implementation.value) } : {}),
    ...(token.realmKey && token.realmSpki ? { attestedKey: { ...token.realmKey, value: token.realmSpki } } : {}),
    ...(lifecycle
      ? {
          debug: {
            path: lifecycle.path,
            ranges: lifecycle.ranges,
            value: lifecycle.value >= 0x5000 && lifecycle.value <= 0x50ff,
          },
        }
      : {}),
  }
}

function realmRegisters(token: CcaToken): Register[] {
  const { realm } = token
  const initial = bytesClaim(realm, 44238, 'initialMeasurement')
  const extensible = realm && valueAt(realm.entries, 44239)
  const personal = bytesClaim(realm, 44235, 'personalizationValue')
  return [
    ...(initial ? [{ name: 'RIM', value: initial, identity: true }] : []),
    ...(realm && extensible?.kind === 'array'
      ? extensible.items.slice(0, 4).flatMap((item, i) =>
          item.kind === 'bytes'
            ? [
                {
                  name: `REM${i}`,
                  identity: true,
                  value: {
                    path: `${claimPath(realm, 'extensibleMeasurements')}[${i}]`,
                    ranges: [rangeOf(item.content)],
                    value: bytesOf(item.content),
                  },
                },
              ]
            : [],
        )
      : []),
    ...(personal ? [{ name: 'RPV', value: personal, identity: false }] : []),
  ]
}

function platformRegisters(token: CcaToken): Register[] {
  const { platform } = token
  const components = platform && valueAt(platform.entries, 2399)
  if (!platform || components?.kind !== 'array') return []
  return components.items.slice(0, 256).flatMap((item, i) => {
    const value = item.kind === 'map' ? valueAt(item.entries, 2) : undefined
    const name = item.kind === 'map' ? valueAt(item.entries, 1) : undefined
    if (value?.kind !== 'bytes') return []
    return [
      {
        name: `platform:${name?.kind === 'text' ? name.text.slice(0, 64) : String(i)}`,
        identity: false,
        value: {
          path: `${claimPath(platform, 'swComponents')}[${i}].measurementValue`,
          ranges: [rangeOf(value.content)],
          value: bytesOf(value.content),
        },
      },
    ]
  })
}

/** Claims without a signature are no evidence: they are shown and not appraised. */
const claimsFormat: EvidenceFormat<undefined> = {
  id: FORMATS.claims,
  message: 'supporting',
  title: 'format.cca.platform-claims',
  rows: () => shapeRows(platformClaims),
  decode(slice) {
    const { node, spaces, expand } = cborTree(slice, '', 'CCA platform claims', platformClaims)
    return { tree: () => node, decoded: undefined, spaces: () => spaces, problems: [], inner: [], expand }
  },
}

const claimsJsonFormat: EvidenceFormat<undefined> = {
  id: FORMATS.claimsJson,
  message: 'supporting',
  title: 'format.cca.claims-json',
  decode(slice) {
    const reading = readJson(slice, '', 'CCA claims')
    const { expand } = reading
    return {
      tree: () => reading.node,
      decoded: undefined,
      spaces: () => [],
      problems: [],
      inner: [],
      expand: (path, from, to) => expand(path, from, to) ?? [],
    }
  },
}

const virtEvidenceFormat: EvidenceFormat<undefined> = {
  id: FORMATS.virtEvidence,
  message: 'supporting',
  title: 'format.cca.virtcca-evidence',
  decode: decodeVirtEvidence,
}

const appraiser: Appraiser<PreparedCca> = {
  formats: [FORMATS.token, FORMATS.platform, FORMATS.realm, FORMATS.virt],
  prepare,
  notJudged: ['cca.not-judged.service', 'cca.not-judged.components', 'cca.not-judged.device'],
  checks: [
    wellFormed,
    keysUnique,
    claimsFollowRules,
    algorithmIsProtected,
    nothingFollows,
    platformSigned,
    realmSigned,
    realmKeyBoundToPlatform,
    realmKeyBoundToAik,
    aikChainsToRoot,
    aikInDate,
    lifecycleIsSecured,
  ],
}

export const scheme: Scheme = {
  id: 'arm-cca',
  formats: [
    tokenFormat(FORMATS.token, readToken, (token) => tokenShape(token.hasCoseKey), tokenShape(true)),
    tokenFormat(
      FORMATS.platform,
      (slice) => readSingle(slice, 'platform'),
      () => coseShape(platformClaims),
      platformClaims,
    ),
    tokenFormat(
      FORMATS.realm,
      (slice) => readSingle(slice, 'realm'),
      (token) => realmShape(token.hasCoseKey),
      realmShape(true),
    ),
    tokenFormat(FORMATS.virt, readVirtToken, () => virtShape, virtShape),
    virtEvidenceFormat,
    claimsFormat,
    claimsJsonFormat,
  ],
  appraisers: [appraiser],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
