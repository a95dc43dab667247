import { en as cbor } from '../bytes/cbor-texts.en.ts'
import { en as bytes } from '../bytes/texts.en.ts'
import { en as cose } from '../envelope/cose-texts.en.ts'
import { en as pki } from '../pki/texts.en.ts'
import { en as unwrap } from '../unwrap/texts.en.ts'
import { en as statements } from './statement-texts.en.ts'
import { en as engine } from './texts.en.ts'

/** Texts of the rooms that all schemes share. */
export const en: Readonly<Record<string, string>> = { ...bytes, ...cbor, ...cose, ...pki, ...unwrap, ...statements, ...engine }
