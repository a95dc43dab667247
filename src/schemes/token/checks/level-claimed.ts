import { say } from '../../../core/saying.ts'
import type { CheckDefinition } from '../../../core/scheme.ts'
import { claim } from '../decoded.ts'
import { scalarText } from '../json-path.ts'
import type { PreparedToken } from '../prepare.ts'

const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '')

const [REVOKED, BELOW, FINE] = [0, 1, 2]
function rankOf(text: string): number {
  const word = plain(text)
  return word === 'uptodate' || word === 'ok' ? FINE : word === 'revoked' ? REVOKED : BELOW
}

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
    // A token about several parts has a level for each: the worst of them is what it says.
    const all = (service?.tcbStatus ?? []).flatMap((name) => {
      const value = claim(token, name)
      const word = scalarText(value)
      return value && word !== undefined ? [{ name, value, word, rank: rankOf(word) }] : []
    })
    const worst = all.toSorted((a, b) => a.rank - b.rank)[0]
    if (worst) {
      const { name, value, word, rank } = worst
      const shown = { cites: [{ artifact, path: `payload.${name}`, ranges: [value.range] }], found: word.slice(0, 100) }
      const params = { word: word.slice(0, 60) }
      if (rank === FINE) return { outcome: 'pass', because: say('jwt.level-claimed.holds', params), ...shown }
      return rank === REVOKED
        ? { outcome: 'fail', because: say('jwt.level-revoked', params), ...shown }
        : { outcome: 'warn', because: say('jwt.level-below', params), ...shown }
    }
    return { outcome: 'not-checked', because: say('jwt.unreadable'), cites: [] }
  },
}
