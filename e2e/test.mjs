// @ts-check
// npm test: every stage in order, each outcome told, one last line with the sum.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { cache, root } from '../app/cli/sources.mjs'

/** @typedef {{ passed: number, failed: number, note?: string }} Outcome */

const reports = join(cache, `reports-${process.pid}`)
mkdirSync(reports, { recursive: true })

const total = { passed: 0, failed: 0 }

await stage('typecheck', async () => one(await npm('typecheck')))
await stage('lint', async () => one(await npm('lint')))
await stage('unit', async () => {
  const report = join(reports, 'unit.json')
  const code = await run('node_modules/vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  return counted(code, report, readUnit)
})
const isBuilt = await stage('build', async () => one(await npm('build')))
await stage('e2e', async () => {
  if (!isBuilt) return { passed: 0, failed: 1, note: 'not run: there is no build' }
  const report = join(reports, 'e2e.json')
  const code = await run(
    'node_modules/@playwright/test/cli.js',
    ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  )
  return counted(code, report, readE2e)
})

rmSync(reports, { recursive: true, force: true })
process.exitCode = total.failed === 0 ? 0 : 1
console.log(`${total.passed} passed, ${total.failed} failed`)

/**
 * @param {string} name
 * @param {() => Promise<Outcome>} work
 * @returns {Promise<boolean>} whether nothing failed
 */
async function stage(name, work) {
  console.log(`\n== ${name}`)
  const began = performance.now()
  const outcome = await work()
  total.passed += outcome.passed
  total.failed += outcome.failed
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const note = outcome.note === undefined ? '' : ` (${outcome.note})`
  console.log(
    `== ${name}: ${outcome.failed === 0 ? 'ok' : 'FAILED'}, ${outcome.passed} passed, ${outcome.failed} failed${note}, ${seconds} s`,
  )
  return outcome.failed === 0
}

/** @param {number} code @returns {Outcome} */
function one(code) {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * The counts of a report, never better than the exit code: a runner that failed outside a test counts as one failure.
 * @param {number} code
 * @param {string} report
 * @param {(report: any) => Outcome} read
 * @returns {Outcome}
 */
function counted(code, report, read) {
  /** @type {Outcome} */
  let outcome
  try {
    outcome = read(JSON.parse(readFileSync(report, 'utf8')))
  } catch (error) {
    return { passed: 0, failed: 1, note: `no report: ${String(error)}` }
  }
  if (outcome.passed + outcome.failed === 0) return { ...outcome, failed: 1, note: 'no test ran' }
  return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1, note: `exit code ${code}` } : outcome
}

/** @param {any} report @returns {Outcome} */
function readUnit(report) {
  const broken = report.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' && !file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed'),
  ).length
  const held = report.numPendingTests + report.numTodoTests
  tellSlowest(report.testResults)
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    ...(held > 0 ? { note: `${held} not run` } : {}),
  }
}

/** The ten files that took longest: where time is lost is seen before it is missed. @param {any[]} files */
function tellSlowest(files) {
  const took = files
    .map(({ name, startTime, endTime }) => ({ name: relative(root, name), seconds: (endTime - startTime) / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
  console.log('slowest files:')
  for (const { name, seconds } of took.slice(0, 10)) console.log(`  ${seconds.toFixed(1).padStart(6)} s  ${name}`)
}

/** @param {any} report @returns {Outcome} */
function readE2e(report) {
  const { expected, unexpected, flaky, skipped } = report.stats
  const names = report.suites.flatMap((/** @type {any} */ suite) => secondTries(suite))
  for (const name of names) console.log(`passed at the second try only, to be mended: ${name}`)
  const notes = [
    ...(skipped > 0 ? [`${skipped} not run`] : []),
    ...(flaky > 0 ? [`${flaky} at the second try only`] : []),
  ]
  return { passed: expected + flaky, failed: unexpected, ...(notes.length > 0 ? { note: notes.join(', ') } : {}) }
}

/** @param {any} suite @returns {string[]} where and what needed its second try, in this suite and those within */
function secondTries(suite) {
  return [
    ...(suite.suites ?? []).flatMap((/** @type {any} */ inner) => secondTries(inner)),
    ...(suite.specs ?? [])
      .filter((/** @type {any} */ spec) => spec.tests.some((/** @type {any} */ one) => one.status === 'flaky'))
      .map((/** @type {any} */ spec) => `${spec.file}:${spec.line} ${spec.title}`),
  ]
}

/** @param {string} script */
function npm(script) {
  const cli = process.env['npm_execpath']
  return cli === undefined ? start('npm', ['run', '--silent', script]) : run(cli, ['run', '--silent', script])
}

/** @param {string} file @param {string[]} args @param {Record<string, string>} env */
function run(file, args, env = {}) {
  return start(process.execPath, [file, ...args], env)
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<number>} the exit code
 */
function start(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.on('error', (error) => {
      console.error(error.message)
      resolve(127)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}
