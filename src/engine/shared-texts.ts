import { en as cborEn } from '../bytes/cbor-texts.en.ts'
import { zh as cborZh } from '../bytes/cbor-texts.zh.ts'
import { en as coseEn } from '../envelope/cose-texts.en.ts'
import { zh as coseZh } from '../envelope/cose-texts.zh.ts'
import { en as bytesEn } from '../bytes/texts.en.ts'
import { zh as bytesZh } from '../bytes/texts.zh.ts'
import { en as pkiEn } from '../pki/texts.en.ts'
import { zh as pkiZh } from '../pki/texts.zh.ts'
import { en as unwrapEn } from '../unwrap/texts.en.ts'
import { zh as unwrapZh } from '../unwrap/texts.zh.ts'
import { en as engineEn } from './texts.en.ts'
import { zh as engineZh } from './texts.zh.ts'

/** Texts of the rooms that all schemes share. */
export const en: Readonly<Record<string, string>> = { ...bytesEn, ...cborEn, ...coseEn, ...pkiEn, ...unwrapEn, ...engineEn }
export const zh: Readonly<Record<string, string>> = { ...bytesZh, ...cborZh, ...coseZh, ...pkiZh, ...unwrapZh, ...engineZh }
