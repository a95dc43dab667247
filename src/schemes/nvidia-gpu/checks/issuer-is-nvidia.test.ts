import { expect, it } from 'vitest'
import { context, preparedReply } from '../testing.ts'
import { issuerIsNvidia } from './issuer-is-nvidia.ts'

it('passes on a good reply', async () => {
  expect(await issuerIsNvidia.run(await preparedReply(), context)).toMatchObject({ outcome: 'pass' })
})
it('fails on a name that looks like it, and leaves staging open', async () => {
  const alike = { issuer: 'https://nras.attestation.nvidia.com.example' }
  expect(await issuerIsNvidia.run(await preparedReply(alike), context)).toMatchObject({ outcome: 'fail' })
  const staging = { issuer: 'https://nras.attestation-stg.nvidia.com' }
  expect(await issuerIsNvidia.run(await preparedReply(staging), context)).toMatchObject({ outcome: 'not-checked' })
})
