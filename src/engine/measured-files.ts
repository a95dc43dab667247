import { Attached } from '../bytes/attached.ts'
import { bytesOf, sliceOf, type ByteRange } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { CheckResult, Cite } from '../core/verdict.ts'
import { member, parseJson, textOf, type JsonString, type JsonValue } from '../bytes/json.ts'
import { fromHex, isZero, toHex } from '../bytes/layout.ts'
import { readBase64 } from '../envelope/base64.ts'
import type { HashLabel } from '../core/derived.ts'
import { hashLater } from '../crypto/hash.ts'
import { digest } from '../crypto/verify.ts'
import type { OpenArtifact } from './case.ts'
import type { LogFindings } from './log-replays.ts'
import { isVendorsOwn } from './vendors-own.ts'

/** Files beside the evidence whose digest is one of its registers: a policy that HOST_DATA names, a compose file that MRCONFIGID names. A note: that a file was measured says nothing of what it should be. */

/** Most files and the largest that are hashed. */
const MOST = 256
const LARGEST = 1 << 24

/** Registers that hold a digest of configuration as the host or the owner chose it. */
const OF_FILES = /^(?:HOST_DATA|MRCONFIGID|MROWNER|MROWNERCONFIG|CONFIGID|MR_CONFIG_ID)$/

interface Digested {
  readonly item: OpenArtifact
  readonly name: string
  /** The bytes that were hashed, in the item's file. */
  readonly range: ByteRange
  readonly how: string
  readonly hex: string
}

/** What a digest is compared with: a register, or a value that a replayed log lends. */
interface Named {
  readonly name: string
  readonly hex: string
  readonly cite: Cite
}

/** Members of gateways' answers whose text is what a guest was started with. */
const TEXTS: readonly string[] = ['app_compose', 'docker_compose_file']

/** One note for each file, or text of an answer, that a register or a covered value names. */
export async function measuredFiles(
  subject: OpenArtifact,
  artifacts: readonly OpenArtifact[],
  index: number,
  { lent, digests }: Pick<LogFindings, 'lent' | 'digests'>,
  contents: readonly Uint8Array[],
): Promise<CheckResult[]> {
  const named: Named[] = [
    ...subject.facts.measurements
      .filter(({ name, value }) => OF_FILES.test(name) && !isZero(value.value))
      .map(({ name, value }) => ({
        name,
        hex: toHex(value.value),
        cite: { artifact: subject.artifact, path: value.path, ranges: value.ranges },
      })),
    ...lent.map(({ name, value, artifact, ranges }) => ({
      name,
      hex: value.toLowerCase().replace(/^sha(?:256|384):/, ''),
      cite: { artifact, path: '', ranges },
    })),
    ...lent.flatMap(gpuEvidenceOf),
    ...digests.map(({ name, value, artifact, ranges }) => ({
      name,
      hex: toHex(value),
      cite: { artifact, path: '', ranges },
    })),
  ]
  if (named.length === 0) return []
  const hasLong = named.some(({ hex }) => hex.length >= 96)
  const banks = [...new Set(digests.map(({ hash }) => hash))].toSorted()
  const found = new Map<string, CheckResult>()
  for (const item of candidates(subject, artifacts)) {
    for (const own of [
      ...(await digestsOf(item, hasLong)),
      ...(await eventDigestsOf(item, contents[item.file], banks)),
    ]) {
      const one: Digested = { ...own, item }
      const register = named.find((held) => namedBy(held, one.hex))
      const key = `${item.artifact} ${one.range.start} ${register?.name}`
      if (register && !found.has(key)) found.set(key, noteOf(register, one, index, devicesIn(register, one, artifacts)))
    }
  }
  return [...found.values()].slice(0, MOST)
}

/** dstack measures at boot what its verifier of GPUs was given: the event's payload is JSON (dstack, `gpu-attestation`). */
const GPU_EVENT = 'gpu-attestation'
const GPU_MEMBER = 'evidence_sha256'

