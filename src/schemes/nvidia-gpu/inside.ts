import type { Mark } from '../../core/scheme.ts'
import { report } from './layout.ts'

/** A request for measurements (DSP0274), whose answer follows behind its nonce. */
export const marks: readonly Mark[] = [0x11, 0x12, 0x13].map((version): Mark => ({
  bytes: [version, 0x60],
  behind: 37,
  end(slice) {
    const isRequest = slice.bytes[slice.start] === version && slice.bytes[slice.start + 1] === 0xe0
    const { value, end } = isRequest ? report.read(slice, '') : { value: undefined, end: 0 }
    return value ? end : undefined
  },
}))
