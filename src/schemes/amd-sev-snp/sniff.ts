import { bytesOf, subSlice, type Slice } from '../../core/place.ts'
import { isZero, sameBytes } from '../../bytes/layout.ts'
import { report, VMPL_HOST } from './layout.ts'

/** Reports have no magic: what they have is a shape. */

/** A shape in which nothing depends on version or generation. */
const plain = report({ hasCpuid: false, hasMitigations: false, tcb: 'milan' })

/** Length of a report. */
export const REPORT_SIZE = plain.size ?? 0

interface Likeness {
  readonly score: number
  readonly isWhole: boolean
}

/** What was just looked at: several detectors ask about the same bytes, one after another. All bytes are compared. */
let looked: readonly { readonly bytes: Uint8Array; readonly likeness: Likeness }[] = []

/** How much of a report's shape is there: 0..1, and whether all of it is. A single changed bit must leave it recognisable. */
export function reportLikeness(slice: Slice): Likeness {
  const own = bytesOf(subSlice(slice, 0, REPORT_SIZE))
  const known = looked.find(({ bytes }) => sameBytes(bytes, own))
  if (known) return known.likeness
  const likeness = likenessOf(slice)
  if (likeness.isWhole) looked = [{ bytes: own.slice(), likeness }, ...looked.slice(0, 1)]
  return likeness
}

function likenessOf(slice: Slice): Likeness {
  const whole = plain.read(slice, '').value
  if (whole) {
    const { body, signature } = whole
    const signs = [
      body.version.value >= 1 && body.version.value <= 6,
      isPolicy(body.policy.value),
      body.vmpl.value <= 3 || body.vmpl.value === VMPL_HOST,
      body.signatureAlgo.value === 1,
      body.keyInfo.value < 32n,
      isZero(body.reserved1.value),
      isZero(body.reserved2.value),
      isZero(body.currentVersion.reserved.value) && isZero(body.committedVersion.reserved.value),
      isZero(signature.rUpper.value),
      isZero(signature.sUpper.value),
      isZero(signature.reserved.value),
      !isZero(signature.r.value),
      !isZero(signature.s.value),
    ]
    return { score: signs.filter(Boolean).length / signs.length, isWhole: true }
  }
  return { score: headLikeness(slice), isWhole: false }
}

/** POLICY: bit 17 is always one, everything above bit 25 zero. */
function isPolicy(policy: bigint): boolean {
  return ((policy >> 17n) & 1n) === 1n && policy >> 26n === 0n
}

/** A report that was cut off: its first fields must all fit. */
function headLikeness(slice: Slice): number {
  const node = plain.read(slice, '').node
  const body = node.children[0]
  const field = (label: string) => body?.children.find((child) => child.label === label && child.kind !== 'gap')
  const uint = (label: string): bigint | undefined => {
    const value = field(label)?.value
    return value?.kind === 'uint' ? BigInt(value.value) : undefined
  }
  const [version, policy, vmpl, algorithm, key] = [
    uint('VERSION'),
    uint('POLICY'),
    uint('VMPL'),
    uint('SIGNATURE_ALGO'),
    uint('KEY_INFO'),
  ]
  const fits =
    version !== undefined &&
    version >= 1n &&
    version <= 6n &&
    policy !== undefined &&
    isPolicy(policy) &&
    vmpl !== undefined &&
    (vmpl <= 3n || vmpl === BigInt(VMPL_HOST)) &&
    algorithm === 1n &&
    (key === undefined || key < 32n)
  return fits ? 1 : 0
}
