import { expect, it } from 'vitest'
import { joinBytes } from '../bytes/join.ts'
import { toHex } from '../bytes/layout.ts'
import { hashNow } from '../crypto/hash.ts'
import {
  bootEvents,
  makeCos,
  makeDstack,
  makeImaText,
  makeTcg2,
  makeVariable,
  RECIPES,
  SYSTEM_EVENTS,
  type EventRecipe,
} from '../schemes/event-log/attester.ts'
import { signedBy, standIn } from '../testing/stand-in.ts'
import { openCase } from './case.ts'
import { logReplays } from './log-replays.ts'

/** Attacks on logs: whatever is done to the words, no check decides anything by them and no value is lent that the machine did not measure under this name. */

const text = new TextEncoder()
const opened = async (bytes: Uint8Array) => (await openCase([{ name: 'log', bytes }])).artifacts
/** `booted`: what the machine measured, and its registers hold. `shown`: the log that is given for it. `true`: the log whose words are true, where that is another one. */
interface Attack {
  readonly booted: Uint8Array
  readonly shown: Uint8Array
  readonly true?: Uint8Array
}

const cc = (events: readonly EventRecipe[]) => makeTcg2(['sha384'], events, { headerRegister: 1 })
const tpm = (events: readonly EventRecipe[]) => makeTcg2(['sha1', 'sha256'], events)
const off = bootEvents(true, false)
const on = bootEvents(true)
const changed = (events: readonly EventRecipe[], at: number, change: Partial<EventRecipe>): EventRecipe[] =>
  events.map((event, i) => (i === at ? { ...event, ...change } : event))
const secure = makeVariable('SecureBoot', Uint8Array.of(1))
const line = off.findLastIndex((event) => event.type === 0xd)
const separator = off.findIndex((event) => event.type === 4)
const forgedLine = text.encode('kernel_cmdline: /vmlinuz harmless\0')
const honestLine = off[line]?.hashed ?? new Uint8Array()

/** Bytes of a log with a run of them exchanged, at its first place. */
function exchanged(log: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const at = toHex(log).indexOf(toHex(from)) / 2
  expect(Number.isInteger(at) && at >= 0).toBe(true)
  const out = log.slice()
  out.set(to, at)
  return out
}
const le32 = (value: number) => Uint8Array.from([0, 8, 16, 24], (shift) => (value >>> shift) & 255)
/** Behind the header: register, type and count of digests of the first event. */
const headOf = (register: number, type: number, count: number) => joinBytes([le32(register), le32(type), le32(count)])
const first = headOf(1, 0x80000001, 1)
const compose = (payload: number) => ({ name: 'compose-hash', payload: new Uint8Array(32).fill(payload) })
const dstackDigest = (event: { readonly name: string; readonly payload: Uint8Array }) =>
  toHex(hashNow('sha384', joinBytes([le32(0x08000001), text.encode(`:${event.name}:`), event.payload])))
const dstackWith = (change: (entries: Record<string, unknown>[]) => unknown[]) =>
  text.encode(
    JSON.stringify(
      change(JSON.parse(new TextDecoder().decode(makeDstack(SYSTEM_EVENTS))) as Record<string, unknown>[]),
    ),
  )
const entryOf = (name: string) => (entries: readonly Record<string, unknown>[]) =>
  entries.findIndex((one) => one['event'] === name)

/** A line that GRUB measured, under a word that its digest does not cover. */
const said = (word: string, words: string): EventRecipe => ({
  register: 8,
  type: 0xd,
  data: text.encode(`${word}: ${words}\0`),
  hashed: text.encode(words),
})
const unsaid = (event: EventRecipe): EventRecipe => ({ ...event, data: text.encode('/initrd.img\0') })
const [good, bad] = ['/vmlinuz lockdown=integrity', '/vmlinuz init=/bin/sh']
const pcrs = bootEvents(false, false)
const early = pcrs.filter(({ register }) => register !== 8)
/** What dstack's verifier of GPUs says of them, said by an application. */
const claim = { name: 'gpu-attestation', payload: text.encode('{"verifier":"application"}') }
const end = { name: 'done', payload: new Uint8Array() }
const ready = { name: 'system-ready', payload: new Uint8Array() }
/** The digest kept, and nothing that says of what it is. */
const hidden = (name: string, as: string, from: 'first' | 'last') => (entries: Record<string, unknown>[]) => {
  const at = from === 'first' ? entryOf(name)(entries) : entries.length - 1
  return entries.map((one, i) => (i === at ? { ...one, event: as, event_payload: undefined } : one))
}
const dstackOf = (events: typeof SYSTEM_EVENTS, change: (entries: Record<string, unknown>[]) => unknown[]) =>
  text.encode(
    JSON.stringify(change(JSON.parse(new TextDecoder().decode(makeDstack(events))) as Record<string, unknown>[])),
  )

