import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { NO_POLICY, type Policy } from '../../core/policy.ts'
import type { AppraisalView, InputFile } from '../../engine/api.ts'
import { appraise } from '../../engine/appraise.ts'
import { encodePem } from '../../envelope/pem.ts'
import { issueCertificate, signWith } from '../../pki/issue.ts'
import { ECDSA_DER } from '../../schemes/intel-dcap/attester/pki.ts'
import { attackerKey } from '../../schemes/intel-dcap/demo-keys.ts'
import { decodeQuote } from '../../schemes/intel-dcap/formats/quote.ts'
import { casesIn, corpus, evidenceFile } from '../evidence.ts'
import { failures, flip, join, over, pem, text, told, u32 } from './kit.ts'

/** Attacks on real evidence, and what an independent verifier says of the same input. Runs when EVIDENCE_CORPUS names the folder. */

interface Case {
  readonly id: string
  readonly files: readonly string[]
  readonly at: string | null
  readonly expect: { readonly tcbStatus?: string | null; readonly debug?: boolean; readonly pckNotYetValid?: boolean }
}
/** A case that an independent verifier can be asked about: a quote and its collateral in one JSON file, at an instant. Logs and composites are other tests' work. */
interface Asked extends Case {
  readonly at: string
}
const all = (): Asked[] =>
  casesIn<Case>('intel/').filter((one): one is Asked => one.at !== null && (one.files[1] ?? '').endsWith('.json'))
const load = (one: Case): InputFile[] => one.files.map((name) => ({ name: basename(name), bytes: evidenceFile(name) }))
const viewed = (files: readonly InputFile[], at: string, policy: Partial<Policy> = {}): Promise<AppraisalView> =>
  appraise(files, { at: Date.parse(at), atSource: 'given', policy: { ...NO_POLICY, ...policy } })

interface Peer {
  verify(
    quote: Uint8Array,
    collateral: unknown,
    now: number,
  ): { readonly status: string; readonly advisory_ids: readonly string[] }
}
interface Said {
  readonly status: string | null
  readonly error: string | null
  readonly advisories: readonly string[]
}
const peer = createRequire(import.meta.url)('@phala/dcap-qvl') as Peer
function peerSays(quote: Uint8Array, collateral: unknown, at: string): Said {
  try {
    const { status, advisory_ids: advisories } = peer.verify(
      Buffer.from(quote),
      collateral,
      Math.floor(Date.parse(at) / 1000),
    )
    return { status, error: null, advisories: [...advisories].sort() }
  } catch (thrown) {
    return { status: null, error: thrown instanceof Error ? thrown.message : String(thrown), advisories: [] }
  }
}

/** Reasons for which the peer says something else, each with what must be true of the input for it to be the reason. The peer goes by its own rules there, and Intel's library does not. */
function reason(
  view: AppraisalView,
  quote: Uint8Array,
  collateral: { readonly tcb_info: string },
  other: Said,
): string | undefined {
  const { vendor } = view.subjects[0] ?? {}
  const outcome = (id: string) => view.checks.find((check) => check.id === id)?.outcome
  const head = new DataView(quote.buffer, quote.byteOffset)
  const hasModuleLevels =
    head.getUint32(4, true) === 0x81 && head.getUint8((head.getUint16(0, true) === 5 ? 54 : 48) + 1) > 0
  const isInDate = [
    'intel.pck-chain-begun',
    'intel.pck-chain-not-expired',
    'intel.tcb-info-issued',
    'intel.tcb-info-not-expired',
    'intel.qe-identity-issued',
    'intel.qe-identity-not-expired',
  ].every((id) => outcome(id) === 'pass')
  switch (other.error) {
    case 'Certificate is expired or not yet valid':
      return isInDate ? undefined : 'a certificate is outside its validity: told apart here, the end there'
    case 'Debug mode is enabled':
      return vendor?.debug === true ? 'debug is a verdict of its own here' : undefined
    case 'SEPT_VE_DISABLE is not enabled':
      return outcome('intel.sept-ve-disabled') === 'pass' ? undefined : 'SEPT_VE_DISABLE is a note here'
    case 'Failed to decode TcbInfo':
      return (JSON.parse(collateral.tcb_info) as { version?: number }).version === 2
        ? 'TCB info of version 2 is not read there'
        : undefined
    case 'No matching TCB level found':
      return vendor?.error === 'TCB_NOT_SUPPORTED'
        ? 'the same, by another name'
        : hasModuleLevels
          ? 'the module’s own components are compared with the platform’s level there'
          : undefined
    case null:
      return hasModuleLevels && other.status === vendor?.tcbStatus
        ? 'the TDX module’s level and its advisories are left out there'
        : undefined
    default:
      return undefined
  }
}

