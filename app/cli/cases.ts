import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Policy } from '../../src/core/policy.ts'
import { inLanes } from '../worker/in-lanes.ts'
import type { Arguments } from './arguments.ts'
import { caseLine, failedLine } from './case-line.ts'
import { caseWorker } from './case-worker.ts'
import { say } from './say.ts'

const EXIT_USAGE = 64
const EXIT_TOOL_FAILED = 4

/** Lines that may be done before the one that is to be printed next: what waits for its turn is held in memory. */
const AHEAD = 256

interface Line {
  readonly number: number
  readonly text: string
}

/** What a line came to, as it is printed. */
interface Printed {
  readonly json: string
  readonly isFailed: boolean
}

/** One line in, one line out, in order; a bad line gets a line that says so. */
export async function manyCases(args: Arguments, path: string, policy: Policy): Promise<number> {
  const root = resolve(args.root ?? resolve(path, '..'))
  const wrong = await wrongPlaces(path, root)
  if (wrong !== undefined) {
    process.stderr.write(`${wrong}\n`)
    return EXIT_USAGE
  }
  const given = { at: args.at, lang: args.lang, fields: args.fields }
  let worst = 0
  const print = async ({ json, isFailed }: Printed) => {
    if (isFailed) worst = EXIT_TOOL_FAILED
    await say(`${json}\n`)
  }
  if (args.workers === 1) {
    for await (const { number, text } of linesOf(path)) {
      const result = await caseLine(text, number, root, policy, given)
      await print({ json: JSON.stringify(result), isFailed: result.headline === 'SE' })
    }
    return worst
  }
  const workers = Array.from({ length: args.workers }, () => caseWorker({ root, policy, args: given }))
  const turns = inTurn(print)
  try {
    await inLanes(
      linesOf(path, turns.room),
      workers.map((worker) => async (line: Line): Promise<Printed> => {
        const done = await worker.run(line)
        if ('json' in done) return done
        const result = await failedLine(idOf(line), `line ${line.number}: ${done.stopped}`, 'SE', given)
        return { json: JSON.stringify(result), isFailed: true }
      }),
      (_, printed, place) => turns.take(place, printed),
    )
  } finally {
    for (const worker of workers) worker.end()
  }
  return worst
}

/** The lines that hold anything, with their numbers. */
async function* linesOf(path: string, room?: (place: number) => Promise<void>): AsyncGenerator<Line> {
  let [number, place] = [0, 0]
  for await (const line of createInterface({
    input: createReadStream(path, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number += 1
    if (line.trim() === '') continue
    await room?.(place)
    place += 1
    yield { number, text: number === 1 ? line.replace(/^\uFEFF/, '') : line }
  }
}

/** Prints in order what is done in any order. */
function inTurn(print: (one: Printed) => Promise<void>) {
  const waiting = new Map<number, Printed>()
  let next = 0
  let printing: Promise<void> = Promise.resolve()
  let freed: (() => void)[] = []
  const drain = async () => {
    for (let one = waiting.get(next); one; one = waiting.get(next)) {
      waiting.delete(next)
      next += 1
      await print(one)
    }
    for (const free of freed.splice(0)) free()
  }
  return {
    take: async (place: number, one: Printed): Promise<void> => {
      waiting.set(place, one)
      printing = printing.then(drain)
      await printing
    },
    /** Waits until a line so far ahead may be begun. */
    room: async (place: number): Promise<void> => {
      while (place - next >= AHEAD) await new Promise<void>((free) => freed.push(free))
    },
  }
}

/** The name that a line gives itself. */
function idOf({ text, number }: Line): string {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string') return value.id
  } catch {
    /* a line that is not JSON is named by its number */
  }
  return `line ${number}`
}

async function wrongPlaces(path: string, root: string): Promise<string | undefined> {
  try {
    if ((await stat(path)).isDirectory()) return `${path} is a folder; name a file of cases`
  } catch {
    return `${path} cannot be read`
  }
  try {
    return (await stat(root)).isDirectory() ? undefined : `${root} is not a folder`
  } catch {
    return `${root} cannot be read`
  }
}
