/**
 * Gives jobs to a few lanes: each takes the next one when it is done with its own. Nothing is taken ahead of a free lane, so a list of any length costs the memory of what is at work.
 * `place` counts the jobs as they came. A lane never throws: what became of a job is its result. Resolves when every job has been told.
 */
export async function inLanes<Job, Result>(
  jobs: AsyncIterable<Job> | Iterable<Job>,
  lanes: readonly ((job: Job) => Promise<Result>)[],
  tell: (job: Job, result: Result, place: number) => void | Promise<void>,
): Promise<void> {
  const next = oneByOne(jobs)
  await Promise.all(
    lanes.map(async (lane) => {
      for (let job = await next(); job !== undefined; job = await next())
        await tell(job.value, await lane(job.value), job.place)
    }),
  )
}

/** The next job, asked for by several at once; undefined at the end. */
function oneByOne<Job>(
  jobs: AsyncIterable<Job> | Iterable<Job>,
): () => Promise<{ readonly value: Job; readonly place: number } | undefined> {
  const source = Symbol.asyncIterator in jobs ? jobs[Symbol.asyncIterator]() : jobs[Symbol.iterator]()
  let last: Promise<unknown> = Promise.resolve()
  let count = 0
  return () => {
    const mine = last.then(async () => {
      const { value, done } = await source.next()
      return done === true ? undefined : { value, place: count++ }
    })
    last = mine.catch(() => undefined)
    return mine
  }
}