describe.skipIf(corpus === undefined)('real evidence', () => {
  it('differs from an independent verifier only for reasons that are known', async () => {
    const counts = new Map<string, number>()
    const unexplained: string[] = []
    const cases = all()
    for (const one of cases) {
      const files = load(one)
      const [quote, bundle] = files
      if (!quote || !bundle) throw new Error(one.id)
      const collateral = JSON.parse(new TextDecoder().decode(bundle.bytes)) as { tcb_info: string }
      const view = await viewed(files, one.at)
      const { vendor } = view.subjects[0] ?? {}
      const other = peerSays(quote.bytes, collateral, one.at)
      const isSame =
        other.error === null &&
        other.status === vendor?.tcbStatus &&
        other.advisories.join() === vendor.advisories.join()
      const why = isSame ? 'the same status and advisories' : reason(view, quote.bytes, collateral, other)
      if (why === undefined)
        unexplained.push(
          `${one.id}: ${vendor?.tcbStatus ?? vendor?.error ?? ''} [${vendor?.advisories.join() ?? ''}], there ${other.status ?? other.error ?? ''} [${other.advisories.join()}]`,
        )
      else counts.set(why, (counts.get(why) ?? 0) + 1)
    }
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0) + unexplained.length
    console.log(
      `${total} cases against @phala/dcap-qvl\n${[...counts]
        .toSorted((a, b) => b[1] - a[1])
        .map(([why, count]) => `  ${String(count).padStart(4)} ${why}`)
        .join('\n')}\n  unexplained differences = ${unexplained.length}`,
    )
    expect(unexplained).toEqual([])
    expect(total).toBe(cases.length)
    expect(counts.get('the same status and advisories')).toBeGreaterThan(0)
  })

  it('attacks on an up-to-date TDX quote come out as in the catalogue', async () => {
    const { at, quote, collateral } = genuine()
    const { decoded } = decodeQuote(sliceOf('', quote))
    const { qeReportSlice, chainSlice, certificates: own } = decoded
    const [leaf, ca, root] = own
    if (!qeReportSlice || !chainSlice || !leaf || !ca || !root) throw new Error('not a quote with its chain')
    const files = (bytes: Uint8Array): InputFile[] => [{ name: 'quote', bytes }, collateral]
    const plain = await viewed(files(quote), at)
    expect([plain.headline, plain.root.status], told(plain)).toEqual(['S5', 'pinned'])

    // Copies of all names, numbers and extensions; only the keys are the attacker's.
    const copied = (like: typeof leaf) =>
      issueCertificate({
        subject: like.subject.der,
        issuer: like.issuer.der,
        issuerKey: attackerKey,
        subjectKey: attackerKey,
        serial: like.serial,
        notBefore: like.notBefore,
        notAfter: like.notAfter,
        extensions: like.extensions.map(({ oid, critical, value }) => ({ oid, critical, value: bytesOf(value) })),
        algorithm: ECDSA_DER,
      })
    const [evilLeaf, evilCa, evilRoot] = [await copied(leaf), await copied(ca), await copied(root)]
    const qeSignature = await signWith(
      attackerKey,
      { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' },
      bytesOf(qeReportSlice),
    )
    const der = (one: typeof leaf) => bytesOf(one.slice)
    const rebuilt = (certificates: readonly Uint8Array[], isResigned: boolean) => {
      const chain = join(pem(...certificates), Uint8Array.of(0))
      const grown = chain.length - (chainSlice.end - chainSlice.start)
      const out = join(quote.subarray(0, chainSlice.start), chain, quote.subarray(chainSlice.end))
      const view = new DataView(quote.buffer, quote.byteOffset)
      // Lengths of the chain, of the certification data around it, of the signature data.
      const lengths = [chainSlice.start - 4, qeReportSlice.start - 4, 48 + 584].reduce(
        (bytes, offset) => over(bytes, offset, ...u32(view.getUint32(offset, true) + grown)),
        out,
      )
      return isResigned ? over(lengths, qeReportSlice.end, ...qeSignature) : lengths
    }
    const headline = async (bytes: Uint8Array, policy: Partial<Policy> = {}) => {
      const view = await viewed(files(bytes), at, policy)
      return {
        headline: view.headline,
        root: view.root.status,
        note: view.root.note?.text,
        failed: failures(view),
        told: told(view),
      }
    }

    expect((await headline(rebuilt([der(leaf), der(ca), der(root)], false))).headline).toBe('S5')
    const selfMade = await headline(rebuilt([evilLeaf, evilCa, evilRoot], true))
    expect([selfMade.headline, selfMade.root, selfMade.note], `X1 ${selfMade.told}`).toEqual([
      'S2',
      'unknown',
      'chain.anchor',
    ])
    for (const [id, certificates, because] of [
      ['X1 the genuine root above a forged chain', [evilLeaf, evilCa, der(root)], 'chain.signature'],
      ['X2 evil leaf first', [evilLeaf, der(leaf), der(ca), der(root)], 'chain.leaf-binding'],
      ['X2 evil leaf twice', [evilLeaf, der(leaf), der(ca), evilLeaf, der(root)], 'chain.leaf-binding'],
      ['X1 forged root beside the genuine one', [evilLeaf, der(ca), evilRoot, der(root)], 'chain.signature'],
      ['X4 the authority’s place taken', [evilLeaf, der(leaf), der(root)], 'chain.signature'],
    ] as const) {
      const out = await headline(rebuilt(certificates, true))
      expect(
        [
          out.headline,
          out.failed.some((one) => one === because || one === 'chain.leaf-binding' || one === 'chain.gap'),
        ],
        `${id} ${out.told}`,
      ).toEqual(['S1', true])
    }
    const added = await headline(rebuilt([evilLeaf, evilCa, evilRoot], true), {
      anchorsAdded: [{ pem: encodePem('CERTIFICATE', evilRoot), purpose: 'evidence' }],
    })
    expect([added.headline, added.root], `added ${added.told}`).toEqual(['S2', 'added'])
    const own2 = await headline(quote, {
      anchorsAdded: [{ pem: encodePem('CERTIFICATE', der(ca)), purpose: 'evidence' }],
    })
    expect([own2.headline, own2.root], 'the chain’s own authority added').toEqual(['S5', 'pinned'])

    // I2: another attestation key with its own good signature over the body.
    const body = quote.subarray(0, 48 + 584)
    const key = readKey()
    const swapped = over(
      over(
        quote,
        48 + 584 + 4,
        ...(await signWith(attackerKey, { kind: 'ecdsa', hash: 'SHA-256', form: 'p1363' }, body)),
      ),
      48 + 584 + 68,
      ...key,
    )
    const bound = await headline(swapped)
    expect(
      [bound.headline, bound.failed.includes('intel.qe-binding'), bound.failed.includes('evidence.signature')],
      `I2 ${bound.told}`,
    ).toEqual(['S1', true, false])
    // I2, C8: QE report, and signature, of another genuine quote.
    const other = genuine(
      (bytes) => bytes.subarray(48 + 520, 48 + 584).join() !== quote.subarray(48 + 520, 48 + 584).join(),
    ).quote
    const from = decodeQuote(sliceOf('', other)).decoded.qeReportSlice
    if (!from) throw new Error('no other quote')
    const report = await headline(over(quote, qeReportSlice.start, ...other.subarray(from.start, from.end + 64)))
    expect(report.headline, `I2 report of another quote ${report.told}`).toBe('S1')
    const signature = await headline(over(quote, 48 + 584 + 4, ...other.subarray(48 + 584 + 4, 48 + 584 + 68)))
    expect([signature.headline, signature.failed.includes('evidence.signature')], `C8 ${signature.told}`).toEqual([
      'S1',
      true,
    ])
    for (const [id, bytes] of [
      ['C1 r = 0', over(quote, 48 + 584 + 4, ...new Uint8Array(32))],
      ['C8 report data', flip(quote, 48 + 520)],
      ['I10 debug bit', flip(quote, 48 + 120)],
      ['I12 length', over(quote, 48 + 584, 0xff, 0xff, 0xff, 0xff)],
    ] as const)
      expect((await headline(bytes)).headline, id).toBe('S1')
    const trailing = await headline(join(quote, text('more')))
    expect([trailing.headline, trailing.told], 'I13').toEqual(['S5', expect.anything()])
  })
})

function readKey(): Uint8Array {
  return Uint8Array.from(
    Buffer.concat([attackerKey.x, attackerKey.y].map((half) => Buffer.from(half ?? '', 'base64url'))),
  )
}

/** A genuine TDX quote of version 4 that is up to date at its instant, with its collateral. */
function genuine(isWanted: (quote: Uint8Array) => boolean = () => true): {
  readonly at: string
  readonly quote: Uint8Array
  readonly collateral: InputFile
} {
  for (const one of all()) {
    if (one.expect.tcbStatus !== 'UpToDate' || one.expect.debug === true || one.expect.pckNotYetValid === true) continue
    const [quote, collateral] = load(one)
    const head = quote && new DataView(quote.bytes.buffer, quote.bytes.byteOffset)
    const isTdx4 =
      head?.getUint16(0, true) === 4 &&
      head.getUint32(4, true) === 0x81 &&
      decodeQuote(sliceOf('', quote?.bytes ?? new Uint8Array())).decoded.certificates.length === 3
    if (quote && collateral && isTdx4 && isWanted(quote.bytes)) return { at: one.at, quote: quote.bytes, collateral }
  }
  throw new Error('no such quote in the corpus')
}
