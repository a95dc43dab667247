import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../../core/policy.ts'
import { appraise } from '../../engine/appraise.ts'
import { makeBundle, REPOSITORY, SIGNED_AT } from './attester.ts'
import { demoKeys } from './demo-keys.ts'
import { followedFiles, makeList, makeTargets, makeTrustedRoot, makeTufRoot } from './tuf-attester.ts'

/** From the root that is built in to a trust root among the files, step by step; and every forged way there. */

type Files = Readonly<Record<string, Uint8Array | undefined>>
const DAY = 86_400_000

/** The bundle is in a log that only the dropped trust root knows. */
async function follow(change: Files, at = SIGNED_AT + DAY) {
  const files: Files = { ...(await followedFiles()), ...change }
  const view = await appraise(
    [
      { name: 'bundle.json', bytes: await makeBundle({ log: demoKeys.other }) },
      ...Object.entries(files).flatMap(([name, bytes]) => (bytes ? [{ name, bytes }] : [])),
    ],
    { at, atSource: 'given', policy: { ...NO_POLICY, signers: [REPOSITORY] } },
  )
  const [statement] = view.statements
  const said = (id: string) => statement?.checks.find((check) => check.id === `sigstore.${id}`)
  const short = (id: string) => {
    const check = said(id)
    return check && `${check.outcome} ${check.because.text}`
  }
  return {
    standing: statement?.standing,
    root: statement?.root.status,
    roots: short('tuf-roots-signed'),
    lists: short('tuf-lists-signed'),
    listed: short('trust-root-listed'),
    ends: short('tuf-in-date'),
    view,
    said,
  }
}

const HOLDS = 'pass sigstore.trust-root-listed.holds'

it('follows two roots to a trust root that knows the new log, and says each step', async () => {
  const all = await follow({})
  expect(all).toMatchObject({
    standing: 'authentic',
    root: 'demonstration',
    roots: 'pass sigstore.tuf-roots-signed.holds',
    lists: 'pass sigstore.tuf.list-signed',
    listed: HOLDS,
    ends: 'pass sigstore.tuf-in-date.holds',
  })
  expect(all.said('tuf-roots-signed')?.because.params).toMatchObject({ from: 1, to: 3, threshold: 2, of: 2 })
})

it('the bundle is open without them: nobody here knows its log', async () => {
  const none = Object.fromEntries(Object.keys(await followedFiles()).map((name) => [name, undefined]))
  expect(await follow(none)).toMatchObject({
    standing: 'open',
    listed: 'not-applicable check.not-applicable',
  })
})

it('a trust root by itself is the reader’s word', async () => {
  const files = Object.fromEntries(Object.keys(await followedFiles()).map((name) => [name, undefined]))
  expect(await follow({ ...files, 'trusted_root.json': await makeTrustedRoot() })).toMatchObject({
    standing: 'authentic',
    root: 'added',
    listed: 'not-checked sigstore.trust-root-given',
  })
})

