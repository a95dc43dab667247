import { describe, expect, it } from 'vitest'
import { toHex } from '../../bytes/layout.ts'
import type { Policy } from '../../core/policy.ts'
import { sliceOf } from '../../core/place.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { encodePem } from '../../envelope/pem.ts'
import { readCertificate, spkiSha256 } from '../../pki/certificate.ts'
import { spkiOf } from '../../pki/issue.ts'
import { DEMO_AT, filesOf, makeCase, type DemoFile } from '../../schemes/intel-dcap/attester.ts'
import { demoAnchor, attackerKey } from '../../schemes/intel-dcap/demo-keys.ts'
import { attackersCa, attackersCollateral, evilLeaf, lookAlikeRoot } from '../../schemes/intel-dcap/testing-hostile.ts'
import { effective } from '../tamper.ts'
import { complaints, failures, from, good, isAccepting, join, pem, text, told, view } from './kit.ts'
import { certificate, leafExtensions, list, patched } from './mint.ts'

/** What a reader, a link or a dropped file may ask for, and what it must never buy. */

const registersOf = async () => {
  const made = await good()
  const at = (start: number) => toHex(made.quote.subarray(48 + start, 48 + start + 48))
  return {
    MRTD: [at(136)],
    RTMR0: [at(328)],
    RTMR1: [at(376)],
    RTMR2: [at(424)],
    RTMR3: [at(472)],
    MRCONFIGID: [at(184)],
    MROWNER: [at(232)],
    MROWNERCONFIG: [at(280)],
  }
}
const dataOf = async () => {
  const made = await good()
  return toHex(made.quote.subarray(48 + 520, 48 + 584))
}

/** Everything under the attacker's root: quote, chain and collateral. */
async function hostileCase(): Promise<{ readonly files: DemoFile[]; readonly root: Uint8Array }> {
  const root = await lookAlikeRoot()
  const certificates = [await evilLeaf({ issuerKey: attackerKey }), await attackersCa(), root]
  const made = await makeCase({
    bend: { certificates: () => certificates, listKey: attackerKey, envelope: { qeSigner: attackerKey } },
  })
  const [signed, lists] = [
    await attackersCollateral(made),
    [await list({ issuerKey: attackerKey }), (await makeCase({ bend: { listKey: attackerKey } })).rootCrl],
  ]
  return {
    root,
    files: [
      { name: 'quote.bin', bytes: made.quote },
      ...signed,
      ...lists.map((bytes, i) => ({ name: `${i}.crl`, bytes })),
    ],
  }
}

