import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { NO_POLICY } from '../../core/policy.ts'
import type { CaseItem } from '../../core/scheme.ts'
import { toHex } from '../../bytes/layout.ts'
import { cborArray, cborBytes, cborInt, cborMap, cborText } from '../../bytes/cbor-writer.ts'
import { encodePem } from '../../envelope/pem.ts'
import { issueCertificate, name, signWith } from '../../pki/issue.ts'
import { standIn } from '../../testing/stand-in.ts'
import { COMPOSE, EIF_SECTIONS, makeEif, makeSnpFirmware, makeTdvf, RECIPES, TDVF_PARTS } from './attester.ts'
import { bootedOf, computed, emptyBoot } from './compute.ts'
import { snpFirmware } from './firmware.ts'
import { FORMATS } from './formats.ts'
import { prepare } from './prepare.ts'
import { beforeProcessors, withProcessors, type Booted } from './snp.ts'
import { PROCESSORS, type Vmm } from './vmsa.ts'

const sha384 = (...parts: readonly Uint8Array[]) => {
  const hash = createHash('sha384')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const of = async (format: string, bytes: Uint8Array) => computed(format, sliceOf('', bytes))
const valuesOf = async (format: string, bytes: Uint8Array) =>
  (await of(format, bytes)).groups.flatMap(({ values }) =>
    values.map(({ register, value }) => `${register} ${toHex(value)}`),
  )

describe('an enclave image', () => {
  const pcr = (parts: readonly Uint8Array[]) => sha384(new Uint8Array(48), sha384(...parts)).toString('hex')
  const content = (kinds: readonly number[]) =>
    EIF_SECTIONS.filter(([kind]) => kinds.includes(kind)).map(([, bytes]) => bytes)
  it('gives PCR0 of everything, PCR1 of the system, PCR2 of the application', async () => {
    const disks = content([3])
    expect(await valuesOf(FORMATS.eif, makeEif(EIF_SECTIONS))).toEqual([
      `PCR0 ${pcr([...content([1, 2]), ...disks])}`,
      `PCR1 ${pcr([...content([1, 2]), ...disks.slice(0, 1)])}`,
      `PCR2 ${pcr(disks.slice(1))}`,
    ])
  })
  it('with another byte gives other values, and its checksum shows it', async () => {
    const wrong = RECIPES['eif-wrong']?.() ?? new Uint8Array()
    expect((await of(FORMATS.eif, makeEif(EIF_SECTIONS))).state).toBe('whole')
    expect((await of(FORMATS.eif, wrong)).state).toBe('checksum')
    expect((await valuesOf(FORMATS.eif, wrong))[0]).not.toBe((await valuesOf(FORMATS.eif, makeEif(EIF_SECTIONS)))[0])
  })
  it('that ends early gives nothing', async () => {
    const cut = await of(FORMATS.eif, makeEif(EIF_SECTIONS).slice(0, -9))
    expect(`${cut.state} ${cut.groups.length}`).toBe('cut 0')
  })
})

describe('a signed enclave image', () => {
  const P384 = { kind: 'ecdsa', hash: 'SHA-384', form: 'p1363' } as const
  /** An image with a signature section, under a key made for the test; `register` is what is signed as PCR0. */
  async function signed(register: (pcr0: Uint8Array) => Uint8Array) {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, ['sign', 'verify'])
    const jwk = await crypto.subtle.exportKey('jwk', pair.privateKey)
    const holder = name({ CN: 'demonstration builder' })
    const certificate = await issueCertificate({
      subject: holder,
      issuer: holder,
      issuerKey: jwk,
      subjectKey: jwk,
      serial: 1,
      notBefore: Date.parse('2026-01-01T00:00:00Z'),
      notAfter: Date.parse('2027-01-01T00:00:00Z'),
      algorithm: { ...P384, form: 'der' },
    })
    const [pcr0] = (await of(FORMATS.eif, makeEif(EIF_SECTIONS))).groups[0]?.values ?? []
    const numbers = (bytes: Uint8Array) => cborArray(...[...bytes].map((byte) => cborInt(byte)))
    const payload = cborMap(
      ['register_index', cborInt(0)],
      ['register_value', numbers(register(pcr0?.value ?? new Uint8Array()))],
    )
    const header = cborMap([1, cborInt(-35)])
    const toBeSigned = cborArray(
      cborText('Signature1'),
      cborBytes(header),
      cborBytes(new Uint8Array()),
      cborBytes(payload),
    )
    const cose = cborArray(
      cborBytes(header),
      cborMap(),
      cborBytes(payload),
      cborBytes(await signWith(jwk, P384, toBeSigned)),
    )
    const pem = new TextEncoder().encode(encodePem('CERTIFICATE', certificate))
    const section = cborArray(cborMap(['signing_certificate', numbers(pem)], ['signature', numbers(cose)]))
    return { certificate, image: makeEif([...EIF_SECTIONS, [4, section]]) }
  }
  it('gives PCR8 of the certificate, and is whole where PCR0 is what was signed', async () => {
    const { certificate, image } = await signed((pcr0) => pcr0)
    const { state, groups } = await of(FORMATS.eif, image)
    expect(state).toBe('whole')
    const pcr8 = groups[0]?.values.find(({ register }) => register === 'PCR8')
    expect(toHex(pcr8?.value ?? new Uint8Array())).toBe(sha384(new Uint8Array(48), sha384(certificate)).toString('hex'))
  })
  it('whose signature names another PCR0 is not this image’s', async () => {
    const { image } = await signed((pcr0) => pcr0.map((byte) => byte ^ 1))
    expect((await of(FORMATS.eif, image)).state).toBe('signature')
  })
})

