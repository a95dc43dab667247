import { fc } from '../testing/seeded.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import type { FieldNode } from '../core/field.ts'
import { bytesOf, sliceOf } from '../core/place.ts'
import { explicit, ia5, integer, nothing, oid, sequence } from '../bytes/der-writer.ts'
import { tilingFaults, toHex } from '../bytes/layout.ts'
import { derLeaf } from '../bytes/der-node.ts'
import { readDer } from '../bytes/der.ts'
import { textFaults } from '../testing/texts.ts'
import { en as bytesEn } from '../bytes/texts.en.ts'
import { zh as bytesZh } from '../bytes/texts.zh.ts'
import { certificateNode, certificateSha256, readCertificate, spkiSha256 } from './certificate.ts'
import { crlDistributionPoint, customExtension, extendedKeyUsage, name, subjectAltName } from './issue.ts'
import { authorityExtensions, chain, FROM, KEYS, leafExtensions, make, NAMES, TO } from './testing.ts'
import { en } from './texts.en.ts'
import { zh } from './texts.zh.ts'
import { secondOpinion } from './second-opinion.ts'
import type { Certificate } from './types.ts'

let rich: Certificate
beforeAll(async () => {
  rich = await make({
    subject: name([
      ['C', 'CN'],
      ['O', '示例, 公司'],
      ['2.5.4.97', 'X'],
      ['CN', 'a+b'],
    ]),
    issuer: NAMES.authority,
    issuerKey: KEYS.authority,
    subjectKey: KEYS.leaf,
    notAfter: Date.UTC(9999, 11, 31, 23, 59, 59),
    extensions: [
      ...(await leafExtensions(KEYS.leaf, KEYS.authority)),
      ...(await authorityExtensions(KEYS.leaf, KEYS.authority)).slice(0, 0),
      extendedKeyUsage('1.3.6.1.5.5.7.3.2', '1.2.3'),
      crlDistributionPoint('https://example.invalid/crl'),
      subjectAltName('example.invalid', 'b'),
      customExtension(
        '1.3.6.1.5.5.7.1.1',
        sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), Uint8Array.from([0x86, 1, 0x61]))),
      ),
      customExtension('2.5.29.32', sequence(sequence(oid('2.5.29.32.0')))),
      customExtension('1.2.3.4.5', sequence(integer(5), ia5('x'))),
      customExtension('1.2.3.4.6', Uint8Array.of(1, 2, 3)),
      customExtension('1.2.3.4.7', explicit(1, nothing())),
    ],
  })
})

const nodes = (node: FieldNode): FieldNode[] => [node, ...node.children.flatMap(nodes)]

describe('reading', () => {
  it('gives every part with its bytes', async () => {
    expect(rich).toMatchObject({
      version: 3,
      keyKind: 'ec:P-256',
      algorithmName: 'ecdsa-with-SHA256',
      algorithm: { kind: 'ecdsa', hash: 'SHA-256', form: 'der' },
      notBefore: FROM,
      basicConstraints: { cA: false, pathLength: undefined },
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.2', '1.2.3'],
      faults: [],
    })
    expect(rich.notAfter).toBe(Date.UTC(9999, 11, 31, 23, 59, 59))
    expect(rich.subject.text).toBe('C=CN, O=示例\\, 公司, organizationIdentifier=X, CN=a\\+b')
    expect(rich.subject.commonName).toBe('a+b')
    expect(rich.issuer.text).toBe('O=Demonstration, CN=Authority')
    expect(toHex(rich.serial)).toBe('4d')
    expect(toHex(bytesOf(rich.spki)).startsWith('3059')).toBe(true)
    expect(await spkiSha256(rich)).toMatch(/^[0-9a-f]{64}$/)
    expect(await certificateSha256(rich)).not.toBe(await spkiSha256(rich))
    expect(rich.subjectKeyId).toHaveLength(20)
    expect(rich.authorityKeyId).toHaveLength(20)
  })
  it('is undefined for other things', () => {
    for (const bytes of [
      new Uint8Array(),
      Uint8Array.of(0x30, 0),
      nothing(),
      sequence(sequence(), sequence(), nothing()),
      bytesOf(rich.tbs),
    ])
      expect(readCertificate(sliceOf('', bytes))).toBeUndefined()
  })
  it('reads in the middle of a larger space', () => {
    const inner = bytesOf(rich.slice)
    const outer = Uint8Array.from([9, 9, 9, ...inner, 9])
    const read = readCertificate(sliceOf('s', outer, 3, 3 + inner.length))
    expect(read).toMatchObject({ faults: [], slice: { space: 's', start: 3, end: 3 + inner.length } })
    expect(read?.subject.der).toEqual(rich.subject.der)
  })
})

