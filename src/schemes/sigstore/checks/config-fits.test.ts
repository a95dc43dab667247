import { expect, it } from 'vitest'
import { toHex } from '../../../bytes/layout.ts'
import { digest } from '../../../crypto/verify.ts'
import { toBase64 } from '../../../envelope/base64.ts'
import { finding } from '../testing.ts'
import { configFits } from './config-fits.ts'

const config = new TextEncoder().encode('cpus: 16\nmemory: 65536\ngpus: 1\nmodels: some, and others, to be longer\n')

async function of(named: Uint8Array) {
  const cmdline = `readonly=on tinfoil-config-hash=${toHex(await digest('SHA-256', named))}`
  return finding(configFits, { predicate: { cmdline, config: toBase64(config) } })
}

it('passes for the configuration that the command line names, and fails for another', async () => {
  expect(await of(config)).toMatchObject({ outcome: 'pass' })
  expect(await of(new Uint8Array(1))).toMatchObject({ outcome: 'fail' })
  expect(await finding(configFits)).toBe('not-applicable')
})