describe('forged or incomplete metadata never lends its trust root more than the reader’s word', () => {
  const OLD = ['tuf1', 'tuf2', 'tuf4'] as const
  const cases: readonly (readonly [string, () => Promise<Files>, string, string])[] = [
    [
      'a root below the threshold of the old keys',
      async () => ({ '2.root.json': await makeTufRoot({ version: 2, keys: OLD, by: ['tuf1', 'tuf4'] }) }),
      'roots',
      'fail sigstore.tuf.root-old-keys',
    ],
    [
      'a root below the threshold of its own keys',
      async () => ({ '3.root.json': await makeTufRoot({ version: 3, keys: ['tuf3', 'tuf4'], by: OLD }) }),
      'roots',
      'fail sigstore.tuf.root-own-keys',
    ],
    [
      'a root that a key signed which may not',
      async () => ({ '2.root.json': await makeTufRoot({ version: 2, keys: OLD, by: ['tuf1', 'tufOnline'] }) }),
      'roots',
      'fail sigstore.tuf.root-old-keys',
    ],
    [
      'one key that signs twice',
      async () => ({ '2.root.json': await makeTufRoot({ version: 2, keys: OLD, by: ['tuf1', 'tuf1', 'tuf4'] }) }),
      'roots',
      'fail sigstore.tuf.root-old-keys',
    ],
    ['a version left out', async () => ({ '2.root.json': undefined }), 'roots', 'fail sigstore.tuf.root-skipped'],
    [
      'a list below its threshold',
      async () => ({ 'targets.json': await makeTargets(await makeTrustedRoot(), { by: ['tuf1'] }) }),
      'lists',
      'fail sigstore.tuf.list-keys',
    ],
    [
      'a list signed by a key that left',
      async () => ({ 'targets.json': await makeTargets(await makeTrustedRoot(), { by: ['tuf1', 'tuf2'] }) }),
      'lists',
      'fail sigstore.tuf.list-keys',
    ],
    [
      'a list that the snapshot does not name',
      async () => ({ 'targets.json': await makeTargets(await makeTrustedRoot(), { version: 3 }) }),
      'lists',
      'fail sigstore.tuf.list-other',
    ],
    [
      'a snapshot signed by nobody who may',
      async () => ({ 'snapshot.json': await makeList('snapshot', { by: ['tuf2'] }) }),
      'lists',
      'fail sigstore.tuf.list-keys',
    ],
    [
      'a list with the digest of another file',
      async () => ({ 'targets.json': await makeTargets(await makeTrustedRoot(), { sha256: '11'.repeat(32) }) }),
      'listed',
      'fail sigstore.trust-root-listed.fails',
    ],
  ]
  it.each(cases)('%s', async (name, change, step, expected) => {
    const all = await follow(await change())
    console.log(`${name} → ${String(all[step as 'roots'])}`)
    expect(all[step as 'roots']).toBe(expected)
    // A snapshot that does not hold counts as none, and so does the last root: whoever forged it could as well have left it out.
    expect(all.root).toBe(/own keys|snapshot signed/.test(name) ? 'demonstration' : 'added')
    // What the reader added breaks no bundle.
    expect(all.standing).toBe('authentic')
  })
})

it('says that metadata has ended, and takes nothing from what was signed before', async () => {
  const ended = await follow({ 'timestamp.json': await makeList('timestamp', { expires: '2025-12-01T00:00:00Z' }) })
  expect(ended).toMatchObject({
    standing: 'authentic',
    root: 'demonstration',
    ends: 'warn sigstore.tuf-in-date.ended',
  })
  const root = await makeTufRoot({
    version: 3,
    keys: ['tuf1', 'tuf4'],
    by: ['tuf1', 'tuf2', 'tuf4'],
    expires: '2025-12-01T00:00:00Z',
  })
  expect(await follow({ '3.root.json': root })).toMatchObject({ ends: 'warn sigstore.tuf-in-date.ended' })
})

it('an older list than the built-in one is a step back', async () => {
  const files: Files = {
    'snapshot.json': undefined,
    'timestamp.json': undefined,
    'targets.json': await makeTargets(await makeTrustedRoot(), { version: 1 }),
  }
  expect(await follow(files)).toMatchObject({
    lists: 'fail sigstore.tuf.list-older',
    listed: 'not-checked sigstore.trust-root-given',
    root: 'added',
  })
  const newer = { ...files, 'targets.json': await makeTargets(await makeTrustedRoot()) }
  expect(await follow(newer)).toMatchObject({ listed: HOLDS, ends: 'not-checked sigstore.tuf-in-date.newest-open' })
})

it('a newer trust root that leaves a log out ends that log', async () => {
  const view = await appraise(
    [
      { name: 'bundle.json', bytes: await makeBundle() },
      ...Object.entries(await followedFiles()).map(([name, bytes]) => ({ name, bytes })),
    ],
    { at: SIGNED_AT + DAY, atSource: 'given', policy: { ...NO_POLICY, signers: [REPOSITORY] } },
  )
  expect(view.statements[0]?.standing).toBe('open')
})

it('without a bundle each file says how it stands', async () => {
  const files = Object.entries(await followedFiles()).map(([name, bytes]) => ({ name, bytes }))
  const view = await appraise(files, { at: SIGNED_AT + DAY, atSource: 'given', policy: NO_POLICY })
  const standing = view.examined.map(
    ({ root, findings }) => `${root?.status} ${findings.map(({ id, outcome }) => `${id} ${outcome}`).join(', ')}`,
  )
  expect(standing).toEqual([
    'demonstration sigstore.tuf-roots-signed pass',
    'demonstration sigstore.tuf-roots-signed pass',
    'demonstration sigstore.tuf-lists-signed pass',
    'demonstration sigstore.tuf-lists-signed pass',
    'demonstration sigstore.tuf-lists-signed pass',
    'demonstration sigstore.trust-root-listed pass, sigstore.tuf-in-date pass',
  ])
})