describe('roots that somebody brings', () => {
  it("a whole world under the attacker's root is S2, unknown", async () => {
    const { files } = await hostileCase()
    const result = await view(files)
    expect([result.headline, result.root.status]).toEqual(['S2', 'unknown'])
    expect(result.tier).toBe('contraindicated')
  })
  it('an added root gives `added`, S2, tier none, and nothing more', async () => {
    const { files, root } = await hostileCase()
    const added = (purpose: string) =>
      view(files, DEMO_AT, { anchorsAdded: [{ pem: encodePem('CERTIFICATE', root), purpose }] })
    const result = await added('evidence')
    expect([result.headline, result.root.status, result.tier]).toEqual(['S2', 'added', 'none'])
    expect(result.answers.genuine.state).toBe('not-checked')
    for (const purpose of ['service-token', 'revocation', 'reference-values', 'nonsense', '']) {
      const other = await added(purpose)
      expect([other.headline, ['added', 'unknown'].includes(other.root.status)], purpose).toEqual(['S2', true])
    }
    const key = await view(files, DEMO_AT, {
      anchorsAdded: [{ pem: encodePem('PUBLIC KEY', spkiOf(attackerKey)), purpose: 'evidence' }],
    })
    // All certificates of that world have one key, so with the bare key the leaf is its own anchor and the others are left over.
    expect(key.root.status).toBe('added')
    expect(['S1', 'S2']).toContain(key.headline)
  })
  it('an added root never lets the attacker speak about other evidence', async () => {
    const made = await good()
    const root = await lookAlikeRoot()
    const [quote, pckCrl, rootCrl] = filesOf(made)
    if (!quote || !pckCrl || !rootCrl) throw new Error('no files')
    const result = await view([quote, pckCrl, rootCrl, ...(await attackersCollateral(made))], DEMO_AT, {
      anchorsAdded: [{ pem: encodePem('CERTIFICATE', root), purpose: 'evidence' }],
    })
    expect(effective(result)).toBe('S4')
    expect(complaints(result)).toContain('collateral.other-root')
  })
  it('adding a certificate of the chain never helps', async () => {
    const made = await good()
    for (const [i, der] of made.certificates.entries()) {
      const result = await view(filesOf(made), DEMO_AT, {
        anchorsAdded: [{ pem: encodePem('CERTIFICATE', der), purpose: 'evidence' }],
      })
      // The root that came with the page is told before what the reader added below it.
      expect([result.root.status, result.headline], String(i)).toEqual(['demonstration', 'S2'])
      const off = await view(filesOf(made), DEMO_AT, {
        anchorsOff: [demoAnchor.spkiSha256],
        anchorsAdded: [{ pem: encodePem('CERTIFICATE', der), purpose: 'evidence' }],
      })
      expect([off.root.status, off.headline], String(i)).toEqual([i === 2 ? 'switched-off' : 'added', 'S2'])
    }
  })
  it('switching a root off is S2 switched-off, and adding it again does not switch it on', async () => {
    const made = await good()
    const off: Partial<Policy> = { anchorsOff: [demoAnchor.spkiSha256] }
    const root = made.certificates[2] ?? new Uint8Array()
    for (const policy of [
      off,
      { ...off, anchorsAdded: [{ pem: encodePem('CERTIFICATE', root), purpose: 'evidence' }] },
      {
        ...off,
        anchorsAdded: [
          { pem: encodePem('PUBLIC KEY', Uint8Array.from(atobBytes(demoAnchor.spki))), purpose: 'evidence' },
        ],
      },
    ]) {
      const result = await view(filesOf(made), DEMO_AT, policy)
      expect([result.headline, result.root.status, result.tier]).toEqual(['S2', 'switched-off', 'none'])
    }
  })
  it('a root among the dropped files is nothing', async () => {
    const { files, root } = await hostileCase()
    const result = await view([...files, { name: 'root.pem', bytes: pem(root) }, { name: 'root.der', bytes: root }])
    expect([result.headline, result.root.status]).toEqual(['S2', 'unknown'])
  })
})

const atobBytes = (base64: string) => Buffer.from(base64, 'base64')

describe('what the reader expects', () => {
  it('all registers and a value: S6 as if the root were relied on', async () => {
    const result = await view(filesOf(await good()), DEMO_AT, {
      registers: await registersOf(),
      reportData: await dataOf(),
    })
    expect(effective(result), told(result)).toBe('S6')
  })
  it('anything that differs is S3', async () => {
    const [registers, reportData] = [await registersOf(), await dataOf()]
    const differing: Partial<Policy>[] = [
      { registers: { ...registers, MRTD: ['00'.repeat(48)] } },
      { registers: { MRTD: [registers.MRTD[0]?.slice(0, 94) ?? ''] } },
      { registers: { mrtd: ['11'.repeat(48)] } },
      { registers: { RTMR3: ['11'.repeat(48)] } },
      { reportData: '00' },
      { reportData: 'ff'.repeat(64) },
      { reportData: `${reportData}00` },
      { reportData: reportData.slice(2) },
      { nonce: 'ab'.repeat(32) },
      { reportData, nonce: 'ab' },
      { reportData: reportData.slice(0, 20) },
      { chipIds: ['00'.repeat(16)] },
    ]
    for (const policy of differing) {
      const result = await view(filesOf(await good()), DEMO_AT, policy)
      expect(effective(result), `${JSON.stringify(policy)}: ${told(result)}`).toBe('S3')
    }
  })
  it('some of it is not all of it', async () => {
    const registers = await registersOf()
    const partial: Partial<Policy>[] = [
      { registers: { MRTD: registers.MRTD } },
      { registers },
      { reportData: await dataOf() },
      { registers, maxAgeSeconds: 60 },
      { registers: { NOSUCH: ['00'] }, reportData: await dataOf() },
    ]
    for (const policy of partial)
      expect(effective(await view(filesOf(await good()), DEMO_AT, policy)), JSON.stringify(policy)).toBe('S5')
  })
  it('I16 without a value nothing is said about freshness', async () => {
    const result = await view(filesOf(await good()))
    expect(result.subjects[0]?.answers.fresh).toMatchObject({
      state: 'not-checked',
      because: { text: 'expect.no-nonce' },
    })
  })
  it('what matches never mends what is broken', async () => {
    const policy = { registers: await registersOf(), reportData: await dataOf() }
    const rows = [
      [{ td: { tdAttributes: (1n << 28n) | 1n } }, 'S3'],
      [{ bend: { envelope: { signer: attackerKey } } }, 'S1'],
      [{ platform: { pceSvn: 11 } }, 'S5w'],
      [{ tcbInfo: { fmspc: 'd0e0f0000001' } }, 'S4'],
    ] as const
    for (const [recipe, headline] of rows)
      expect(effective(await view(await from(recipe)(), DEMO_AT, policy))).toBe(headline)
  })
  it('what is forbidden and there is S3', async () => {
    expect(effective(await view(await from({ platform: { smtEnabled: true } })(), DEMO_AT, { forbid: ['smt'] }))).toBe(
      'S3',
    )
    expect(
      effective(await view(await from({ td: { tdAttributes: 0n } })(), DEMO_AT, { forbid: ['sept-ve-enabled'] })),
    ).toBe('S3')
    expect(
      effective(
        await view(await from({ td: { tdAttributes: (1n << 28n) | (1n << 29n) } })(), DEMO_AT, {
          forbid: ['migratable'],
        }),
      ),
    ).toBe('S3')
    // A processor's certificate does not say; that is open, not well.
    expect(effective(await view(filesOf(await good('sgx3')), DEMO_AT, { forbid: ['smt'] }))).toBe('S4')
  })
  it('two quotes do not share what each says', async () => {
    const other = await makeCase({ td: { reportData: new Uint8Array(64).fill(9) } })
    const result = await view([...filesOf(await good()), { name: 'second.bin', bytes: other.quote }], DEMO_AT, {
      reportData: '09'.repeat(64),
    })
    expect(isAccepting(result) && effective(result) === 'S6').toBe(false)
    expect(result.subjects.map((subject) => subject.answers.fresh.state)).toEqual(['not-checked', 'holds'])
  })
})

