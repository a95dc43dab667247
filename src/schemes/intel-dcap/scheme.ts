// STUB by the owner until the appraise half lands; replace whole.
import type { Scheme } from '../../core/scheme.ts'
import { intelFormats as formats } from './formats.ts'
import { en } from './texts-fields.en.ts'
import { zh } from './texts-fields.zh.ts'

export const scheme: Scheme = { id: 'intel-dcap', formats, appraisers: [], anchors: [], texts: { en, zh }, samples: [] }
