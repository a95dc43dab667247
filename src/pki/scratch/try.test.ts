import { it } from 'vitest'
import { readFileSync, readdirSync } from 'node:fs'
import { sliceOf } from '../../core/place.ts'
import { readCertificate, certificateNode } from '../certificate.ts'
import { tilingFaults } from '../../bytes/layout.ts'
const corpus = process.env.EVIDENCE_CORPUS ?? ''
it('reads', () => {
  const counts = new Map<string, number>()
  let n = 0
  for (const dir of ['amd', 'intel/certs', 'nitro', 'tpm', 'azure-vtpm', 'ibm-se', 'ratls','cmw','nvidia','apple','android','gcp-titan','psa','cca','dice']) {
    for (const f of readdirSync(`${corpus}/${dir}`)) {
      const bytes = new Uint8Array(readFileSync(`${corpus}/${dir}/${f}`))
      const ders: Uint8Array[] = []
      if (bytes[0] === 0x30) ders.push(bytes)
      const text = Buffer.from(bytes).toString('latin1')
      for (const m of text.matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-----END/g)) ders.push(new Uint8Array(Buffer.from((m[1] ?? '').replace(/\\n/g, ''), 'base64')))
      for (const der of ders) {
        const slice = sliceOf('', der)
        const c = readCertificate(slice)
        if (!c) continue
        n++
        const node = certificateNode(slice, 'c')
        const t = tilingFaults(node, slice)
        if (t.holes.length || t.overlaps.length) console.log('TILE', dir, f, t)
        const bc = c.extensions.find((e) => e.oid === '2.5.29.19')
        const tags = [`${c.keyKind} / ${c.algorithmName}`, ...c.faults.map((x) => JSON.stringify(x.because)), ...(c.basicConstraints?.cA && bc && !bc.critical ? ['BC not critical'] : []), ...(c.basicConstraints?.pathLength !== undefined && !c.basicConstraints.cA ? ['pathLen without cA'] : []), ...(c.serial.length > 20 ? ['serial>20'] : []), c.serial.length===1&&c.serial[0]===0?'serial 0':'', 'ku ' + (c.keyUsage ?? ['-']).join('+') + (c.basicConstraints?.cA ? ' CA' : ''), ...c.extensions.filter((e) => e.critical && !['2.5.29.15','2.5.29.19'].includes(e.oid)).map((e) => 'critical ' + e.oid)].filter(Boolean)
        for (const tag of tags) { const k = `${dir} | ${tag}`; if (!counts.has(k)) console.log(k, f, c.subject.text.slice(0, 60)); counts.set(k, (counts.get(k) ?? 0) + 1) }
      }
    }
  }
  console.log(n, [...counts].sort().map(([k, v]) => `${v} ${k}`).join('\n'))
})
