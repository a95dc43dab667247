import { expect, it } from 'vitest'
import { demoKeys, makeToken } from '../attester.ts'
import { context, droppedFile, prepared, preparedFrom, withoutKey } from '../testing.ts'
import { platformSigned } from './platform-signed.ts'

const keyFile = (text: string) => ({ ...context, items: [droppedFile(1, new TextEncoder().encode(text))] })

it('passes under the key that was given, whose root is what the key is', async () => {
  const good = await prepared()
  expect(await platformSigned.run(good, context)).toMatchObject({ outcome: 'pass' })
  expect(good.root.status).toBe('demonstration')
  const { kty, crv, x, y } = demoKeys.other
  const added = keyFile(JSON.stringify({ keys: [{ kty, crv, x, y }] }))
  const other = await prepared({ bend: { platformKey: demoKeys.other } }, added)
  expect(await platformSigned.run(other, added)).toMatchObject({ outcome: 'pass' })
  expect(other.root.status).toBe('added')
})
it('is not checked without a key, and asks for one by the instance it is for', async () => {
  const open = await prepared({}, withoutKey)
  expect(await platformSigned.run(open, withoutKey)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'cca.key-unknown' },
  })
  expect(open.root.status).toBe('none')
  expect(open.wishes).toMatchObject([{ kind: 'public-key', key: `01${'1d'.repeat(32)}` }])
})
it('is not checked under a key for another instance, nor under one of another kind: they say nothing about this token', async () => {
  const { kty, crv, x, y } = demoKeys.cpak
  const elsewhere = keyFile(JSON.stringify([{ 'instance-id': `01${'00'.repeat(32)}`, pkey: { kty, crv, x, y } }]))
  expect(await platformSigned.run(await prepared({}, elsewhere), elsewhere)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'cca.key-unknown' },
  })
  const unfit = keyFile('{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}')
  expect(await platformSigned.run(await prepared({}, unfit), unfit)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'key.other-kind' },
  })
})
it('holds nothing against the token because of a key file that nothing ties to it', async () => {
  const { publicKey } = await crypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: demoKeys.cpak.crv ?? 'P-384' },
    true,
    ['sign', 'verify'],
  )
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  const stranger = keyFile(JSON.stringify({ kty, crv, x, y }))
  expect(await platformSigned.run(await prepared({}, stranger), stranger)).toMatchObject({
    outcome: 'not-checked',
    because: { text: 'key.did-not-sign' },
  })
})
it('fails when another key signed it, and when any covered byte differs', async () => {
  expect(await platformSigned.run(await prepared({ bend: { platformKey: demoKeys.other } }), context)).toMatchObject({
    outcome: 'fail',
    because: { text: 'signature.mismatch' },
  })
  const token = await makeToken()
  const { covers } = await platformSigned.run(await preparedFrom(token), context)
  expect(covers).toHaveLength(3)
  for (const { range } of covers ?? []) {
    const base = Number(range.space.replace('slice@', ''))
    for (let at = base + range.start; at < base + range.end; at += 23) {
      const changed = token.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      expect((await platformSigned.run(await preparedFrom(changed), context)).outcome, `byte ${at}`).not.toBe('pass')
    }
  }
})
