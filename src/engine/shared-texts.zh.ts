import { zh as cbor } from '../bytes/cbor-texts.zh.ts'
import { zh as bytes } from '../bytes/texts.zh.ts'
import { zh as cose } from '../envelope/cose-texts.zh.ts'
import { zh as pki } from '../pki/texts.zh.ts'
import { zh as unwrap } from '../unwrap/texts.zh.ts'
import { zh as statements } from './statement-texts.zh.ts'
import { zh as engine } from './texts.zh.ts'

/** Texts of the rooms that all schemes share. */
export const zh: Readonly<Record<string, string>> = { ...bytes, ...cbor, ...cose, ...pki, ...unwrap, ...statements, ...engine }
