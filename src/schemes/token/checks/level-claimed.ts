import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { claim } from '../decoded.ts'
import { scalarText } from '../json-path.ts'
import type { PreparedToken } from '../prepare.ts'

const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '')

/** What the service says about the platform's level. Its word, in its spelling. */
export const levelClaimed: CheckDefinition<PreparedToken> = {
  id: 'jwt.level-claimed',
  layer: 6,
  weight: 'decides',
  dependsOn: [],
  spec: { title: 'RFC 9334', section: '8.4' },
  applies: ({ token, service }) =>
    service?.tcbStatus.some((name) => scalarText(claim(token, name)) !== undefined) === true,
  run({ token, service, artifact }) {
    for (const name of service?.tcbStatus ?? []) {
      const value = claim(token, name)
      const word = scalarText(value)
      if (!value || word === undefined) continue
      const shown = { cites: [{ artifact, path: `payload.${name}`, ranges: [value.range] }], found: word.slice(0, 100) }
      const params = { word: word.slice(0, 60) }
      if (plain(word) === 'uptodate' || plain(word) === 'ok')
        return { outcome: 'pass', because: say('jwt.level-claimed.holds', params), ...shown }
      return plain(word) === 'revoked'
        ? { outcome: 'fail', because: say('jwt.level-revoked', params), ...shown }
        : { outcome: 'warn', because: say('jwt.level-below', params), ...shown }
    }
    return { outcome: 'not-checked', because: say('jwt.unreadable'), cites: [] }
  },
}
