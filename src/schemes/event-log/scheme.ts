import type { Scheme } from '../../core/scheme.ts'
import { celCborFormat } from './cel-cbor.ts'
import { celJsonFormat, systemdFormat } from './cel-json.ts'
import { celTlvFormat } from './cel-tlv.ts'
import { dstackJsonFormat } from './dstack.ts'
import { dstackScaleFormat } from './scale.ts'
import { imaFormats } from './ima-format.ts'
import { samples } from './samples.ts'
import { ccelTableFormat, tcgFormats } from './tcg-format.ts'

export const scheme: Scheme = {
  id: 'event-log',
  formats: [
    ...tcgFormats,
    ccelTableFormat,
    celTlvFormat,
    celJsonFormat,
    celCborFormat,
    ...imaFormats,
    systemdFormat,
    dstackJsonFormat,
    dstackScaleFormat,
  ],
  appraisers: [],
  anchors: [],
  samples,
}