function gpuEvidenceOf({ name, value, artifact, ranges }: LogFindings['lent'][number]): Named[] {
  const payload = name === GPU_EVENT ? fromHex(value) : undefined
  const stated = payload && textOf(member(parseJson(sliceOf('', payload)).value, GPU_MEMBER))
  return stated && fromHex(stated)?.length === 32
    ? [{ name: `${GPU_EVENT}.${GPU_MEMBER}`, hex: stated.toLowerCase(), cite: { artifact, path: '', ranges } }]
    : []
}

/** The devices whose evidence stands in the bytes that such an event names: a register of the CPU's evidence ties them to it. What stands beside those bytes is not tied. */
function devicesIn({ name }: Named, { item, range }: Digested, artifacts: readonly OpenArtifact[]): readonly number[] {
  const isWhole = range.space === item.slice.space && range.start === item.slice.start && range.end === item.slice.end
  if (!isWhole || !name.startsWith(`${GPU_EVENT}.`)) return []
  const inside = new Set([item.artifact])
  // Containers stand before what was opened in them.
  return artifacts.flatMap((one) => {
    if (one.parent === null || !inside.has(one.parent)) return []
    inside.add(one.artifact)
    return one.message === 'evidence' ? [one.artifact] : []
  })
}

const candidates = (subject: OpenArtifact, artifacts: readonly OpenArtifact[]) =>
  artifacts
    .filter(
      (one) =>
        one.artifact !== subject.artifact &&
        one.message !== 'evidence' &&
        one.slice.end - one.slice.start <= LARGEST &&
        // What a vendor signs for all its machines is nothing that one of them was started with.
        !(one.message === 'endorsement' && one.scheme?.id === subject.scheme?.id) &&
        !isVendorsOwn(subject, one, artifacts),
    )
    .slice(0, MOST)

type Hashed = Omit<Digested, 'item'>

/** Of what is open, whichever date it is asked about. */
const hashedOnce = new Attached<
  OpenArtifact['decoding'],
  { readonly hasLong: boolean; readonly all: Promise<Hashed[]> }
>()

/** `hasLong`: SHA-384 too, which most of these registers are too short for. */
function digestsOf(item: OpenArtifact, hasLong: boolean): Promise<Hashed[]> {
  const known = hashedOnce.get(item.decoding)
  if (known?.hasLong === hasLong) return known.all
  const all = hashAll(item, hasLong)
  hashedOnce.set(item.decoding, { hasLong, all })
  return all
}

async function hashAll(item: OpenArtifact, hasLong: boolean): Promise<Hashed[]> {
  const bytes = bytesOf(item.slice)
  const text = bytes.length > 64 ? readBase64(sliceOf('', bytes)) : undefined
  const whole = { space: item.slice.space, start: item.slice.start, end: item.slice.end }
  const digested = async (
    name: string,
    range: ByteRange,
    how: string,
    data: Uint8Array,
    hash: 'SHA-256' | 'SHA-384',
  ): Promise<Hashed> => ({ name, range, how, hex: toHex(await digest(hash, data)) })
  return [
    await digested(item.name, whole, 'SHA-256', bytes, 'SHA-256'),
    ...(hasLong ? [await digested(item.name, whole, 'SHA-384', bytes, 'SHA-384')] : []),
    ...(text ? [await digested(item.name, whole, 'SHA-256 (base64)', bytesOf(text.slice), 'SHA-256')] : []),
    ...(await Promise.all(
      textsIn(item).map(({ key, value }) =>
        digested(key, value.range, 'SHA-256', new TextEncoder().encode(value.text), 'SHA-256'),
      ),
    )),
  ]
}

/** Longest command line that Linux takes. */
const LONGEST_LINE = 4096

