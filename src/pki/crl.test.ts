import { fc } from '../testing/seeded.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../core/place.ts'
import { implicit, implicitConstructed, integer, nothing, sequence, time } from '../bytes/der-writer.ts'
import { fromHex, tilingFaults } from '../bytes/layout.ts'
import { crlEntryNodes, crlNode, FULL_LIST, readCrl, revocation, standing } from './crl.ts'
import { readEntries } from './crl-entries.ts'
import {
  authorityKeyIdentifier,
  basicConstraints,
  crlNumber,
  customExtension,
  deltaCrlIndicator,
  issueCrl,
  keyUsage,
  onlyCaCertificates,
  type CrlRecipe,
} from './issue.ts'
import { AT, authorityExtensions, chain, ES256, FROM, KEYS, make, NAMES, TO } from './testing.ts'
import type { Certificate, Crl } from './types.ts'

let authority: Certificate
let leaf: Certificate
beforeAll(async () => {
  ;({ authority, leaf } = await chain())
})

const der = async (over: Partial<CrlRecipe> = {}) =>
  issueCrl({
    issuer: NAMES.authority,
    issuerKey: KEYS.authority,
    thisUpdate: FROM,
    nextUpdate: TO,
    entries: [{ serial: 1000, revokedAt: FROM }],
    extensions: [await authorityKeyIdentifier(KEYS.authority), crlNumber(7)],
    algorithm: ES256,
    ...over,
  })
const crl = async (over: Partial<CrlRecipe> = {}): Promise<Crl> => parse(await der(over))
const parse = (bytes: Uint8Array): Crl => {
  const read = readCrl(sliceOf('', bytes))
  if (!read) throw new Error('no list')
  return read
}
const LEAF = { serial: 3, revokedAt: Date.UTC(2025, 2, 1), reason: 1 }

describe('an authentic list', () => {
  it('of the right time says not listed, both bounds included', async () => {
    const list = await crl()
    for (const at of [FROM, AT, TO, TO + 999])
      expect(await revocation(leaf, authority, [list], at)).toMatchObject({
        state: 'not-listed',
        because: { text: 'crl.not-listed' },
      })
    expect(list).toMatchObject({
      faults: [],
      limits: [],
      entryCount: 1,
      algorithmName: 'ecdsa-with-SHA256',
      crlNumber: Uint8Array.of(7),
    })
  })
  it('may be empty', async () => {
    expect(await revocation(leaf, authority, [await crl({ entries: [] })], AT)).toMatchObject({ state: 'not-listed' })
  })
  it('counts a revocation from its own second on, and not the one before', async () => {
    const list = await crl({ entries: [LEAF] })
    for (const [at, revokedBefore] of [
      [LEAF.revokedAt - 1, false],
      [LEAF.revokedAt, true],
      [LEAF.revokedAt + 999, true],
    ] as const)
      expect(await revocation(leaf, authority, [list], at)).toMatchObject({ state: 'listed', revokedBefore })
  })
  it('says listed, with date and reason', async () => {
    expect(
      await revocation(leaf, authority, [await crl({ entries: [{ serial: 1000, revokedAt: FROM }, LEAF] })], AT),
    ).toMatchObject({
      state: 'listed',
      revokedBefore: true,
      entry: { reason: 'keyCompromise', revokedAt: LEAF.revokedAt },
      because: { text: 'crl.listed' },
    })
  })
  it('says listed when it is stale, and when the revocation comes later', async () => {
    const list = await crl({ entries: [LEAF] })
    expect(await revocation(leaf, authority, [list], TO + 86_400_000)).toMatchObject({
      state: 'listed',
      revokedBefore: true,
      because: { text: 'crl.listed-stale' },
      standing: { time: 'stale' },
    })
    expect(await revocation(leaf, authority, [list], FROM)).toMatchObject({
      state: 'listed',
      revokedBefore: false,
      because: { text: 'crl.listed-later' },
    })
    expect(await revocation(leaf, authority, [list], FROM - 86_400_000)).toMatchObject({
      state: 'listed',
      revokedBefore: false,
      standing: { time: 'future' },
    })
  })
  it('is not talked away by a newer list without the entry', async () => {
    const old = await crl({ entries: [LEAF], thisUpdate: FROM - 1e9, nextUpdate: FROM })
    for (const lists of [
      [old, await crl()],
      [await crl(), old],
    ])
      expect(await revocation(leaf, authority, lists, AT)).toMatchObject({ state: 'listed' })
  })
  it('compares serials byte for byte', async () => {
    for (const serial of [0x0300, 0x0103, fromHex('00000003ff') ?? 0])
      expect(
        await revocation(leaf, authority, [await crl({ entries: [{ serial, revokedAt: FROM }] })], AT),
      ).toMatchObject({ state: 'not-listed' })
  })
})

