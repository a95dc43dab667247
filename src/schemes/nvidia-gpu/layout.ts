import { array, bytes, mapped, struct, u16le, u24le, u8 } from '../../bytes/layout.ts'
import { opaqueNode, readOpaque } from './opaque.ts'

const SPDM_VERSIONS = { 0x11: 'SPDM 1.1', 0x12: 'SPDM 1.2', 0x13: 'SPDM 1.3' }

/** GET_MEASUREMENTS (DSP0274 1.1 table 34). */
export const request = struct('nvidiaRequest')
  .field('version', u8(SPDM_VERSIONS), 'SPDMVersion')
  .field('code', u8({ 0xe0: 'GET_MEASUREMENTS' }), 'RequestResponseCode')
  .field('attributes', u8({ 1: 'signature requested' }), 'Param1')
  .field('operation', u8({ 0xff: 'all measurements' }), 'Param2')
  .field('nonce', bytes(32), 'Nonce')
  .field('slot', u8(), 'SlotIDParam')

const VALUE_TYPES = {
  0: 'immutable ROM, digest',
  1: 'mutable firmware, digest',
  2: 'hardware configuration, digest',
  3: 'firmware configuration, digest',
  0x8a: 'structured manifest, raw',
}

/** One measurement block, DMTF form (DSP0274 1.1 tables 36 and 37). */
export const block = struct('nvidiaBlock')
  .field('index', u8(), 'Index')
  .field('specification', u8({ 1: 'DMTF' }), 'MeasurementSpecification')
  .field('size', u16le(), 'MeasurementSize')
  .field('type', u8(VALUE_TYPES), 'DMTFSpecMeasurementValueType')
  .field('valueSize', u16le(), 'DMTFSpecMeasurementValueSize')
  .field('value', ({ valueSize }) => bytes(valueSize.value), 'DMTFSpecMeasurementValue')

/** MEASUREMENTS, up to its signature. */
export const response = struct('nvidiaResponse')
  .field('version', u8(SPDM_VERSIONS), 'SPDMVersion')
  .field('code', u8({ 0x60: 'MEASUREMENTS' }), 'RequestResponseCode')
  .field('param1', u8(), 'Param1')
  .field('param2', u8(), 'Param2')
  .field('blocks', u8(), 'NumberOfBlocks')
  .field('recordLength', u24le(), 'MeasurementRecordLength')
  .field('record', ({ blocks }) => array(blocks.value, block), 'MeasurementRecord')
  .field('nonce', bytes(32), 'Nonce')
  .field('opaqueLength', u16le(), 'OpaqueLength')
  .field(
    'opaque',
    ({ opaqueLength }) =>
      mapped(
        bytes(opaqueLength.value),
        (value) => ({ ...value, content: readOpaque(value.slice, value.path) }),
        (node, value) => opaqueNode(node, value.slice),
      ),
    'OpaqueData',
  )

/** Request and response as NVIDIA's drivers hand them over; the signature covers everything before it. */
export const report = struct('nvidiaReport')
  .field('request', request, 'GET_MEASUREMENTS')
  .field('response', response, 'MEASUREMENTS')
  .field('signature', bytes(96), 'Signature')

/** A report that was read whole. */
export type Report = NonNullable<ReturnType<typeof report.read>['value']>
