import type { HashLabel } from '../../core/derived.ts'
import type { Slice } from '../../core/place.ts'
import type { EvidenceFormat, Register } from '../../core/scheme.ts'
import { fromHex } from '../../bytes/layout.ts'
import { member, readJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { FORMATS } from './decoded.ts'

/** Values of PCRs as programs print them: `{"sha256": {"0": "…"}}`, the values of one bank alone, or go-attestation's list. Nobody signs them. */

const BANKS: readonly HashLabel[] = ['sha1', 'sha256', 'sha384', 'sha512', 'sm3']
const BY_SIZE: Readonly<Record<number, HashLabel>> = { 20: 'sha1', 32: 'sha256', 48: 'sha384', 64: 'sha512' }

const bankOf = (name: string): HashLabel | undefined =>
  BANKS.find((bank) => bank === name.toLowerCase().replace(/[-_]/g, '').replace('sm3256', 'sm3'))

/** The values of one bank. */
function valuesIn(bank: HashLabel | undefined, value: JsonValue, path: string): Register[] {
  if (value.kind !== 'object') return []
  return value.members.slice(0, 64).flatMap(({ key, value: own }): Register[] => {
    const number = /^(?:pcr[-_ ]?)?(\d{1,2})$/i.exec(key)?.[1]
    const bytes = fromHex((textOf(own) ?? '-').replace(/^0x/i, '').toLowerCase())
    const hash = bank ?? BY_SIZE[bytes?.length ?? 0]
    if (number === undefined || !bytes || hash === undefined) return []
    const where = path === '' ? key : `${path}.${key}`
    return [
      {
        name: `PCR${Number(number)}`,
        hash,
        identity: false,
        value: { path: where, ranges: [own.range], value: bytes },
      },
    ]
  })
}

/** All values that a text gives. */
function registersIn(value: JsonValue | undefined): Register[] {
  if (value?.kind !== 'object') return []
  const banks = value.members.flatMap(({ key, value: own }) => {
    const bank = bankOf(key)
    return bank ? valuesIn(bank, own, key) : []
  })
  return banks.length > 0
    ? banks
    : valuesIn(undefined, member(value, 'pcrs') ?? value, member(value, 'pcrs') ? 'pcrs' : '')
}

/** A list of values by number. */
export const pcrMapFormat: EvidenceFormat<Slice> = {
  id: FORMATS.pcrMap,
  message: 'supporting',
  title: 'format.tpm2.pcr-map',
  decode(slice) {
    const reading = readJson(slice)
    return {
      tree: () => reading.node,
      decoded: slice,
      spaces: () => [],
      problems: [],
      inner: [],
      expand: (path, from, to) => reading.expand(path, from, to) ?? [],
    }
  },
  facts: (slice) => ({ measurements: registersIn(readJson(slice).value) }),
}