describe('X9 lists that say nothing', () => {
  const open = async (list: Crl, at = AT, issuer = authority) => revocation(leaf, issuer, [list], at)
  it('stale', async () =>
    expect(await open(await crl(), TO + 1000)).toMatchObject({ state: 'not-checked', because: { text: 'crl.stale' } }))
  it('from the future', async () =>
    expect(await open(await crl(), FROM - 1)).toMatchObject({ state: 'not-checked', because: { text: 'crl.future' } }))
  it('without a next update', async () => {
    const { nextUpdate: _, ...recipe } = {
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      thisUpdate: FROM,
      nextUpdate: TO,
      entries: [],
      algorithm: ES256,
    }
    expect(await open(parse(await issueCrl(recipe)))).toMatchObject({
      state: 'not-checked',
      because: { text: 'crl.stale' },
    })
  })
  it('forged, even when it lists the certificate', async () => {
    const list = await crl({ issuerKey: KEYS.other, entries: [LEAF] })
    expect(await open(list)).toMatchObject({
      state: 'not-checked',
      because: { text: 'crl.signature' },
      standings: [{ authentic: 'rejected' }],
    })
  })
  it('changed in any byte', async () => {
    const bytes = await der()
    let rejected = 0
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      const read = readCrl(sliceOf('', changed))
      if (!read) continue
      expect((await open(read)).state, `byte ${at}`).toBe('not-checked')
      rejected++
    }
    expect(rejected).toBeGreaterThan(100)
  })
  it('of another issuer', async () =>
    expect(await open(await crl({ issuer: NAMES.root, issuerKey: KEYS.root, entries: [LEAF] }))).toMatchObject({
      state: 'not-checked',
      because: { text: 'crl.issuer' },
      standings: [{ authentic: 'foreign' }],
    }))
  it('of another key of the issuer', async () =>
    expect(
      await open(await crl({ issuerKey: KEYS.other, extensions: [await authorityKeyIdentifier(KEYS.other)] })),
    ).toMatchObject({ state: 'not-checked', because: { text: 'crl.key-id' } }))
  it('for authorities only', async () =>
    expect(await open(await crl({ extensions: [onlyCaCertificates()] }))).toMatchObject({
      state: 'not-checked',
      because: { text: 'crl.scope' },
    }))
  it('with changes only', async () =>
    expect(await open(await crl({ extensions: [deltaCrlIndicator(3)] }))).toMatchObject({
      state: 'not-checked',
      because: { text: 'crl.scope' },
    }))
  it('with a critical extension that is not known, on the list or on any entry', async () => {
    const odd = customExtension('1.2.3.4', nothing(), true)
    expect(await open(await crl({ extensions: [odd] }))).toMatchObject({
      state: 'not-checked',
      because: { text: 'crl.critical-ext' },
    })
    expect(await open(await crl({ entries: [{ serial: 9, revokedAt: FROM, extensions: [odd] }] }))).toMatchObject({
      state: 'not-checked',
      because: { text: 'crl.critical-ext', params: { oid: '1.2.3.4' } },
    })
    expect(
      await open(await crl({ entries: [{ serial: 9, revokedAt: FROM, extensions: [{ ...odd, critical: false }] }] })),
    ).toMatchObject({ state: 'not-listed' })
  })
  it('by a certificate that may not sign lists', async () => {
    const mute = await make({
      subject: NAMES.authority,
      issuer: NAMES.root,
      issuerKey: KEYS.root,
      subjectKey: KEYS.authority,
      extensions: [basicConstraints(true), keyUsage('keyCertSign')],
    })
    const plain = await make({
      subject: NAMES.authority,
      issuer: NAMES.root,
      issuerKey: KEYS.root,
      subjectKey: KEYS.authority,
      extensions: [basicConstraints(false), keyUsage('cRLSign')],
    })
    const able = await make({
      subject: NAMES.authority,
      issuer: NAMES.root,
      issuerKey: KEYS.root,
      subjectKey: KEYS.authority,
      extensions: [basicConstraints(true)],
    })
    expect(await open(await crl(), AT, mute)).toMatchObject({
      state: 'not-checked',
      because: { text: 'crl.key-usage' },
    })
    expect(await open(await crl(), AT, plain)).toMatchObject({
      state: 'not-checked',
      because: { text: 'crl.key-usage' },
    })
    expect(await open(await crl(), AT, able)).toMatchObject({ state: 'not-listed' })
  })
  it('signed with SHA-1', async () =>
    expect(await open(await crl({ algorithm: { kind: 'ecdsa', hash: 'SHA-1', form: 'der' } }))).toMatchObject({
      state: 'not-checked',
      because: { text: 'crl.algorithm' },
    }))
  it('with bytes behind it, or not in DER', async () => {
    const bytes = await der()
    expect(await open(parse(Uint8Array.from([...bytes, 0])))).toMatchObject({
      state: 'not-checked',
      because: { text: 'crl.der' },
    })
    expect(
      await open(parse(Uint8Array.from([0x30, 0x82, 0x01, ...bytes.subarray(2)]))).catch(() => undefined),
    ).not.toMatchObject({ state: 'not-listed' })
  })
  it('X10 none at all', async () =>
    expect(await revocation(leaf, authority, [], AT)).toMatchObject({
      state: 'not-checked',
      because: { text: 'revocation.missing' },
    }))
  it('names the one that is nearest to being usable', async () => {
    expect(
      await revocation(
        leaf,
        authority,
        [
          await crl({ issuer: NAMES.root, issuerKey: KEYS.root }),
          await crl({ issuerKey: KEYS.other }),
          await crl({ nextUpdate: FROM + 1000 }),
        ],
        AT,
      ),
    ).toMatchObject({ because: { text: 'crl.stale' } })
  })
})

