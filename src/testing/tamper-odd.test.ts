import { entries } from '../engine/registry.ts'
import { tampering } from './tamper-suite.ts'

// Every second scheme; the others are in the file beside this one.
tampering(entries.filter((_, index) => index % 2 === 1))
