import { createHash, X509Certificate } from 'node:crypto'
import { expect, it } from 'vitest'
import { bytesOf } from '../core/place.ts'
import { huaweiEquipmentRoot, huaweiProductAuthority } from './huawei-devices.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

it('the root is the certificate whose digests, subject and key it names, and signs itself and the intermediate', () => {
  const der = Buffer.from(huaweiEquipmentRoot.certificate ?? '', 'base64')
  const root = new X509Certificate(der)
  const spki = root.publicKey.export({ type: 'spki', format: 'der' })
  expect(sha256(der)).toBe(huaweiEquipmentRoot.sha256)
  expect(sha256(spki)).toBe(huaweiEquipmentRoot.spkiSha256)
  expect(spki.toString('base64')).toBe(huaweiEquipmentRoot.spki)
  expect(der.includes(Buffer.from(huaweiEquipmentRoot.subject, 'hex'))).toBe(true)
  expect(root.subject).toContain('CN=Huawei Equipment CA')
  expect(root.verify(root.publicKey)).toBe(true)
  const [authority] = huaweiProductAuthority()
  const product = authority ? bytesOf(authority.slice) : new Uint8Array()
  expect(new X509Certificate(product).verify(root.publicKey)).toBe(true)
  expect(sha256(product)).toBe('91be99a26258953efc71757164a75550ceec3dfb95ef978be636508d9ccd9afa')
})
