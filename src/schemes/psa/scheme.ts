import { bytesOf, rangeOf } from '../../core/place.ts'
import type { Appraiser, EvidenceFormat, Facts, Register, Scheme } from '../../core/scheme.ts'
import { shapeRows } from '../../bytes/cbor-node.ts'
import { later } from '../../bytes/later.ts'
import { toHex } from '../../bytes/layout.ts'
import { coseTree, valueAt } from '../../envelope/cose.ts'
import { anchors } from './anchors.ts'
import { algorithmIsProtected } from './checks/algorithm-is-protected.ts'
import { claimsFollowRules } from './checks/claims-follow-rules.ts'
import { keysUnique } from './checks/keys-unique.ts'
import { lifecycleIsSecured } from './checks/lifecycle-is-secured.ts'
import { nothingFollows } from './checks/nothing-follows.ts'
import { signedByDevice } from './checks/signed-by-device.ts'
import { wellFormed } from './checks/well-formed.ts'
import { bytesClaim, claimOf, lifecycleOf, readToken, type PsaToken } from './decoded.ts'
import { FORMATS } from './formats.ts'
import { claimsShape } from './layout.ts'
import { prepare, type PreparedPsa } from './prepare.ts'
import { samples } from './samples.ts'

const tokenFormat: EvidenceFormat<PsaToken> = {
  id: FORMATS.token,
  message: 'evidence',
  title: 'format.psa.token',
  rows: () => shapeRows(claimsShape),
  facts: factsOf,
  decode(slice) {
    const { token, spaces } = readToken(slice)
    const tree = later(() => coseTree(slice, '', 'PSA token', claimsShape))
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

function factsOf(token: PsaToken): Facts {
  const nonce = bytesClaim(token, 'nonce')
  const instance = bytesClaim(token, 'instanceId')
  const implementation = bytesClaim(token, 'implementationId')
  const lifecycle = lifecycleOf(token)
  return {
    measurements: registers(token),
    ...(nonce ? { nonce, userData: nonce } : {}),
    ...(instance ? { deviceId: instance } : {}),
    ...(implementation ? { productId: toHex(implementation.value) } : {}),
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

function registers(token: PsaToken): Register[] {
  const components = claimOf(token, 'swComponents')
  if (components?.kind !== 'array') return []
  return components.items.slice(0, 256).flatMap((item, i) => {
    const value = item.kind === 'map' ? valueAt(item.entries, 2) : undefined
    const name = item.kind === 'map' ? valueAt(item.entries, 1) : undefined
    return value?.kind === 'bytes'
      ? [
          {
            name: name?.kind === 'text' ? name.text.slice(0, 64) : `component ${i}`,
            identity: true,
            value: {
              path: `payload.swComponents[${i}].measurementValue`,
              ranges: [rangeOf(value.content)],
              value: bytesOf(value.content),
            },
          },
        ]
      : []
  })
}

const appraiser: Appraiser<PreparedPsa> = {
  formats: [FORMATS.token],
  prepare,
  notJudged: ['psa.not-judged.service', 'psa.not-judged.boot-seed', 'psa.not-judged.components'],
  checks: [
    wellFormed,
    keysUnique,
    claimsFollowRules,
    algorithmIsProtected,
    nothingFollows,
    signedByDevice,
    lifecycleIsSecured,
  ],
}

export const scheme: Scheme = {
  id: 'psa',
  formats: [tokenFormat],
  appraisers: [appraiser],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
