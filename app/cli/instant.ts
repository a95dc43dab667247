/** An instant as the command line and case lines write it: `2025-07-04`, or with a time and a zone. A time without a zone means something else on every machine, and 30 February is no day: undefined. */
export function readInstant(word: string): number | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(word)
  const day = parts?.[1]
  // The calendar of JavaScript rolls over what does not exist.
  if (
    day === undefined ||
    Number.isNaN(Date.parse(day)) ||
    new Date(Date.parse(day)).toISOString().slice(0, 10) !== day
  )
    return undefined
  const at = Date.parse(word)
  return Number.isNaN(at) ? undefined : at
}
