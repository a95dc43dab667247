import { ascii, bytes, mapped, rest, struct, u16le, u32le, u64le, u8, array, type Bytes, type Layout } from '../../bytes/layout.ts'
import { EVENT_TYPES } from './event-types.ts'
import { KEY_VARIABLES, SIGNATURE_TYPES } from './signature-list.ts'
import { repeated, within } from './within.ts'
import { guidText } from './variable.ts'

/** TCG_PCClientPCREvent, as the specification prints it. */
export const oldEventLayout = struct('tcgEvent')
  .field('pcrIndex', u32le())
  .field('eventType', u32le(EVENT_TYPES))
  .field('digest', bytes(20))
  .field('eventSize', u32le())

const ALGORITHMS = { 0x04: 'SHA-1', 0x0b: 'SHA-256', 0x0c: 'SHA-384', 0x0d: 'SHA-512', 0x12: 'SM3' } as const

const digestLayout = (sizes: ReadonlyMap<number, number>) =>
  struct('tcgDigest')
    .field('hashAlg', u16le(ALGORITHMS))
    .field('digest', (soFar): Layout<Bytes> => bytes(sizes.get(soFar.hashAlg.value) ?? 0))

/** TCG_PCR_EVENT2. */
export const newEventLayout = (sizes: ReadonlyMap<number, number>) =>
  struct('tcgEvent2')
    .field('pcrIndex', u32le())
    .field('eventType', u32le(EVENT_TYPES))
    .field('digestCount', u32le())
    .field('digests', (soFar) => array(Math.min(soFar.digestCount.value, 16), digestLayout(sizes)))
    .field('eventSize', u32le())

const bank = struct('tcgBank').field('algorithmId', u16le(ALGORITHMS)).field('digestSize', u16le())

/** TCG_EfiSpecIDEvent: the first event's data. */
export const specId = struct('specId')
  .field('signature', ascii(16))
  .field('platformClass', u32le({ 0: 'client', 1: 'server' }))
  .field('specVersionMinor', u8())
  .field('specVersionMajor', u8())
  .field('specErrata', u8())
  .field('uintnSize', u8({ 1: '32 bit', 2: '64 bit' }))
  .field('numberOfAlgorithms', u32le())
  .field('digestSizes', (soFar) => array(Math.min(soFar.numberOfAlgorithms.value, 16), bank))
  .field('vendorInfoSize', u8())
  .field('vendorInfo', (soFar) => bytes(soFar.vendorInfoSize.value))

/** A GUID with its name where it has one. */
function guid(names: Readonly<Record<string, string>>): Layout<Bytes> {
  return mapped(
    bytes(16),
    (value) => value,
    (node, { value }) => {
      const symbol = names[guidText(value)]
      return { ...node, value: { kind: 'text', text: guidText(value) }, ...(symbol === undefined ? {} : { symbol }) }
    },
  )
}

/** UTF-16 up to its NUL, which belongs to it. */
function wideText(): Layout<Bytes> {
  return {
    size: undefined,
    rows: () => [{ name: '', label: '', type: 'UTF-16' }],
    read(slice, path, label) {
      let at = slice.start
      while (at + 2 <= slice.end && (slice.bytes[at] !== 0 || slice.bytes[at + 1] !== 0)) at += 2
      return bytes(Math.min(slice.end, at + 2) - slice.start).read(slice, path, label)
    },
  }
}

/** A node of a device path: UEFI 2.11, 10.3. */
const pathNode = struct('devicePath')
  .field('type', u8({ 1: 'hardware', 2: 'ACPI', 3: 'messaging', 4: 'media', 5: 'BIOS boot', 0x7f: 'end' }))
  .field('subType', u8())
  .field('length', u16le())
  .field('data', (soFar) => bytes(Math.max(0, soFar.length.value - 4)))
const devicePath = repeated(pathNode, 64)

const signatureData = (size: number) =>
  struct('signatureData')
    .field('signatureOwner', bytes(16))
    .field('signatureData', bytes(Math.max(0, size - 16)))

/** EFI_SIGNATURE_LIST. */
const signatureList = struct('signatureList')
  .field('signatureType', guid(SIGNATURE_TYPES))
  .field('signatureListSize', u32le())
  .field('signatureHeaderSize', u32le())
  .field('signatureSize', u32le())
  .field('signatureHeader', (soFar) => bytes(soFar.signatureHeaderSize.value))
  .field('signatures', (soFar) => {
    const size = Math.max(17, soFar.signatureSize.value)
    const room = Math.max(0, soFar.signatureListSize.value - 28 - soFar.signatureHeaderSize.value)
    return array(Math.floor(room / size), signatureData(size))
  })

/** EFI_LOAD_OPTION, as Boot0000 holds it. */
const loadOption = struct('loadOption')
  .field('attributes', u32le())
  .field('filePathListLength', u16le())
  .field('description', wideText())
  .field('filePathList', (soFar) => within(soFar.filePathListLength.value, devicePath))
  .field('optionalData', rest())

/** What a variable of that name holds; undefined: bytes. */
function valueLayout(name: string): Layout<unknown> | undefined {
  if (KEY_VARIABLES.includes(name)) return repeated(signatureList, 64)
  if (name === 'BootOrder') return repeated(u16le(), 128)
  return /^Boot[0-9A-F]{4}$/.test(name) ? loadOption : undefined
}

