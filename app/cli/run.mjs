// @ts-check
// Runs the command line. Stdout carries results only.
import { pathToFileURL } from 'node:url'
import { built } from './built.mjs'

/** The contract's exit code for "this tool failed; it makes no statement". */
const EXIT_TOOL_FAILED = 4

// Who reads the results may stop early, and a disk may be full: then nothing was said, and no exit code may look as if something had been.
process.stdout.on('error', (error) => {
  if (!('code' in error && error.code === 'EPIPE')) console.error(error.message)
  process.exit(EXIT_TOOL_FAILED)
})
process.on('uncaughtException', (error) => {
  console.error(error.stack ?? error.message)
  process.exit(EXIT_TOOL_FAILED)
})

try {
  const { main } = await import(pathToFileURL(await built()).href)
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error)
  process.exitCode = EXIT_TOOL_FAILED
}
