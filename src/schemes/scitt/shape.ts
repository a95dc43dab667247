import type { CborKey, CborShape } from '../../bytes/cbor-node.ts'
import { ANY_CBOR } from '../../bytes/cbor-node.ts'
import { COSE_ALGORITHMS } from '../../envelope/cose.ts'

/** The layout of a statement (draft-ietf-scitt-architecture section 6, draft-ietf-cose-hash-envelope, draft-ietf-cose-merkle-tree-proofs). */

const HASHES: Readonly<Record<string, string>> = { '-16': 'SHA-256', '-43': 'SHA-384', '-44': 'SHA-512' }

const cwtClaims: CborShape = {
  keys: [
    { key: 1, name: 'iss', doc: 'field.scitt.iss', type: 'tstr' },
    { key: 2, name: 'sub', doc: 'field.scitt.sub', type: 'tstr' },
    { key: 6, name: 'iat', doc: 'field.scitt.iat', type: 'int', time: 's' },
    { key: 'svn', name: 'svn', doc: 'field.scitt.svn', type: 'uint' },
  ],
}

const header: readonly CborKey[] = [
  { key: 1, name: 'alg', doc: 'field.cose.alg', type: 'int', symbols: COSE_ALGORITHMS },
  { key: 2, name: 'crit', doc: 'field.cose.crit', type: '[+ label]' },
  { key: 3, name: 'contentType', label: 'content type', doc: 'field.cose.contentType', type: 'tstr / uint' },
  { key: 4, name: 'kid', doc: 'field.cose.kid', type: 'bstr' },
  { key: 15, name: 'cwtClaims', label: 'CWT claims', doc: 'field.cose.cwtClaims', type: 'map', ...cwtClaims },
  { key: 33, name: 'x5chain', doc: 'field.cose.x5chain', type: 'bstr / [+ bstr]' },
  { key: 34, name: 'x5t', doc: 'field.cose.x5t', type: '[alg, bstr]' },
  {
    key: 258,
    name: 'payloadHashAlg',
    label: 'payload hash algorithm',
    doc: 'field.scitt.payloadHashAlg',
    type: 'int',
    symbols: HASHES,
  },
  {
    key: 259,
    name: 'preimageType',
    label: 'preimage content type',
    doc: 'field.scitt.preimageType',
    type: 'tstr / uint',
  },
  {
    key: 395,
    name: 'vds',
    label: 'verifiable data structure',
    doc: 'field.scitt.vds',
    type: 'int',
    symbols: { '1': 'RFC9162_SHA256', '2': 'CCF_LEDGER_SHA256' },
  },
  { key: 'iss', name: 'iss', doc: 'field.scitt.iss', type: 'tstr' },
  { key: 'feed', name: 'feed', doc: 'field.scitt.sub', type: 'tstr' },
  { key: 'signingtime', name: 'signingtime', doc: 'field.scitt.iat', type: 'time' },
  { key: 'attestedsvc', name: 'attestedsvc', doc: 'field.scitt.attestedsvc', type: 'map' },
]

const receipt: CborShape = {
  content: {
    positions: [
      { key: 0, name: 'protected', doc: 'field.cose.protected', type: 'bstr .cbor header_map', cbor: { keys: header } },
      {
        key: 1,
        name: 'unprotected',
        doc: 'field.cose.unprotected',
        type: 'header_map',
        keys: [{ key: 396, name: 'proofs', label: 'verifiable data proofs', doc: 'field.scitt.proofs', type: 'map' }],
      },
      { key: 2, name: 'payload', doc: 'field.scitt.detached', type: 'nil' },
      { key: 3, name: 'signature', doc: 'field.cose.signature', type: 'bstr' },
    ],
  },
}

const message: CborShape = {
  positions: [
    { key: 0, name: 'protected', doc: 'field.cose.protected', type: 'bstr .cbor header_map', cbor: { keys: header } },
    {
      key: 1,
      name: 'unprotected',
      doc: 'field.cose.unprotected',
      type: 'header_map',
      keys: [
        {
          key: 394,
          name: 'receipts',
          doc: 'field.scitt.receipts',
          type: '[+ bstr .cbor receipt]',
          element: { doc: 'field.scitt.receipt', type: 'bstr .cbor COSE_Sign1', cbor: receipt },
        },
        { key: 'timestamp', name: 'timestamp', doc: 'field.scitt.timestamp', type: 'bstr' },
      ],
    },
    { key: 2, name: 'payload', doc: 'field.cose.payload', type: 'bstr', ...ANY_CBOR },
    { key: 3, name: 'signature', doc: 'field.cose.signature', type: 'bstr' },
  ],
}

/** A COSE_Sign1 around a statement, with or without its tag. */
export const statementShape: CborShape = message