describe('which device it is', () => {
  const PPID = Uint8Array.from({ length: 16 }, (_, i) => i * 0x11)
  const VICTIM = new Uint8Array(16).fill(0xaa)
  it('the PPID of the certificate that signed', async () => {
    expect(effective(await view(filesOf(await good()), DEMO_AT, { chipIds: [toHex(PPID)] }))).toBe('S5')
    expect(effective(await view(filesOf(await good()), DEMO_AT, { chipIds: [toHex(VICTIM)] }))).toBe('S3')
  })
  it('not one that stands in another certificate of the quote', async () => {
    const [usage, constraints, sgx] = leafExtensions()
    if (!usage || !constraints || !sgx) throw new Error('no extensions')
    const victim = await certificate({
      extensions: [usage, constraints, { ...sgx, value: patched(sgx.value, PPID, VICTIM) }],
    })
    for (const order of [0, 1]) {
      const made = await makeCase({
        bend: {
          certificates: ({ leaf, intermediate, root }) => [
            ...(order === 0 ? [victim, leaf] : [leaf, victim]),
            intermediate,
            root,
          ],
        },
      })
      const result = await view(filesOf(made), DEMO_AT, { chipIds: [toHex(VICTIM)] })
      expect(result.checks.find((check) => check.id === 'fresh.device-expected')?.outcome).not.toBe('pass')
    }
  })
  it('not one that stands in certification data, which nobody signed', async () => {
    const made = await makeCase({
      bend: { envelope: { certification: { type: 1, data: join(VICTIM, new Uint8Array(20)) } } },
    })
    const result = await view([...filesOf(made), { name: 'chain.pem', bytes: pem(...made.certificates) }], DEMO_AT, {
      chipIds: [toHex(VICTIM)],
    })
    expect(effective(result)).toBe('S5')
    expect(result.checks.find((check) => check.id === 'fresh.device-expected')?.outcome).toBe('not-checked')
  })
})

describe('what the anchors are known by', () => {
  it('subject and key, not the certificate', async () => {
    const root = readCertificate(sliceOf('', (await good()).certificates[2] ?? new Uint8Array()))
    expect(root && (await spkiSha256(root))).toBe(demoAnchor.spkiSha256)
    const look = readCertificate(sliceOf('', await lookAlikeRoot()))
    expect(look && toHex(look.subject.der)).toBe(demoAnchor.subject)
    expect(look && (await spkiSha256(look))).not.toBe(demoAnchor.spkiSha256)
    expect(failures(await view([{ name: 'x', bytes: text(toBase64(await lookAlikeRoot())) }]))).toEqual([])
  })
})
