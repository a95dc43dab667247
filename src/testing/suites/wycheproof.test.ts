import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fromHex } from '../../bytes/layout.ts'
import type { HashName, SignatureAlgorithm } from '../../crypto/types.ts'
import { verifySignature } from '../../crypto/verify.ts'
import { compare, folderOf, type Outcome } from './compare.ts'
import { WYCHEPROOF_DIFFERENCES } from './wycheproof-differences.ts'

/** C2SP/wycheproof: signature vectors. WYCHEPROOF names the checkout, or its folder `testvectors_v1`. */
const folder = folderOf('WYCHEPROOF', 'C2SP/wycheproof')

interface Group {
  readonly type: string
  readonly publicKeyDer?: string
  readonly publicKeyAsn?: string
  readonly sha?: string
  readonly mgf?: string
  readonly mgfSha?: string
  readonly sLen?: number
  readonly tests: readonly {
    readonly tcId: number
    readonly msg: string
    readonly sig: string
    readonly result: 'valid' | 'invalid' | 'acceptable'
  }[]
}

const HASHES: readonly HashName[] = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']
const hashOf = (name: string | undefined) => HASHES.find((one) => one === name)

function algorithmOf(group: Group): SignatureAlgorithm | undefined {
  if (group.type === 'EddsaVerify') return { kind: 'ed25519' }
  const hash = hashOf(group.sha)
  if (!hash) return undefined
  switch (group.type) {
    case 'EcdsaVerify':
      return { kind: 'ecdsa', hash, form: 'der' }
    case 'EcdsaP1363Verify':
      return { kind: 'ecdsa', hash, form: 'p1363' }
    case 'RsassaPkcs1Verify':
      return { kind: 'rsa-pkcs1', hash }
    case 'RsassaPssVerify': {
      const mgfHash = hashOf(group.mgfSha)
      return mgfHash && group.mgf === 'MGF1' && group.sLen !== undefined
        ? { kind: 'rsa-pss', hash, mgfHash, saltLength: group.sLen }
        : undefined
    }
    default:
      return undefined
  }
}

describe.skipIf(folder === undefined)('wycheproof', () => {
  it('judges every signature as the vectors say', async () => {
    const names = readdirSync(folder ?? '').includes('testvectors_v1')
    const place = join(folder ?? '', names ? 'testvectors_v1' : '')
    const outcomes: Outcome[] = []
    let files = 0
    let notKnown = 0
    let weak = 0
    for (const name of readdirSync(place).filter((one) =>
      /^(ecdsa|rsa_(pss|signature|pkcs1)|ed25519)\w*_test\.json$/.test(one),
    )) {
      const { testGroups } = JSON.parse(readFileSync(join(place, name), 'utf8')) as { testGroups: readonly Group[] }
      files++
      for (const group of testGroups) {
        const key = fromHex(group.publicKeyDer ?? group.publicKeyAsn ?? '')
        const algorithm = algorithmOf(group)
        if (!key || key.length === 0 || !algorithm) {
          notKnown += group.tests.length
          continue
        }
        for (const test of group.tests) {
          const found = await verifySignature(
            algorithm,
            key,
            fromHex(test.msg) ?? new Uint8Array(),
            fromHex(test.sig) ?? new Uint8Array(),
          )
          // A key that nobody may rely on is refused whatever it signs: that is no word about the signature.
          if (/weak-key|explicit-curve/.test(found.because.text)) {
            weak++
            continue
          }
          if (test.result === 'acceptable') continue
          outcomes.push({
            id: `${name}#${test.tcId}`,
            expected: test.result === 'valid' ? 'accept' : 'refuse',
            ours: found.result === 'valid' ? 'accept' : found.result === 'invalid' ? 'refuse' : 'unsupported',
          })
        }
      }
    }
    console.log(`wycheproof: ${files} files; hash or mask not known here ${notKnown}; keys refused as too weak ${weak}`)
    expect(compare('wycheproof', outcomes, WYCHEPROOF_DIFFERENCES)).toEqual([])
  }, 900_000)
})
