import { expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { CaseItem } from '../../core/scheme.ts'
import { anchorOf, AT, chain } from '../../pki/testing.ts'
import type { Certificate } from '../../pki/types.ts'
import { chainExaminer } from './chain-examiner.ts'

const item = (artifact: number, bytes: Uint8Array, format: string, parent: number | null): CaseItem => ({
  artifact,
  parent,
  name: `file ${artifact}`,
  sha256: () => String(artifact),
  origin: 'dropped',
  format,
  message: 'endorsement',
  slice: sliceOf('', bytes),
  decoded: undefined,
  facts: { measurements: [] },
  hints: {},
})

async function examined(container: string, certificates: readonly Certificate[], root: Certificate) {
  const [leaf, ...others] = certificates.map((one, i) => item(i + 1, bytesOf(one.slice), 'x509.certificate', 0))
  if (!leaf) return undefined
  return chainExaminer.examine(leaf, {
    at: AT,
    policy: NO_POLICY,
    anchors: [await anchorOf(root)],
    items: [item(0, new Uint8Array(), container, null), ...others],
  })
}
const outcome = (one: Awaited<ReturnType<typeof examined>>) => one?.findings.find(({ id }) => id === 'x509.chain-holds')

it('follows a file of certificates to a pinned root', async () => {
  const { leaf, authority, root } = await chain()
  const found = await examined('x509.pem', [leaf, authority, root], root)
  expect(found?.root?.status).toBe('pinned')
  expect(outcome(found)).toMatchObject({ outcome: 'pass' })
})

it('names a gap in a file that brings a root beyond it, and that root for what it is', async () => {
  const { leaf, root } = await chain()
  const found = await examined('x509.pem', [leaf, root], root)
  expect(found?.root?.status).toBe('pinned')
  expect(outcome(found)).toMatchObject({ outcome: 'fail', because: { text: 'x509.chain-gap' } })
})

it('takes certificates of a log, which belong to many, for no chain', async () => {
  const { leaf, root } = await chain()
  const found = await examined('event-log.tcg2', [leaf, root], root)
  expect(found?.root?.status).toBe('none')
  expect(outcome(found)).toMatchObject({ outcome: 'not-checked', because: { text: 'x509.issuer-missing' } })
})