describe('firmware for TDX', () => {
  /** The specification step by step, as nobody would do it for speed. */
  function slowly(image: Uint8Array): string {
    const hash = createHash('sha384')
    const step = (name: string, address: number) => {
      const record = Buffer.alloc(128)
      record.write(name)
      record.writeBigUInt64LE(BigInt(address), 16)
      hash.update(record)
    }
    for (const part of TDVF_PARTS)
      for (let page = 0; page < part.size; page += 4096) {
        step('MEM.PAGE.ADD', part.address + page)
        if (part.attributes === 1)
          for (let at = page; at < page + 4096; at += 256) {
            step('MR.EXTEND', part.address + at)
            hash.update(image.subarray(part.offset + at, part.offset + at + 256))
          }
      }
    return hash.digest('hex')
  }
  it('gives MRTD as the specification builds it, and another for other firmware', async () => {
    const [image, other] = [makeTdvf('one', TDVF_PARTS), makeTdvf('two', TDVF_PARTS)]
    expect((await valuesOf(FORMATS.firmware, image))[0]).toBe(`MRTD ${slowly(image)}`)
    expect((await valuesOf(FORMATS.firmware, other))[0]).not.toBe(`MRTD ${slowly(image)}`)
  })
  it('whose parts claim more than there is gives nothing, at once', async () => {
    const huge = TDVF_PARTS.map((part) => ({ ...part, size: 0xfffff000 }))
    expect(await valuesOf(FORMATS.firmware, makeTdvf('huge', huge))).toEqual([])
  })
})

describe('firmware for SEV-SNP', () => {
  const firmware = makeSnpFirmware('demonstration')
  const [kernel, initrd, line] = ['MZ a kernel', 'an initrd', 'console=ttyS0'].map((one) =>
    new TextEncoder().encode(one),
  )
  const item = (value: Uint8Array): CaseItem =>
    standIn({ measurements: [{ name: 'MEASUREMENT', identity: true, value: { path: '', ranges: [], value } }] })
  async function matching(target: Uint8Array, files: readonly Uint8Array[]) {
    const slice = sliceOf('', firmware)
    const subject: CaseItem = {
      ...item(target),
      artifact: 0,
      name: 'OVMF.fd',
      format: FORMATS.firmware,
      message: 'reference-values',
      slice,
      facts: { measurements: [] },
    }
    const { statement } = await prepare(subject, {
      at: 0,
      policy: NO_POLICY,
      anchors: [],
      items: [item(target)],
      files: [slice, ...files.map((bytes) => sliceOf('', bytes))],
    })
    return (statement?.groups ?? [])
      .filter(({ values }) => values.some((one) => one.values.some(({ value }) => toHex(value) === toHex(target))))
      .map(({ name }) => name)
  }
  async function measured(booted: Booted | undefined, count: number) {
    const snp = snpFirmware(sliceOf('', firmware))
    if (!snp) throw new Error('no metadata')
    const kind = { vmm: 'QEMU' as const, signature: PROCESSORS[2]?.signature ?? 0, features: 1 }
    return withProcessors(beforeProcessors(snp, booted, 'QEMU'), snp, kind, count).at(-1) ?? new Uint8Array()
  }
  it('is found with what was booted, and how many processors there were', async () => {
    const booted = await bootedOf(kernel ?? firmware, initrd ?? firmware, line ?? firmware)
    const target = await measured(booted, 3)
    const files = [line, initrd, kernel].flatMap((one) => one ?? [])
    expect(await matching(target, files)).toEqual(['QEMU, EPYC-Milan, 0x1, kernel, 3 vCPU'])
    expect(
      await matching(
        target,
        files.map((one) => Uint8Array.from([...one, 1])),
      ),
    ).toEqual([])
    expect(await matching(await measured(undefined, 1), [])).toContain('QEMU, EPYC-Milan, 0x1, 1 vCPU')
  })
})

