import type { FieldNode } from '../../core/field.ts'
import type { Slice } from '../../core/place.ts'
import type { CborKey, CborShape } from '../../bytes/cbor-node.ts'
import { certificateNode } from '../../pki/certificate.ts'

/** Certificates inside the document open down to their fields. */
const asCertificate = (content: Slice, path: string, label: string): FieldNode => certificateNode(content, path, label)

/** What AWS says about each register. An enclave fills 0–4 and 8; the rest is the enclave's own to extend. */
const ENCLAVE_PCRS: readonly CborKey[] = Array.from({ length: 32 }, (_, index) => ({ key: index, name: `PCR${index}`, doc: `field.nitroPcr.${[0, 1, 2, 3, 4, 8].includes(index) ? index : 'user'}`, type: 'bstr .size (32 / 48 / 64)' }))

const TPM_PCRS: readonly CborKey[] = Array.from({ length: 32 }, (_, index) => ({ key: index, name: `PCR${index}`, doc: `field.nitroTpmPcr.${[4, 7, 12].includes(index) ? index : 'other'}`, type: 'bstr .size (32 / 48 / 64)' }))

/** What Huawei says about each register of a QingTian enclave: 0–15 are the system's, all zero in debug mode; 16–31 are the enclave's own. */
const QINGTIAN_PCRS: readonly CborKey[] = Array.from({ length: 32 }, (_, index) => ({ key: index, name: `PCR${index}`, doc: `field.qingtianPcr.${[0, 3, 4, 8].includes(index) ? index : index < 16 ? 'system' : 'user'}`, type: 'bstr .size 48' }))

/** The members of a document, as in AWS' CDDL. Those marked as optional are written as null by real enclaves, although the text says that no field may be. */
const COMMON: readonly CborKey[] = [
  { key: 'certificate', name: 'certificate', doc: 'field.nitroDocument.certificate', type: 'bstr .size (1..1024)', inside: asCertificate },
  { key: 'cabundle', name: 'cabundle', doc: 'field.nitroDocument.cabundle', type: '[+ bstr .size (1..1024)]', element: { doc: 'field.nitroDocument.cabundleEntry', inside: asCertificate } },
  { key: 'public_key', name: 'public_key', doc: 'field.nitroDocument.publicKey', type: 'bstr .size (1..1024) / null' },
  { key: 'user_data', name: 'user_data', doc: 'field.nitroDocument.userData', type: 'bstr .size (0..1024) / null' },
  { key: 'nonce', name: 'nonce', doc: 'field.nitroDocument.nonce', type: 'bstr .size (0..1024) / null' },
]

const HEAD: readonly CborKey[] = [
  { key: 'module_id', name: 'module_id', doc: 'field.nitroDocument.moduleId', type: 'tstr' },
  { key: 'digest', name: 'digest', doc: 'field.nitroDocument.digest', type: '"SHA384"' },
  { key: 'timestamp', name: 'timestamp', doc: 'field.nitroDocument.timestamp', type: 'uint', time: 'ms' },
]

/** Attestation document of an enclave. */
export const enclaveDocument: CborShape = { keys: [...HEAD, { key: 'pcrs', name: 'pcrs', doc: 'field.nitroDocument.pcrs', type: '{1..32 => bstr}', keys: ENCLAVE_PCRS }, ...COMMON] }

/** Attestation document of an instance with NitroTPM: the same envelope, but the registers speak about an ordinary boot. */
export const tpmDocument: CborShape = { keys: [...HEAD, { key: 'nitrotpm_pcrs', name: 'nitrotpm_pcrs', doc: 'field.nitroDocument.nitroTpmPcrs', type: '{1..32 => bstr}', keys: TPM_PCRS }, ...COMMON] }

/** Attestation document of a QingTian enclave. Huawei's CDDL calls the key `pubkey`; documents that were met say `public_key`. */
export const qingtianDocument: CborShape = {
  keys: [...HEAD, { key: 'pcrs', name: 'pcrs', doc: 'field.nitroDocument.pcrs', type: '{0..31 => bstr}', keys: QINGTIAN_PCRS }, ...COMMON, { key: 'pubkey', name: 'pubkey', doc: 'field.nitroDocument.publicKey', type: 'bstr .size (0..4096)' }],
}