const UTF16 = new TextDecoder('utf-16le')

/** UEFI_VARIABLE_DATA. */
export const variable = struct('uefiVariable')
  .field('variableName', bytes(16))
  .field('unicodeNameLength', u64le())
  .field('variableDataLength', u64le())
  .field('unicodeName', (soFar) => bytes(Math.min(Number(soFar.unicodeNameLength.value), 4096) * 2))
  .field('variableData', (soFar): Layout<unknown> => {
    const length = Math.min(Number(soFar.variableDataLength.value), 0x7fffffff)
    const inner = valueLayout(UTF16.decode(soFar.unicodeName.value))
    return inner ? within(length, inner) : bytes(length)
  })

/** The same where it names the entry that allowed a program. */
export const authority = struct('uefiVariable')
  .field('variableName', bytes(16))
  .field('unicodeNameLength', u64le())
  .field('variableDataLength', u64le())
  .field('unicodeName', (soFar) => bytes(Math.min(Number(soFar.unicodeNameLength.value), 4096) * 2))
  .field('variableData', (soFar): Layout<unknown> => {
    const length = Math.min(Number(soFar.variableDataLength.value), 0x7fffffff)
    const isKey = KEY_VARIABLES.includes(UTF16.decode(soFar.unicodeName.value))
    return isKey && length > 16 ? within(length, signatureData(length)) : bytes(length)
  })

/** UEFI_IMAGE_LOAD_EVENT. */
export const imageLoad = struct('imageLoad')
  .field('imageLocationInMemory', u64le())
  .field('imageLengthInMemory', u64le())
  .field('imageLinkTimeAddress', u64le())
  .field('lengthOfDevicePath', u64le())
  .field('devicePath', (soFar) => within(Math.min(Number(soFar.lengthOfDevicePath.value), 0x7fffffff), devicePath))

/** TCG_PCClientTaggedEvent. */
export const taggedEvent = struct('taggedEvent')
  .field('taggedEventId', u32le())
  .field('taggedEventDataSize', u32le())
  .field('taggedEventData', (soFar) => bytes(soFar.taggedEventDataSize.value))

/** UEFI_PLATFORM_FIRMWARE_BLOB and its second form. */
export const firmwareBlob = struct('firmwareBlob').field('blobBase', u64le()).field('blobLength', u64le())
export const firmwareBlob2 = struct('firmwareBlob2')
  .field('blobDescriptionSize', u8())
  .field('blobDescription', (soFar) => ascii(soFar.blobDescriptionSize.value))
  .field('blobBase', u64le())
  .field('blobLength', u64le())

const tablePointer = struct('tablePointer').field('vendorGuid', bytes(16)).field('vendorTable', u64le())

/** UEFI_HANDOFF_TABLE_POINTERS and its second form. */
export const handoffTables = struct('handoffTables')
  .field('numberOfTables', u64le())
  .field('tableEntry', (soFar) => array(Math.min(Number(soFar.numberOfTables.value), 256), tablePointer))
export const handoffTables2 = struct('handoffTables2')
  .field('tableDescriptionSize', u8())
  .field('tableDescription', (soFar) => ascii(soFar.tableDescriptionSize.value))
  .field('numberOfTables', u64le())
  .field('tableEntry', (soFar) => array(Math.min(Number(soFar.numberOfTables.value), 256), tablePointer))

const partition = struct('gptEntry')
  .field('partitionTypeGuid', bytes(16))
  .field('uniquePartitionGuid', bytes(16))
  .field('startingLba', u64le())
  .field('endingLba', u64le())
  .field('attributes', u64le())
  .field('partitionName', bytes(72))

/** UEFI_GPT_DATA. */
export const gptData = struct('gptData')
  .field('signature', ascii(8))
  .field('revision', u32le())
  .field('headerSize', u32le())
  .field('headerCrc32', u32le())
  .field('reserved', u32le())
  .field('myLba', u64le())
  .field('alternateLba', u64le())
  .field('firstUsableLba', u64le())
  .field('lastUsableLba', u64le())
  .field('diskGuid', bytes(16))
  .field('partitionEntryLba', u64le())
  .field('numberOfPartitionEntries', u32le())
  .field('sizeOfPartitionEntry', u32le())
  .field('partitionEntryArrayCrc32', u32le())
  .field('numberOfPartitions', u64le())
  .field('partitions', (soFar) => array(Math.min(Number(soFar.numberOfPartitions.value), 256), partition))

/** StartupLocality. */
export const startupLocality = struct('startupLocality').field('signature', ascii(16)).field('locality', u8())

/** The ACPI table that says where a CC log is. */
export const ccelTable = struct('ccelTable')
  .field('signature', ascii(4))
  .field('length', u32le())
  .field('revision', u8())
  .field('checksum', u8())
  .field('oemId', ascii(6))
  .field('oemTableId', ascii(8))
  .field('oemRevision', u32le())
  .field('creatorId', u32le())
  .field('creatorRevision', u32le())
  .field('ccType', u8({ 1: 'AMD SEV', 2: 'Intel TDX' }))
  .field('ccSubtype', u8())
  .field('reserved', u16le())
  .field('logAreaMinimumLength', u64le())
  .field('logAreaStartAddress', u64le())