it('an application of dstack gives the hash of its text', async () => {
  const hash = createHash('sha256').update(COMPOSE).digest('hex')
  expect(await valuesOf(FORMATS.compose, new TextEncoder().encode(COMPOSE))).toEqual([
    `compose-hash ${hash}`,
    `app-id ${hash.slice(0, 40)}`,
    `MRCONFIGID 01${hash}${'00'.repeat(15)}`,
  ])
})

const corpus = process.env['EVIDENCE_CORPUS']
describe.runIf(corpus !== undefined)('published vectors', () => {
  const read = (name: string) => new Uint8Array(readFileSync(join(corpus ?? '', 'logs', name)))
  const VECTORS: readonly (readonly [Vmm, number, number, string, string])[] = [
    [
      'QEMU',
      1,
      0x21,
      '',
      '329c8ce0972ae52343b64d34a434a86f245dfd74f5ed7aae15d22efc78fb9683632b9b50e4e1d7fa41179ef98a7ef198',
    ],
    [
      'QEMU',
      1,
      0x21,
      'console=ttyS0 loglevel=7',
      '803f691094946e42068aaa3a8f9e26a5c89f36f7b73ecfb28c653360fe4b3aba7e534442e7e1e17895dfe778d0228977',
    ],
    [
      'EC2',
      1,
      0x21,
      '',
      '0ce9ccc06bab55eebe8abc234f3df6514883977a68a591b71052498ab52b2f1aa415db338033946ef93aa8278c0d67fb',
    ],
    [
      'EC2',
      1,
      0x1,
      '',
      '0883bd0eeb716e65b7b977a321c278d1e51b33b5c655fab985443bbcc65c086b9c15e8a0bd8811050dec7e24964e5056',
    ],
    [
      'GCE',
      1,
      0x1,
      '',
      '5da7106cf14cf46b1725ebab123eb9e53bd46a1e9f400cd0c08e7827b04b688ea8b4e403c8404efed4397ea5d5d0722e',
    ],
    [
      'GCE',
      4,
      0x1,
      '',
      '5c5debf100fc339f90276e761ee1f1658d08922c3b20e2a2e6c7a6c3370b2452a15a00eae11886a93d6fd1e7ab81e29d',
    ],
  ]
  it.each(VECTORS)('SEV-SNP, %s, %d vCPU, features %d, “%s”', async (vmm, count, features, line, wanted) => {
    const empty = new Uint8Array()
    const booted = line === '' ? await emptyBoot() : await bootedOf(empty, empty, new TextEncoder().encode(line))
    const digestOf = (file: Uint8Array) => {
      const snp = snpFirmware(sliceOf('', file))
      const before = snp && beforeProcessors(snp, booted, vmm)
      const kind = { vmm, signature: PROCESSORS[0]?.signature ?? 0, features }
      return snp && before ? toHex(withProcessors(before, snp, kind, count).at(-1) ?? empty) : undefined
    }
    const file = read('ovmf_AmdSev_suffix.bin')
    expect(digestOf(file)).toBe(wanted)
    file[0] = (file[0] ?? 0) ^ 1
    expect(digestOf(file)).not.toBe(wanted)
  })
  it('a unified kernel image: Authenticode and PCR11', async () => {
    const { groups, files } = await of(FORMATS.uki, read('constellation-uki.efi'))
    expect(files.map(({ hash, value }) => `${hash} ${toHex(value)}`)).toContain(
      'sha256 d343be6265eb3e23f78b0ae096bff334e37a760ae830736283f9b0268ecedcf2',
    )
    expect(groups.flatMap(({ values }) => values.map(({ value }) => toHex(value)))).toContain(
      'bf838b59ced0e5b9e9d5c31ad4ad2ad5c18572b16a39ba6986408bdcee1b3769',
    )
  })
})
