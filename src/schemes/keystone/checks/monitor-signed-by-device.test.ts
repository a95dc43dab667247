import { expect, it } from 'vitest'
import { ed25519Spki } from '../../../crypto/keys.ts'
import { makeReport } from '../attester.ts'
import { demoMonitor, strangeDevice, strangeMonitor } from '../demo-keys.ts'
import { context, droppedFile, prepared } from '../testing.ts'
import { monitorSignedByDevice } from './monitor-signed-by-device.ts'

const run = async (of: Parameters<typeof prepared>[0]) => monitorSignedByDevice.run(await prepared(of), context)

it('passes on what the device signed', async () => {
  expect(await run({})).toMatchObject({ outcome: 'pass' })
})
it('fails when the monitor’s hash or key, the signature or the named key changed', async () => {
  const report = makeReport()
  for (const at of [1160, 1224, 1255, 1256, 1288, 1320, 1351]) {
    const changed = report.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await run(changed), String(at)).toMatchObject({ outcome: 'fail' })
  }
  expect(await run({ monitor: strangeMonitor(), bend: { vouchedFor: demoMonitor() } })).toMatchObject({
    outcome: 'fail',
  })
})
it('is not checked where the report is cut off', async () => {
  expect(await run(makeReport().slice(0, 1340))).toMatchObject({ outcome: 'not-checked' })
})
it('holds for any device, and the root says whether anybody knows it', async () => {
  const key = strangeDevice()
  const alone = await prepared({ device: key })
  expect(await monitorSignedByDevice.run(alone, context)).toMatchObject({ outcome: 'pass' })
  expect(alone).toMatchObject({ root: { status: 'unknown' }, wishes: [{ kind: 'public-key' }] })
  expect(alone.nodes[0]).toMatchObject({ id: 'root', kind: 'key' })

  const file = (publicKey: Uint8Array) => ({ ...context, items: [droppedFile(1, ed25519Spki(publicKey))] })
  const given = await prepared({ device: key }, file(key.publicKey))
  expect(given).toMatchObject({ root: { status: 'added' }, wishes: [], collateral: [{ use: 'used' }] })
  expect(given.nodes[0]).toMatchObject({ id: 'root', kind: 'root', name: 'file' })
  expect(await monitorSignedByDevice.run(given, context)).toMatchObject({ outcome: 'pass', uses: [1] })

  const other = await prepared({ device: key }, file(demoMonitor().publicKey))
  expect(other).toMatchObject({ root: { status: 'unknown' }, collateral: [{ use: 'not-for-this' }] })
})
