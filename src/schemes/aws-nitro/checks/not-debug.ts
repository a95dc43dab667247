import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { IMAGE_PCRS, type PreparedNitro } from '../prepare.ts'
import { cite, unreadable } from './shared.ts'

/** Do the registers of the image say anything? An enclave started in debug mode has zeros in all three. */
export const notDebug: CheckDefinition<PreparedNitro> = {
  id: 'nitro.not-debug',
  role: 'debug-mode',
  layer: 7,
  weight: 'decides',
  dependsOn: [],
  spec: {
    title: 'AWS Nitro Enclaves User Guide',
    section: 'Cryptographic attestation',
    url: 'https://docs.aws.amazon.com/enclaves/latest/user/set-up-attestation.html',
  },
  applies: ({ document }) => document.kind !== 'tpm',
  run(prepared) {
    const { document, isDebug } = prepared
    if (!document.payload) return unreadable()
    if (isDebug === undefined)
      return { outcome: 'not-checked', because: say('nitro.image-registers-missing'), cites: [] }
    const names = IMAGE_PCRS[document.kind].map((index) => `PCR${index}`)
    const cites = IMAGE_PCRS[document.kind].flatMap((index) => {
      const pcr = document.pcrs.find((one) => one.index === index)
      return pcr ? [{ artifact: prepared.artifact, path: pcr.value.path, ranges: pcr.value.ranges }] : []
    })
    return isDebug
      ? {
          outcome: 'fail',
          because: say('nitro.debug', { registers: `${names.join(' = ')} = 0` }, 'debug'),
          cites,
          found: `${names.join(' = ')} = 0`,
          expected: `${names.join(', ')} ≠ 0`,
        }
      : {
          outcome: 'pass',
          because: say('nitro.not-debug.holds'),
          cites: cite(prepared, cites[0]?.path ?? '', cites[0]?.ranges[0]),
        }
  },
}
