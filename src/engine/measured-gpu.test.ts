import { expect, it } from 'vitest'
import { toHex } from '../bytes/layout.ts'
import { digest } from '../crypto/verify.ts'
import { makeGroup } from '../schemes/nvidia-gpu/attester-set.ts'
import { openCase } from './case.ts'
import { sampleFiles } from './catalogue.ts'
import { measuredFiles } from './measured-files.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

async function notes(evidence: Uint8Array, payload: (sha256: string) => string, file: Uint8Array = evidence) {
  const [quote] = await sampleFiles('intel-dcap', 'tdx-up-to-date')
  if (!quote) throw new Error('no quote')
  const opened = await openCase([quote, { name: 'gpus.json', bytes: file }])
  const [subject] = opened.artifacts
  if (!subject) throw new Error('no subject')
  const value = toHex(utf8(payload(toHex(await digest('SHA-256', evidence)))))
  const lent = [{ name: 'gpu-attestation', value, register: 'RTMR3', log: 0, artifact: 0, ranges: [], isBoot: true }]
  return measuredFiles(subject, opened.artifacts, 0, { lent, digests: [] }, opened.contents)
}

it('an event of dstack that holds the digest of the GPUs’ evidence ties every device in it through the register', async () => {
  const evidence = utf8(JSON.stringify((await makeGroup(new Uint8Array(32).fill(7))).slice(0, 2)))
  const found = await notes(evidence, (sha256) => JSON.stringify({ verifier: 'local', evidence_sha256: sha256 }))
  expect(found).toMatchObject([
    {
      id: 'software.file-is-measured',
      because: { params: { file: 'gpus.json', register: 'gpu-attestation.evidence_sha256' } },
      bindsBy: 'register',
    },
  ])
  expect(found[0]?.binds).toHaveLength(2)
})
it.each([
  ['another digest', () => `{"evidence_sha256":"${'00'.repeat(32)}"}`],
  ['no JSON', (sha256: string) => sha256],
  ['another member', (sha256: string) => `{"sha256":"${sha256}"}`],
])('%s ties nothing', async (_, payload) => {
  const evidence = utf8(JSON.stringify((await makeGroup(new Uint8Array(32).fill(7))).slice(0, 1)))
  expect(await notes(evidence, payload)).toEqual([])
})

it('ties no device that stands beside the bytes whose digest the event holds', async () => {
  const group = await makeGroup(new Uint8Array(32).fill(7))
  const measured = JSON.stringify({
    words: 'what the machine hashed at boot, as it stands there',
    of: group.slice(0, 1),
  })
  const strangers = group.slice(2, 4)
  const event = (sha256: string) => JSON.stringify({ evidence_sha256: sha256 })
  const asText = utf8(JSON.stringify({ app_compose: measured, strangers }))
  const asPart = utf8(JSON.stringify({ part: Buffer.from(measured).toString('base64'), strangers }))
  for (const file of [asText, asPart])
    for (const { binds } of await notes(utf8(measured), event, file)) expect(binds ?? []).toHaveLength(0)
})
