import type { SchemeEntry } from '../../core/scheme.ts'
import { say } from '../../core/saying.ts'

/** A complete toy scheme: copy this folder to add a TEE. */
export const entry: SchemeEntry = {
  id: 'example',
  formats: ['example.note'],
  detectors: [
    (slice) => {
      const magic = [0x41, 0x45, 0x58, 0x31]
      const fits = magic.every((byte, i) => slice.start + i < slice.end && slice.bytes[slice.start + i] === byte)
      return fits ? { format: 'example.note', score: 0.9, because: say('detect.example.magic') } : undefined
    },
  ],
  texts: { en: async () => (await import('./texts.en.ts')).en, zh: async () => (await import('./texts.zh.ts')).zh },
  load: async () => (await import('./scheme.ts')).scheme,
}
