import type { ArtifactIndex } from '../core/place.ts'
import type { FieldNode, Problem } from '../core/field.ts'
import type { TextId } from '../core/saying.ts'
import type { ArtifactView, InputFile, Inspection } from './api.ts'
import { openCase, tiling, treeOf, type OpenArtifact, type OpenCase } from './case.ts'
import { unreadOf } from './unread.ts'

const recent = new Map<readonly InputFile[], Promise<OpenCase>>()

/** The opened case of exactly this list of files; the last few are kept, so appraising again (another date, another policy) does not read again. */
export function caseOf(files: readonly InputFile[]): Promise<OpenCase> {
  const known = recent.get(files)
  if (known) return known
  const fresh = openCase(files)
  recent.set(files, fresh)
  fresh.catch(() => recent.delete(files))
  for (const oldest of recent.keys()) {
    if (recent.size <= 4) break
    recent.delete(oldest)
  }
  return fresh
}

/** Says what was dropped and decodes every field. Needs no collateral, no date and no policy. */
export async function inspect(files: readonly InputFile[]): Promise<Inspection> {
  return inspectionOf(await caseOf(files))
}

/** An opened case as plain data. */
export function inspectionOf(opened: OpenCase): Inspection {
  return {
    files: opened.files.map((file) => ({ ...file, sha256: file.sha256() })),
    artifacts: opened.artifacts.map((artifact) => artifactView(artifact, opened.artifacts)),
    spaces: opened.spaces(),
    unread: unreadOf(opened),
    evidenceTime: evidenceTimeOf(opened),
  }
}

/** Signed time of the first subject that has one. */
export function evidenceTimeOf(opened: OpenCase): number | null {
  for (const artifact of opened.artifacts) {
    if ((artifact.message === 'evidence' || artifact.message === 'attestation-result') && artifact.facts.madeAt)
      return artifact.facts.madeAt.value
  }
  return null
}

/** What a file is called that no format describes: one in which others were found as its members is not unrecognised. */
function titleOf({ artifact, definition, problems }: OpenArtifact, all: readonly OpenArtifact[]): TextId {
  if (definition) return definition.title
  const isAround = problems.some(({ because }) => because.code === 'around')
  return !isAround && all.some(({ parent, format }) => parent === artifact && format !== null)
    ? 'format.container'
    : 'format.unknown'
}

function artifactView(artifact: OpenArtifact, all: readonly OpenArtifact[]): ArtifactView {
  const tree = treeOf(artifact)
  const found = problemsOf(tree)
  // What stands at a field is not said a second time for the file as a whole.
  const said = new Set(found.map((problem) => problem.because))
  return {
    index: artifact.artifact,
    parent: artifact.parent,
    file: artifact.file,
    name: artifact.name,
    sha256: artifact.sha256(),
    size: artifact.size,
    format: artifact.format,
    title: titleOf(artifact, all),
    message: artifact.message,
    scheme: artifact.scheme?.id ?? null,
    unwrapped: artifact.unwrapped,
    tree,
    slice: { space: artifact.slice.space, start: artifact.slice.start, end: artifact.slice.end },
    ...tiling(artifact),
    problems: [
      ...found,
      ...artifact.problems.filter((problem) => !said.has(problem.because)).map((problem) => ({ ...problem, path: '' })),
    ].slice(0, 1000),
    readings: artifact.readings(),
    origin: artifact.origin,
    facts: artifact.facts,
    ...(artifact.derived ? { derived: artifact.derived } : {}),
  }
}

function problemsOf(tree: FieldNode): (Problem & { path: string })[] {
  const found: (Problem & { path: string })[] = []
  const stack = [tree]
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const problem of node.problems) found.push({ ...problem, path: node.path })
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i]
      if (child) stack.push(child)
    }
  }
  return found
}

/** Elements `from..to` of an array that shows only its first ones. */
export async function expand(
  files: readonly InputFile[],
  artifact: ArtifactIndex,
  path: string,
  from: number,
  to: number,
): Promise<readonly FieldNode[]> {
  const opened = await caseOf(files)
  return opened.artifacts[artifact]?.decoding.expand?.(path, from, to) ?? []
}