describe('the tree', () => {
  it('tiles, and explains every field in both languages', () => {
    const node = certificateNode(rich.slice, 'certificate')
    expect(tilingFaults(node, rich.slice)).toEqual({ holes: [], overlaps: [] })
    const all = nodes(node)
    expect(all.filter((one) => one.kind === 'gap')).toEqual([])
    expect(new Set(all.map((one) => one.path)).size).toBe(all.length)
    const texts: Readonly<Record<string, string>> = { ...bytesEn, ...en }
    expect(
      [...new Set(all.flatMap((one) => (one.doc === undefined ? [] : [one.doc])))].filter(
        (id) => !Object.hasOwn(texts, id),
      ),
    ).toEqual([])
    expect(all.find((one) => one.path === 'certificate.tbsCertificate.extensions.keyUsage.value')).toMatchObject({
      kind: 'bits',
      value: { text: 'digitalSignature' },
    })
    expect(all.find((one) => one.path === 'certificate.tbsCertificate.validity.notAfter')).toMatchObject({
      value: { kind: 'time', iso: '9999-12-31T23:59:59Z' },
    })
    expect(all.find((one) => one.label === 'uniformResourceIdentifier')).toMatchObject({
      value: { text: 'https://example.invalid/crl' },
    })
  })
  it('lets a scheme open its own extensions', () => {
    const node = certificateNode(rich.slice, 'certificate', 'c', {
      extensionReaders: {
        '1.2.3.4.5': (value, path) => {
          const { element } = readDer(value)
          return element
            ? { ...derLeaf(element, path, 'mine'), doc: 'field.mine' }
            : { ...derLeaf(readDer(rich.slice).element ?? fail(), path, 'x') }
        },
      },
    })
    expect(nodes(node).find((one) => one.label === 'mine')).toMatchObject({
      path: 'certificate.tbsCertificate.extensions[9].value',
    })
    expect(tilingFaults(node, rich.slice)).toEqual({ holes: [], overlaps: [] })
  })
  it('shows faults on their fields, and bytes behind', async () => {
    const bytes = Uint8Array.from([...bytesOf(rich.slice), 1, 2])
    const node = certificateNode(sliceOf('', bytes), 'c')
    expect(node.children.at(-1)).toMatchObject({
      kind: 'gap',
      label: 'trailing',
      problems: [{ because: { text: 'layout.trailing' } }],
    })
    const old = await make({
      subject: NAMES.leaf,
      issuer: NAMES.authority,
      issuerKey: KEYS.authority,
      subjectKey: KEYS.leaf,
      bend: { version: 0 },
      notAfter: TO,
    })
    expect(
      nodes(certificateNode(old.slice, 'c')).flatMap((one) =>
        one.problems.map((problem) => `${one.path} ${problem.because.text}`),
      ),
    ).toContain('c.tbsCertificate.version cert.profile')
  })
  it('never throws and tiles for changed bytes', () => {
    const good = bytesOf(rich.slice)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(good.length),
        fc.boolean(),
        (changes, cut, isCut) => {
          const bytes = good.slice(0, isCut ? cut : good.length)
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          const slice = sliceOf('', bytes)
          readCertificate(slice)
          expect(tilingFaults(certificateNode(slice, 'c'), slice)).toEqual({ holes: [], overlaps: [] })
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('texts', () => {
  it('speak both languages', () => {
    expect(textFaults({ en, zh })).toEqual([])
    expect(textFaults({ en: bytesEn, zh: bytesZh })).toEqual([])
  })
})

describe('the second opinion', () => {
  it('agrees where we do, disagrees where we do, and never throws', async () => {
    const { root, authority, leaf } = await chain()
    expect(await secondOpinion(bytesOf(leaf.slice), bytesOf(authority.slice))).toMatchObject({
      signature: 'agrees',
      library: 'pkijs 4.0.0',
    })
    expect((await secondOpinion(bytesOf(leaf.slice), bytesOf(root.slice))).signature).not.toBe('agrees')
    expect(await secondOpinion(bytesOf(leaf.slice), undefined)).toMatchObject({ signature: 'not-checked' })
    expect((await secondOpinion(bytesOf(rich.slice), undefined)).extensions.map((one) => one.oid)).toContain(
      '2.5.29.15',
    )
    const said = new Map(
      (await secondOpinion(bytesOf(rich.slice), undefined)).extensions.map((one) => [one.oid, one.text]),
    )
    expect(said.get('2.5.29.15')).toBe('digitalSignature')
    expect(said.get('2.5.29.31')).toContain('URI: https://example.invalid/crl')
    expect(said.get('2.5.29.35')).toMatch(/^keyIdentifier: OCTET STRING [0-9a-f]{40}$/)
    for (const text of said.values()) expect(text).not.toMatch(/blockName|[{}]/)
    expect(await secondOpinion(Uint8Array.of(1, 2, 3), undefined)).toMatchObject({ signature: 'not-checked' })
    const broken = bytesOf(leaf.slice).slice()
    broken[broken.length - 1] = (broken[broken.length - 1] ?? 0) ^ 1
    expect((await secondOpinion(broken, bytesOf(authority.slice))).signature).not.toBe('agrees')
  })
})

function fail(): never {
  throw new Error('unreachable')
}
