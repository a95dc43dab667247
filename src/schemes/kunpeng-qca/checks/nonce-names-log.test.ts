import { expect, it } from 'vitest'
import { joinBytes } from '../../../bytes/join.ts'
import type { Derived } from '../../../core/derived.ts'
import { eventsOf } from '../../../core/events.ts'
import { digest } from '../../../crypto/verify.ts'
import { NO_POLICY } from '../../../core/policy.ts'
import { anchors } from '../anchors.ts'
import { makeReportJson } from '../attester.ts'
import { FORMATS } from '../decoded.ts'
import { prepare } from '../prepare.ts'
import { itemOf } from '../testing.ts'
import { nonceNamesLog as check } from './nonce-names-log.ts'

const LOG = new TextEncoder().encode('10 4d0d… ima-ng sha256:… boot_aggregate\n')
const CHALLENGE = new Uint8Array(32).fill(0x41)
const AS_IMA: Derived = { registers: [], events: eventsOf([]), chains: [], values: [], conclusions: [], log: 'ima' }

async function ask(nonce: Uint8Array, ...logs: readonly Uint8Array[]) {
  const context = {
    at: Date.parse('2026-06-01T00:00:00Z'),
    policy: NO_POLICY,
    anchors,
    items: logs.map((bytes, i) => ({ ...itemOf(i + 1, null, bytes), derived: AS_IMA })),
  }
  const prepared = await prepare(itemOf(0, FORMATS.reportJson, await makeReportJson({ nonce })), context)
  return check.applies?.(prepared) === false ? undefined : check.run(prepared, context)
}
const naming = async (log: Uint8Array) => joinBytes([CHALLENGE, await digest('SHA-256', log)])

it('names the log', async () =>
  expect(await ask(await naming(LOG), LOG)).toMatchObject({
    outcome: 'pass',
    because: { text: 'qca.nonce-names-log.holds' },
  }))
it('one among others', async () =>
  expect(await ask(await naming(LOG), Uint8Array.of(1), LOG)).toMatchObject({ outcome: 'pass', uses: [2] }))
it('another log, or one that was changed, is not for this', async () =>
  expect(await ask(await naming(LOG), LOG.subarray(1))).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'qca.log-not-named' },
  }))
it('no log: nothing to ask', async () =>
  expect(await ask(await naming(LOG))).toMatchObject({ outcome: 'not-applicable' }))
it('a challenge alone: nothing to ask', async () => expect(await ask(CHALLENGE, LOG)).toBeUndefined())
