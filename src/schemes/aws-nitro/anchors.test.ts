import { X509Certificate, createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { anchors, awsRootG1, awsRootGovCloud, qingTianRootG1 } from './anchors.ts'
import { demoAnchor } from './demo-anchor.ts'

describe.each([
  ['aws.nitro-enclaves', awsRootG1],
  ['aws-us-gov.nitro-enclaves', awsRootGovCloud],
  ['huaweicloud.qingtian-enclaves', qingTianRootG1],
] as const)('the root %s', (name, anchor) => {
  it('is the certificate whose digests, subject and key it names, and signs itself', () => {
    const der = Buffer.from(anchor.certificate ?? '', 'base64')
    const certificate = new X509Certificate(der)
    const spki = certificate.publicKey.export({ type: 'spki', format: 'der' })
    expect(createHash('sha256').update(der).digest('hex')).toBe(anchor.sha256)
    expect(createHash('sha256').update(spki).digest('hex')).toBe(anchor.spkiSha256)
    expect(spki.toString('base64')).toBe(anchor.spki)
    expect(der.includes(Buffer.from(anchor.subject, 'hex'))).toBe(true)
    expect(certificate.subject).toContain(`CN=${name}`)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
  })
})
it('the demonstration root is marked as one', () => {
  expect(anchors.filter((anchor) => anchor.status === undefined)).toEqual([awsRootG1, awsRootGovCloud, qingTianRootG1])
  expect(demoAnchor.status).toBe('demonstration')
})
