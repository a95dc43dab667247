import { expect, it } from 'vitest'
import { sliceOf } from '../../core/place.ts'
import { tilingFaults } from '../../bytes/layout.ts'
import { claimsFormat, unsignedClaims } from './claims.ts'
import { FORMATS } from './formats.ts'
import { entry } from './index.ts'

const text = (value: object) => sliceOf('', new TextEncoder().encode(JSON.stringify(value)))
const detect = (value: object) => entry.detectors.flatMap((one) => one(text(value)) ?? []).map((one) => one.format)

const CLAIMS = {
  measres: 'success',
  secboot: true,
  'x-nvidia-gpu-driver-version': '999.01',
  'x-nvidia-cert': { status: 'good' },
}
const LOCAL = { claims: [{ ...CLAIMS, 'x-nvidia-device-type': 'gpu' }], detached_eat: [], result_code: 0 }

it('knows results without a signature in both forms, and what tools print', () => {
  expect(detect(LOCAL)).toEqual([FORMATS.claims])
  expect(detect({ 'GPU-0': CLAIMS })).toEqual([FORMATS.claims])
  expect(detect({ SPDMVersion: '0x11', RequestResponseCode: '0x60', Param1: '0x00', NumberOfBlocks: 64 })).toEqual([
    FORMATS.parsed,
  ])
  expect(detect({ instances: [{ instance_id: 'a', e2e_pubkey: 'AAAA' }], nonces: [] })).toEqual([FORMATS.instances])
  expect(detect({ claims: [{ measres: 'success' }] })).toEqual([])
})
it('quotes each claim under its device, and never makes evidence of it', () => {
  expect(unsignedClaims(text(LOCAL))).toContainEqual({ name: 'GPU-0.x-nvidia-cert.status', value: 'good' })
  expect(unsignedClaims(text(LOCAL))).toContainEqual({ name: 'result_code', value: '0' })
  expect(unsignedClaims(text({ 'GPU-0': CLAIMS }))).toContainEqual({ name: 'GPU-0.secboot', value: 'true' })
  expect(claimsFormat.message).toBe('supporting')
})
it('tiles its bytes', () => {
  expect(tilingFaults(claimsFormat.decode(text(LOCAL), { hints: {} }).tree(), text(LOCAL))).toEqual({
    holes: [],
    overlaps: [],
  })
})