describe('standing', () => {
  it('says authentic and of which time', async () => {
    expect(await standing(await crl(), authority, AT)).toMatchObject({
      authentic: 'authentic',
      time: 'current',
      because: { text: 'crl.current' },
    })
  })
  it('says unsupported where we cannot', async () => {
    const list = await crl({
      issuerKey: KEYS.rsa,
      algorithm: { kind: 'rsa-pss', hash: 'SHA-256', mgfHash: 'SHA-384', saltLength: 32 },
      extensions: [],
    })
    const issuer = await make({
      subject: NAMES.authority,
      issuer: NAMES.root,
      issuerKey: KEYS.root,
      subjectKey: KEYS.rsa,
      extensions: await authorityExtensions(KEYS.rsa, KEYS.root),
    })
    expect(await standing(list, issuer, AT)).toMatchObject({
      authentic: 'unsupported',
      because: { text: 'crypto.unsupported' },
    })
    expect(await revocation(leaf, issuer, [list], AT)).toMatchObject({ state: 'not-checked' })
  })
})

describe('lists that are only partly understood', () => {
  const usual = async () => [await authorityKeyIdentifier(KEYS.authority), crlNumber(7)]
  const idp = (...members: readonly Uint8Array[]) => customExtension('2.5.29.28', sequence(...members), true)
  const flag = (tag: number) => implicit(tag, Uint8Array.of(0xff))
  it.each([
    ['for authorities only', () => onlyCaCertificates()],
    ['for leaves only', () => idp(flag(1))],
    ['for some reasons only', () => idp(implicit(3, Uint8Array.of(6, 0x40)))],
    ['of one place', () => idp(implicitConstructed(0, implicitConstructed(0, implicit(6, Uint8Array.of(0x61)))))],
    ['with changes only', () => deltaCrlIndicator(3)],
  ])('%s: what they name is revoked, and beside a whole list too', async (_, extension) => {
    const part = await crl({ entries: [LEAF], extensions: [...(await usual()), extension()] })
    const whole = await crl()
    for (const lists of [[part], [part, whole], [whole, part]])
      expect(await revocation(leaf, authority, lists, AT)).toMatchObject({ state: 'listed', revokedBefore: true })
    const other = await crl({ extensions: [...(await usual()), extension()] })
    expect(await revocation(leaf, authority, [other], AT)).toMatchObject({
      state: 'not-checked',
      because: { text: 'crl.scope' },
    })
    expect(await revocation(leaf, authority, [other, whole], AT)).toMatchObject({ state: 'not-listed' })
  })
  it('a delta that takes an entry off lists nobody', async () => {
    const removal = await crl({
      entries: [{ ...LEAF, reason: 8 }],
      extensions: [...(await usual()), deltaCrlIndicator(3)],
    })
    expect(await revocation(leaf, authority, [removal], AT)).toMatchObject({ state: 'not-checked' })
    expect(await revocation(leaf, authority, [removal, await crl()], AT)).toMatchObject({ state: 'not-listed' })
    // The list itself has the word on its entries.
    expect(await revocation(leaf, authority, [removal, await crl({ entries: [LEAF] })], AT)).toMatchObject({
      state: 'listed',
    })
  })
  it.each([
    ['indirect', () => idp(flag(4)), []],
    ['for attribute certificates', () => idp(flag(5)), []],
    ['with an unknown critical extension', () => customExtension('1.2.3.4', nothing(), true), []],
    [
      'with an unknown critical extension of an entry',
      () => customExtension('1.2.3.5', nothing()),
      [customExtension('2.5.29.29', nothing(), true)],
    ],
    ['with a critical number', () => ({ ...crlNumber(7), critical: true }), []],
  ])(
    '%s: naming the certificate leaves it open, and a whole list beside does not settle it',
    async (_, extension, own) => {
      const extensions = [await authorityKeyIdentifier(KEYS.authority), extension()]
      const odd = await crl({ entries: [{ ...LEAF, extensions: own }], extensions })
      const whole = await crl()
      for (const lists of [[odd], [odd, whole], [whole, odd]])
        expect(await revocation(leaf, authority, lists, AT)).toMatchObject({
          state: 'not-checked',
          because: { text: 'crl.named-unclear' },
        })
      expect(await revocation(leaf, authority, [odd, await crl({ entries: [LEAF] })], AT)).toMatchObject({
        state: 'listed',
      })
      // Somebody else's is nobody's.
      const forged = await crl({ entries: [{ ...LEAF, extensions: own }], extensions, issuerKey: KEYS.other })
      expect(await revocation(leaf, authority, [forged, whole], AT)).toMatchObject({ state: 'not-listed' })
    },
  )
})

