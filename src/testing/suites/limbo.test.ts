import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { readPem } from '../../envelope/pem.ts'
import { compare, folderOf, type Outcome } from './compare.ts'
import { LIMBO_DIFFERENCES } from './limbo-differences.ts'
import { isAccepted } from './paths.ts'

/** C2SP/x509-limbo: certificate paths. LIMBO names a folder with `limbo.json` (the project's own `limbo compile` makes it). */
const folder = folderOf('LIMBO', 'C2SP/x509-limbo')

interface Case {
  readonly id: string
  readonly trusted_certs: readonly string[]
  readonly untrusted_intermediates: readonly string[]
  readonly peer_certificate: string
  readonly validation_time: string | null
  readonly expected_result: 'SUCCESS' | 'FAILURE'
  readonly crls?: readonly string[] | null
  readonly max_chain_depth?: number | null
}

const der = (pem: string): Uint8Array[] =>
  readPem(sliceOf('', new TextEncoder().encode(pem)), '').blocks.map((block) => bytesOf(block.slice))
/** For cases that name no instant; theirs are valid for centuries. */
const AT = Date.UTC(2026, 0, 1)

describe.skipIf(folder === undefined)('x509-limbo', () => {
  it.each([
    ['as given', false],
    ['with the roots among the evidence', true],
  ])(
    'accepts and refuses paths as the suite says, %s',
    async (how, carriesRoots) => {
      const { testcases } = JSON.parse(readFileSync(join(folder ?? '', 'limbo.json'), 'utf8')) as {
        testcases: readonly Case[]
      }
      const outcomes: Outcome[] = []
      for (const one of testcases) {
        const isOurs = await isAccepted({
          leaf: der(one.peer_certificate)[0] ?? new Uint8Array(),
          pool: one.untrusted_intermediates.flatMap(der),
          roots: one.trusted_certs.flatMap(der),
          lists: (one.crls ?? []).flatMap(der),
          at: one.validation_time === null ? AT : Date.parse(one.validation_time),
          // Limbo counts intermediates.
          ...(typeof one.max_chain_depth === 'number' ? { maxDepth: one.max_chain_depth + 2 } : {}),
          carriesRoots,
        })
        outcomes.push({
          id: one.id,
          expected: one.expected_result === 'SUCCESS' ? 'accept' : 'refuse',
          ours: isOurs ? 'accept' : 'refuse',
        })
      }
      expect(compare(`x509-limbo, ${how}`, outcomes, LIMBO_DIFFERENCES)).toEqual([])
    },
    600_000,
  )
})
