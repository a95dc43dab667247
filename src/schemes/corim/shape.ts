import type { CborKey, CborShape } from '../../bytes/cbor-node.ts'
import { COSE_ALGORITHMS } from '../../envelope/cose.ts'

/** The layout of CoRIM and CoMID (draft-ietf-rats-corim), read like its CDDL. */

const HASHES: Readonly<Record<string, string>> = { '1': 'sha-256', '7': 'sha-384', '8': 'sha-512' }

const digest: CborShape = {
  positions: [
    { key: 0, name: 'alg', doc: 'field.corim.alg', type: 'int / tstr', symbols: HASHES },
    { key: 1, name: 'value', doc: 'field.corim.digest', type: 'bstr' },
  ],
}

const classKeys: readonly CborKey[] = [
  { key: 0, name: 'classId', label: 'class-id', doc: 'field.corim.classId', type: 'tagged' },
  { key: 1, name: 'vendor', doc: 'field.corim.vendor', type: 'tstr' },
  { key: 2, name: 'model', doc: 'field.corim.model', type: 'tstr' },
  { key: 3, name: 'layer', doc: 'field.corim.layer', type: 'uint' },
  { key: 4, name: 'index', doc: 'field.corim.index', type: 'uint' },
]

const environment: CborShape = {
  keys: [
    { key: 0, name: 'class', doc: 'field.corim.class', type: 'map', keys: classKeys },
    { key: 1, name: 'instance', doc: 'field.corim.instance', type: 'tagged' },
    { key: 2, name: 'group', doc: 'field.corim.group', type: 'tagged' },
  ],
}

const values: readonly CborKey[] = [
  { key: 0, name: 'version', doc: 'field.corim.version', type: 'map' },
  { key: 1, name: 'svn', doc: 'field.corim.svn', type: 'uint / tagged' },
  { key: 2, name: 'digests', doc: 'field.corim.digests', type: '[+ digest]', element: digest },
  { key: 3, name: 'flags', doc: 'field.corim.flags', type: 'map' },
  { key: 4, name: 'rawValue', label: 'raw-value', doc: 'field.corim.rawValue', type: 'tagged' },
  { key: 5, name: 'rawValueMask', label: 'raw-value-mask', doc: 'field.corim.rawValueMask', type: 'bstr' },
  { key: 11, name: 'name', doc: 'field.corim.name', type: 'tstr' },
  {
    key: 12,
    name: 'spdmIndirect',
    label: 'spdm-indirect',
    doc: 'field.corim.spdmIndirect',
    type: 'map',
    keys: [{ key: 0, name: 'index', doc: 'field.corim.spdmIndex', type: '[+ uint]' }],
  },
  { key: 13, name: 'cryptokeys', doc: 'field.corim.cryptokeys', type: '[+ key]' },
  { key: 14, name: 'integrityRegisters', label: 'integrity-registers', doc: 'field.corim.registers', type: 'map' },
]

const measurement: CborShape = {
  keys: [
    { key: 0, name: 'mkey', doc: 'field.corim.mkey', type: 'any' },
    { key: 1, name: 'mval', doc: 'field.corim.mval', type: 'map', keys: values },
    { key: 2, name: 'authorizedBy', label: 'authorized-by', doc: 'field.corim.authorizedBy', type: '[+ key]' },
  ],
}

const triple: CborShape = {
  positions: [
    { key: 0, name: 'environment', doc: 'field.corim.environment', type: 'map', ...environment },
    { key: 1, name: 'measurements', doc: 'field.corim.measurements', type: '[+ measurement]', element: measurement },
  ],
}

const triples: readonly CborKey[] = [
  { key: 0, name: 'reference', doc: 'field.corim.reference', type: '[+ triple]', element: triple },
  { key: 1, name: 'endorsed', doc: 'field.corim.endorsed', type: '[+ triple]', element: triple },
  { key: 2, name: 'identityKey', label: 'identity-key', doc: 'field.corim.identityKey', type: '[+ triple]' },
  { key: 3, name: 'attestKey', label: 'attest-key', doc: 'field.corim.attestKey', type: '[+ triple]' },
]

