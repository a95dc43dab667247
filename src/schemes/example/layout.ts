import { ascii, bits, bytes, reserved, struct, u16le } from '../../bytes/layout.ts'

/** The toy format: one struct, signed by one key. The table of a real specification reads no differently. */
export const note = struct('exampleNote')
  .field('magic', ascii(4), 'MAGIC')
  .field('version', u16le({ 1: 'first version' }), 'VERSION')
  .field('flags', bits('exampleFlags', 2, [{ name: 'DEBUG', from: 0 }]), 'FLAGS')
  .field('measurement', bytes(32), 'MEASUREMENT')
  .field('reportData', bytes(32), 'REPORT_DATA')
  .field('reserved', reserved(8), 'RESERVED')

/** The signed bytes, then the signature over them. */
export const signedNote = struct('exampleSignedNote')
  .field('note', note, 'NOTE')
  .field('signature', bytes(64), 'SIGNATURE')

/** Four letters that start every note. */
export const MAGIC = 'AEX1'
