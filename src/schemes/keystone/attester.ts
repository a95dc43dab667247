import { joinBytes } from '../../bytes/join.ts'
import { demoDevice, demoMonitor } from './demo-keys.ts'
import { keyFrom, sign, type PrivateKey } from './ed25519-sha3.ts'
import { seedFrom } from './guessable.ts'
import { DATA_MOST } from './layout.ts'
import { sha3of512 } from './sha3.ts'

/** What a report shall say, and what shall be wrong with it. */
export interface ReportRecipe {
  /** Stands for loader, runtime and program: its SHA3-512 is the enclave's hash. */
  readonly program?: string
  /** At most 1024 bytes. */
  readonly data?: Uint8Array
  /** What stands in the array behind the data. */
  readonly leftover?: number
  readonly device?: PrivateKey
  readonly monitor?: PrivateKey
  /** The monitor's key as the published boot code makes it, of a device whose secret begins with this byte. */
  readonly guessable?: number
  /** Written over the field once all is signed; `vouchedFor`: the device signs this monitor's key, and another stands in the report; `isBlank`: nothing but the enclave's part was ever filled. */
  readonly bend?: {
    readonly dataLen?: bigint
    readonly vouchedFor?: PrivateKey
    readonly isBlank?: boolean
  }
}

/** Where the monitor's part begins. */
const BLANK_FROM = 1160

const text = (words: string) => new TextEncoder().encode(words)

/** Makes a report as boot code and monitor would, under the demonstration keys. */
export function makeReport(recipe: ReportRecipe = {}): Uint8Array {
  const device = recipe.device ?? demoDevice()
  const monitorHash = sha3of512(text('demonstration security monitor'))
  const monitor =
    recipe.guessable === undefined
      ? (recipe.monitor ?? demoMonitor())
      : keyFrom(seedFrom(recipe.guessable, monitorHash[0] ?? 0))
  const data = (recipe.data ?? text('nonce of the verifier')).subarray(0, DATA_MOST)
  const length = (value: bigint) => {
    const out = new Uint8Array(8)
    new DataView(out.buffer).setBigUint64(0, value, true)
    return out
  }
  const hash = sha3of512(text(recipe.program ?? 'demonstration enclave'))
  const signed = joinBytes([hash, length(BigInt(data.length)), data])
  const report = joinBytes([
    hash,
    length(recipe.bend?.dataLen ?? BigInt(data.length)),
    data,
    new Uint8Array(DATA_MOST - data.length).fill(recipe.leftover ?? 0),
    sign(monitor, signed),
    monitorHash,
    monitor.publicKey,
    sign(device, joinBytes([monitorHash, (recipe.bend?.vouchedFor ?? monitor).publicKey])),
    device.publicKey,
  ])
  return recipe.bend?.isBlank ? report.fill(0, BLANK_FROM) : report
}
