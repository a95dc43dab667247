import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { InputFile } from './api.ts'
import { readCaseFile, writeCaseFile } from './case-file.ts'
import { inspect } from './inspect.ts'
import { linkDictionary } from './link-dictionary.ts'
import { readLink, writeLink } from './link.ts'

function sample(scheme: string, id: string, index: number): InputFile {
  const { files } = JSON.parse(
    readFileSync(new URL(`../schemes/${scheme}/samples/${id}.json`, import.meta.url), 'utf8'),
  ) as { files: { name: string; base64: string }[] }
  const file = files[index]
  if (!file) throw new Error('no such file in the sample')
  return { name: file.name, bytes: new Uint8Array(Buffer.from(file.base64, 'base64')) }
}

const first = async (file: InputFile) => (await inspect([file])).artifacts[0]

describe('another reading of the same bytes', () => {
  it('is taken when the reader chooses it, and the one that was best is offered in turn', async () => {
    const token = sample('psa', 'token', 0)
    const best = await first(token)
    expect(best?.readings.map((reading) => reading.format)).toEqual(['psa.token', 'eat.cwt', 'eat.cbor'])
    expect(best?.format).toBe('psa.token')
    for (const format of ['eat.cwt', 'eat.cbor']) {
      const chosen = await first({ ...token, readAs: format })
      expect(chosen?.format).toBe(format)
      expect(chosen?.tiled).toBe(true)
      expect(chosen?.readings[0]?.format).toBe(format)
      expect(chosen?.readings.map((reading) => reading.format).sort()).toEqual(['eat.cbor', 'eat.cwt', 'psa.token'])
    }
    expect((await first({ ...token, readAs: 'psa.token' }))?.readings).toEqual(best?.readings)
  })
  it('has no effect when no detector offers it for these bytes', async () => {
    const quote = sample('intel-dcap', 'tdx-up-to-date', 0)
    for (const format of ['psa.token', 'no.such.format', '__proto__', ''])
      expect((await first({ ...quote, readAs: format }))?.format).toBe('intel.tdx-quote')
  })
  it('goes along in a link and in a case file, as a choice and not as bytes', () => {
    const file = { ...sample('psa', 'token', 0), origin: 'dropped' as const, readAs: 'eat.cwt' }
    expect(
      readCaseFile(
        new TextEncoder().encode(
          writeCaseFile({ files: [file], at: undefined, policy: { schema: 'policy/1' } }, undefined),
        ),
      ).opened?.files,
    ).toEqual([file])
    expect(
      readLink(writeLink({ files: [file], left: [] }, linkDictionary(1)) ?? '', linkDictionary).state?.files,
    ).toEqual([file])
  })
})
