import { expect, it } from 'vitest'
import { FORMATS } from '../formats.ts'
import { context, prepared } from '../testing.ts'
import { namesRegisters } from './names-registers.ts'

const A = 'a1'.repeat(48)
const B = 'b2'.repeat(48)
const H = 'c3'.repeat(32)

const LISTS: readonly (readonly [string, unknown, readonly string[]])[] = [
  [
    FORMATS.contrast,
    {
      Policies: { [H]: {} },
      ReferenceValues: { snp: [{ TrustedMeasurement: A }], tdx: [{ MrTd: A, MrSeam: '', Rtmrs: [A, B, A, B] }] },
    },
    ['MEASUREMENT HOST_DATA', 'MRTD RTMR0 RTMR1 RTMR2 RTMR3'],
  ],
  [
    FORMATS.rvps,
    { version: '0.1.0', type: 'sample', payload: btoa(JSON.stringify({ mr_td: [A, B], unheard_of: ['x'] })) },
    ['MRTD'],
  ],
  [FORMATS.rvps, { version: '0.1.0', name: 'rtmr_1', expiration: '2027-01-01T00:00:00Z', value: [A] }, ['RTMR1']],
  [
    FORMATS.constellation,
    {
      version: 'v2',
      list: [
        { csp: 'Azure', attestationVariant: 'azure-sev-snp', measurements: { '4': { expected: H, warnOnly: false } } },
      ],
    },
    ['PCR4'],
  ],
  [
    FORMATS.measurements,
    [
      {
        measurement_id: 'a',
        attestation_type: 'azure-tdx',
        measurements: { '4': { expected: H }, '9': { expected: H } },
      },
      {
        measurement_id: 'b',
        attestation_type: 'dcap-tdx',
        measurements: { '0': { expected: A }, '2': { expected: B } },
      },
    ],
    ['PCR4 PCR9', 'MRTD RTMR1'],
  ],
  [FORMATS.enclave, { Measurements: { HashAlgorithm: 'Sha384', PCR0: A, PCR1: B } }, ['PCR0 PCR1']],
]

it('passes for each kind of list, one group an entry', async () => {
  for (const [format, value, groups] of LISTS) {
    const all = await prepared(format, JSON.stringify(value))
    expect(all.statement?.groups.map((group) => group.values.map((one) => one.register).join(' '))).toEqual(groups)
    expect(namesRegisters.run(all, context)).toMatchObject({ outcome: 'pass' })
  }
})
it('fails for what is no JSON, and is not checked where nothing is named', async () => {
  expect(namesRegisters.run(await prepared(FORMATS.contrast, '{'), context)).toMatchObject({ outcome: 'fail' })
  expect(namesRegisters.run(await prepared(FORMATS.contrast, '{"Policies":{}}'), context)).toMatchObject({
    outcome: 'not-checked',
  })
})
