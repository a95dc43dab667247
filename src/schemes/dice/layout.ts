import type { CborKey, CborShape } from '../../bytes/cbor-node.ts'

/** DiceTcbInfo, TCG DICE Attestation Architecture 1.1 section 6.1.1: IMPLICIT context tags. */
export const TCB_INFO_MEMBERS = ['vendor', 'model', 'version', 'svn', 'layer', 'index', 'fwids', 'flags', 'vendorInfo', 'type', 'flagsMask'] as const
export type TcbInfoMember = (typeof TCB_INFO_MEMBERS)[number]

/** Operational flags, first bit first (section 6.1.1). Newer profiles name more; those make no statement here. */
export const FLAGS = ['notConfigured', 'notSecure', 'recovery', 'debug'] as const

/** Open DICE, section "X.509 certificates": EXPLICIT context tags. */
export const OPEN_DICE_MEMBERS = ['codeHash', 'codeDescriptor', 'configurationHash', 'configurationDescriptor', 'authorityHash', 'authorityDescriptor', 'mode', 'profileName'] as const
export type OpenDiceMember = (typeof OPEN_DICE_MEMBERS)[number]

/** Open DICE, section "Mode value details". */
export const MODES: Readonly<Record<string, string>> = { '0': 'not configured', '1': 'normal', '2': 'debug', '3': 'maintenance' }

const COSE_KEY: CborShape = { keys: [{ key: 1, name: 'kty' }, { key: 2, name: 'kid' }, { key: 3, name: 'alg' }, { key: 4, name: 'key_ops' }, { key: -1, name: 'crv' }, { key: -2, name: 'x' }, { key: -3, name: 'y' }] }

/** Open DICE, section "CBOR certificates": claims of the CWT. */
const CLAIMS: readonly CborKey[] = [
  { key: 1, name: 'iss', doc: 'field.dice.iss', type: 'tstr' },
  { key: 2, name: 'sub', doc: 'field.dice.sub', type: 'tstr' },
  { key: -4670545, name: 'codeHash', doc: 'field.dice.codeHash', type: 'bstr' },
  { key: -4670546, name: 'codeDescriptor', doc: 'field.dice.codeDescriptor', type: 'bstr' },
  { key: -4670547, name: 'configurationHash', doc: 'field.dice.configurationHash', type: 'bstr' },
  { key: -4670548, name: 'configurationDescriptor', doc: 'field.dice.configurationDescriptor', type: 'bstr' },
  { key: -4670549, name: 'authorityHash', doc: 'field.dice.authorityHash', type: 'bstr' },
  { key: -4670550, name: 'authorityDescriptor', doc: 'field.dice.authorityDescriptor', type: 'bstr' },
  { key: -4670551, name: 'mode', doc: 'field.dice.mode', type: 'bstr / uint' },
  { key: -4670552, name: 'subjectPublicKey', doc: 'field.dice.subjectPublicKey', type: 'bstr .cbor COSE_Key', cbor: COSE_KEY },
  { key: -4670553, name: 'keyUsage', doc: 'field.dice.keyUsage', type: 'bstr .size 1' },
  { key: -4670554, name: 'profileName', doc: 'field.dice.profileName', type: 'tstr' },
]
export const claimsShape: CborShape = { keys: CLAIMS }
export const keyShape: CborShape = COSE_KEY
export const CLAIM_KEYS: Readonly<Record<string, number>> = Object.fromEntries(CLAIMS.map(({ key, name }) => [name, Number(key)]))
