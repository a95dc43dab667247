import { describe, expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { makeContents, makeReport, measurement, type ContentsRecipe } from './attester.ts'
import { identityOf } from './device.ts'
import { report } from './layout.ts'
import { contentsOf } from './structured.ts'

const ARC = '1.3.6.1.4.1.5703.1300.1.1.11.1'
const URL = 'https://rim.attestation.nvidia.com/v1/rim/'
const PARTS: readonly ContentsRecipe[] = [
  { arc: 11, number: 2, block: 3 },
  { arc: 10, number: 5, key: 'BCRC', block: 6 },
  { arc: 10, number: 5, key: 'BCRD', block: 7 },
]

async function read(contents: Uint8Array, secondIndex?: number) {
  const bytes = await makeReport({ contents, ...(secondIndex === undefined ? {} : { secondIndex }) })
  const { value } = report.read(sliceOf('', bytes), 'report', 'report')
  if (!value) throw new Error('the attester makes whole reports')
  return { contents: contentsOf(value), identity: identityOf(value) }
}

describe('the block that says whose the measurements are', () => {
  it('names each environment, with the measurement that it points at', async () => {
    const { contents } = await read(makeContents(PARTS, []))
    expect(contents?.parts.map(({ name, value }) => [name, value.value])).toEqual([
      [`${ARC}.11.100.2`, measurement(2)],
      [`${ARC}.10.100.5 BCRC`, measurement(5)],
      [`${ARC}.10.100.5 BCRD`, measurement(6)],
    ])
  })
  it('gives manifests the names that the device points at, and no others', async () => {
    const { identity } = await read(
      makeContents(PARTS, [`${URL}GR100_081D_9900230000`, `${URL}NV_GPU_DRIVER_GR100_999.01`]),
    )
    expect(identity).toMatchObject({ vbiosRim: 'GR100_081D_9900230000', driverRim: 'NV_GPU_DRIVER_GR100_999.01' })
    const other = await read(makeContents(PARTS, ['https://rim.example/v1/rim/GR100_081D_9900230000']))
    expect(other.contents?.manifests).toEqual([])
    expect(other.identity.vbiosRim).toBe('NV_GPU_VBIOS_D000_0001_900_9600D9000F')
  })
  it('leaves out what points at no block, or at a number that two blocks have', async () => {
    const { contents } = await read(makeContents([...PARTS, { arc: 11, number: 9, block: 200 }], []), 3)
    expect(contents?.parts.map(({ name }) => name)).toEqual([`${ARC}.10.100.5 BCRC`, `${ARC}.10.100.5 BCRD`])
  })
  it('never throws, whatever stands there', async () => {
    const whole = makeContents(PARTS, [`${URL}GR100_081D_9900230000`])
    for (let at = 0; at < whole.length; at += 3) {
      const bent = Uint8Array.from(whole, (byte, i) => (i === at ? byte ^ 0x55 : byte))
      await expect(read(bent)).resolves.toBeDefined()
      await expect(read(whole.slice(0, at))).resolves.toBeDefined()
    }
  })
})
