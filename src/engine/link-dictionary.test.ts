import { describe, expect, it } from 'vitest'
import { toHex } from '../bytes/layout.ts'
import { digest } from '../crypto/verify.ts'
import { LINK_VERSION } from './link.ts'
import { linkDictionary } from './link-dictionary.ts'

/** Links that were made open for years only while their dictionary stays as it was. */
const FROZEN: Readonly<Record<number, string>> = {
  1: 'd7f6ac80d7fb0e0fee7132d42836b29a98d2c609b0c2dfd81b51afa9ad61ab92',
}

describe('the dictionary of links', () => {
  it('is what it was when links were made with it', async () => {
    for (const [version, sha256] of Object.entries(FROZEN))
      expect(toHex(await digest('SHA-256', linkDictionary(Number(version))))).toBe(sha256)
  })
  it('exists for every version that opens', () => {
    for (let version = 1; version <= LINK_VERSION; version++)
      expect(FROZEN[version], `version ${version}`).toBeDefined()
    expect(linkDictionary(LINK_VERSION + 1)).toHaveLength(0)
  })
  it('fits into what deflate reaches', () => expect(linkDictionary(1).length).toBeLessThanOrEqual(32 * 1024))
})
