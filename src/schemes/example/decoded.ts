import type { Slice } from '../../core/place.ts'
import type { Layout } from '../../bytes/layout.ts'
import type { signedNote } from './layout.ts'

type ValueOf<L> = L extends Layout<infer T> ? T : never

/** What decoding a note gives; `signed` is undefined when the bytes end too early. */
export interface DecodedNote {
  readonly signed: ValueOf<typeof signedNote> | undefined
  readonly trailing: Slice
}
