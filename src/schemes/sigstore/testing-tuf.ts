import type { CheckDefinition } from '../../core/scheme.ts'
import type { Finding } from '../../core/verdict.ts'
import { FORMATS } from './formats.ts'
import type { PreparedBundle } from './prepare.ts'
import { context, droppedFile, finding } from './testing.ts'
import { followedFiles } from './tuf-attester.ts'
import { hashNow } from '../../crypto/hash.ts'
import { toHex } from '../../bytes/layout.ts'
import { demoKeys } from './demo-keys.ts'

/** What one check says of a bundle beside the demonstration’s TUF metadata, some of it changed or (undefined) left out. */
export async function followedFinding(
  check: CheckDefinition<PreparedBundle>,
  change: Readonly<Record<string, Uint8Array | undefined>> = {},
): Promise<Finding | 'not-applicable'> {
  const files = { ...(await followedFiles()), ...change }
  const items = Object.entries(files).flatMap(([name, bytes], i) =>
    bytes
      ? [
          {
            ...droppedFile(i + 1, bytes, name === 'trusted_root.json' ? FORMATS.trustedRoot : FORMATS.tuf),
            name,
            sha256: () => toHex(hashNow('sha256', bytes)),
          },
        ]
      : [],
  )
  return finding(check, { log: demoKeys.other }, { ...context, items })
}
