import type { Located } from '../../../core/place.ts'
import type { EvidenceFormat, Facts } from '../../../core/scheme.ts'
import { member, readJson, textOf, type JsonValue } from '../../../bytes/json.ts'
import { fromHex } from '../../../bytes/layout.ts'
import { bytesOf } from '../../../core/place.ts'
import { rsaSpki } from '../../../crypto/keys.ts'
import { base64Text } from '../../../envelope/base64.ts'
import { FORMATS } from '../decoded.ts'

/** The runtime data: JSON whose digest, over exactly these bytes, is in the user data of the hardware report. */
export interface RuntimeData {
  readonly attestationKey: Located<Uint8Array> | undefined
  readonly userData: string | undefined
  /** `user-data` as bytes: what a guest asked to have put into a fresh report. */
  readonly guestData: Located<Uint8Array> | undefined
}

/** The attestation key of the vTPM. Older machines list it with another use than signing; its name counts. */
const AK = 'HCLAkPub'

function keyOf(value: JsonValue | undefined): Located<Uint8Array> | undefined {
  if (value?.kind !== 'object' || textOf(member(value, 'kty')) !== 'RSA') return undefined
  const [n, e] = [decoded(textOf(member(value, 'n'))), decoded(textOf(member(value, 'e')))]
  return n && e ? { path: 'keys', ranges: [value.range], value: rsaSpki(n, e) } : undefined
}

function decoded(text: string | undefined): Uint8Array | undefined {
  const read = text === undefined ? undefined : base64Text(text)
  return read && bytesOf(read.slice)
}

function guestDataOf(value: JsonValue | undefined): Located<Uint8Array> | undefined {
  const data = member(value, 'user-data')
  const bytes = data?.kind === 'string' ? fromHex(data.text) : undefined
  return data && bytes && bytes.length > 0 ? { path: 'user-data', ranges: [data.range], value: bytes } : undefined
}

export const runtimeDataFormat: EvidenceFormat<RuntimeData> = {
  id: FORMATS.runtime,
  message: 'supporting',
  title: 'format.azure.runtime-data',
  decode(slice) {
    const reading = readJson(slice, '', 'runtime data')
    const { value, expand } = reading
    const keys = member(value, 'keys')
    const named = keys?.kind === 'array' ? keys.items.find((one) => textOf(member(one, 'kid')) === AK) : undefined
    return {
      tree: () => reading.node,
      decoded: {
        attestationKey: keyOf(named),
        userData: textOf(member(value, 'user-data')),
        guestData: guestDataOf(value),
      },
      spaces: () => [],
      problems: [],
      inner: [],
      expand: (path, from, to) => expand(path, from, to) ?? [],
    }
  },
  facts: ({ attestationKey, guestData }): Facts => ({
    isFromParavisor: true,
    measurements: [],
    ...(attestationKey ? { attestedKey: attestationKey } : {}),
    ...(guestData ? { userData: guestData } : {}),
  }),
}