/** What a system extends that wants to look as if its firmware had. */
const policyOf = (events: readonly EventRecipe[], register: number) => events.filter((one) => one.register === register)
const again = policyOf(on, 1)
const againOfTpm = policyOf(bootEvents(false), 7)
/** Digests kept; the words are of nothing. */
const veiled = (event: EventRecipe): EventRecipe =>
  event.register === 1 || event.register === 7
    ? { ...event, type: 0x80000007, data: text.encode('starting'), hashed: event.hashed ?? event.data }
    : event

const another = { register: 4, type: 0x80000003, data: text.encode('a path'), hashed: text.encode('a program') }
const separatorOf = (register: number): EventRecipe => ({ register, type: 4, data: new Uint8Array(4) })
const acting = (event: EventRecipe): EventRecipe =>
  event.type === 0x80000003
    ? { ...event, type: 0x80000007, data: text.encode('starting'), hashed: event.hashed ?? event.data }
    : event

const launched: readonly (readonly [number, string])[] = [
  [0, 'example.com/image:latest'],
  [1, `sha256:${'5a'.repeat(32)}`],
  [4, 'serve'],
  [8, ''],
  [1, `sha256:${'00'.repeat(32)}`],
]

const ATTACKS: Readonly<Record<string, Attack>> = {
  'Secure Boot said on, digest kept': {
    booted: cc(off),
    shown: cc(changed(off, 0, { data: secure, hashed: off[0]?.data ?? secure })),
  },
  'Secure Boot said on, digest recomputed': { booted: cc(off), shown: cc(changed(off, 0, { data: secure })) },
  'type hidden as EV_NO_ACTION': { booted: cc(off), shown: cc(changed(off, 0, { type: 3 })) },
  'type hidden as EV_UNUSED': { booted: cc(off), shown: cc(changed(off, 0, { type: 2 })) },
  'the whole policy measured again after boot, really extended': {
    booted: cc([...off, ...on.slice(0, 5)]),
    shown: cc([...off, ...on.slice(0, 5)]),
    true: cc(off),
  },
  'the first policy hidden, the second one shown': {
    booted: cc([...off, ...on.slice(0, 5)]),
    shown: cc(on),
    true: cc(off),
  },
  'the first policy and its separator under other names, the second one shown': {
    booted: cc([...off, ...again]),
    shown: cc([...off.map(veiled), ...again]),
    true: cc(off),
  },
  'the same, of a TPM': {
    booted: tpm([...pcrs, ...againOfTpm]),
    shown: tpm([...pcrs.map(veiled), ...againOfTpm]),
    true: tpm(pcrs),
  },
  'a program’s type hidden, and behind it another program that it measured': {
    booted: tpm([...pcrs, another]),
    shown: tpm([...pcrs.map(acting), another]),
    true: tpm(pcrs),
  },
  'the same, behind a separator of its own': {
    booted: tpm([...pcrs, separatorOf(4), another]),
    shown: tpm([
      ...pcrs.map((one) => (one.register === 4 ? acting({ ...one, type: 0x80000003 }) : one)),
      separatorOf(4),
      another,
    ]),
    true: tpm(pcrs),
  },
  'an event appended': { booted: cc(off), shown: cc([...off, { register: 1, type: 0x80000001, data: secure }]) },
  'an event dropped': { booted: cc(off), shown: cc(off.slice(1)) },
  'events exchanged': { booted: cc(off), shown: cc([...off.slice(1, 3), ...off.slice(0, 1), ...off.slice(3)]) },
  'separator dropped': { booted: cc(on), shown: cc(on.filter((_, i) => i !== separator)) },
  'separator doubled': { booted: cc(on), shown: cc([...on.slice(0, separator), ...on.slice(separator - 1)]) },
  'command line forged, digest kept': {
    booted: cc(off),
    shown: cc(changed(off, line, { data: forgedLine, hashed: honestLine })),
  },
  'command line under another description': {
    booted: cc(off),
    shown: cc(changed(off, line, { data: joinBytes([text.encode('grub_cmd: '), honestLine, Uint8Array.of(0)]) })),
  },
  'command line: a command that begins like one shown in its place': {
    booted: tpm([...early, said('grub_cmd', good), said('kernel_cmdline', bad)]),
    shown: tpm([...early, said('kernel_cmdline', good), said('grub_cmd', bad)]),
  },
  'command line: of two that were loaded the last one hidden': {
    booted: tpm([...early, said('kernel_cmdline', good), said('kernel_cmdline', bad)]),
    shown: tpm([...early, said('kernel_cmdline', good), unsaid(said('kernel_cmdline', bad))]),
  },
  'command line: a command shown as one': {
    booted: tpm([...early, said('grub_cmd', 'echo lockdown=integrity'), said('kernel_cmdline', bad)]),
    shown: tpm([...early, said('kernel_cmdline', 'echo lockdown=integrity'), said('grub_cmd', bad)]),
  },
  'dstack: an application’s claim, with the mark before it hidden and another one shown behind': {
    booted: makeDstack([...SYSTEM_EVENTS, claim, end]),
    shown: dstackOf([...SYSTEM_EVENTS, claim, end], (all) =>
      hidden('done', 'system-ready', 'last')(hidden('system-ready', 'setting-up', 'first')(all) as typeof all),
    ),
    true: makeDstack(SYSTEM_EVENTS),
  },
  'dstack: the same, with a mark that the application measured': {
    booted: makeDstack([...SYSTEM_EVENTS, claim, ready]),
    shown: dstackOf([...SYSTEM_EVENTS, claim, ready], hidden('system-ready', 'setting-up', 'first')),
    true: makeDstack(SYSTEM_EVENTS),
  },
  'name of a measured file forged': {
    booted: cc(off),
    shown: cc(changed(off, line - 1, { data: text.encode('/audited.img\0') })),
  },
  'command line forged, right in the SHA-1 bank only': {
    booted: tpm(bootEvents(false, false)),
    shown: exchanged(
      tpm(bootEvents(false, false, 'harmless')),
      hashNow('sha256', text.encode('harmless')),
      hashNow('sha256', text.encode('/vmlinuz root=/dev/vda1 ro')),
    ),
  },
  'an event that is longer than the log': {
    booted: cc(off),
    shown: exchanged(cc(off), joinBytes([le32(off[1]?.data.length ?? 0), off[1]?.data ?? secure]), le32(0xffffffff)),
  },
  'no digest': { booted: cc(off), shown: exchanged(cc(off), first, headOf(1, 0x80000001, 0)) },
  'four thousand million digests': {
    booted: cc(off),
    shown: exchanged(cc(off), first, headOf(1, 0x80000001, 0xffffffff)),
  },
  'a digest of an unknown algorithm': {
    booted: cc(off),
    shown: exchanged(cc(off), joinBytes([first, Uint8Array.of(0x0c, 0)]), joinBytes([first, Uint8Array.of(0x77, 0)])),
  },
  'cut in the middle of an event': { booted: cc(on), shown: cc(on).slice(0, -20) },
  'events behind the padding': {
    booted: cc(off),
    shown: joinBytes([cc(off), new Uint8Array(64).fill(0xff), cc(on).subarray(97)]),
  },
  'claims in register 99': {
    booted: cc(off),
    shown: cc([
      ...off,
      { register: 99, type: 0x80000001, data: secure },
      { register: 99, type: 0xd, data: forgedLine },
    ]),
  },
  'a log of another machine': { booted: cc(off), shown: cc(on) },
  'a TPM’s log for a trust domain': { booted: cc(off), shown: tpm(bootEvents(false)) },
  'dstack: payload changed, digest kept': {
    booted: makeDstack(SYSTEM_EVENTS),
    shown: RECIPES['dstack-forged']?.() ?? new Uint8Array(),
  },
  'dstack: event renamed, digest kept': {
    booted: makeDstack(SYSTEM_EVENTS),
    shown: makeDstack(
      SYSTEM_EVENTS.map((one) =>
        one.name === 'app-id' ? { name: 'compose-hash', payload: one.payload, digest: dstackDigest(one) } : one,
      ),
    ),
  },
  'dstack: a boot event with the name of a claim': {
    booted: makeDstack(SYSTEM_EVENTS),
    shown: dstackWith((all) => {
      const at = entryOf('compose-hash')(all)
      const [claim] = all.splice(at, 1)
      return [{ ...claim, imr: 0, event_type: 4, event_payload: '77'.repeat(32) }, ...all]
    }),
  },
  'dstack: another type': {
    booted: makeDstack(SYSTEM_EVENTS),
    shown: dstackWith((all) =>
      all.map((one) =>
        one['event'] === 'compose-hash' ? { ...one, event_type: 5, event_payload: '77'.repeat(32) } : one,
      ),
    ),
  },
  'dstack: an application’s claim after boot, really extended': {
    booted: makeDstack([...SYSTEM_EVENTS, compose(0x77)]),
    shown: makeDstack([...SYSTEM_EVENTS, compose(0x77)]),
    true: makeDstack(SYSTEM_EVENTS),
  },
  'dstack: the same, with the first claim hidden': {
    booted: makeDstack([...SYSTEM_EVENTS, compose(0x77)]),
    shown: makeDstack([...SYSTEM_EVENTS.filter((one) => one.name !== 'compose-hash'), compose(0x77)]),
    true: makeDstack(SYSTEM_EVENTS),
  },
  'dstack: the claim in another register': {
    booted: makeDstack(SYSTEM_EVENTS),
    shown: dstackWith((all) =>
      all.map((one) => (one['event'] === 'compose-hash' ? { ...one, imr: 2, event_payload: '77'.repeat(32) } : one)),
    ),
  },
  'launcher: an image named behind the separator': {
    booted: RECIPES['cos']?.() ?? new Uint8Array(),
    shown: makeCos([
      [0, 'example.com/image:latest'],
      [1, `sha256:${'00'.repeat(32)}`],
      [4, 'serve'],
      [8, ''],
      [1, `sha256:${'5a'.repeat(32)}`],
    ]),
  },
  'launcher: another image measured by the workload, with image and separator before it hidden': {
    booted: makeCos(launched),
    shown: makeCos(launched.map(([kind, words], i) => (i === 1 || i === 3 ? [kind, words, [9, '']] : [kind, words]))),
    true: makeCos(launched),
  },
  'IMA: a path exchanged': {
    booted: makeImaText([{ path: 'boot_aggregate' }, { path: '/usr/bin/a' }]),
    shown: text.encode(
      new TextDecoder()
        .decode(makeImaText([{ path: 'boot_aggregate' }, { path: '/usr/bin/a' }]))
        .replace('/usr/bin/a', '/usr/bin/b'),
    ),
  },
}

