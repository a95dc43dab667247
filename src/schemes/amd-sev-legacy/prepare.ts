import { type ArtifactIndex, sliceAt, type Slice } from '../../core/place.ts'
import { say } from '../../core/saying.ts'
import type { AppraisalContext, CaseItem, Prepared, TrustAnchor } from '../../core/scheme.ts'
import type { RootFinding, TrustNode, WholePath } from '../../core/verdict.ts'
import { toHex } from '../../bytes/layout.ts'
import type { VerifyResult } from '../../crypto/types.ts'
import { digest } from '../../crypto/verify.ts'
import {
  FORMATS,
  type CaCertificate,
  type DecodedCa,
  type DecodedCertificate,
  type DecodedLegacyReport,
  type SevCertificate,
} from './decoded.ts'
import { caSpki, signedPart, verifyByAuthority, verifyByKey } from './keys.ts'
import { ARK, ASK, CEK, OCA, PEK, USAGE } from './layout.ts'

export interface HeldCa {
  readonly item: CaseItem
  readonly slice: Slice
  readonly value: CaCertificate
}
export interface HeldKey {
  readonly item: CaseItem
  readonly slice: Slice
  readonly value: SevCertificate
}

/** One step of the chain: who signed, and what came of it. `missing`: nobody of that kind is here. */
export type Step<T> =
  | { readonly state: 'missing' }
  | {
      readonly state: 'tried'
      readonly signer: T
      readonly result: VerifyResult
      /** Others whose key is the same: anybody can write a certificate around a key. */
      readonly alike: readonly T[]
    }

export interface PreparedLegacy extends Prepared {
  readonly artifact: ArtifactIndex
  /** Which of the two kinds of subject this is. */
  readonly subject:
    | { readonly kind: 'report'; readonly decoded: DecodedLegacyReport }
    | { readonly kind: 'pdh'; readonly decoded: DecodedCertificate }
  readonly byPek: Step<HeldKey>
  readonly pekByCek: Step<HeldKey>
  readonly pekByOwner: Step<HeldKey>
  readonly cekByAsk: Step<HeldCa>
  readonly askByArk: Step<HeldCa>
  readonly anchor: TrustAnchor | undefined
}

const MISSING = { state: 'missing' } as const
/** Most certificates of one kind that are tried. */
const MOST = 64

/** The chain from a report, or from a platform's PDH, up to AMD's root key. */
export async function prepare(item: CaseItem, context: AppraisalContext): Promise<PreparedLegacy> {
  const keys = context.items.flatMap((one): HeldKey[] => {
    const decoded =
      one.format === FORMATS.certificate || one.format === FORMATS.pdh ? (one.decoded as DecodedCertificate) : undefined
    return decoded?.value ? [{ item: one, slice: decoded.slice, value: decoded.value }] : []
  })
  const authorities = context.items.flatMap((one): HeldCa[] => {
    const decoded = one.format === FORMATS.ca ? (one.decoded as DecodedCa) : undefined
    return decoded?.value ? [{ item: one, slice: decoded.slice, value: decoded.value }] : []
  })
  const way = await bestWay(item, keys, authorities, context.anchors)
  const { byPek, pekByCek, pekByOwner, cekByAsk, askByArk, ark, spkiSha256, anchor } = way
  const debug = item.facts.debug?.value ?? null
  return {
    artifact: item.artifact,
    byPek,
    pekByCek,
    pekByOwner,
    cekByAsk,
    askByArk,
    anchor,
    subject:
      item.format === FORMATS.report
        ? { kind: 'report', decoded: item.decoded as DecodedLegacyReport }
        : { kind: 'pdh', decoded: item.decoded as DecodedCertificate },
    root: rootOf(ark, anchor, spkiSha256),
    collateral: [],
    wishes: [],
    timeline: [],
    ladders: [],
    nodes: nodesOf(item, [byPek, pekByCek, cekByAsk, askByArk]),
    wholePath: WHOLE_PATH,
    vendor: {
      scheme: 'amd',
      tcbStatus: null,
      error: null,
      advisories: [],
      tcbDate: null,
      evaluationNumber: null,
      debug,
    },
    doesNotProve: ['limit.sev.host-asks', 'limit.sev.no-revocation', 'limit.sev.physical'],
  }
}

interface Way {
  readonly byPek: Step<HeldKey>
  readonly pekByCek: Step<HeldKey>
  readonly pekByOwner: Step<HeldKey>
  readonly cekByAsk: Step<HeldCa>
  readonly askByArk: Step<HeldCa>
  readonly ark: HeldCa | undefined
  readonly spkiSha256: string
  readonly anchor: TrustAnchor | undefined
}

