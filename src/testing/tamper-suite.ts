import { describe, expect, it } from 'vitest'
import { NO_POLICY } from '../core/policy.ts'
import { appraise } from '../engine/appraise.ts'
import type { SchemeEntry } from '../core/scheme.ts'
import { loadScheme } from '../engine/registry.ts'
import { ACCEPTING, baselineOf, effective, flips, histogram, uncovered } from './tamper.ts'

/**
 * One bit of every byte of the evidence of every accepting sample; SOAK=1 flips every bit, of the collateral too.
 * A covered byte that changes must end in S0 or S1 (S4 only where it makes the version, key type or TEE type one that is not supported). No change may be accepted for it.
 */
const isSoak = process.env['SOAK'] === '1'

/** Schemes that have no sample which ends well under its demonstration root, in their own words; nothing there can be changed unseen. */
const NOTHING_ACCEPTED: Readonly<Record<string, string>> = {
  corim: 'a manifest without evidence says nothing of a machine',
  'event-log': 'a log is signed by nobody and is never evidence by itself',
  'gce-endorsement': 'a statement without evidence says nothing of a machine',
  'measured-image': 'a file from which a measurement follows is no evidence',
  'reference-list': 'a list without evidence says nothing of a machine',
  scitt: 'a statement without evidence says nothing of a machine',
  sigstore: 'a statement without evidence says nothing of a machine',
  token: 'a token is a quotation of its service and ends as such',
  tpm2: 'a bare TPM quote hangs on no root, so its sample stays open',
  uar: 'a wrapper is no evidence, and a result is a quotation of its service',
  x509: 'certificates and lists are opened, not judged',
}

/** The suite for some schemes: it is split over files so that every core has work. */
/** A chain whose first certificate is no certificate any more leaves the others, which stand by themselves: the page names the bytes that it could not read. */
const FOUND_IN_PIECES: readonly string[] = ['dice']

export function tampering(schemes: readonly SchemeEntry[]): void {
  describe.each(schemes.map((entry) => [entry.id, entry] as const))('%s', (id, entry) => {
    it(
      'no covered byte can change unseen, no shorter length is accepted, and no input that is taken away helps',
      async () => {
        const scheme = await loadScheme(entry)
        let accepting = 0
        for (const sample of scheme.samples) {
          const files = await sample.files()
          const at = Date.parse(sample.at)
          const evidence = files[0]
          if (!evidence || !ACCEPTING.some((headline) => headline === sample.expect)) continue
          const baseline = await baselineOf(files, 0, at)
          expect(ACCEPTING, `${sample.id} untouched`).toContain(effective(baseline.view))
          accepting += 1
          // A first file of another scheme is changed bit by bit there; here its bytes stand in a larger case.
          const isOwn = scheme.formats.some(({ id: format }) => format === sample.format)
          const step = isSoak || (isOwn && accepting <= 3) ? 1 : isOwn ? 7 : 61
          const offsets = Array.from({ length: Math.ceil(evidence.bytes.length / step) }, (_, i) => i * step)
          const all = await flips(files, 0, at, baseline, { offsets, bits: isSoak ? [0, 1, 2, 3, 4, 5, 6, 7] : [0] })
          console.log(
            `${sample.id}: headline × field of ${all.length} flips\n${histogram(all)}\nnot covered:\n${uncovered(baseline)}`,
          )
          const unseen = all.filter(
            (flip) =>
              flip.isCovered &&
              !(
                flip.headline === 'S0' ||
                flip.headline === 'S1' ||
                (flip.isElsewhere && FOUND_IN_PIECES.includes(id) && flip.field.endsWith('.header')) ||
                (flip.headline === 'S4' && (flip.isUnsupported || flip.isKeyOpen))
              ),
          )
          expect(
            unseen.map((flip) => `${sample.id} 0x${flip.offset.toString(16)} ${flip.field} → ${flip.headline}`),
          ).toEqual([])
          // Without a first file of another scheme the rest may be a good case of its own.
          if (!isOwn) continue
          await shorter(sample.id, files, at, baseline.covered)
          await withoutInputs(sample.id, files, at)
        }
        // Nothing flipped is nothing shown.
        if (Object.hasOwn(NOTHING_ACCEPTED, id))
          expect(accepting, `${id} has an accepting sample now: take it off the list`).toBe(0)
        else expect(accepting, `${id} has no accepting sample`).toBeGreaterThan(0)
      },
      isSoak ? 6 * 3_600_000 : 1_200_000,
    )
  })
}

type Files = readonly { readonly name: string; readonly bytes: Uint8Array }[]

/** Truncation never accepts while a covered byte is missing; more bytes behind never throw and never make it better. */
async function shorter(id: string, files: Files, at: number, covered: Uint8Array): Promise<void> {
  const evidence = files[0]
  if (!evidence) return
  const last = covered.lastIndexOf(1)
  const step = isSoak ? 1 : Math.max(1, Math.floor(evidence.bytes.length / 400))
  for (let length = 0; length <= last; length += step) {
    const view = await appraise([{ ...evidence, bytes: evidence.bytes.slice(0, length) }, ...files.slice(1)], {
      at,
      atSource: 'given',
      policy: NO_POLICY,
    })
    expect(ACCEPTING, `${id} cut at ${length}`).not.toContain(effective(view))
  }
  for (const extra of [1, 16, 4096]) {
    const bytes = new Uint8Array(evidence.bytes.length + extra).fill(0x5a)
    bytes.set(evidence.bytes)
    const view = await appraise([{ ...evidence, bytes }, ...files.slice(1)], {
      at,
      atSource: 'given',
      policy: NO_POLICY,
    })
    expect(['S6'], `${id} with ${extra} more bytes`).not.toContain(effective(view))
  }
}

/** Every subset of the other files: an answer that holds without some of them must hold with all, and acceptance without implies acceptance with. */
async function withoutInputs(id: string, files: Files, at: number): Promise<void> {
  const others = files.slice(1)
  const evidence = files[0]
  if (!evidence || others.length === 0 || others.length > 7) return
  const whole = await appraise(files, { at, atSource: 'given', policy: NO_POLICY })
  for (let mask = 0; mask < 2 ** others.length - 1; mask++) {
    const kept = others.filter((_, index) => (mask >> index) & 1)
    const view = await appraise([evidence, ...kept], { at, atSource: 'given', policy: NO_POLICY })
    for (const [question, answer] of Object.entries(view.answers)) {
      if (answer.state === 'holds')
        expect(
          whole.answers[answer.question].state,
          `${id}: ${question} holds with ${kept.map((file) => file.name).join(', ')} only`,
        ).toBe('holds')
    }
    if (ACCEPTING.includes(effective(view)))
      expect(ACCEPTING, `${id} with ${kept.map((file) => file.name).join(', ')} only`).toContain(effective(whole))
  }
}
