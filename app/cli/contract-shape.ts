/** What the JSON of an appraisal looks like, member by member; written from the contract, not from the code that prints it. For tests. */

type Test = (value: unknown, at: string) => string[]

const one =
  (test: (value: unknown) => boolean, what: string): Test =>
  (value, at) =>
    test(value) ? [] : [`${at}: not ${what}`]
const text = one((value) => typeof value === 'string', 'a text')
const number = one((value) => typeof value === 'number' && Number.isFinite(value), 'a number')
const count = one((value) => Number.isInteger(value) && Number(value) >= 0, 'a whole number')
const bool = one((value) => typeof value === 'boolean', 'true or false')
const word = (...words: readonly string[]): Test =>
  one((value) => words.includes(String(value)) && typeof value === 'string', words.join('|'))
const nullable =
  (test: Test): Test =>
  (value, at) =>
    value === null ? [] : test(value, at)
const optional =
  (test: Test): Test =>
  (value, at) =>
    value === undefined ? [] : test(value, at)
const list =
  (test: Test): Test =>
  (value, at) =>
    Array.isArray(value) ? value.flatMap((item: unknown, i) => test(item, `${at}[${i}]`)) : [`${at}: not a list`]
const matching = (pattern: RegExp): Test =>
  one((value) => typeof value === 'string' && pattern.test(value), String(pattern))
const digest = matching(/^[0-9a-f]{64}$/)
const instant = matching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/)
const range: Test = (value, at) =>
  Array.isArray(value) && value.length === 2
    ? value.flatMap((item: unknown, i) => count(item, `${at}[${i}]`))
    : [`${at}: not a range`]
const record =
  (members: Readonly<Record<string, Test>>): Test =>
  (value, at) =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? [`${at}: not an object`]
      : Object.entries(members).flatMap(([name, test]) =>
          test((value as Record<string, unknown>)[name], `${at}.${name}`),
        )

const headline = word('S0', 'S1', 'S2', 'S3', 'S4', 'S5', 'S5w', 'S6', 'SE', 'SN', 'SR')
const root = word('pinned', 'added', 'demonstration', 'development', 'unknown', 'switched-off', 'none')
const answer = record({
  state: word('holds', 'warns', 'fails', 'not-checked', 'not-applicable'),
  because: text,
  sentence: text,
  ran: count,
  of: count,
  checks: list(text),
})
const verdict = {
  headline,
  root,
  ifRootTrusted: nullable(headline),
  tier: word('affirming', 'warning', 'contraindicated', 'none'),
  answers: record({ genuine: answer, current: answer, configured: answer, software: answer, fresh: answer }),
  decidedBy: list(text),
  vendor: nullable(
    record({
      scheme: text,
      tcbStatus: nullable(text),
      error: nullable(text),
      advisories: list(text),
      tcbDate: nullable(text),
      evaluationNumber: nullable(number),
      debug: nullable(bool),
    }),
  ),
}
const cite = record({ artifact: count, path: text, ranges: list(record({ space: text, start: count, end: count })) })
const outcome = word('pass', 'fail', 'warn', 'not-checked', 'not-applicable', 'unsupported', 'error')
const message = word('evidence', 'endorsement', 'reference-values', 'attestation-result', 'supporting', 'unknown')

const appraisal = record({
  ...verdict,
  schema: word('appraisal/1'),
  engine: text,
  id: text,
  at: instant,
  atSource: word('given', 'now', 'evidence'),
  sentence: text,
  subjects: list(record({ ...verdict, artifact: count, format: text, sentence: text })),
  artifacts: list(
    record({
      index: count,
      parent: nullable(count),
      name: text,
      sha256: digest,
      size: count,
      format: nullable(text),
      message,
      unwrapped: list(text),
      tiled: bool,
      unexplained: count,
      problems: list(record({ path: text, range, because: text, sentence: text })),
    }),
  ),
  anchors: list(
    record({ holder: text, country: text, purpose: text, spkiSha256: digest, sha256: digest, status: root }),
  ),
  collateral: list(
    record({
      kind: text,
      key: text,
      sha256: digest,
      origin: word('embedded', 'bundled', 'dropped', 'fetched'),
      use: word('used', 'superseded', 'rejected', 'not-for-this'),
      because: text,
      from: nullable(text),
      to: nullable(text),
    }),
  ),
  checks: list(
    record({
      id: text,
      layer: one((value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 9, 'a layer'),
      answer: nullable(text),
      weight: word('decides', 'notes'),
      outcome,
      because: text,
      sentence: text,
      cites: list(cite),
      uses: list(digest),
      found: optional(text),
      expected: optional(text),
      remedy: optional(text),
      subject: count,
    }),
  ),
  wishes: list(record({ kind: text, key: text, urls: list(text), curl: text })),
  ms: number,
  fields: optional(
    list(record({ artifact: count, path: text, label: text, range, space: text, value: text, symbol: optional(text) })),
  ),
  error: optional(record({ where: text, message: text })),
})

/** What in a printed appraisal is not as the contract says; empty when it is. */
export function contractFaults(value: unknown): string[] {
  const faults = appraisal(value, '$')
  if (faults.length > 0) return faults
  const {
    checks,
    subjects,
    headline: own,
    answers,
  } = value as {
    checks: { layer: number; id: string; subject: number }[]
    subjects: { headline: string; answers: unknown }[]
    headline: string
    answers: unknown
  }
  const order = checks.map((check) => `${check.subject} ${check.layer} ${check.id}`)
  if (order.join('\n') !== order.toSorted().join('\n')) faults.push('$.checks: not by layer, then id')
  const only = subjects.length === 1 ? subjects[0] : undefined
  if (only && (only.headline !== own || JSON.stringify(only.answers) !== JSON.stringify(answers)))
    faults.push('$: not what its one subject says')
  return faults
}
