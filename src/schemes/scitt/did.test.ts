import { beforeAll, describe, expect, it } from 'vitest'
import { bytesOf } from '../../core/place.ts'
import { digest } from '../../crypto/verify.ts'
import { toBase64Url } from '../../envelope/base64.ts'
import type { Certificate } from '../../pki/types.ts'
import { didStanding } from './did.ts'
import { prepared } from './testing.ts'

let chain: readonly Certificate[] = []
let print = ''
let eku = ''
beforeAll(async () => {
  chain = (await prepared()).path?.path ?? []
  const authority = chain.at(-1)
  print = authority ? toBase64Url(await digest('SHA-256', bytesOf(authority.slice))) : ''
  eku = chain[0]?.extendedKeyUsage?.[0] ?? ''
})
const kindOf = async (issuer: string | undefined) => (await didStanding(issuer, chain)).kind

describe('an issuer’s name', () => {
  it('holds where an authority of the chain has the fingerprint and the signer’s certificate every property', async () => {
    expect(chain.length).toBeGreaterThan(1)
    expect(await kindOf(`did:x509:0:sha256:${print}::eku:${eku}`)).toBe('holds')
    const name = encodeURIComponent(chain[0]?.subject.commonName ?? '')
    expect(await kindOf(`did:x509:0:sha256:${print}::eku:${eku}::subject:CN:${name}`)).toBe('holds')
    expect(await kindOf(`did:x509:0:sha256:${print}::eku:${eku}::subject:CN:${name}2`)).toBe('policy')
    expect(await kindOf(`did:x509:0:sha256:${print}::eku:1.2.3`)).toBe('policy')
  })
  it('is none, or of another kind', async () => {
    expect(await kindOf(undefined)).toBe('none')
    expect(await kindOf('https://example.com')).toBe('not-x509')
  })
  it('is not taken in another form', async () => {
    for (const issuer of [
      `did:x509:1:sha256:${print}::eku:${eku}`,
      `did:x509:0:md5:${print}::eku:${eku}`,
      `did:x509:0:constructor:${print}::eku:${eku}`,
      `did:x509:0:sha256::eku:${eku}`,
      `did:x509:0:sha256:${print}:more::eku:${eku}`,
      `did:x509:0:sha256:${print}`,
    ])
      expect(await kindOf(issuer), issuer).toBe('form')
    expect((await didStanding(`did:x509:0:sha256:${print}::eku:${eku}`, [])).kind).toBe('form')
  })
  it('is another one where the fingerprint is the signer’s own', async () => {
    const [leaf] = chain
    const own = leaf ? toBase64Url(await digest('SHA-256', bytesOf(leaf.slice))) : ''
    expect(await kindOf(`did:x509:0:sha256:${own}::eku:${eku}`)).toBe('fingerprint')
  })
  it('says which property it does not know, and that half a pair is none', async () => {
    expect(await kindOf(`did:x509:0:sha256:${print}::fulcio-issuer:x`)).toBe('unknown-policy')
    expect(await kindOf(`did:x509:0:sha256:${print}::subject:CN`)).toBe('policy')
    expect(await kindOf(`did:x509:0:sha256:${print}::subject:CN:a:O`)).toBe('policy')
    expect(await kindOf(`did:x509:0:sha256:${print}::san:dns:nowhere.example`)).toBe('policy')
    expect(await kindOf(`did:x509:0:sha256:${print}::san:dns`)).toBe('policy')
  })
})