/** What firmware, loaders and kernels hash of a file: the file as it was dropped, a program as firmware measures it, a command line in the forms that stubs write. */
function eventDigestsOf(
  item: OpenArtifact,
  file: Uint8Array | undefined,
  banks: readonly HashLabel[],
): Promise<Hashed[]> {
  const key = banks.join()
  const known = hashedForEvents.get(item.decoding)
  if (known?.key === key) return known.all
  const all = hashForEvents(item, file, banks)
  hashedForEvents.set(item.decoding, { key, all })
  return all
}

const hashedForEvents = new Attached<
  OpenArtifact['decoding'],
  { readonly key: string; readonly all: Promise<Hashed[]> }
>()

async function hashForEvents(
  item: OpenArtifact,
  file: Uint8Array | undefined,
  banks: readonly HashLabel[],
): Promise<Hashed[]> {
  if (item.parent !== null || banks.length === 0) return []
  const range = { space: item.slice.space, start: item.slice.start, end: item.slice.end }
  const found: Hashed[] = []
  const add = (how: string, value: Uint8Array) => found.push({ name: item.name, range, how, hex: toHex(value) })
  for (const { name, hash, value } of item.derived?.registers ?? [])
    if (name === 'authenticode' && banks.includes(hash)) add(`Authenticode ${hash}`, value)
  if (!file || file.length > LARGEST) return found
  const line = file.length <= LONGEST_LINE ? new TextDecoder().decode(file).replace(/[\r\n\0]+$/, '') : undefined
  for (const hash of banks) {
    add(hash, await hashLater(hash, file))
    if (line === undefined) continue
    add(`${hash}, without the end of line`, await hashLater(hash, new TextEncoder().encode(line)))
    add(`${hash}, UTF-16`, await hashLater(hash, wide(line)))
    add(`${hash}, UTF-16 with NUL`, await hashLater(hash, wide(`${line}\0`)))
  }
  return found
}

function wide(text: string): Uint8Array {
  const out = new Uint8Array(2 * text.length)
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    out.set([unit & 255, unit >>> 8], 2 * i)
  }
  return out
}

function textsIn({ parent, slice }: OpenArtifact): { readonly key: string; readonly value: JsonString }[] {
  if (parent !== null || slice.bytes[slice.start] !== 0x7b) return []
  const found: { key: string; value: JsonString }[] = []
  const queue: (JsonValue | undefined)[] = [parseJson(slice).value]
  for (let next = queue.shift(), seen = 0; next && seen < 4000 && found.length < 16; next = queue.shift(), seen++) {
    if (next.kind === 'array') queue.push(...next.items.slice(0, 64))
    if (next.kind !== 'object') continue
    for (const { key, value } of next.members.slice(0, 400))
      if (value.kind === 'string' && TEXTS.includes(key)) found.push({ key, value })
      else if (value.kind === 'object' || value.kind === 'array') queue.push(value)
  }
  return found
}

/** The digest, padded with zeros as fixed fields are; dstack puts a version byte before it. */
function namedBy({ hex: own }: Named, hex: string): boolean {
  return [hex, `01${hex}`].some((wanted) => own.startsWith(wanted) && /^0*$/.test(own.slice(wanted.length)))
}

function noteOf(
  { name: register, hex: own, cite }: Named,
  one: Digested,
  index: number,
  devices: readonly number[],
): CheckResult {
  const { item, name, range, how, hex } = one
  return {
    id: 'software.file-is-measured',
    layer: 8,
    answer: 'software',
    weight: 'notes',
    spec: { title: 'RFC 9334', section: '8.3' },
    subject: index,
    outcome: 'pass',
    because: say('software.file-is-measured.holds', {
      file: name,
      register,
      how: own.startsWith('01') && !own.startsWith(hex) ? `01 | ${how}` : how,
    }),
    cites: [cite, { artifact: item.artifact, path: '', ranges: [range] }],
    found: own,
    expected: hex,
    covers: [{ artifact: item.artifact, range, by: 'hash' }],
    ...(devices.length > 0 ? { binds: devices, bindsBy: 'register' as const } : {}),
  }
}
