import { rangeOf } from '../../../core/place.ts'
import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import type { PreparedImage } from '../prepare.ts'

/** Is the file whole, and what it says of itself true: a checksum, an author's signature? */
export const isWhole: CheckDefinition<PreparedImage> = {
  id: 'measured-image.is-whole',
  layer: 5,
  answer: 'software',
  weight: 'decides',
  dependsOn: [],
  spec: { title: 'RFC 9334', section: '8.3' },
  run({ artifact, slice, computed }) {
    const cites = [{ artifact, path: '', ranges: [rangeOf(slice)] }]
    const { state, found, expected, groups, files } = computed
    const values = { ...(found === undefined ? {} : { found }), ...(expected === undefined ? {} : { expected }) }
    switch (state) {
      case 'whole':
        return {
          outcome: 'pass',
          because: say('measured-image.is-whole.holds', { count: groups.length + files.length }),
          cites,
        }
      case 'cut':
        return { outcome: 'not-checked', because: say('measured-image.cut'), cites }
      case 'checksum':
        return { outcome: 'not-checked', because: say('measured-image.checksum'), cites, ...values }
      case 'signature':
        return { outcome: 'fail', because: say('measured-image.signature'), code: 'signature', cites }
      case 'unsupported':
        return { outcome: 'unsupported', because: say('measured-image.unsupported'), cites }
    }
  },
}
