import { expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../../core/place.ts'
import { toBase64 } from '../../envelope/base64.ts'
import { chain, KEYS } from '../../pki/testing.ts'
import { entry } from './index.ts'
import { decodeKeyFile } from './key-file.ts'

const decode = (value: unknown) => decodeKeyFile(sliceOf('', new TextEncoder().encode(JSON.stringify(value))))
const { kty, crv, x, y } = KEYS.leaf

it('opens the keys of a set that bring certificates, and of each key its certificates', async () => {
  const { leaf, authority } = await chain()
  const x5c = [leaf, authority].map((one) => toBase64(bytesOf(one.slice)))
  const { inner } = decode({
    keys: [
      { kty, crv, x, y },
      { kty, kid: 'second', x5c },
    ],
  })
  expect(inner.map(({ name, format }) => ({ name, format }))).toEqual([{ name: 'second', format: 'eat.key-file' }])
  const [key] = inner
  if (!key) return
  const own = decodeKeyFile(key.slice)
  expect(own.inner.map(({ format }) => format)).toEqual(['x509.certificate', 'x509.certificate'])
  expect(own.inner.map(({ slice }) => bytesOf(slice))).toEqual([bytesOf(leaf.slice), bytesOf(authority.slice)])
  expect(own.spaces()).toHaveLength(2)
})

it('opens nothing that is no certificate', () => {
  expect(decode({ kty, x5c: ['AAAA', 7, null, '%%'] }).inner).toEqual([])
  expect(decode({ keys: [{ kty, x5c: 'AAAA' }, 1] }).inner).toEqual([])
})

it('knows a set of many keys with their certificates for what it is', () => {
  const x5c = ['A'.repeat(2000)]
  const text = JSON.stringify({ keys: Array.from({ length: 60 }, (_, i) => ({ kty, crv, x, y, kid: `${i}`, x5c })) })
  const found = entry.detectors.flatMap((detect) => detect(sliceOf('', new TextEncoder().encode(text))) ?? [])
  expect(text.length).toBeGreaterThan(65_536)
  expect(found.map(({ format }) => format)).toContain('eat.key-file')
})
