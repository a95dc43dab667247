import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedNitro } from '../prepare.ts'
import { cite, SPEC } from './shared.ts'

/** Was every certificate valid at the time that is asked about? A leaf lives for hours, so a saved document is outside soon; that proves nothing wrong. */
export const certificatesInDate: CheckDefinition<PreparedNitro> = {
  id: 'nitro.certificates-in-date',
  layer: 3,
  weight: 'decides',
  dependsOn: [],
  spec: SPEC('3.2.3.2'),
  run(prepared) {
    const { path, document } = prepared
    if (!path) return { outcome: 'not-checked', because: say('nitro.no-certificate'), cites: [] }
    const outside = path.outside[0]
    if (!outside)
      return {
        outcome: 'pass',
        because: say('nitro.certificates-in-date.holds'),
        cites: cite(
          prepared,
          'payload.certificate',
          path.path[0]?.slice.space === document.payload?.slice.space
            ? {
                space: path.path[0]?.slice.space ?? '',
                start: path.path[0]?.slice.start ?? 0,
                end: path.path[0]?.slice.end ?? 0,
              }
            : undefined,
        ),
      }
    const isCarried = outside.range.space === document.payload?.slice.space
    return {
      outcome: 'not-checked',
      because: outside.because,
      cites: cite(
        prepared,
        outside.index === 0 ? 'payload.certificate' : 'payload.cabundle',
        isCarried ? outside.range : undefined,
      ),
      ...(document.timestamp
        ? { remedy: say('nitro.use-its-own-time', { time: new Date(document.timestamp.value).toISOString() }) }
        : {}),
    }
  },
}
