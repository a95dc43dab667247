import type { Appraiser, EvidenceFormat, Facts, Scheme, Unexplored } from '../../core/scheme.ts'
import type { CborItem } from '../../bytes/cbor.ts'
import { ANY_CBOR, cborTree, shapeRows } from '../../bytes/cbor-node.ts'
import { cborOf } from '../../bytes/head.ts'
import { later } from '../../bytes/later.ts'
import { hexOffset } from '../../bytes/layout.ts'
import { coseShape, coseTree } from '../../envelope/cose.ts'
import { anchors } from './anchors.ts'
import { algorithmIsProtected } from './checks/algorithm-is-protected.ts'
import { debugIsDisabled } from './checks/debug-is-disabled.ts'
import { keysUnique } from './checks/keys-unique.ts'
import { nothingFollows } from './checks/nothing-follows.ts'
import { signedByGivenKey } from './checks/signed-by-given-key.ts'
import { wellFormed } from './checks/well-formed.ts'
import { withinDates } from './checks/within-dates.ts'
import { claimsShape } from './claims.ts'
import { cmwShape, decodeCborCmw, decodeCmwCertificate, decodeJsonCmw, decodeSignedCmw } from './cmw.ts'
import { bytesClaim, dateClaim, intClaim, nestedTokens, readCwt, type Cwt } from './decoded.ts'
import { decodeDiagnostic } from './diagnostic.ts'
import { FORMATS } from './formats.ts'
import { keyExaminer } from './key-examiner.ts'
import { coseKeyShape, decodeKeyFile } from './key-file.ts'
import { prepare, type PreparedCwt } from './prepare.ts'
import { samples } from './samples.ts'

const cwtFormat: EvidenceFormat<Cwt> = {
  id: FORMATS.cwt,
  message: 'evidence',
  title: 'format.eat.cwt',
  rows: () => shapeRows(claimsShape),
  facts: factsOf,
  decode(slice) {
    const { cwt, spaces } = readCwt(slice)
    const tree = later(() => coseTree(slice, '', 'CBOR Web Token', claimsShape))
    return {
      tree: () => tree().node,
      decoded: cwt,
      spaces: () => [...tree().spaces, ...spaces],
      problems: [],
      inner: nestedTokens(cwt),
      expand: (path, from, to) => tree().expand(path, from, to),
    }
  },
}

function factsOf(cwt: Cwt): Facts {
  const nonce = bytesClaim(cwt, 10, 'eat_nonce')
  const device = bytesClaim(cwt, 256, 'ueid')
  const made = dateClaim(cwt, 6, 'iat')
  const debug = intClaim(cwt, 263, 'dbgstat')
  return {
    measurements: [],
    ...(nonce ? { nonce, userData: nonce } : {}),
    ...(device ? { deviceId: device } : {}),
    ...(made ? { madeAt: made } : {}),
    ...(debug ? { debug: { ...debug, value: debug.value === 0 } } : {}),
  }
}

const supporting: readonly EvidenceFormat<undefined>[] = [
  { id: FORMATS.cmwJson, message: 'supporting', title: 'format.eat.cmw-json', decode: decodeJsonCmw },
  {
    id: FORMATS.cmwCbor,
    message: 'supporting',
    title: 'format.eat.cmw-cbor',
    rows: () => shapeRows(cmwShape),
    decode: decodeCborCmw,
  },
  {
    id: FORMATS.cmwSigned,
    message: 'supporting',
    title: 'format.eat.cmw-signed',
    rows: () => shapeRows(coseShape(cmwShape)),
    decode: decodeSignedCmw,
  },
  {
    id: FORMATS.cmwCertificate,
    message: 'supporting',
    title: 'format.eat.cmw-certificate',
    decode: decodeCmwCertificate,
  },
  { id: FORMATS.diagnostic, message: 'supporting', title: 'format.eat.cbor-diagnostic', decode: decodeDiagnostic },
  {
    id: FORMATS.keyFile,
    message: 'endorsement',
    title: 'format.eat.key-file',
    rows: () => shapeRows(coseKeyShape),
    decode: decodeKeyFile,
  },
  {
    id: FORMATS.cbor,
    message: 'supporting',
    title: 'format.eat.cbor',
    decode(slice) {
      const { node, spaces, expand } = cborTree(slice, '', 'CBOR', ANY_CBOR)
      const unexplored = byteStrings(cborOf(slice).item)
      return { tree: () => node, decoded: undefined, spaces: () => spaces, problems: [], inner: [], unexplored, expand }
    },
  },
]

/** Shorter strings hold no evidence and no certificate. */
const SMALLEST_STRING = 96

/** Byte strings anywhere in an item, under their offsets. */
function byteStrings(root: CborItem | undefined): Unexplored[] {
  const found: Unexplored[] = []
  const stack = root ? [root] : []
  for (let item = stack.pop(); item; item = stack.pop()) {
    if (item.kind === 'bytes' && item.content.end - item.content.start >= SMALLEST_STRING)
      found.push({ slice: item.content, name: hexOffset(item.content.start) })
    else if (item.kind === 'array') stack.push(...item.items.toReversed())
    else if (item.kind === 'map') stack.push(...item.entries.map(({ value }) => value).toReversed())
    else if (item.kind === 'tag') stack.push(item.content)
  }
  return found
}

const appraiser: Appraiser<PreparedCwt> = {
  formats: [FORMATS.cwt],
  prepare,
  notJudged: ['eat.not-judged.claims'],
  checks: [
    wellFormed,
    keysUnique,
    algorithmIsProtected,
    nothingFollows,
    signedByGivenKey,
    withinDates,
    debugIsDisabled,
  ],
}

export const scheme: Scheme = {
  id: 'eat',
  formats: [cwtFormat, ...supporting],
  appraisers: [appraiser],
  examiners: [keyExaminer],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
