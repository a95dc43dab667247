import type { FieldNode, Problem } from '../../core/field.ts'
import { rangeOf, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { Appraiser, EvidenceFormat, Scheme } from '../../core/scheme.ts'
import { readJson } from '../../bytes/json.ts'
import { gapNode } from '../../bytes/layout.ts'
import { anchors } from './anchors.ts'
import { algAllowed } from './checks/alg-allowed.ts'
import { chainInDate } from './checks/chain-in-date.ts'
import { chainToRoot } from './checks/chain-to-root.ts'
import { critUnderstood } from './checks/crit-understood.ts'
import { debugIsDisabled } from './checks/debug-is-disabled.ts'
import { inDate } from './checks/in-date.ts'
import { issuerKnown } from './checks/issuer-known.ts'
import { jkuIsIss } from './checks/jku-is-iss.ts'
import { keyNotFromToken } from './checks/key-not-from-token.ts'
import { keyLongEnough } from './checks/key-long-enough.ts'
import { kidIsKeyHash } from './checks/kid-is-key-hash.ts'
import { kidIsText } from './checks/kid-is-text.ts'
import { levelClaimed } from './checks/level-claimed.ts'
import { membersUnique } from './checks/members-unique.ts'
import { policyMatches } from './checks/policy-matches.ts'
import { reportdataFromRuntime } from './checks/reportdata-from-runtime.ts'
import { serviceSaysYes } from './checks/service-says-yes.ts'
import { shortLived } from './checks/short-lived.ts'
import { signerInEvidence } from './checks/signer-in-evidence.ts'
import { signedByKey } from './checks/signed-by-key.ts'
import { statusConsistent } from './checks/status-consistent.ts'
import { threeParts } from './checks/three-parts.ts'
import { compactNode, innerOf, keyIdOf, readToken, type Token } from './decoded.ts'
import { factsOf } from './facts.ts'
import { FORMATS } from './formats.ts'
import { flatClaims } from './json-path.ts'
import { prepare, type PreparedToken } from './prepare.ts'
import { samples } from './samples.ts'

function treeOf(token: Token): FieldNode {
  const { slice, header, payload } = token
  const kid = keyIdOf(token)
  const odd: readonly Problem[] =
    header && !kid.isText ? [{ because: say('jwt.kid-not-text'), range: rangeOf(header.slice) }] : []
  const headerNode = header && readJson(header.slice, 'header').node
  const payloadNode = payload && readJson(payload.slice, 'payload').node
  const compact = compactNode(slice, {
    ...(headerNode ? { header: { ...headerNode, problems: [...headerNode.problems, ...odd] } } : {}),
    ...(payloadNode ? { payload: payloadNode } : {}),
  })
  if (compact) return { ...compact, label: 'JSON Web Token' }
  if (token.message) return readJson(slice, '', 'JWS').node
  return headerNode && header ? openNode(token, headerNode) : gapNode('', 'JWS', slice, [], 'field.unexplained')
}

/** A token that breaks off within its claims: its header, and the rest as it stands. */
function openNode({ slice, formFaults }: Token, header: FieldNode): FieldNode {
  const dot = slice.bytes.indexOf(0x2e, slice.start)
  const rest = { ...slice, start: dot }
  const problems = formFaults.map((because): Problem => ({ because, range: rangeOf(rest) }))
  return {
    path: '',
    label: 'JSON Web Token',
    kind: 'struct',
    ranges: [rangeOf(slice)],
    value: { kind: 'none' },
    children: [
      {
        path: 'header',
        label: 'header',
        kind: 'embedded',
        ranges: [rangeOf({ ...slice, end: dot })],
        value: { kind: 'none' },
        doc: 'field.jws.header',
        children: [header],
        problems: [],
      },
      gapNode('payload', 'payload', rest, problems, 'field.jws.payload'),
    ],
    problems: [],
  }
}

const jwt: EvidenceFormat<Token> = {
  id: FORMATS.jwt,
  message: 'attestation-result',
  title: 'format.token.jwt',
  facts: factsOf,
  decode(slice) {
    const token = readToken(slice)
    return {
      tree: () => treeOf(token),
      decoded: token,
      spaces: () => [...(token.message?.spaces ?? token.openSpaces), ...token.certificateSpaces],
      problems: [],
      inner: innerOf(token),
    }
  },
}

/** Five parts: only whoever holds the key can open it. */
function jweNode(slice: Slice): FieldNode {
  return gapNode('', 'JWE', slice, [{ because: say('jwe.encrypted'), range: rangeOf(slice) }], 'field.token.encrypted')
}

const jwe: EvidenceFormat<undefined> = {
  id: FORMATS.jwe,
  message: 'supporting',
  title: 'format.token.jwe',
  decode: (slice) => ({ tree: () => jweNode(slice), decoded: undefined, spaces: () => [], problems: [], inner: [] }),
}

const claims: EvidenceFormat<{ readonly claims: ReturnType<typeof flatClaims> }> = {
  id: FORMATS.claims,
  message: 'supporting',
  title: 'format.token.claims',
  facts: (decoded) => ({ measurements: [], claims: decoded.claims }),
  decode(slice) {
    const json = readJson(slice, '', 'claims')
    return {
      tree: () => json.node,
      decoded: { claims: flatClaims(json.value) },
      spaces: () => [],
      problems: [{ because: say('token.unsigned'), range: rangeOf(slice) }],
      inner: [],
      expand: (path, from, to) => json.expand(path, from, to) ?? [],
    }
  },
}

const appraiser: Appraiser<PreparedToken> = {
  formats: [FORMATS.jwt],
  prepare,
  notJudged: ['token.not-judged.claims'],
  checks: [
    threeParts,
    membersUnique,
    critUnderstood,
    kidIsText,
    algAllowed,
    signedByKey,
    keyLongEnough,
    reportdataFromRuntime,
    kidIsKeyHash,
    signerInEvidence,
    keyNotFromToken,
    chainToRoot,
    chainInDate,
    issuerKnown,
    jkuIsIss,
    inDate,
    levelClaimed,
    debugIsDisabled,
    statusConsistent,
    serviceSaysYes,
    policyMatches,
    shortLived,
  ],
}

export const scheme: Scheme = {
  id: 'token',
  formats: [jwt, jwe, claims],
  appraisers: [appraiser],
  anchors,
  samples,
  recipes: async () => (await import('./recipe.ts')).recipes,
  lab: async () => (await import('./lab.ts')).presets,
}
