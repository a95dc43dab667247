import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { oid, sequence, tlv } from '../../bytes/der-writer.ts'
import { p1363ToDer } from '../../crypto/ecdsa-der.ts'
import { encodePem } from '../../envelope/pem.ts'
import { readCertificate } from '../../pki/certificate.ts'
import {
  basicConstraints,
  crlNumber,
  customExtension,
  deltaCrlIndicator,
  issueCrl,
  keyUsage,
  onlyCaCertificates,
  subjectKeyIdentifier,
} from '../../pki/issue.ts'
import { BAD_KEYS } from '../../pki/testing.ts'
import { DEMO_AT, demoPlatform, filesOf, makeCase, type Recipe } from '../../schemes/intel-dcap/attester.ts'
import { DEMO_NAMES, ECDSA_DER, issueList, issueRoot, ms, pckExtension } from '../../schemes/intel-dcap/attester/pki.ts'
import { attackerKey, platformCaKey, platformPckKey } from '../../schemes/intel-dcap/demo-keys.ts'
import { attackersCa, evilLeaf, lookAlikeRoot, subAuthority } from '../../schemes/intel-dcap/testing-hostile.ts'
import { effective } from '../tamper.ts'
import {
  complaints,
  faultsOf,
  flip,
  from,
  good,
  isAccepting,
  join,
  pem,
  replaced,
  text,
  told,
  view,
  without,
  type Row,
} from './kit.ts'
import { authority, caExtensions, certificate, freshKey, leafExtensions, list, named, patched } from './mint.ts'

interface Chain {
  readonly leaf: Uint8Array
  readonly intermediate: Uint8Array
  readonly root: Uint8Array
}

/** A quote with other certificates in it; the QE report signed by the attacker when his certificate is to be the leaf. */
const chained =
  (certificates: (chain: Chain) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>, byAttacker = false) =>
  async () => {
    const [leaf, intermediate, root] = (await good()).certificates
    if (!leaf || !intermediate || !root) throw new Error('no chain')
    const made = await certificates({ leaf, intermediate, root })
    return filesOf(
      await makeCase({
        bend: { certificates: () => made, ...(byAttacker ? { envelope: { qeSigner: attackerKey } } : {}) },
      }),
    )
  }

/** The chain's text, changed. */
const written = (change: (data: Uint8Array) => Uint8Array) => from({ bend: { chainData: change } })
const beforeEnd = (data: Uint8Array, more: Uint8Array) =>
  join(data.subarray(0, data.length - 1), more, Uint8Array.of(0))
const withList =
  (bytes: Promise<Uint8Array> | Uint8Array, name = 'pck-crl.der') =>
  async () =>
    replaced(filesOf(await good()), name, await bytes)

const EVIDENCE = [
  'intel.quote-signed-by-attestation-key',
  'intel.qe-report-signed-by-pck',
  'intel.attestation-key-bound-by-qe',
]
const PCK_SERIAL = 0x5043_4b01
const SPAN = { thisUpdate: '2026-06-01T00:00:00Z', nextUpdate: '2026-07-01T00:00:00Z' }
const P384 = await freshKey('P-384')

/** n − s in the DER signature of a certificate: the same statement, other bytes. */
function malleated(der: Uint8Array): Uint8Array {
  const read = readCertificate(sliceOf('', der))
  const parts = read && bytesOf(read.signature)
  if (!read || !parts) throw new Error('no certificate')
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  const numbers: bigint[] = []
  for (let at = 2; at < parts.length; at += 2 + (parts[at + 1] ?? 0))
    numbers.push(BigInt(`0x${Buffer.from(parts.subarray(at + 2, at + 2 + (parts[at + 1] ?? 0))).toString('hex')}`))
  const raw = Uint8Array.from(
    Buffer.from(
      [numbers[0] ?? 0n, order - (numbers[1] ?? 0n)].map((one) => one.toString(16).padStart(64, '0')).join(''),
      'hex',
    ),
  )
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'))
  return sequence(bytesOf(read.tbs), algorithm, tlv(0x03, join(Uint8Array.of(0), p1363ToDer(raw))))
}