/** Most ways up that are tried. */
const MOST_WAYS = 64

/** Of the certificates of one key, those that lead to a root: a copy that somebody changed does not hide the genuine one, before or behind. */
async function bestWay(
  item: CaseItem,
  keys: readonly HeldKey[],
  authorities: readonly HeldCa[],
  anchors: readonly TrustAnchor[],
): Promise<Way> {
  const of = (usage: number) => ofUsage(keys, usage)
  const first = await signedByPek(item, of(PEK))
  let best: Way | undefined
  let ways = 0
  for (const { one: pek, step: byPek } of eachOf(first)) {
    const byCek = pek ? await signedBySlot(pek, CEK, of(CEK)) : MISSING
    const pekByOwner = pek ? await signedBySlot(pek, OCA, of(OCA)) : MISSING
    for (const { one: cek, step: pekByCek } of eachOf(byCek)) {
      const byAsk = cek ? await signedByAsk(cek, ofUsage(authorities, ASK)) : MISSING
      for (const { one: ask, step: cekByAsk } of eachOf(byAsk)) {
        const byArk = ask
          ? await firstValid(ofUsage(authorities, ARK), (ark) =>
              verifyByAuthority(ark.value, signedPart(ask.slice, ask.value), ask.value.signature.value),
            )
          : MISSING
        for (const { one: ark, step: askByArk } of eachOf(byArk)) {
          const spkiSha256 = ark ? toHex(await digest('SHA-256', caSpki(ark.value))) : ''
          const anchor = ark && anchors.find((one) => one.spkiSha256 === spkiSha256)
          const way: Way = { byPek, pekByCek, pekByOwner, cekByAsk, askByArk, ark, spkiSha256, anchor }
          if (anchor && isWhole(way)) return way
          if (!best || standingOf(way) > standingOf(best)) best = way
          if (++ways >= MOST_WAYS) return best
        }
      }
    }
  }
  const none = { ark: undefined, spkiSha256: '', anchor: undefined }
  return best ?? { byPek: first, pekByCek: MISSING, pekByOwner: MISSING, cekByAsk: MISSING, askByArk: MISSING, ...none }
}

const holds = (step: Step<unknown>): boolean => step.state === 'tried' && step.result.result === 'valid'
const isWhole = ({ byPek, pekByCek, cekByAsk, askByArk }: Way) => [byPek, pekByCek, cekByAsk, askByArk].every(holds)

/** How far up its signatures hold, and whether that is a root that is known. */
function standingOf({ byPek, pekByCek, cekByAsk, askByArk, anchor }: Way): number {
  return [byPek, pekByCek, cekByAsk, askByArk].filter(holds).length * 2 + (anchor ? 1 : 0)
}

/** A step by each of its signers in turn; one that nobody took stays as it is. */
function eachOf<T>(step: Step<T>): readonly { readonly one: T | undefined; readonly step: Step<T> }[] {
  if (step.state === 'missing') return [{ one: undefined, step }]
  const { result, alike } = step
  return [step.signer, ...alike].map((one) => ({ one, step: { state: 'tried', signer: one, result, alike } }))
}

function signedByAsk(cek: HeldKey, candidates: Candidates<HeldCa>): Promise<Step<HeldCa>> {
  const slot = slotOf(cek.value, ASK)[0]
  return firstValid(
    candidates,
    (ask) => slot && verifyByAuthority(ask.value, signedPart(cek.slice, cek.value), slot.value.value),
  )
}

/** Who may have signed: those whose certificate says that they are of this kind, and those that say something else. */
interface Candidates<T> {
  readonly named: readonly T[]
  readonly others: readonly T[]
}

function ofUsage<T extends HeldCa | HeldKey>(all: readonly T[], usage: number): Candidates<T> {
  return {
    named: all.filter((one) => one.value.body.usage.value === usage),
    others: all.filter((one) => one.value.body.usage.value !== usage),
  }
}

/**
 * Tries every candidate: the one that signed, else the first one, whose signature then does not hold.
 * A key that did sign although its certificate says that it is for something else is no missing certificate: that certificate was changed, or the key was misused.
 */
