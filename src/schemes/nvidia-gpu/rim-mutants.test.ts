import { createHash, verify, X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DOMParser, XMLSerializer } from '@xmldom/xmldom'
import { describe, expect, it } from 'vitest'
import { SignedXml } from 'xml-crypto'
import { sliceOf } from '../../core/place.ts'
import { anchors } from './anchors.ts'
import { makeRim, MADE_AT } from './attester.ts'
import { FORMATS } from './formats.ts'
import { readRim, rimStanding } from './rim.ts'
import { itemOf } from './testing.ts'

/** Manifests that were changed, and a library that verifies the same signatures another way. */

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'
const C14N = 'http://www.w3.org/2006/12/xml-c14n11'
const C14N_10 = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'

class EcdsaSha384 {
  getAlgorithmName = () => `${MORE}ecdsa-sha384`
  getSignature = (): string => {
    throw new Error('only verifies')
  }
  verifySignature = (material: string, key: unknown, value: string) =>
    verify(
      'sha384',
      Buffer.from(material),
      { key: String(key), dsaEncoding: 'ieee-p1363' },
      Buffer.from(value, 'base64'),
    )
}
class Sha384 {
  getAlgorithmName = () => `${MORE}sha384`
  getHash = (xml: string) => createHash('sha384').update(xml, 'utf8').digest('base64')
}

/** What xml-crypto says: canonical form and reference are its own work; the two algorithms that it lacks are Node's. */
function libraryAccepts(xml: string): boolean {
  try {
    const document = new DOMParser({ errorHandler: () => undefined }).parseFromString(xml, 'text/xml')
    const signature = document.getElementsByTagNameNS('http://www.w3.org/2000/09/xmldsig#', 'Signature')[0]
    const leaf = document.getElementsByTagNameNS('http://www.w3.org/2000/09/xmldsig#', 'X509Certificate')[0]
      ?.textContent
    if (!signature || !leaf) return false
    const pem = new X509Certificate(Buffer.from(leaf, 'base64')).publicKey.export({ type: 'spki', format: 'pem' })
    const signed = new SignedXml({ publicCert: pem.toString(), getCertFromKeyInfo: () => null })
    signed.SignatureAlgorithms = { [`${MORE}ecdsa-sha384`]: EcdsaSha384 }
    signed.HashAlgorithms = { [`${MORE}sha384`]: Sha384 }
    const plain = signed.CanonicalizationAlgorithms[C14N_10]
    if (!plain) return false
    // 1.0 and 1.1 coincide where no xml: attribute stands, and none does.
    signed.CanonicalizationAlgorithms = { ...signed.CanonicalizationAlgorithms, [C14N]: plain }
    signed.loadSignature(new XMLSerializer().serializeToString(signature))
    return signed.checkSignature(xml)
  } catch {
    return false
  }
}

async function weAccept(xml: string) {
  const item = itemOf(0, new TextEncoder().encode(xml), FORMATS.rim)
  const rim = readRim(sliceOf('', item.slice.bytes))
  return rimStanding(item, rim, { anchors, at: MADE_AT, items: [] }, 'demonstration')
}

/** A fixed stream of numbers. */
function stream(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * below)
  }
}

type Mutation = (xml: string, random: (below: number) => number) => string

