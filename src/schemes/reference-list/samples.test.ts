import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { toHex } from '../../bytes/layout.ts'
import { makeContrast } from './attester.ts'
import { FORMATS } from './formats.ts'
import { readList } from './lists.ts'
import { samples } from './samples.ts'

it.runIf(process.env['WRITE_SAMPLES'] === '1')('writes the sample anew', () => {
  const files = [{ name: 'manifest.json', base64: Buffer.from(makeContrast()).toString('base64') }]
  writeFileSync(
    join(dirname(fileURLToPath(import.meta.url)), 'samples', 'contrast.json'),
    `${JSON.stringify({ files }, null, 2)}\n`,
  )
})
it('says what its entries say, each by itself', async () => {
  for (const sample of samples)
    for (const { bytes } of await sample.files()) {
      const { groups } = readList(sliceOf('', bytes), FORMATS.contrast)
      expect(groups.map(({ name }) => name)).toEqual(['snp[0]', 'snp[1]', 'tdx[0]'])
      expect(groups[0]?.values.map(({ register, values }) => [register, toHex(values[0]?.value ?? bytes)])).toEqual([
        ['MEASUREMENT', 'a5'.repeat(48)],
        ['HOST_DATA', 'd1'.repeat(32)],
      ])
    }
})
