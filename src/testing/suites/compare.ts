/** What a public suite says of a case, and what we say. */
export interface Outcome {
  readonly id: string
  readonly expected: 'accept' | 'refuse'
  readonly ours: 'accept' | 'refuse' | 'unsupported'
}

/** Cases on which we differ on purpose, each with its reason. `*` at the end stands for anything. */
export type Differences = Readonly<Record<string, string>>

/** Prints the counts, and gives every difference that is not written down, and every written one that is none any more. */
export function compare(suite: string, outcomes: readonly Outcome[], differences: Differences): string[] {
  const acceptsInvalid = outcomes.filter((one) => one.expected === 'refuse' && one.ours === 'accept')
  const rejectsValid = outcomes.filter((one) => one.expected === 'accept' && one.ours === 'refuse')
  const unsupported = outcomes.filter((one) => one.ours === 'unsupported')
  const reasonOf = (id: string) => differenceOf(differences, id)
  const unexplained = [...acceptsInvalid, ...rejectsValid].filter((one) => reasonOf(one.id) === undefined)
  const used = new Set([...acceptsInvalid, ...rejectsValid].map((one) => keyOf(differences, one.id)))
  const over = Object.keys(differences).filter((key) => !used.has(key))
  console.log(
    `${suite}: ${outcomes.length} run, ${outcomes.length - acceptsInvalid.length - rejectsValid.length - unsupported.length} agree, ` +
      `${unsupported.length} unsupported, accepts-invalid ${acceptsInvalid.length} (${acceptsInvalid.length - unexplained.filter((one) => one.ours === 'accept').length} written down), ` +
      `rejects-valid ${rejectsValid.length} (${rejectsValid.length - unexplained.filter((one) => one.ours === 'refuse').length} written down)`,
  )
  return [
    ...unexplained.map((one) => `${one.id}: ${one.expected} expected, we ${one.ours}`),
    ...over.map((key) => `${key}: written down, but we agree now`),
  ]
}

function keyOf(differences: Differences, id: string): string | undefined {
  return Object.keys(differences).find((key) => (key.endsWith('*') ? id.startsWith(key.slice(0, -1)) : key === id))
}

function differenceOf(differences: Differences, id: string): string | undefined {
  const key = keyOf(differences, id)
  return key === undefined ? undefined : differences[key]
}

/** The folder that an environment variable names. Says so when it names none: a suite that did not run must not look as if it had. */
export function folderOf(variable: string, what: string): string | undefined {
  const folder = process.env[variable]
  if (folder === undefined && process.env['CONFORMANCE'] !== undefined)
    console.log(`${variable} is not set: ${what} was not run`)
  return folder
}
