import { bytesOf, sliceOf } from '../core/place.ts'
import { say } from '../core/saying.ts'
import type { CaseItem, Register } from '../core/scheme.ts'
import type { CheckResult } from '../core/verdict.ts'
import { isZero, toHex } from '../bytes/layout.ts'
import { readBase64 } from '../envelope/base64.ts'
import { digest } from '../crypto/verify.ts'
import type { OpenArtifact } from './case.ts'

/** Files beside the evidence whose digest is one of its registers: a policy that HOST_DATA names, a compose file that MRCONFIGID names. A note: that a file was measured says nothing of what it should be. */

/** Most files and the largest that are hashed. */
const MOST = 64
const LARGEST = 1 << 24

/** Registers that hold a digest of configuration as the host or the owner chose it. */
const OF_FILES = /^(?:HOST_DATA|MRCONFIGID|MROWNER|MROWNERCONFIG|CONFIGID|MR_CONFIG_ID)$/

interface Digested {
  readonly item: OpenArtifact
  readonly how: string
  readonly hex: string
}

/** One note for each file that a register names. */
export async function measuredFiles(
  subject: CaseItem,
  artifacts: readonly OpenArtifact[],
  index: number,
): Promise<CheckResult[]> {
  const registers = subject.facts.measurements.filter(({ name, value }) => OF_FILES.test(name) && !isZero(value.value))
  if (registers.length === 0) return []
  const found: CheckResult[] = []
  for (const item of candidates(subject, artifacts)) {
    for (const one of await digestsOf(item)) {
      const register = registers.find((held) => namedBy(held, one.hex))
      if (!register) continue
      found.push(noteOf(subject, register, one, index))
      break
    }
  }
  return found
}

const candidates = (subject: CaseItem, artifacts: readonly OpenArtifact[]) =>
  artifacts
    .filter(
      (one) =>
        one.artifact !== subject.artifact && one.message !== 'evidence' && one.slice.end - one.slice.start <= LARGEST,
    )
    .slice(0, MOST)

async function digestsOf(item: OpenArtifact): Promise<Digested[]> {
  const bytes = bytesOf(item.slice)
  const text = readBase64(sliceOf('', bytes))
  const digested = async (how: string, data: Uint8Array, hash: 'SHA-256' | 'SHA-384'): Promise<Digested> => ({
    item,
    how,
    hex: toHex(await digest(hash, data)),
  })
  return [
    await digested('SHA-256', bytes, 'SHA-256'),
    await digested('SHA-384', bytes, 'SHA-384'),
    ...(text && bytes.length > 64 ? [await digested('SHA-256 (base64)', bytesOf(text.slice), 'SHA-256')] : []),
  ]
}

/** The digest, padded with zeros as fixed fields are; dstack puts a version byte before it. */
function namedBy({ value }: Register, hex: string): boolean {
  const own = toHex(value.value)
  return [hex, `01${hex}`].some((wanted) => own.startsWith(wanted) && /^0*$/.test(own.slice(wanted.length)))
}

function noteOf(
  subject: CaseItem,
  { name, value }: Register,
  { item, how, hex }: Digested,
  index: number,
): CheckResult {
  const { slice } = item
  const range = { space: slice.space, start: slice.start, end: slice.end }
  return {
    id: 'software.file-is-measured',
    layer: 8,
    answer: 'software',
    weight: 'notes',
    spec: { title: 'RFC 9334', section: '8.3' },
    subject: index,
    outcome: 'pass',
    because: say('software.file-is-measured.holds', { file: item.name, register: name, how }),
    cites: [
      { artifact: subject.artifact, path: value.path, ranges: value.ranges },
      { artifact: item.artifact, path: '', ranges: [range] },
    ],
    found: toHex(value.value),
    expected: hex,
    covers: [{ artifact: item.artifact, range, by: 'hash' }],
  }
}
