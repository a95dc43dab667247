import type { ArtifactIndex } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { Policy } from '../core/policy.ts'
import type { CaseItem, Examination, TrustAnchor } from '../core/scheme.ts'
import type { OpenArtifact, OpenCase } from './case.ts'
import { entries, loadScheme } from './registry.ts'

/** What can be said of supporting files by themselves, where there is no evidence that would use them. */

/** Most files that are looked at so. */
const EXAMINED = 96

/** One file, and how it stands. */
export interface Examined extends Examination {
  readonly artifact: ArtifactIndex
}

/** Examines the supporting files of a case without evidence. Never throws: a crash is ours, and leaves that file out. */
export async function examineAll(
  opened: OpenCase,
  given: { readonly at: number; readonly policy: Policy; readonly added: readonly TrustAnchor[] },
): Promise<Examined[]> {
  const found: Examined[] = []
  const off = new Set(given.policy.anchorsOff ?? [])
  const marked = (anchors: readonly TrustAnchor[]) => [
    ...anchors.map((anchor): TrustAnchor =>
      off.has(anchor.spkiSha256) ? { ...anchor, status: 'switched-off' } : anchor,
    ),
    ...given.added,
  ]
  let everyone: readonly TrustAnchor[] | undefined
  for (const artifact of opened.artifacts) {
    if (found.length >= EXAMINED) break
    const examiner = examinerOf(artifact)
    // What is part of something that was looked at as a whole was looked at with it.
    if (!examiner || found.some((whole) => whole.artifact === artifact.parent)) continue
    if (isWithinLog(artifact, opened.artifacts)) continue
    if (examiner.anchors === 'all') everyone ??= marked(await anchorsOfAll())
    try {
      const examined = await examiner.examine(artifact, {
        at: given.at,
        policy: given.policy,
        anchors: examiner.anchors === 'all' ? (everyone ?? []) : marked(artifact.scheme?.anchors ?? []),
        items: opened.artifacts.filter((other) => other !== artifact),
      })
      if (examined) found.push({ ...examined, artifact: artifact.artifact })
    } catch (thrown) {
      found.push({
        artifact: artifact.artifact,
        root: undefined,
        findings: [
          {
            id: 'engine.examination-ran',
            outcome: 'error',
            because: say('engine.crashed', { message: String(thrown).slice(0, 200) }),
            cites: [],
          },
        ],
      })
    }
  }
  return found
}

/** A certificate that a log tells of (what Secure Boot allowed, and what it refused) is a word of the log: nobody gave it to vouch for anything here. */
export function isWithinLog({ parent }: CaseItem, items: readonly CaseItem[]): boolean {
  return parent !== null && items[parent]?.derived?.log !== undefined
}

function examinerOf({ scheme, format }: OpenArtifact) {
  return scheme?.examiners?.find(({ formats }) => formats.includes(format ?? ''))
}

/** The anchors of every scheme: a chain by itself does not say whose it is. */
async function anchorsOfAll(): Promise<TrustAnchor[]> {
  const schemes = await Promise.all(entries.map((entry) => loadScheme(entry)))
  return schemes.flatMap(({ anchors }) => anchors)
}