/** A certificate whose signature value is written in another form than DER. */
function signedAs(der: Uint8Array, write: (signature: Uint8Array) => Uint8Array): Uint8Array {
  const read = readCertificate(sliceOf('', der))
  if (!read) throw new Error('no certificate')
  return sequence(
    bytesOf(read.tbs),
    sequence(oid('1.2.840.10045.4.3.2')),
    tlv(0x03, join(Uint8Array.of(0), write(bytesOf(read.signature)))),
  )
}
const BER: Readonly<Record<string, (signature: Uint8Array) => Uint8Array>> = {
  'a long length': (one) => join(Uint8Array.of(0x30, 0x81), one.subarray(1)),
  'bytes behind it': (one) => join(one, Uint8Array.of(0)),
  'an indefinite length': (one) => join(Uint8Array.of(0x30, 0x80), one.subarray(2), Uint8Array.of(0, 0)),
  'zeros before r': (one) => join(Uint8Array.of(0x30, (one[1] ?? 0) + 1, 2, (one[3] ?? 0) + 1, 0), one.subarray(4)),
  'r ‖ s without DER': (one) => {
    const at = 4 + (one[3] ?? 0)
    return join(one.subarray(4 + ((one[3] ?? 0) - 32), at), one.subarray(at + 2 + ((one[at + 1] ?? 0) - 32)))
  },
}