export const comidShape: CborShape = {
  keys: [
    { key: 0, name: 'language', doc: 'field.corim.language', type: 'tstr' },
    { key: 1, name: 'tagIdentity', label: 'tag-identity', doc: 'field.corim.tagIdentity', type: 'map' },
    { key: 2, name: 'entities', doc: 'field.corim.entities', type: '[+ entity]' },
    { key: 3, name: 'linkedTags', label: 'linked-tags', doc: 'field.corim.linkedTags', type: '[+ link]' },
    { key: 4, name: 'triples', doc: 'field.corim.triples', type: 'map', keys: triples },
  ],
}

const taggedComid: CborShape = { content: { ...comidShape, cbor: comidShape } }

export const corimShape: CborShape = {
  keys: [
    { key: 0, name: 'id', doc: 'field.corim.id', type: 'tstr / bstr' },
    {
      key: 1,
      name: 'tags',
      doc: 'field.corim.tags',
      type: '[+ tag]',
      element: { ...taggedComid, cbor: taggedComid, doc: 'field.corim.tag' },
    },
    { key: 2, name: 'dependentRims', label: 'dependent-rims', doc: 'field.corim.dependentRims', type: '[+ rim]' },
    { key: 3, name: 'profile', doc: 'field.corim.profile', type: 'tstr / tagged' },
    { key: 4, name: 'validity', label: 'rim-validity', doc: 'field.corim.validity', type: 'map' },
    { key: 5, name: 'entities', doc: 'field.corim.entities', type: '[+ entity]' },
  ],
}

const header: readonly CborKey[] = [
  { key: 1, name: 'alg', doc: 'field.cose.alg', type: 'int', symbols: COSE_ALGORITHMS },
  { key: 3, name: 'contentType', label: 'content type', doc: 'field.cose.contentType', type: 'tstr' },
  { key: 4, name: 'kid', doc: 'field.cose.kid', type: 'bstr' },
  { key: 8, name: 'meta', label: 'corim-meta', doc: 'field.corim.meta', type: 'bstr .cbor map', cbor: {} },
  { key: 15, name: 'cwtClaims', label: 'CWT claims', doc: 'field.cose.cwtClaims', type: 'map' },
  { key: 33, name: 'x5chain', doc: 'field.cose.x5chain', type: 'bstr / [+ bstr]' },
]

export const signedShape: CborShape = {
  positions: [
    { key: 0, name: 'protected', doc: 'field.cose.protected', type: 'bstr .cbor header_map', cbor: { keys: header } },
    { key: 1, name: 'unprotected', doc: 'field.cose.unprotected', type: 'header_map' },
    {
      key: 2,
      name: 'payload',
      doc: 'field.cose.payload',
      type: 'bstr .cbor corim',
      cbor: { ...corimShape, content: corimShape },
    },
    { key: 3, name: 'signature', doc: 'field.cose.signature', type: 'bstr' },
  ],
}

/** Evidence in the form of CoMID (tag 571). */
export const evidenceShape: CborShape = {
  content: {
    keys: [
      {
        key: 0,
        name: 'evTriples',
        label: 'ev-triples',
        doc: 'field.corim.evTriples',
        type: 'map',
        keys: [{ key: 0, name: 'evidence', doc: 'field.corim.evidence', type: '[+ triple]', element: triple }],
      },
      { key: 1, name: 'evidenceId', label: 'evidence-id', doc: 'field.corim.id', type: 'any' },
      { key: 2, name: 'profile', doc: 'field.corim.profile', type: 'any' },
    ],
  },
}

/** Whose the measurements of an SPDM report are, and where the manifests for them lie (tag 570). */
export const contentsShape: CborShape = {
  content: {
    keys: [
      {
        key: 0,
        name: 'taggedEvidence',
        label: 'tagged-evidence',
        doc: 'field.corim.taggedEvidence',
        type: '[+ tagged]',
        element: evidenceShape,
      },
      {
        key: 1,
        name: 'rimLocators',
        label: 'rim-locators',
        doc: 'field.corim.rimLocators',
        type: '[+ locator]',
        element: {
          keys: [
            { key: 0, name: 'href', doc: 'field.corim.href', type: 'uri' },
            { key: 1, name: 'thumbprint', doc: 'field.corim.digest', type: 'digest' },
          ],
        },
      },
      { key: 2, name: 'profile', doc: 'field.corim.profile', type: 'uri / oid' },
    ],
  },
}
