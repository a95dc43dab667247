import { derivedId, sliceOf, type Piece, type Slice, type Space } from '../../core/place.ts'
import { member, type JsonValue } from '../../bytes/json.ts'

/** Puts bytes together from the numbers of a JSON text, each byte tied to the digits that say it. */
export class Rebuilder {
  readonly #bytes: number[] = []
  readonly #pieces: Piece[] = []
  readonly #file: Slice
  readonly #at: number
  #isWhole = true

  /** `at`: where in the file the value begins that these bytes are made from; it names the space. */
  constructor(file: Slice, at: number) {
    this.#file = file
    this.#at = at
  }

  /** A list of exactly `length` numbers of one byte each. */
  list(value: JsonValue | undefined, length: number): this {
    const items = value?.kind === 'array' ? value.items : []
    if (items.length !== length) this.#isWhole = false
    for (let i = 0; i < length; i++) this.uint(items[i], 1)
    return this
  }

  /** One number of `width` bytes, least significant first. */
  uint(value: JsonValue | undefined, width: number): this {
    const number = value?.kind === 'number' && /^\d{1,10}$/.test(value.text) ? Number(value.text) : undefined
    if (number === undefined || number >= 256 ** width) this.#isWhole = false
    for (let i = 0; i < width; i++) {
      if (value)
        this.#pieces.push({
          at: this.#bytes.length,
          length: 1,
          sourceStart: value.range.start,
          sourceEnd: value.range.end,
        })
      this.#bytes.push(Math.floor((number ?? 0) / 256 ** i) % 256)
    }
    return this
  }

  /** Bytes that the text leaves out. */
  zeros(length: number): this {
    for (let i = 0; i < length; i++) this.#bytes.push(0)
    return this
  }

  /** The bytes in a space of their own; undefined when a member was missing, too long or no byte. */
  done(): { readonly space: Space; readonly slice: Slice } | undefined {
    if (!this.#isWhole) return undefined
    const id = derivedId(this.#file.space, 'concat', this.#at)
    const bytes = Uint8Array.from(this.#bytes)
    const space: Space = { id, parent: this.#file.space, via: 'concat', map: 'exact', bytes, pieces: this.#pieces }
    return { space, slice: sliceOf(id, bytes) }
  }
}

/** A value by its path. */
export function at(value: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((inner, name) => member(inner, name), value)
}

/** A certificate of an authority as csv-rs writes it in JSON, rebuilt in the order of the bytes. */
export function caBytes(file: Slice, value: JsonValue) {
  const out = new Rebuilder(file, value.range.start)
  const data = at(value, 'body', 'preamble', 'data')
  const key = at(value, 'body', 'pubkey')
  return out
    .uint(at(value, 'body', 'preamble', 'ver'), 4)
    .list(member(data, 'kid'), 16)
    .list(member(data, 'sid'), 16)
    .uint(member(data, 'usage'), 4)
    .list(member(data, 'reserved'), 24)
    .uint(member(key, 'g'), 4)
    .list(member(key, 'x'), 72)
    .list(member(key, 'y'), 72)
    .uint(at(value, 'body', 'uid_size'), 2)
    .list(at(value, 'body', 'user_id'), 254)
    .list(at(value, 'body', 'reserved'), 108)
    .list(at(value, 'signature', 'r'), 72)
    .list(at(value, 'signature', 's'), 72)
    .list(member(value, '_reserved'), 112)
    .done()
}

/** A certificate of a chip's or platform's key, likewise. */
export function certificateBytes(file: Slice, value: JsonValue) {
  return certificateInto(new Rebuilder(file, value.range.start), value).done()
}

function certificateInto(out: Rebuilder, value: JsonValue | undefined): Rebuilder {
  const body = member(value, 'body')
  const data = member(body, 'data')
  const key = at(data, 'pubkey', 'key')
  out
    .uint(member(body, 'ver'), 4)
    .uint(at(data, 'firmware', 'major'), 1)
    .uint(at(data, 'firmware', 'minor'), 1)
    .uint(member(data, 'reserved1'), 2)
    .uint(at(data, 'pubkey', 'usage'), 4)
    .uint(at(data, 'pubkey', 'algo'), 4)
    .uint(member(key, 'g'), 4)
    .list(member(key, 'x'), 72)
    .list(member(key, 'y'), 72)
    .uint(member(data, 'uid_size'), 2)
    .list(member(data, 'user_id'), 254)
    .list(member(data, 'sid'), 16)
    .list(member(data, 'reserved2'), 608)
  const sigs = member(value, 'sigs')
  for (const i of [0, 1]) {
    const slot = sigs?.kind === 'array' ? sigs.items[i] : undefined
    out
      .uint(member(slot, 'usage'), 4)
      .uint(member(slot, 'algo'), 4)
      .list(at(slot, 'signature', 'r'), 72)
      .list(at(slot, 'signature', 's'), 72)
      .list(member(slot, '_reserved'), 368)
  }
  return out
}

/** A report whose signed part is written member by member (still masked), with the PEK certificate and the chip id that stand beside it. */
export function reportBytes(file: Slice, report: JsonValue, pek: JsonValue | undefined, serial: JsonValue | undefined) {
  const body = member(report, 'body')
  const out = new Rebuilder(file, report.range.start)
    .list(member(body, 'user_pubkey_digest'), 32)
    .list(member(body, 'vm_id'), 16)
    .list(member(body, 'vm_version'), 16)
    .list(member(body, 'report_data'), 64)
    .list(member(body, 'mnonce'), 16)
    .list(member(body, 'measure'), 32)
    .uint(member(body, 'policy'), 4)
    .uint(member(report, 'sig_usage'), 4)
    .uint(member(report, 'sig_algo'), 4)
    .uint(member(report, 'anonce'), 4)
    .list(at(report, 'sig', 'r'), 72)
    .list(at(report, 'sig', 's'), 72)
  certificateInto(out, pek)
  // Before November 2023 the chip id was left out; reserved bytes and MAC always are.
  if (serial?.kind === 'array') out.list(serial, 64)
  else out.zeros(64)
  return out.zeros(64).done()
}

/** A DCU's report, likewise. */
export function dcuBytes(file: Slice, report: JsonValue) {
  const body = member(report, 'body')
  return new Rebuilder(file, report.range.start)
    .uint(member(body, 'version'), 4)
    .list(member(body, 'chip_id'), 16)
    .list(member(body, 'user_data'), 64)
    .list(member(body, 'measure'), 32)
    .list(member(body, 'reserved'), 128)
    .uint(member(body, 'sig_usage'), 4)
    .uint(member(body, 'sig_algo'), 4)
    .list(at(report, 'sig', 'r'), 72)
    .list(at(report, 'sig', 's'), 72)
    .done()
}
