import { createHash, X509Certificate } from 'node:crypto'
import { expect, it } from 'vitest'
import { anchors, equipmentRoot, IT_PRODUCT_CA } from './anchors.ts'

it('the root is the certificate whose digests, subject and key it names, and signs itself and the intermediate', () => {
  const der = Buffer.from(equipmentRoot.certificate ?? '', 'base64')
  const root = new X509Certificate(der)
  const spki = root.publicKey.export({ type: 'spki', format: 'der' })
  expect(createHash('sha256').update(der).digest('hex')).toBe(equipmentRoot.sha256)
  expect(createHash('sha256').update(spki).digest('hex')).toBe(equipmentRoot.spkiSha256)
  expect(spki.toString('base64')).toBe(equipmentRoot.spki)
  expect(der.includes(Buffer.from(equipmentRoot.subject, 'hex'))).toBe(true)
  expect(root.subject).toContain('CN=Huawei Equipment CA')
  expect(root.verify(root.publicKey)).toBe(true)
  const product = new X509Certificate(Buffer.from(IT_PRODUCT_CA, 'base64'))
  expect(product.verify(root.publicKey)).toBe(true)
  expect(createHash('sha256').update(Buffer.from(IT_PRODUCT_CA, 'base64')).digest('hex')).toBe(
    '91be99a26258953efc71757164a75550ceec3dfb95ef978be636508d9ccd9afa',
  )
})
it('only the root is pinned', () => {
  expect(anchors.filter(({ status }) => status === undefined)).toEqual([equipmentRoot])
})
