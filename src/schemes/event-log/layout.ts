import { ascii, bytes, struct, u16le, u32be, u32le, u64le, u8, array, type Bytes, type Layout } from '../../bytes/layout.ts'
import { EVENT_TYPES } from './event-types.ts'

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

/** UEFI_VARIABLE_DATA. */
export const variable = struct('uefiVariable')
  .field('variableName', bytes(16))
  .field('unicodeNameLength', u64le())
  .field('variableDataLength', u64le())
  .field('unicodeName', (soFar) => bytes(Math.min(Number(soFar.unicodeNameLength.value), 4096) * 2))
  .field('variableData', (soFar) => bytes(Math.min(Number(soFar.variableDataLength.value), 0x7fffffff)))

/** UEFI_IMAGE_LOAD_EVENT. */
export const imageLoad = struct('imageLoad')
  .field('imageLocationInMemory', u64le())
  .field('imageLengthInMemory', u64le())
  .field('imageLinkTimeAddress', u64le())
  .field('lengthOfDevicePath', u64le())
  .field('devicePath', (soFar) => bytes(Math.min(Number(soFar.lengthOfDevicePath.value), 0x7fffffff)))

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

/** A TLV of a canonical event log: type, big-endian length, value. */
export const tlvHead = struct('celTlv').field('type', u8()).field('length', u32be())

