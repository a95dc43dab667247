import { describe, expect, it } from 'vitest'
import { bytesOf, sliceOf } from '../core/place.ts'
import { tilingFaults } from '../bytes/layout.ts'
import { corpus, evidenceFile, filesIn } from '../testing/evidence.ts'
import { certificateNode, readCertificate } from './certificate.ts'
import { crlNode, readCrl, standing } from './crl.ts'
import { issuersAmong } from './issuers.ts'
import { verifyPath } from './path.ts'
import { secondOpinion } from './second-opinion.ts'
import type { Certificate } from './types.ts'

/** Real certificates, when a folder of them is named. Ours and pkijs's opinion on every signature must be the same. */
const FOLDERS = [
  'amd',
  'intel/certs',
  'intel/epid',
  'ibm-se',
  'nitro',
  'tpm',
  'azure-vtpm',
  'android',
  'ratls',
  'cmw',
  'dice',
]

describe.skipIf(corpus === undefined)('real certificates', () => {
  const found: { readonly file: string; readonly certificate: Certificate }[] = []
  const lists: { readonly file: string; readonly bytes: Uint8Array }[] = []
  for (const folder of corpus === undefined ? [] : FOLDERS) {
    for (const file of filesIn(folder)) {
      const bytes = evidenceFile(`${folder}/${file}`)
      const text = bytes.length < 1 << 20 ? Buffer.from(bytes).toString('latin1') : ''
      const blocks = [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-----END/g)].map(
        (match) => new Uint8Array(Buffer.from((match[1] ?? '').replaceAll('\\n', ''), 'base64')),
      )
      for (const der of bytes[0] === 0x30 ? [bytes, ...blocks] : blocks) {
        const certificate = readCertificate(sliceOf('', der))
        if (certificate) found.push({ file: `${folder}/${file}`, certificate })
        if (readCrl(sliceOf('', der))) lists.push({ file: `${folder}/${file}`, bytes: der })
      }
    }
  }

  it('are read, and their trees tile', () => {
    console.log(`${found.length} certificates, ${lists.length} lists`)
    expect(FOLDERS.filter((folder) => !found.some(({ file }) => file.startsWith(`${folder}/`)))).toEqual([])
    for (const { file, certificate } of found)
      expect(tilingFaults(certificateNode(certificate.slice, 'c'), certificate.slice), file).toEqual({
        holes: [],
        overlaps: [],
      })
  })
  it('are judged as pkijs judges them, signature by signature', async () => {
    const pool = found.map((one) => one.certificate)
    let compared = 0
    for (const { file, certificate } of found) {
      const result = await verifyPath({
        leaf: certificate,
        pool: await issuersAmong(certificate, pool),
        anchors: [],
        purpose: 'evidence',
        at: 0,
        profile: { id: 'corpus', knownCritical: [], algorithms: [] },
      })
      const link = result.links.find((one) => one.subject === 0)
      const issuer = link && result.path[link.issuer]
      if (!link || !issuer) continue
      const opinion = await secondOpinion(bytesOf(certificate.slice), bytesOf(issuer.slice))
      if (opinion.signature === 'not-checked') continue
      expect(opinion.signature, file).toBe(link.outcome === 'pass' ? 'agrees' : 'disagrees')
      compared++
    }
    console.log(`${compared} signatures compared with pkijs`)
    // The others are signed by a key that is not here.
    expect(compared).toBeGreaterThan(found.length / 2)
  })
  it('AMD’s lists are authentic under their roots', async () => {
    const own = lists.filter((one) => one.file.includes('crl-ark'))
    expect(own.length).toBeGreaterThanOrEqual(2)
    for (const { file, bytes } of own) {
      const slice = sliceOf('', bytes)
      const crl = readCrl(slice)
      if (!crl) throw new Error(file)
      expect(tilingFaults(crlNode(slice, 'crl'), slice)).toEqual({ holes: [], overlaps: [] })
      const standings = await Promise.all(found.map((one) => standing(crl, one.certificate, Date.UTC(2023, 0, 1))))
      expect(
        standings.some((one) => one.authentic === 'authentic'),
        file,
      ).toBe(true)
    }
  })
})
