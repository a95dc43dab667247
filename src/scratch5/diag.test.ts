import { readFileSync } from 'node:fs'
import { it } from 'vitest'
import { sliceOf, bytesOf } from '../core/place.ts'
import { readCbor } from '../bytes/cbor.ts'
import { withoutTags, valueAt, readCose } from '../envelope/cose.ts'
import { verifyCose } from '../crypto/cose.ts'
import { readKeyFile } from '../crypto/key-file.ts'
const C = process.env['EVIDENCE_CORPUS'] ?? ''
const f = (n: string) => new Uint8Array(readFileSync(`${C}/${n}`))
it('x', async () => {
  const keys = ['cca/veraison-pkey.json', 'cca/veraison-ta.json', 'cca/veraison-ta-02-bad.json', 'cca/veraison-cpak.json', 'psa/evcli-ec256-pub.json', 'psa/tfm-key.pem'].map((n) => [n, readKeyFile(sliceOf('', f(n)))[0]?.spki] as const)
  const { item } = withoutTags(readCbor(sliceOf('', f('cca/veraison-cca-token-02.cbor'))).item)
  if (item?.kind !== 'map') throw new Error()
  const p = valueAt(item.entries, 44234)
  if (p?.kind !== 'bytes') throw new Error()
  const m = readCose(p.content).message
  const e = readCose(sliceOf('', f('psa/evcli-psa-p2-integ.cbor'))).message
  for (const [n, k] of keys) if (k && m && e) console.log(n, (await verifyCose(m, k)).result, (await verifyCose(e, k)).result, Buffer.from(k).toString('base64'))
})
