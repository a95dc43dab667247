import { joinBytes } from '../bytes/join.ts'
import { isZero, sameBytes } from '../bytes/layout.ts'
import { type ArtifactIndex, rangeOf, sliceOf, type ByteRange, type Space } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { CheckResult } from '../core/verdict.ts'
import { digest } from '../crypto/verify.ts'
import { mapBack } from '../envelope/map-back.ts'
import type { OpenArtifact, OpenCase } from './case.ts'
import { gatewayEvidence } from './gateway-recipes.ts'
import type { Run } from './run-subject.ts'

/** What ties pieces of evidence of one case: a nonce that all answer, or one's signed bytes that hold a digest of another. */

const RATS = { title: 'RFC 9334', section: '3.3, composite device', url: 'https://www.rfc-editor.org/rfc/rfc9334' }

/** Fewest bytes of a nonce that two would not share by chance. */
const SHORTEST = 16

/** Labels that attestation-rs mixes into the nonce of each kind of device. */
const LABELS = ['NVIDIA-GPU-EAT-v1', 'NVIDIA-SWITCH-EAT-v1']

interface Recipe {
  readonly name: string
  /** What `other` makes of its own bytes; the device's nonce must be one of them. */
  readonly of: (other: OpenArtifact) => Uint8Array | undefined
  readonly through?: (bytes: Uint8Array) => Promise<Uint8Array>
}

const first = ({ facts }: OpenArtifact) => facts.userData?.value.subarray(0, 32)
const second = ({ facts }: OpenArtifact) =>
  facts.userData?.value.length === 64 ? facts.userData.value.subarray(32, 64) : undefined
const nonce = ({ facts }: OpenArtifact) => facts.nonce?.value
const hashed = (bytes: Uint8Array) => digest('SHA-256', bytes)

/** Where gateways and services put the nonce that they also gave to the device. The first that fits is named. */
const RECIPES: readonly Recipe[] = [
  { name: 'nonce = nonce', of: nonce },
  { name: 'report_data[32:64] = nonce', of: second },
  { name: 'report_data[0:32] = nonce', of: first },
  { name: 'sha256(nonce) = nonce', of: nonce, through: hashed },
  { name: 'sha256(report_data[0:32]) = nonce', of: first, through: hashed },
  { name: 'sha256(report_data[32:64]) = nonce', of: second, through: hashed },
  ...LABELS.flatMap((label): Recipe[] => {
    const through = (bytes: Uint8Array) => digest('SHA-256', joinBytes([bytes, new TextEncoder().encode(label)]))
    return [
      { name: `sha256(nonce|"${label}") = nonce`, of: nonce, through },
      { name: `sha256(report_data[32:64]|"${label}") = nonce`, of: second, through },
    ]
  }),
]

/** Nobody's challenge: zeros, or one byte over and over. */
const isConstant = (bytes: Uint8Array) => bytes.length < SHORTEST || bytes.every((byte) => byte === bytes[0])

/** The nonce of a device and what other evidence makes of its own: the recipe, or undefined. */
async function recipeOf(own: Uint8Array, other: OpenArtifact): Promise<string | undefined> {
  for (const { name, of, through } of RECIPES) {
    const bytes = of(other)
    if (!bytes || bytes.length < SHORTEST || isZero(bytes)) continue
    if (sameBytes(through ? await through(bytes) : bytes, own)) return name
  }
  return undefined
}

/** Ties of one subject to the others of its case; each tie stands at one of its ends only. */
export async function crossBindings(
  run: Run,
  index: number,
  runs: readonly Run[],
  opened: OpenCase,
): Promise<CheckResult[]> {
  if (runs.length < 2) return []
  return [...(await byNonce(run, index, runs)), ...(await byEvidence(run, index, opened))]
}