it.each(Object.entries(ATTACKS))('%s', async (name, attack) => {
  const registers = signedBy(await opened(attack.booted))
  expect(registers.length).toBeGreaterThan(0)
  const items = await opened(attack.true ?? attack.booted)
  const truth = logReplays(standIn({ measurements: attack.true ? signedBy(items) : registers }), items, 0).lent
  const { checks, lent, withheld } = logReplays(standIn({ measurements: registers }), await opened(attack.shown), 0)
  for (const one of lent) {
    const same = truth.find((other) => other.name === one.name)
    expect(same?.value, `${one.name} = ${one.value}`).toBe(one.value)
  }
  expect(checks.filter((check) => check.weight === 'decides')).toEqual([])
  const said = checks.map(({ outcome, because }) => `${outcome} ${because.text}`).join(', ') || 'no log'
  console.log(
    `${name.padEnd(62)} ${said.padEnd(44)} lent: ${lent.map((one) => one.name).join(', ') || '–'}; withheld: ${withheld.join(', ') || '–'}`,
  )
})
it('what is true is lent: the table above would else prove nothing', async () => {
  for (const honest of [cc(off), cc(on), makeDstack(SYSTEM_EVENTS)]) {
    const items = await opened(honest)
    expect(logReplays(standIn({ measurements: signedBy(items) }), items, 0).lent.length).toBeGreaterThan(2)
  }
})