async function firstValid<T extends HeldCa | HeldKey>(
  { named, others }: Candidates<T>,
  verify: (one: T) => Promise<VerifyResult> | undefined,
): Promise<Step<T>> {
  let first: Step<T> = MISSING
  const valid: { readonly signer: T; readonly result: VerifyResult }[] = []
  for (const signer of named.slice(0, MOST)) {
    const result = await verify(signer)
    if (!result) continue
    if (result.result !== 'valid')
      first = first.state === 'missing' ? { state: 'tried', signer, result, alike: [] } : first
    else valid.push({ signer, result })
  }
  const [good, ...alike] = valid
  if (good) return { state: 'tried', ...good, alike: alike.map((one) => one.signer) }
  if (first.state !== 'missing') return first
  for (const signer of others.slice(0, MOST)) {
    const { usage } = signer.value.body
    if ((await verify(signer))?.result === 'valid')
      return {
        state: 'tried',
        signer,
        alike: [],
        result: {
          result: 'invalid',
          because: say('sev.signer-usage', { usage: USAGE[usage.value] ?? `0x${usage.value.toString(16)}` }),
        },
      }
  }
  return MISSING
}

/** The signature slots that name a kind of signer. */
function slotOf(value: SevCertificate, usage: number) {
  return [value.first, value.second].filter((slot) => slot.usage.value === usage)
}

function signedBySlot(subject: HeldKey, usage: number, candidates: Candidates<HeldKey>): Promise<Step<HeldKey>> {
  const slot = slotOf(subject.value, usage)[0]
  return firstValid(
    candidates,
    (signer) =>
      slot &&
      verifyByKey(signer.value, slot.algorithm.value, signedPart(subject.slice, subject.value), slot.value.slice),
  )
}

async function signedByPek(item: CaseItem, candidates: Candidates<HeldKey>): Promise<Step<HeldKey>> {
  if (item.format === FORMATS.report) {
    const { value, slice } = item.decoded as DecodedLegacyReport
    return value
      ? firstValid(candidates, (pek) =>
          verifyByKey(
            pek.value,
            value.algorithm.value,
            sliceAt(slice, value.body.$.range),
            spanOf(slice, value.signature.r.slice, value.signature.s.slice),
          ),
        )
      : MISSING
  }
  const { value, slice } = item.decoded as DecodedCertificate
  return value ? signedBySlot({ item, slice, value }, PEK, candidates) : MISSING
}

function spanOf(slice: Slice, from: Slice, to: Slice): Slice {
  return { ...slice, start: from.start, end: to.end }
}

function rootOf(ark: HeldCa | undefined, anchor: TrustAnchor | undefined, spkiSha256: string): RootFinding {
  if (anchor)
    return {
      status: anchor.status ?? 'pinned',
      holder: anchor.holder,
      country: anchor.country,
      purpose: 'evidence',
      spkiSha256: anchor.spkiSha256,
      sha256: anchor.sha256,
    }
  return {
    status: ark ? 'unknown' : 'none',
    holder: ark ? 'ARK' : 'AMD',
    country: '',
    purpose: 'evidence',
    spkiSha256,
    sha256: ark?.item.sha256() ?? '',
  }
}

function nodesOf(
  item: CaseItem,
  steps: readonly Step<{ readonly item: CaseItem; readonly slice: Slice }>[],
): TrustNode[] {
  const ids = ['pek', 'cek', 'ask', 'ark'] as const
  const nodes = steps.flatMap((step, i): TrustNode[] => {
    const id = ids[i]
    if (step.state === 'missing' || !id) return []
    const { space, start, end } = step.signer.slice
    return [
      {
        id,
        kind: id === 'ark' ? 'root' : 'certificate',
        title: say(`node.sev.${id}`),
        name: id.toUpperCase(),
        cite: { artifact: step.signer.item.artifact, path: '', ranges: [{ space, start, end }] },
      },
    ]
  })
  const { space, start, end } = item.slice
  return [
    ...nodes.toReversed(),
    {
      id: 'subject',
      kind: item.format === FORMATS.report ? 'content' : 'key',
      title: say(item.format === FORMATS.report ? 'node.sev.report' : 'node.sev.pdh'),
      cite: { artifact: item.artifact, path: '', ranges: [{ space, start, end }] },
    },
  ]
}

const WHOLE_PATH: WholePath = {
  nodes: (['ark', 'ask', 'cek', 'pek'] as const).map((id) => ({
    id,
    kind: id === 'ark' ? 'root' : 'certificate',
    title: say(`node.sev.${id}`),
  })),
  steps: [
    { from: 'ark', to: 'ask', by: 'signature', check: 'sev.ask-signed-by-ark' },
    { from: 'ask', to: 'cek', by: 'signature', check: 'sev.cek-signed-by-ask' },
    { from: 'cek', to: 'pek', by: 'signature', check: 'sev.pek-signed-by-cek' },
    { from: 'pek', to: 'subject', by: 'signature', check: 'sev.signed-by-pek' },
  ],
}