const chains: readonly Row[] = [
  ...Object.keys(BER).map((form): Row => ({
    name: `C2 signature of the leaf with ${form}`,
    files: chained(({ leaf, intermediate, root }) => [
      signedAs(leaf, (one) => BER[form]?.(one) ?? one),
      intermediate,
      root,
    ]),
    headline: 'S1',
    mustFail: ['chain.signature'],
  })),
  {
    name: 'C2 the same written anew in DER',
    files: chained(({ leaf, intermediate, root }) => [signedAs(leaf, (one) => one), intermediate, root]),
    headline: 'S5',
  },
  {
    name: 'order does not matter',
    files: chained(({ leaf, intermediate, root }) => [root, intermediate, leaf]),
    headline: 'S5',
    mustNotFail: EVIDENCE,
  },
  {
    name: 'the older root certificate of the same key',
    files: chained(async ({ leaf, intermediate }) => [leaf, intermediate, await issueRoot()]),
    headline: 'S5',
  },
  { name: 'no root in the quote', files: chained(({ leaf, intermediate }) => [leaf, intermediate]), headline: 'S5' },
  {
    name: 'X1 self-made chain with copied names',
    files: chained(
      async () => [await evilLeaf({ issuerKey: attackerKey }), await attackersCa(), await lookAlikeRoot()],
      true,
    ),
    headline: 'S4',
    mustFail: ['collateral.other-root'],
  },
  {
    name: 'X1 genuine root beside a self-made chain',
    files: chained(async ({ root }) => [await evilLeaf({ issuerKey: attackerKey }), await attackersCa(), root], true),
    headline: 'S1',
    mustFail: ['chain.signature'],
  },
  {
    name: 'X2 chain_evil_leaf_first, who signed',
    files: chained(
      async ({ leaf, intermediate, root }) => [await evilLeaf({ issuerKey: attackerKey }), leaf, intermediate, root],
      true,
    ),
    headline: 'S1',
    mustFail: ['chain.leaf-binding'],
  },
  {
    name: 'X2 chain_evil_leaf_first, who did not sign',
    files: chained(async ({ leaf, intermediate, root }) => [
      await evilLeaf({ issuerKey: attackerKey }),
      leaf,
      intermediate,
      root,
    ]),
    headline: 'S1',
    mustFail: ['chain.stray-altered'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'X2 chain_dup_leaf',
    files: chained(async ({ leaf, intermediate, root }) => {
      const evil = await evilLeaf({ issuerKey: attackerKey })
      return [evil, leaf, intermediate, evil, root]
    }, true),
    headline: 'S1',
    mustFail: ['chain.leaf-binding'],
  },
  {
    name: 'X2 the genuine leaf twice',
    files: chained(({ leaf, intermediate, root }) => [leaf, leaf, intermediate, root]),
    headline: 'S5',
  },
  {
    name: 'X2 the genuine leaf twice, once with another signature over the same',
    files: chained(({ leaf, intermediate, root }) => [malleated(leaf), leaf, intermediate, root]),
    headline: 'S4',
  },
  {
    name: 'X3 chain_pathlen',
    files: chained(
      async ({ intermediate, root }) => [
        await evilLeaf({ issuerKey: attackerKey, issuer: 'sub' }),
        await subAuthority(),
        intermediate,
        root,
      ],
      true,
    ),
    headline: 'S1',
    mustFail: ['chain.pathlen'],
  },
  {
    name: 'X4 leaf signs a leaf',
    files: chained(
      async ({ leaf, intermediate, root }) => [
        await evilLeaf({ issuerKey: platformPckKey, issuer: 'pck' }),
        leaf,
        intermediate,
        root,
      ],
      true,
    ),
    headline: 'S1',
    mustFail: ['chain.ca'],
  },
  {
    name: 'X4 issuer without basicConstraints and keyUsage',
    files: chained(async ({ intermediate, root }) => {
      const bare = await authority({
        subject: named('Demonstration SGX PCK Certificate'),
        issuer: DEMO_NAMES.platformCa,
        issuerKey: platformCaKey,
        subjectKey: attackerKey,
        extensions: [],
      })
      return [
        await certificate({
          issuer: named('Demonstration SGX PCK Certificate'),
          issuerKey: attackerKey,
          subject: named('x SGX PCK Certificate'),
        }),
        bare,
        intermediate,
        root,
      ]
    }, true),
    headline: 'S1',
    mustFail: ['chain.ca'],
  },
  {
    name: 'X4 authority with CA:FALSE',
    files: chained(
      async ({ root }) => [
        await certificate({ issuerKey: attackerKey }),
        await authority({
          subjectKey: attackerKey,
          extensions: [keyUsage('digitalSignature'), basicConstraints(false)],
        }),
        root,
      ],
      true,
    ),
    headline: 'S1',
    mustFail: ['chain.ca'],
  },
  {
    name: 'X4 authority without keyCertSign',
    files: chained(
      async ({ root }) => [
        await certificate({ issuerKey: attackerKey }),
        await authority({ subjectKey: attackerKey, extensions: [keyUsage('cRLSign'), basicConstraints(true, 0)] }),
        root,
      ],
      true,
    ),
    headline: 'S1',
    mustFail: ['chain.key-usage'],
  },
  {
    name: 'X5 unknown critical extension in the leaf',
    files: chained(
      async ({ intermediate, root }) => [
        await evilLeaf({ issuerKey: platformCaKey, critical: '1.2.3.4' }),
        intermediate,
        root,
      ],
      true,
    ),
    headline: 'S1',
    mustFail: ['chain.critical-ext'],
  },
  {
    name: 'X5 unknown critical extension in the authority',
    files: chained(async ({ leaf, root }) => [
      leaf,
      await authority({
        subjectKey: platformCaKey,
        extensions: [...caExtensions(0), customExtension('1.2.3.4', sequence(), true)],
      }),
      root,
    ]),
    headline: 'S1',
    mustFail: ['chain.critical-ext'],
  },
  {
    name: 'X6 duplicate extension',
    files: chained(
      async ({ intermediate, root }) => [
        await certificate({ extensions: leafExtensions(basicConstraints(false)) }),
        intermediate,
        root,
      ],
      true,
    ),
    headline: 'S1',
    mustFail: ['cert.profile'],
  },
  {
    name: 'X6 two SGX extensions that differ',
    files: chained(
      async ({ intermediate, root }) => [
        await certificate({ extensions: leafExtensions(pckExtension({ ...demoPlatform('td10'), pceSvn: 0xff })) }),
        intermediate,
        root,
      ],
      true,
    ),
    headline: 'S1',
    mustFail: ['cert.profile'],
  },
  {
    name: 'X6 version 1',
    files: chained(
      async ({ intermediate, root }) => [await evilLeaf({ issuerKey: platformCaKey, version: 0 }), intermediate, root],
      true,
    ),
    headline: 'S1',
    mustFail: ['cert.profile'],
  },
  {
    name: 'X6 inner and outer algorithm differ',
    files: chained(
      async ({ intermediate, root }) => [
        await certificate({ bend: { innerAlgorithm: sequence(oid('1.2.840.10045.4.3.3')) } }),
        intermediate,
        root,
      ],
      true,
    ),
    headline: 'S1',
    mustFail: ['cert.profile'],
  },
  {
    name: 'X7 authority as leaf',
    files: chained(
      async ({ intermediate, root }) => [await evilLeaf({ issuerKey: platformCaKey, isCa: true }), intermediate, root],
      true,
    ),
    headline: 'S1',
    mustFail: ['chain.leaf-is-ca'],
  },
  {
    name: 'X7 the platform authority signs the QE report itself',
    files: from({
      bend: { envelope: { qeSigner: platformCaKey }, certificates: ({ intermediate, root }) => [intermediate, root] },
    }),
    headline: 'S1',
    mustFail: ['chain.leaf-is-ca', 'intel.pck-name'],
  },
  {
    name: 'X7 a certificate of another purpose as leaf',
    files: chained(
      async ({ intermediate, root }) => [
        await certificate({
          subject: DEMO_NAMES.tcbSigning,
          extensions: [keyUsage('digitalSignature'), basicConstraints(false)],
        }),
        intermediate,
        root,
      ],
      true,
    ),
    headline: 'S1',
    mustFail: ['intel.pck-name'],
  },
  {
    name: 'leaf that may not sign',
    files: chained(
      async ({ intermediate, root }) => [
        await certificate({ extensions: [keyUsage('keyEncipherment'), ...leafExtensions().slice(1)] }),
        intermediate,
        root,
      ],
      true,
    ),
    headline: 'S1',
    mustFail: ['chain.usage'],
  },
  {
    name: 'name constraints',
    files: chained(async ({ leaf, root }) => [
      leaf,
      await authority({
        subjectKey: platformCaKey,
        extensions: [...caExtensions(0), customExtension('2.5.29.30', sequence(), true)],
      }),
      root,
    ]),
    headline: 'S1',
    mustFail: ['chain.name-constraints'],
  },
  {
    name: 'key identifiers that do not match',
    files: chained(async ({ leaf, root }) => [
      leaf,
      await authority({
        subjectKey: platformCaKey,
        extensions: [...caExtensions(0), await subjectKeyIdentifier(attackerKey)],
      }),
      root,
    ]),
    headline: 'S1',
    mustFail: ['chain.key-id'],
  },
  {
    name: 'X11 bytes behind a certificate',
    files: chained(({ leaf, intermediate, root }) => [join(leaf, new Uint8Array(16)), intermediate, root]),
    headline: 'S1',
    mustFail: ['cert.der'],
  },
  {
    name: 'X11 indefinite length outside',
    files: chained(({ leaf, intermediate, root }) => [
      join(Uint8Array.of(0x30, 0x80), leaf.subarray(4), Uint8Array.of(0, 0)),
      intermediate,
      root,
    ]),
    headline: 'S1',
  },
  {
    name: 'X11 length with a leading zero',
    files: chained(({ leaf, intermediate, root }) => [
      join(Uint8Array.of(0x30, 0x83, 0), leaf.subarray(2)),
      intermediate,
      root,
    ]),
    headline: 'S1',
  },
  {
    name: 'X13 SHA-384 over the leaf',
    files: chained(
      async ({ intermediate, root }) => [
        await certificate({ algorithm: { kind: 'ecdsa', hash: 'SHA-384', form: 'der' } }),
        intermediate,
        root,
      ],
      true,
    ),
    headline: 'S1',
    mustFail: ['cert.algorithm'],
  },
  {
    name: 'X13 authority on P-384',
    files: chained(
      async ({ root }) => [await certificate({ issuerKey: P384 }), await authority({ subjectKey: P384 }), root],
      true,
    ),
    headline: 'S1',
    mustFail: ['cert.algorithm'],
  },
  {
    name: 'root copy with a changed serial',
    files: chained(({ leaf, intermediate, root }) => [leaf, intermediate, flip(root, 15)]),
    headline: 'S1',
    mustFail: ['chain.stray-altered'],
  },
  {
    name: 'root copy with a changed signature',
    files: chained(({ leaf, intermediate, root }) => [leaf, intermediate, flip(root, -3)]),
    headline: 'S1',
    mustFail: ['chain.stray-altered'],
  },
  {
    name: 'root copy with another issuer',
    files: chained(({ leaf, intermediate, root }) => [
      leaf,
      intermediate,
      patched(root, text('Demonstration SGX Root CA'), text('Demonstration SGX Root CB')),
    ]),
    headline: 'S1',
  },
  {
    name: 'unused look-alike root',
    files: chained(async ({ leaf, intermediate, root }) => [leaf, intermediate, root, await lookAlikeRoot()]),
    headline: 'S1',
    mustFail: ['chain.stray'],
  },
  {
    name: 'unused certificate of nobody',
    files: chained(async ({ leaf, intermediate, root }) => [
      leaf,
      intermediate,
      root,
      await certificate({ issuer: named('Nobody'), subject: named('Nobody'), issuerKey: attackerKey }),
    ]),
    headline: 'S1',
    mustFail: ['intel.quote-certificates-vouched'],
  },
  {
    name: 'unused certificate of the same root',
    files: chained(async ({ leaf, intermediate, root }) => [leaf, await certificate(), intermediate, root]),
    headline: 'S4',
  },
  {
    name: 'X12 text between the blocks',
    files: written((data) => beforeEnd(data, text('\nSubject: somebody else\n'))),
    headline: 'S5',
  },
  {
    name: 'X12 a second chain behind a NUL',
    files: async () => {
      const evil = pem(await evilLeaf({ issuerKey: attackerKey }), await attackersCa(), await lookAlikeRoot())
      return filesOf(await makeCase({ bend: { chainData: (data) => join(data, evil, Uint8Array.of(0)) } }))
    },
    headline: 'S1',
    mustFail: ['intel.quote-certificates-vouched'],
  },
  {
    name: 'X12 40 blocks',
    files: async () => {
      const [leaf, ca, root] = (await good()).certificates
      if (!leaf || !ca || !root) throw new Error('no chain')
      const others = await Promise.all(Array.from({ length: 37 }, (_, i) => certificate({ serial: 1000 + i })))
      return filesOf(await makeCase({ bend: { certificates: () => [...others, leaf, ca, root] } }))
    },
    headline: 'S1',
    mustFail: ['chain.count'],
  },
  {
    name: 'X12 the same block 40 times',
    files: chained(({ leaf, intermediate, root }) => [...Array.from({ length: 38 }, () => leaf), intermediate, root]),
    headline: 'S1',
    mustFail: ['chain.count'],
  },
  {
    name: 'X12 NUL inside a block',
    files: written((data) => {
      const out = data.slice()
      out[200] = 0
      return out
    }),
    headline: 'S1',
  },
  {
    name: 'X12 TRUSTED CERTIFICATE with its trailer',
    files: written((data) =>
      beforeEnd(data, text(encodePem('TRUSTED CERTIFICATE', join(Uint8Array.of(0x30, 3, 2, 1, 1), new Uint8Array(9))))),
    ),
    headline: 'S1',
    mustFail: ['chain.unreadable'],
  },
  {
    name: 'X12 a block that never ends',
    files: written((data) => beforeEnd(data, text('-----BEGIN CERTIFICATE-----\nMIIB'))),
    headline: 'S1',
    mustFail: ['pem.no-end'],
  },
  {
    name: 'X12 CRLF line ends',
    files: written((data) => text(new TextDecoder().decode(data).replaceAll('\n', '\r\n'))),
    headline: 'S5',
  },
]

const lists: readonly Row[] = [
  {
    name: 'I6 pck_revoked',
    files: from({ pckCrl: { revoked: [{ serial: PCK_SERIAL, at: '2026-06-01T00:00:00Z', reason: 1 }] } }),
    headline: 'S3',
    mustFail: ['intel.pck-revoked'],
    mustNotFail: [...EVIDENCE, 'intel.pck-crl-authentic'],
  },
  {
    name: 'I6 pck_revoked in a list of another authority: nobody has revoked it',
    files: withList(issueList('processor', { ...SPAN, revoked: [{ serial: PCK_SERIAL, at: '2026-06-01T00:00:00Z' }] })),
    headline: 'S4',
    mustFail: ['revocation.missing'],
    mustNotFail: [...EVIDENCE, 'intel.pck-not-revoked'],
  },
  {
    name: 'X9 crl_forged',
    files: from({ bend: { listKey: attackerKey } }),
    headline: 'S4',
    mustFail: ['crl.signature'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'X9 crl_expired',
    files: from({ pckCrl: { ...SPAN, nextUpdate: '2026-06-15T11:59:59Z' } }),
    headline: 'S4',
    mustFail: ['crl.stale'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'X9 crl_future',
    files: from({ pckCrl: { ...SPAN, thisUpdate: '2026-06-15T12:00:01Z' } }),
    headline: 'S4',
    mustFail: ['crl.future'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'X9 root list expired',
    files: from({ rootCrl: { thisUpdate: '2026-01-01T00:00:00Z', nextUpdate: '2026-06-15T11:59:59Z' } }),
    headline: 'S4',
    mustFail: ['crl.stale'],
  },
  {
    name: 'X9 list of another authority',
    files: withList(issueList('processor', { ...SPAN, revoked: [] })),
    headline: 'S4',
    mustFail: ['revocation.missing'],
  },
  {
    name: 'X9 list of another key of that name',
    files: withList(list({ extensions: [], issuerKey: attackerKey })),
    headline: 'S4',
    mustFail: ['crl.signature'],
  },
  {
    name: 'X9 only-CA scope',
    files: withList(list({ extensions: [onlyCaCertificates()] })),
    headline: 'S4',
    mustFail: ['crl.scope'],
  },
  {
    name: 'X9 delta list',
    files: withList(list({ extensions: [deltaCrlIndicator(1)] })),
    headline: 'S4',
    mustFail: ['crl.scope'],
  },
  {
    name: 'X9 unknown critical extension',
    files: withList(list({ extensions: [customExtension('1.2.3.4', sequence(), true)] })),
    headline: 'S4',
    mustFail: ['crl.critical-ext'],
  },
  {
    name: 'X9 no nextUpdate',
    files: withList(
      issueCrl({
        issuer: DEMO_NAMES.platformCa,
        issuerKey: platformCaKey,
        thisUpdate: ms('2026-06-01T00:00:00Z'),
        entries: [],
        extensions: [crlNumber(1), customExtension('2.5.29.35', sequence())],
        algorithm: ECDSA_DER,
      }),
    ),
    headline: 'S4',
    mustFail: ['crl.stale'],
  },
  {
    name: 'X9 bytes behind the list',
    files: async () => {
      const made = await good()
      return replaced(filesOf(made), 'pck-crl.der', join(made.pckCrl, new Uint8Array(16)))
    },
    headline: 'S4',
    mustFail: ['crl.der'],
  },
  {
    name: 'X9 deadbeef',
    files: withList(Uint8Array.of(0xde, 0xad, 0xbe, 0xef)),
    headline: 'S4',
    mustFail: ['revocation.missing'],
  },
  {
    name: 'X9 deadbeef for the root list',
    files: withList(Uint8Array.of(0xde, 0xad, 0xbe, 0xef), 'root-crl.der'),
    headline: 'S4',
    mustFail: ['revocation.missing'],
  },
  {
    name: 'X9 the PCK list in the place of the root list',
    files: async () => {
      const made = await good()
      return replaced(filesOf(made), 'root-crl.der', made.pckCrl)
    },
    headline: 'S4',
    mustFail: ['intel.pck-ca-not-revoked', 'intel.tcb-signer-not-revoked'],
  },
  {
    name: 'X10 no PCK list',
    files: async () => without(filesOf(await good()), 'pck-crl.der'),
    headline: 'S4',
    mustFail: ['revocation.missing'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'X10 no root list',
    files: async () => without(filesOf(await good()), 'root-crl.der'),
    headline: 'S4',
    mustFail: ['revocation.missing'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'X10 no list at all',
    files: async () => without(filesOf(await good()), 'pck-crl.der', 'root-crl.der'),
    headline: 'S4',
    mustFail: ['revocation.missing'],
  },
  {
    name: 'pck_revoked',
    files: from({ pckCrl: { revoked: [{ serial: PCK_SERIAL, at: '2026-06-01T00:00:00Z', reason: 1 }] } }),
    headline: 'S3',
    mustFail: ['intel.pck-revoked'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'pck_revoked, on hold',
    files: from({ pckCrl: { revoked: [{ serial: PCK_SERIAL, at: '2026-06-01T00:00:00Z', reason: 6 }] } }),
    headline: 'S3',
    mustFail: ['intel.pck-revoked'],
  },
  {
    name: 'pck_revoked and then "removed" in a whole list',
    files: from({
      pckCrl: {
        revoked: [
          { serial: PCK_SERIAL, at: '2026-06-01T00:00:00Z' },
          { serial: PCK_SERIAL, at: '2026-06-02T00:00:00Z', reason: 8 },
        ],
      },
    }),
    headline: 'S3',
    mustFail: ['intel.pck-not-revoked'],
  },
  {
    name: 'pck_revoked in the second of that instant',
    files: from({ pckCrl: { revoked: [{ serial: PCK_SERIAL, at: DEMO_AT }] } }),
    headline: 'S3',
    mustFail: ['intel.pck-revoked'],
  },
  {
    name: 'pck_revoked after that instant',
    files: from({ pckCrl: { revoked: [{ serial: PCK_SERIAL, at: '2026-06-16T00:00:00Z' }] } }),
    headline: 'S3',
    mustFail: ['intel.revoked-later'],
  },
  {
    name: 'pck_revoked by a list that is stale',
    files: from({
      pckCrl: {
        thisUpdate: '2026-03-01T00:00:00Z',
        nextUpdate: '2026-04-01T00:00:00Z',
        revoked: [{ serial: PCK_SERIAL, at: '2026-02-01T00:00:00Z' }],
      },
    }),
    headline: 'S3',
    mustFail: ['crl.listed-stale'],
  },
  {
    name: 'pck_revoked by a stale list beside a current one that is silent',
    files: async () => [
      ...filesOf(await good()),
      {
        name: 'old.crl',
        bytes: await issueList('platform', {
          thisUpdate: '2026-03-01T00:00:00Z',
          nextUpdate: '2026-04-01T00:00:00Z',
          revoked: [{ serial: PCK_SERIAL, at: '2026-02-01T00:00:00Z' }],
        }),
      },
    ],
    headline: 'S3',
    mustFail: ['intel.pck-not-revoked'],
  },
  {
    name: 'pck_revoked by a list from the future',
    files: async () => [
      ...filesOf(await good()),
      {
        name: 'new.crl',
        bytes: await issueList('platform', {
          thisUpdate: '2026-06-20T00:00:00Z',
          nextUpdate: '2026-07-20T00:00:00Z',
          revoked: [{ serial: PCK_SERIAL, at: '2026-06-19T00:00:00Z' }],
        }),
      },
    ],
    headline: 'S3',
    mustFail: ['intel.revoked-later'],
  },
  {
    name: 'pck_revoked, says a forged list beside a good one',
    files: async () => [
      ...filesOf(await good()),
      {
        name: 'evil.crl',
        bytes: await issueList(
          'platform',
          { ...SPAN, revoked: [{ serial: PCK_SERIAL, at: '2026-06-01T00:00:00Z' }] },
          attackerKey,
        ),
      },
    ],
    headline: 'S5',
    mustNotFail: ['intel.pck-not-revoked'],
  },
  {
    name: 'pck_revoked, says a list of the other authority',
    files: async () => [
      ...filesOf(await good()),
      {
        name: 'other.crl',
        bytes: await issueList('processor', { ...SPAN, revoked: [{ serial: PCK_SERIAL, at: '2026-06-01T00:00:00Z' }] }),
      },
    ],
    headline: 'S5',
  },
  {
    name: 'authority revoked',
    files: from({ rootCrl: { revoked: [{ serial: 2, at: '2026-06-01T00:00:00Z' }] } }),
    headline: 'S3',
    mustFail: ['intel.pck-ca-revoked'],
    mustNotFail: EVIDENCE,
  },
  {
    name: 'TCB signer revoked: what it signed is refused, the evidence is not accused',
    files: from({ rootCrl: { revoked: [{ serial: 4, at: '2026-06-01T00:00:00Z' }] } }),
    headline: 'S4',
    mustFail: ['collateral.signer-revoked'],
    mustNotFail: EVIDENCE,
  },
]

describe('what is done to the chain', () => {
  it.each(chains.map((row) => [row.name, row] as const))('%s', async (_name, row) =>
    expect(await faultsOf(row)).toEqual([]),
  )

  it('X1 chain_lookalike_root: nothing but S2, and the root is called unknown', async () => {
    const files = await chained(
      async () => [await evilLeaf({ issuerKey: attackerKey }), await attackersCa(), await lookAlikeRoot()],
      true,
    )()
    const result = await view(files)
    expect([result.headline, result.root.status, result.tier]).toEqual(['S2', 'unknown', 'contraindicated'])
    expect(result.answers.genuine.state).toBe('fails')
  })

  it('X13 keys that must not be relied on', async () => {
    for (const [kind, key] of Object.entries(BAD_KEYS)) {
      const files = await chained(async ({ leaf, root }) => [leaf, await authority({ subjectKey: key }), root])()
      const result = await view(files)
      expect(effective(result), `${kind}: ${told(result)}`).toBe('S1')
    }
  })

  it('X8 cycles and crowds end fast', async () => {
    const one = await authority({
      subject: named('A SGX CA'),
      issuer: named('B SGX CA'),
      subjectKey: attackerKey,
      issuerKey: platformPckKey,
    })
    const other = await authority({
      subject: named('B SGX CA'),
      issuer: named('A SGX CA'),
      subjectKey: platformPckKey,
      issuerKey: attackerKey,
    })
    const leaf = await certificate({ issuer: named('A SGX CA'), issuerKey: attackerKey })
    const sameName = await Promise.all(
      Array.from({ length: 30 }, async (_, i) =>
        authority({
          subject: named('A SGX CA'),
          issuer: named('A SGX CA'),
          subjectKey: attackerKey,
          issuerKey: attackerKey,
          serial: 100 + i,
          extensions: caExtensions(),
        }),
      ),
    )
    for (const certificates of [
      [leaf, one, other],
      [leaf, ...sameName],
      [leaf, one, other, ...sameName.slice(0, 27)],
    ]) {
      const made = await makeCase({ bend: { certificates: () => certificates, envelope: { qeSigner: attackerKey } } })
      await view(filesOf(made))
      const begun = performance.now()
      const result = await view(filesOf(made))
      // Room for a machine that does other things; the search itself is bounded by signatures, not by time.
      expect(performance.now() - begun).toBeLessThan(2_500)
      expect(isAccepting(result)).toBe(false)
      expect(result.headline, told(result)).toMatch(/^S[124]$/)
    }
  })
})

describe('what is done to the lists', () => {
  it.each(lists.map((row) => [row.name, row] as const))('%s', async (_name, row) =>
    expect(await faultsOf(row)).toEqual([]),
  )

  it('dates hold to the last second and from the first, whole seconds', async () => {
    const at = (recipe: Recipe, instant: string) => from(recipe)().then((files) => view(files, instant))
    const exact: readonly (readonly [Recipe, string, boolean])[] = [
      [{ pckCrl: { ...SPAN, nextUpdate: '2026-06-15T12:00:00Z' } }, '2026-06-15T12:00:00Z', true],
      [{ pckCrl: { ...SPAN, nextUpdate: '2026-06-15T12:00:00Z' } }, '2026-06-15T12:00:00.999Z', true],
      [{ pckCrl: { ...SPAN, nextUpdate: '2026-06-15T12:00:00Z' } }, '2026-06-15T12:00:01Z', false],
      [{ pckCrl: { ...SPAN, thisUpdate: '2026-06-15T12:00:00Z' } }, '2026-06-15T12:00:00Z', true],
      [{ pckCrl: { ...SPAN, thisUpdate: '2026-06-15T12:00:00Z' } }, '2026-06-15T11:59:59.999Z', false],
      [{ platform: { notAfter: '2026-06-15T12:00:00Z' } }, '2026-06-15T12:00:00.500Z', true],
      [{ platform: { notAfter: '2026-06-15T12:00:00Z' } }, '2026-06-15T12:00:01Z', false],
      [{ platform: { notBefore: '2026-06-15T12:00:00Z' } }, '2026-06-15T12:00:00Z', true],
      [{ platform: { notBefore: '2026-06-15T12:00:00Z' } }, '2026-06-15T11:59:59.999Z', false],
      [{ tcbInfo: { nextUpdate: '2026-06-15T12:00:00Z' } }, '2026-06-15T12:00:00.999Z', true],
      [{ tcbInfo: { nextUpdate: '2026-06-15T12:00:00Z' } }, '2026-06-15T12:00:01Z', false],
      [{ tcbInfo: { issueDate: '2026-06-15T12:00:00Z' } }, '2026-06-15T12:00:00Z', true],
      [{ tcbInfo: { issueDate: '2026-06-15T12:00:00Z' } }, '2026-06-15T11:59:59.999Z', false],
      [{ identity: { nextUpdate: '2026-06-15T12:00:00Z' } }, '2026-06-15T12:00:00Z', true],
      [{ identity: { nextUpdate: '2026-06-15T12:00:00Z' } }, '2026-06-15T12:00:01Z', false],
    ]
    for (const [recipe, instant, holds] of exact) {
      const result = await at(recipe, instant)
      expect(effective(result), `${JSON.stringify(recipe)} at ${instant}: ${told(result)}`).toBe(holds ? 'S5' : 'S4')
    }
  })

  it('says that a stale list still revokes', async () => {
    const result = await view(
      await from({
        pckCrl: {
          thisUpdate: '2026-03-01T00:00:00Z',
          nextUpdate: '2026-04-01T00:00:00Z',
          revoked: [{ serial: PCK_SERIAL, at: '2026-02-01T00:00:00Z' }],
        },
      })(),
    )
    expect(complaints(result)).toContain('crl.listed-stale')
  })
})
