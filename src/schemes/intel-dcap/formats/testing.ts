import type { FieldNode } from '../../../core/field.ts'
import { fromHex } from '../../../bytes/layout.ts'

/** Bytes put together by hand, for tests: no signature in them means anything. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** `length` bytes of one value. */
export function run(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value)
}

/** Little-endian integer. */
export function le(width: number, value: number): Uint8Array {
  return Uint8Array.from({ length: width }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256)
}

/** ASCII text. */
export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Header of a quote with Intel's vendor id. */
export function handHeader(version: number, teeType: number, keyType = 2): Uint8Array {
  return joined(
    le(2, version),
    le(2, keyType),
    le(4, teeType),
    le(2, 8),
    le(2, 13),
    fromHex('939a7233f79c4ca9940a0db3957f0607') ?? run(16, 0),
    run(20, 0x55),
  )
}

/** An enclave's report: every field its own byte, so that a shifted one is seen. */
export function handReport(attributes = 5): Uint8Array {
  return joined(
    run(16, 1),
    le(4, 1),
    run(12, 0),
    run(16, 2),
    le(8, attributes),
    le(8, 0xe7),
    run(32, 3),
    run(32, 0),
    run(32, 4),
    run(32, 0),
    run(64, 5),
    le(2, 6),
    le(2, 7),
    le(2, 8),
    run(42, 0),
    run(16, 9),
    run(64, 10),
  )
}

/** A TD's report of version 1.0, 1.5 or 1.5 extended. */
export function handTdReport(
  kind: 'td10' | 'td15' | 'td15ex',
  attributes = joined(le(4, 0x10000000), le(4, 0)),
): Uint8Array {
  const first = joined(
    Uint8Array.from({ length: 16 }, (_, i) => i),
    run(48, 11),
    run(48, 0),
    run(8, 0),
    attributes,
    le(8, 0x618e7),
    ...[12, 13, 14, 15, 16, 17, 18, 19].map((n) => run(48, n)),
    run(64, 20),
  )
  const second = joined(
    first,
    Uint8Array.from({ length: 16 }, (_, i) => i + 1),
    run(48, 21),
  )
  if (kind === 'td10') return first
  return kind === 'td15'
    ? second
    : joined(
        second,
        run(1, 22),
        run(32, 23),
        ...[24, 25].map((n) => run(48, n)),
        run(8, 26),
        run(16, 27),
        run(16, 28),
        run(12, 29),
        run(48, 30),
        run(8, 31),
      )
}

/** QE report, its signature, authentication data and certification data. */
export function handQe(certificationType = 5, certification = ascii(HAND_PEM), auth = run(32, 40)): Uint8Array {
  return joined(
    handReport(0x15),
    run(64, 41),
    le(2, auth.length),
    auth,
    le(2, certificationType),
    le(4, certification.length),
    certification,
  )
}

/** PEM whose content is not a certificate. */
export const HAND_PEM = '-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n\0'

/** A version 3 quote. */
export function handQuote3(qe = handQe()): Uint8Array {
  const signature = joined(run(64, 50), run(64, 51), qe)
  return joined(handHeader(3, 0), handReport(), le(4, signature.length), signature)
}

/** Signature data of versions 4 and 5. */
export function handSignature4(qe = handQe(), keyLength = 64): Uint8Array {
  const signature = joined(run(keyLength, 50), run(keyLength, 51), le(2, 6), le(4, qe.length), qe)
  return joined(le(4, signature.length), signature)
}

/** A version 4 quote of a TD, or of an enclave. */
export function handQuote4(tee: 'tdx' | 'sgx' = 'tdx'): Uint8Array {
  return joined(
    handHeader(4, tee === 'tdx' ? 0x81 : 0),
    tee === 'tdx' ? handTdReport('td10') : handReport(),
    handSignature4(),
  )
}

/** A version 5 quote with a body of the given type. */
export function handQuote5(type: 1 | 2 | 3 | 4): Uint8Array {
  const body = type === 1 ? handReport() : handTdReport(type === 2 ? 'td10' : type === 3 ? 'td15' : 'td15ex')
  return joined(handHeader(5, type === 1 ? 0 : 0x81), le(2, type), le(4, body.length), body, handSignature4())
}
/** Every node of a tree. */
export function nodesIn(root: FieldNode): FieldNode[] {
  const found: FieldNode[] = []
  const stack: FieldNode[] = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    found.push(node)
    stack.push(...node.children)
  }
  return found
}

/** Every text id that explains a node of a tree. */
export function docsIn(root: FieldNode): string[] {
  return nodesIn(root).flatMap((node) => (node.doc === undefined ? [] : [node.doc]))
}