const put = (xml: string, at: number, text: string, skip = 0) => xml.slice(0, at) + text + xml.slice(at + skip)
/** A place in what is signed: everything but KeyInfo. */
const place = (xml: string, random: (below: number) => number) => {
  const from = xml.indexOf('<ds:KeyInfo>')
  const to = xml.indexOf('</ds:KeyInfo>')
  const at = random(xml.length - 2 - (to - from))
  return at < from ? at : at + (to - from)
}
const resource = (xml: string, random: (below: number) => number) => {
  const all = [...xml.matchAll(/<Resource [^>]*><\/Resource>/g)]
  return all[random(all.length)]
}

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  letter: (xml, random) => put(xml, place(xml, random), String.fromCharCode(33 + random(93)), 1),
  cut: (xml, random) => put(xml, place(xml, random), '', 1 + random(3)),
  grown: (xml, random) => put(xml, place(xml, random), 'x'.repeat(1 + random(3))),
  digit: (xml, random) => {
    const found = resource(xml, random)
    const at = (found?.index ?? 0) + xml.slice(found?.index).indexOf('Hash0="') + 7 + random(96)
    return put(xml, at, xml[at] === '0' ? '1' : '0', 1)
  },
  active: (xml, random) => {
    const found = resource(xml, random)
    const own = found?.[0] ?? ''
    const bent = own.includes('True') ? own.replace('True', 'False') : own.replace('False', 'True')
    return put(xml, found?.index ?? 0, bent, own.length)
  },
  gone: (xml, random) => {
    const found = resource(xml, random)
    return put(xml, found?.index ?? 0, '', found?.[0].length)
  },
  twice: (xml, random) => {
    const found = resource(xml, random)
    return put(xml, found?.index ?? 0, found?.[0] ?? '')
  },
  swapped: (xml, random) => {
    const [a, b] = [resource(xml, random), resource(xml, random)]
    return a && b ? xml.replace(a[0], '\u0000').replace(b[0], a[0]).replace('\u0000', b[0]) : ''
  },
  comment: (xml, random) => put(xml, place(xml, random), '<!-- -->'),
  'comment in the digest': (xml) => xml.replace('<ds:DigestValue>', '<ds:DigestValue><!--x-->'),
  instruction: (xml, random) => put(xml, place(xml, random), '<?x y?>'),
  doctype: (xml) => `<!DOCTYPE x [<!ENTITY y "z">]>${xml}`,
  entity: (xml, random) => put(xml, place(xml, random), '&y;'),
  'second signature': (xml) => {
    const own = /<ds:Signature .*<\/ds:Signature>/.exec(xml)?.[0] ?? ''
    return xml.replace(own, own + own)
  },
  'moved signature': (xml) => {
    const own = /<ds:Signature .*<\/ds:Signature>/.exec(xml)?.[0] ?? ''
    return xml.replace(own, '').replace('<Payload>', `<Payload>${own}`)
  },
  wrapped: (xml) => {
    const bent = xml.replace('Hash0="0', 'Hash0="1')
    return `<SoftwareIdentity>${xml.trim()}${bent.trim()}</SoftwareIdentity>`
  },
  'second SignedInfo': (xml) => {
    const own = /<ds:SignedInfo>.*<\/ds:SignedInfo>/.exec(xml)?.[0] ?? ''
    return xml.replace(own, own + own)
  },
  'another transform': (xml) =>
    xml.replace(`${C14N}"></ds:Transform></ds:Transforms>`, `${C14N_10}"></ds:Transform></ds:Transforms>`),
  'another method': (xml) => xml.replace(`${MORE}ecdsa-sha384`, `${MORE}ecdsa-sha256`),
  'empty reference': (xml) => xml.replace('<ds:Reference URI="">', '<ds:Reference URI="#x">'),
  'more behind': (xml) => `${xml}<x/>`,
  prefix: (xml) => xml.replaceAll('ns2:Hash0', 'ns3:Hash0'),
  'doubled attribute': (xml) => xml.replace('active="True"', 'active="True" active="False"'),
}

const NAMES = Object.keys(MUTATIONS)
// All two thousand with SOAK=1; the rest of the suite wants its time too.
const COUNT = process.env['SOAK'] === '1' ? 2000 : 460

describe('a manifest', () => {
  it(`that was changed in one of ${COUNT} ways is never accepted, unless nothing that it says changed`, async () => {
    const good = await makeRim()
    expect((await weAccept(good)).isAuthentic).toBe(true)
    expect(libraryAccepts(good)).toBe(true)
    const said = (xml: string) => {
      const { golden, product, version, edition, tagId, id } = readRim(sliceOf('', new TextEncoder().encode(xml)))
      return JSON.stringify([golden, product, version, edition, tagId, id])
    }
    const random = stream(2026)
    const reasons = new Map<string, number>()
    let tried = 0
    for (let i = 0; tried < COUNT; i++) {
      const name = NAMES[i % NAMES.length] ?? ''
      const bent = MUTATIONS[name]?.(good, random) ?? ''
      if (bent === good) continue
      tried++
      const { isAuthentic, reason } = await weAccept(bent)
      const key = isAuthentic ? 'accepted, says the same' : reason
      reasons.set(key, (reasons.get(key) ?? 0) + 1)
      if (!isAuthentic) continue
      // White space between attributes and the like: the same canonical form.
      expect(said(bent), `${name} ${i}`).toBe(said(good))
      expect(libraryAccepts(bent), `${name} ${i}: the library agrees`).toBe(true)
    }
    console.log([...reasons].map(([reason, count]) => `${reason}: ${count}`).join(' · '))
    expect(reasons.get('accepted, says the same') ?? 0).toBeLessThan(COUNT / 100)
  }, 300_000)
})

const corpus = process.env['EVIDENCE_CORPUS']
describe.skipIf(!corpus)('real manifests', () => {
  it('hold or fail as the library says', async () => {
    const folders = ['nvidia', 'nvidia/more'].map((name) => join(corpus ?? '', name))
    const files = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /^rim-.*\.(?:xml|swidtag)$/.test(name))
        .map((name) => join(folder, name)),
    )
    const rows: string[] = []
    for (const file of files) {
      const xml = readFileSync(file, 'utf8')
      const { signedInfo, documentDigest } = await weAccept(xml)
      const ours = signedInfo && documentDigest
      rows.push(`${ours === libraryAccepts(xml) ? 'agree' : 'DIFFER'} ${ours ? 'holds' : 'fails'} ${file.slice(-60)}`)
    }
    console.log(rows.join('\n'))
    expect(files.length).toBeGreaterThan(0)
    expect(rows.filter((row) => row.startsWith('DIFFER'))).toEqual([])
  }, 120_000)
})
