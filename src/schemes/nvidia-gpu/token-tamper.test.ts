import { expect, it } from 'vitest'
import { bytesOf } from '../../core/place.ts'
import { digestsMatch } from './checks/digests-match.ts'
import { tokensSigned } from './checks/tokens-signed.ts'
import { context, makeReply, replyFrom } from './testing.ts'

/** Every byte with `SOAK=1`, else each fifth. */
const STEP = process.env['SOAK'] === '1' ? 1 : 5

it('a reply with a bit of any byte changed is signed no more, or says the same', async () => {
  const { reply, jwks } = await makeReply()
  const outcomes = async (text: string) => {
    const prepared = await replyFrom(text, jwks)
    return {
      signed: (await tokensSigned.run(prepared, context)).outcome,
      digests: (await digestsMatch.run(prepared, context)).outcome,
      said: JSON.stringify(
        prepared.tokens.map(({ token }) => [
          token.device,
          token.kid,
          new TextDecoder().decode(bytesOf(token.jws.signingInput)),
        ]),
      ),
    }
  }
  const whole = await outcomes(reply)
  expect(whole).toMatchObject({ signed: 'pass', digests: 'pass' })
  const seen = new Map<string, number>()
  for (let at = 0; at < reply.length; at += STEP) {
    const changed = `${reply.slice(0, at)}${String.fromCharCode(reply.charCodeAt(at) ^ 1)}${reply.slice(at + 1)}`
    const after = await outcomes(changed)
    const label = `signed ${after.signed}, digests ${after.digests}`
    seen.set(label, (seen.get(label) ?? 0) + 1)
    if (after.signed === 'pass' && after.digests === 'pass') expect(after.said, `at ${at}`).toBe(whole.said)
  }
  console.log([...seen].map(([label, count]) => `${label}: ${count}`).join(' · '))
  expect(seen.get('signed fail, digests pass') ?? 0).toBeGreaterThan(0)
}, 1_200_000)