async function byNonce({ artifact }: Run, index: number, runs: readonly Run[]): Promise<CheckResult[]> {
  const own = artifact.facts.nonce
  if (!own || isConstant(own.value)) return []
  const isLater = (other: number) => other > index
  const isLed = runs.some((other, at) => at < index && sameBytes(nonce(other.artifact) ?? NONE, own.value))
  const found: { readonly artifact: ArtifactIndex; readonly recipe: string }[] = []
  for (const [at, other] of runs.entries()) {
    if (at === index || isLed) continue
    const recipe = await recipeOf(own.value, other.artifact)
    if (recipe === undefined || (recipe === 'nonce = nonce' && !isLater(at))) continue
    found.push({ artifact: other.artifact.artifact, recipe })
  }
  if (found.length === 0) return []
  const recipe = [...new Set(found.map((one) => one.recipe))].join(', ')
  return [
    {
      id: 'composite.one-nonce',
      layer: 9,
      answer: 'fresh',
      weight: 'notes',
      spec: RATS,
      subject: index,
      outcome: 'pass',
      because: say('composite.one-nonce.holds', { count: found.length, recipe }),
      cites: [{ artifact: artifact.artifact, path: own.path, ranges: own.ranges }],
      binds: found.map((one) => one.artifact),
      bindsBy: 'nonce',
      found: recipe,
    },
  ]
}
const NONE = new Uint8Array()

/** A gateway's answer whose signed bytes hash the evidence of its devices, as it stands in the answer. */
async function byEvidence({ artifact }: Run, index: number, opened: OpenCase): Promise<CheckResult[]> {
  const field = artifact.facts.userData
  if (!field || isZero(field.value)) return []
  // The quote may have come beside the answer, as a file of its own.
  for (const root of opened.artifacts.filter(({ parent }) => parent === null)) {
    // Where one member is all that is recognised, the artifact is that member: the answer around it is the file.
    const whole = root.slice.space === '' ? sliceOf('', root.slice.bytes) : root.slice
    const named = await gatewayEvidence(field.value, whole)
    if (named && named.ranges.length > 0) return tiedBy(named, root, artifact, index, opened)
  }
  return []
}

function tiedBy(
  named: { readonly recipe: string; readonly ranges: readonly ByteRange[] },
  root: OpenArtifact,
  artifact: OpenArtifact,
  index: number,
  opened: OpenCase,
): CheckResult[] {
  const field = artifact.facts.userData
  if (!field) return []
  const spaces = new Map(opened.spaces().flatMap(({ file, space }) => (file === root.file ? [[space.id, space]] : [])))
  const inside = opened.artifacts.filter(
    (one) =>
      one.file === root.file &&
      one !== artifact &&
      one.message === 'evidence' &&
      liesIn(originOf(spaces, rangeOf(one.slice)), named.ranges),
  )
  if (inside.length === 0) return []
  return [
    {
      id: 'composite.evidence-hash',
      layer: 9,
      answer: 'genuine',
      weight: 'notes',
      spec: RATS,
      subject: index,
      outcome: 'pass',
      because: say('composite.evidence-hash.holds', { count: inside.length, recipe: named.recipe }),
      cites: [{ artifact: artifact.artifact, path: field.path, ranges: field.ranges }],
      binds: inside.map((one) => one.artifact),
      bindsBy: 'evidence',
      found: named.recipe,
    },
  ]
}

/** All of it: what was put together from several places is hashed only where each of them is. */
const liesIn = (ranges: readonly ByteRange[], hashed: readonly ByteRange[]): boolean =>
  ranges.length > 0 &&
  ranges.every((range) => hashed.some((whole) => range.start >= whole.start && range.end <= whole.end))

/** The bytes of the file that say a derived range. */
function originOf(spaces: ReadonlyMap<string, Space>, range: ByteRange): readonly ByteRange[] {
  let ranges: readonly ByteRange[] = [range]
  for (let steps = 0; steps < 16 && ranges.some(({ space }) => space !== ''); steps++)
    ranges = ranges.flatMap((one) => (one.space === '' ? [one] : mapBack(spaces, one)))
  return ranges
}
