import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { joinBytes } from '../../bytes/join.ts'
import { toHex } from '../../bytes/layout.ts'
import { COMPOSE } from './attester.ts'
import { computed } from './compute.ts'
import { FORMATS } from './formats.ts'

/** Calculators over files of our own writing: the right one gives what the specification's steps give, a wrong one beside it gives another value or is told as not whole. */

const text = (value: string) => new TextEncoder().encode(value)
const of = async (format: string, bytes: Uint8Array) => {
  const { groups, files, state } = await computed(format, sliceOf('', bytes))
  const values = groups.flatMap((group) => group.values.map(({ register, value }) => `${register} ${toHex(value)}`))
  return { state, values, files: files.map(({ hash, value }) => `${hash} ${toHex(value)}`) }
}

const le = (value: number, width: number) =>
  Uint8Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** i) % 256)

const OPTIONAL = 0x58
const HEADERS = 0x400

/** A unified kernel image: headers, and sections of 512 bytes each in the order given; the size in memory may be larger than in the file. */
function makeUki(parts: readonly (readonly [name: string, content: Uint8Array, inMemory: number])[]): Uint8Array {
  const head = new Uint8Array(HEADERS)
  head.set(text('MZ'))
  head.set(le(0x40, 4), 0x3c)
  head.set(
    joinBytes([text('PE\0\0'), le(0x8664, 2), le(parts.length, 2), new Uint8Array(12), le(240, 2), le(0x22, 2)]),
    0x40,
  )
  head.set(le(0x20b, 2), OPTIONAL)
  head.set(le(HEADERS, 4), OPTIONAL + 60)
  head.set(le(0xdead, 4), OPTIONAL + 64)
  head.set(le(16, 4), OPTIONAL + 108)
  for (const [i, [name, , inMemory]] of parts.entries()) {
    const own = joinBytes([
      text(name.padEnd(8, '\0')),
      le(inMemory, 4),
      le(0x1000 * (i + 1), 4),
      le(512, 4),
      le(HEADERS + 512 * i, 4),
    ])
    head.set(own, OPTIONAL + 240 + 40 * i)
  }
  return joinBytes([head, ...parts.map(([, content]) => joinBytes([content, new Uint8Array(512 - content.length)]))])
}

const PARTS = [
  ['.osrel', text('ID=demonstration\n'), 17],
  ['.cmdline', text('console=ttyS0'), 13],
  ['.linux', text('MZ a kernel'), 600],
  ['.initrd', text('an initrd'), 9],
] as const

/** PCR11 and the digest of a program step by step. */
function slowly(image: Uint8Array, parts: typeof PARTS): readonly string[] {
  const sha = (...all: readonly Uint8Array[]) =>
    all.reduce((hash, one) => hash.update(one), createHash('sha256')).digest()
  let pcr: Uint8Array = new Uint8Array(32)
  for (const name of ['.linux', '.osrel', '.cmdline', '.initrd']) {
    const [, content, inMemory] = parts.find(([own]) => own === name) ?? PARTS[0]
    const loaded = new Uint8Array(inMemory)
    loaded.set(content.subarray(0, inMemory))
    for (const one of [text(`${name}\0`), loaded]) pcr = sha(pcr, sha(one))
  }
  const [checksum, certificates] = [OPTIONAL + 64, OPTIONAL + 112 + 32]
  const covered = [
    image.subarray(0, checksum),
    image.subarray(checksum + 4, certificates),
    image.subarray(certificates + 8),
  ]
  return [`PCR11 ${toHex(pcr)}`, `sha256 ${toHex(sha(...covered))}`]
}

it('a unified kernel image gives PCR11 and the digest that firmware measures; with another command line both are others', async () => {
  const image = makeUki(PARTS)
  const [pcr, digest] = slowly(image, PARTS)
  const right = await of(FORMATS.uki, image)
  expect(right.values).toContain(pcr)
  expect(right.files).toContain(digest)
  const wrong = await of(
    FORMATS.uki,
    makeUki(PARTS.map(([name, content, size]) => [name, name === '.cmdline' ? text('console=ttyS1') : content, size])),
  )
  expect(wrong.values).not.toContain(pcr)
  expect(wrong.files).not.toContain(digest)
  // A checksum is no part of the program.
  const summed = image.map((byte, i) => (i === OPTIONAL + 64 ? byte ^ 1 : byte))
  expect((await of(FORMATS.uki, summed)).files).toContain(digest)
})

it('an application of dstack with one character more has another hash, id and configuration', async () => {
  const [right, wrong] = [await of(FORMATS.compose, text(COMPOSE)), await of(FORMATS.compose, text(`${COMPOSE} `))]
  expect(right.values.length).toBe(3)
  expect(right.values.filter((value) => wrong.values.includes(value))).toEqual([])
})

it('an enclave’s signature structure gives its measurement and signer; signed by nobody it is told so', async () => {
  const pair = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 3072, publicExponent: Uint8Array.of(3), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  )
  const { n } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  const modulus = new Uint8Array(Buffer.from(n ?? '', 'base64url')).reverse()
  const enclave = new Uint8Array(32).fill(0xe5)
  const [first, second] = [new Uint8Array(128).fill(6), new Uint8Array(128)]
  second.set(enclave, 60)
  const signature = new Uint8Array(
    await crypto.subtle.sign('RSASSA-PKCS1-v1_5', pair.privateKey, joinBytes([first, second]).slice()),
  ).reverse()
  const made = joinBytes([first, modulus, le(3, 4), signature, second, new Uint8Array(12 + 768)])
  expect(made.length).toBe(1808)
  const right = await of(FORMATS.sigstruct, made)
  expect(right).toMatchObject({
    state: 'whole',
    values: [`MRENCLAVE ${toHex(enclave)}`, `MRSIGNER ${createHash('sha256').update(modulus).digest('hex')}`],
  })
  for (const at of [0, 900 + 60]) {
    const wrong = await of(
      FORMATS.sigstruct,
      made.map((byte, i) => (i === at ? byte ^ 1 : byte)),
    )
    expect(wrong.state).toBe('signature')
  }
})