describe('lists of a vendor', () => {
  it('have a number and a key identifier, or are not used', async () => {
    const key = await authorityKeyIdentifier(KEYS.authority)
    for (const extensions of [
      [],
      [key],
      [crlNumber(7)],
      [key, { ...crlNumber(7), critical: true }],
      [key, key, crlNumber(7)],
    ]) {
      const list = await crl({ extensions })
      expect(await standing(list, authority, AT, FULL_LIST)).toMatchObject({
        authentic: 'rejected',
        because: { text: 'crl.profile' },
      })
      expect(await revocation(leaf, authority, [list], AT, FULL_LIST)).toMatchObject({ state: 'not-checked' })
      // Naming the certificate, it still keeps a whole one from clearing it.
      const naming = await crl({ extensions, entries: [LEAF] })
      expect(await revocation(leaf, authority, [naming, await crl()], AT, FULL_LIST)).toMatchObject({
        state: 'not-checked',
      })
    }
    expect(await standing(await crl(), authority, AT, FULL_LIST)).toMatchObject({ authentic: 'authentic' })
  })
})

describe('long lists', () => {
  it('of one serial over and over answer at once, with the earliest date', async () => {
    const entry = (year: number) => sequence(integer(3), time(Date.UTC(year, 0, 1)))
    const many = new Uint8Array(entry(2024).length * 200_000)
    for (let i = 0; i < 200_000; i++) many.set(entry(i === 199_999 ? 2019 : 2024), i * entry(2024).length)
    const list = readEntries({ bytes: many, space: '', start: 0, end: many.length })
    expect(list.count).toBe(200_000)
    const begun = performance.now()
    expect(list.find(Uint8Array.of(3))?.revokedAt).toBe(Date.UTC(2019, 0, 1))
    expect(performance.now() - begun).toBeLessThan(1500)
  })

  it('find every serial, the earliest of several, and open entries on demand', async () => {
    const entries = Array.from({ length: 3000 }, (_, i) => ({
      serial: 10_000 + i * 7,
      revokedAt: FROM + i * 1000,
      ...(i % 3 === 0 ? { reason: i % 2 } : {}),
    }))
    const list = await crl({ entries: [...entries, { serial: 10_007, revokedAt: FROM - 5000 }] })
    expect(list.entryCount).toBe(3001)
    for (const entry of entries) {
      const hex = entry.serial.toString(16).padStart(4, '0')
      const serial = fromHex(Number.parseInt(hex.slice(0, 2), 16) >= 0x80 ? `00${hex}` : hex) ?? new Uint8Array()
      expect(list.find(serial)?.revokedAt).toBe(entry.serial === 10_007 ? FROM - 5000 : entry.revokedAt)
    }
    expect(list.find(Uint8Array.of(1))).toBeUndefined()
    const node = crlNode(list.slice, 'crl')
    expect(tilingFaults(node, list.slice)).toEqual({ holes: [], overlaps: [] })
    const array = everyNode(node).find((one) => one.kind === 'array')
    expect(array).toMatchObject({ count: 3001, children: [] })
    const some = crlEntryNodes(list, array?.path ?? '', 200, 203)
    expect(some.map((one) => one.path)).toEqual([200, 201, 202].map((i) => `${array?.path}[${i}]`))
    expect(
      tilingFaults(
        {
          ...some[0],
          path: 'x',
          label: 'x',
          kind: 'struct',
          value: { kind: 'none' },
          problems: [],
          ranges: [],
          children: some,
        },
        { ...list.slice, start: some[0]?.ranges[0]?.start ?? 0, end: some[2]?.ranges[0]?.end ?? 0 },
      ),
    ).toEqual({ holes: [], overlaps: [] })
  })
  it('of a hundred thousand entries are walked over', async () => {
    const { readEntries } = await import('./crl-entries.ts')
    const tail = [0x17, 0x0d, ...new TextEncoder().encode('250301000000Z')]
    const bytes = new Uint8Array(100_000 * 24)
    for (let n = 0; n < 100_000; n++)
      bytes.set(
        [0x30, 0x16, 0x02, 0x05, 0x01, (n >> 24) & 0xff, (n >> 16) & 0xff, (n >> 8) & 0xff, n & 0xff, ...tail],
        n * 24,
      )
    const list = readEntries(sliceOf('', bytes))
    expect(list).toMatchObject({ count: 100_000, faults: [], limits: [] })
    for (const n of [0, 5, 300, 70_000, 99_999])
      expect(list.find(Uint8Array.of(1, 0, n >> 16, (n >> 8) & 0xff, n & 0xff))?.range.start).toBe(n * 24)
    expect(list.find(Uint8Array.of(1, 0, 1, 0x86, 0xa0))).toBeUndefined()
  })
  it('made so that serials collide are still answered', async () => {
    const { readEntries, CRL_ENTRIES } = await import('./crl-entries.ts')
    expect(CRL_ENTRIES).toBe(1_000_000)
    const same = new Uint8Array(2000 * 20)
    for (let n = 0; n < 2000; n++)
      same.set([0x30, 0x12, 0x02, 0x01, 0x05, 0x17, 0x0d, ...new TextEncoder().encode('250301000000Z')], n * 20)
    const list = readEntries(sliceOf('', same))
    expect(list.count).toBe(2000)
    expect(list.find(Uint8Array.of(5))?.revokedAt).toBe(Date.UTC(2025, 2, 1))
    expect(list.find(Uint8Array.of(6))).toBeUndefined()
  })
})

describe('hostile bytes', () => {
  it('never throw, and trees tile', async () => {
    const good = await der({ entries: [LEAF, { serial: 4, revokedAt: FROM, reason: 3 }] })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(good.length),
        fc.boolean(),
        (changes, cut, isCut) => {
          const bytes = good.slice(0, isCut ? cut : good.length)
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          const slice = sliceOf('', bytes)
          const list = readCrl(slice)
          expect(tilingFaults(crlNode(slice, 'crl'), slice)).toEqual({ holes: [], overlaps: [] })
          list?.find(Uint8Array.of(3))
          expect(bytesOf(slice).length).toBe(bytes.length)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

function everyNode<T extends { readonly children: readonly T[] }>(node: T): T[] {
  return [node, ...node.children.flatMap((child) => everyNode(child))]
}
