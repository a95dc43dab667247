// @ts-check
// npm run same -- REV [CASES.jsonl] [--without=KEY,…]: does this tree say, byte for byte, what another revision says about a corpus of evidence?
// Every appraisal with all its fields, line by line. Left out are `ms`, which is time, and `engine`, which names the commit.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../app/cli/sources.mjs'

/** For cases that name no instant: any will do, as long as both are asked about the same. */
const AT = '2026-07-01T00:00:00Z'
const DIFFERENCES_TOLD = 20

const [revision, given] = process.argv.slice(2).filter((word) => !word.startsWith('--'))
/** Members that this tree adds, and that are not compared: `--without=code,role`. */
const added =
  process.argv
    .find((word) => word.startsWith('--without='))
    ?.slice(10)
    .split(',') ?? []
const corpus = process.env['EVIDENCE_CORPUS']
const cases = given ?? (corpus === undefined ? undefined : join(corpus, 'cases.jsonl'))
if (revision === undefined || cases === undefined) {
  console.error('usage: npm run same -- REV [CASES.jsonl]   (without a file of cases: EVIDENCE_CORPUS/cases.jsonl)')
  process.exit(64)
}

const other = mkdtempSync(join(tmpdir(), 'same-'))
try {
  checkOut(other)
  process.exitCode = (await compare()) ? 0 : 1
} finally {
  rmSync(other, { recursive: true, force: true })
  execFileSync('git', ['-C', root, 'worktree', 'prune'])
}

/**
 * The other revision with these node modules, each linked: the built command line that is kept among them stays its own.
 * @param {string} place
 */
function checkOut(place) {
  execFileSync('git', ['-C', root, 'worktree', 'add', '--quiet', '--force', '--detach', place, revision ?? ''])
  const own = join(root, 'node_modules')
  const modules = join(place, 'node_modules')
  mkdirSync(modules)
  for (const name of readdirSync(own)) if (name !== '.cache') symlinkSync(join(own, name), join(modules, name))
}

/** @param {string} place */
async function* linesOf(place) {
  const folder = dirname(resolve(cases ?? ''))
  const child = spawn(
    process.execPath,
    ['app/cli/run.mjs', '--cases', resolve(cases ?? ''), '--root', folder, '--fields', '--at', AT],
    { cwd: place, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise((done) => child.once('close', done))
  yield* createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY })
  await ended
}

async function compare() {
  const theirs = linesOf(other)
  let count = 0
  let bytes = 0
  /** @type {string[]} */
  const told = []
  let different = 0
  for await (const line of linesOf(root)) {
    const { value, done } = await theirs.next()
    count += 1
    bytes += line.length
    const ours = withoutTime(line)
    const before = done || value === undefined ? '' : withoutTime(value)
    if (ours === before) continue
    different += 1
    if (told.length < DIFFERENCES_TOLD)
      told.push(before === '' ? `${nameOf(line)}: only here` : difference(before, ours))
  }
  for (let rest = await theirs.next(); !rest.done; rest = await theirs.next()) {
    different += 1
    if (told.length < DIFFERENCES_TOLD) told.push(`${nameOf(rest.value)}: only there`)
  }
  for (const one of told) console.log(one)
  console.log(
    `${count} appraisals, ${bytes} characters: ${different === 0 ? `the same as ${revision}` : `${different} differ from ${revision}`}`,
  )
  return count > 0 && different === 0
}

/** @param {string} line */
function withoutTime(line) {
  const own =
    added.length === 0
      ? line
      : JSON.stringify(JSON.parse(line), (key, value) => (added.includes(key) ? undefined : value))
  return own.replace(/"ms":[0-9.e+-]+/, '"ms":0').replace(/"engine":"[^"]*"/, '"engine":""')
}

/** @param {string} line */
function nameOf(line) {
  return String(JSON.parse(line).id)
}

/**
 * Where two appraisals of one case part, and what stands there.
 * @param {string} before
 * @param {string} after
 */
function difference(before, after) {
  /** @type {string[]} */
  const found = []
  /** @param {unknown} a @param {unknown} b @param {string} path */
  const visit = (a, b, path) => {
    if (found.length >= 3 || JSON.stringify(a) === JSON.stringify(b)) return
    if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
      const left = new Map(Object.entries(a))
      const right = new Map(Object.entries(b))
      for (const key of new Set([...left.keys(), ...right.keys()]))
        visit(left.get(key), right.get(key), path === '' ? key : `${path}.${key}`)
      if (found.length > 0) return
    }
    found.push(`${path}: ${String(JSON.stringify(a)).slice(0, 120)} → ${String(JSON.stringify(b)).slice(0, 120)}`)
  }
  visit(JSON.parse(before), JSON.parse(after), '')
  return `${nameOf(after)}\n    ${found.join('\n    ')}`
}
