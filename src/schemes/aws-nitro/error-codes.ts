import type { ErrorCode } from '../../core/error-code.ts'

const NSM = 'aws/aws-nitro-enclaves-nsm-api, src/api/mod.rs'

const row = (name: string, en: string, zh: string, remedyEn: string, remedyZh: string): ErrorCode => ({
  names: [name],
  by: 'Nitro Secure Module (NSM)',
  means: { en, zh },
  remedy: { en: remedyEn, zh: remedyZh },
  source: NSM,
})

/** Answers of the Nitro Secure Module. */
export const errorCodes: readonly ErrorCode[] = [
  row(
    'ReadOnlyIndex',
    'That PCR is locked: PCR0 to PCR15 cannot be extended by the enclave, and locked ones no more.',
    '该 PCR 已锁定：enclave 不能扩展 PCR0 至 PCR15，已锁定的也不能再扩展。',
    'Extend PCR16 or above, before it is locked.',
    '改为扩展 PCR16 及以上，并在锁定之前进行。',
  ),
  row(
    'InputTooLarge',
    'User data or nonce may have 512 bytes, a public key 1,024.',
    '用户数据与随机数各不超过 512 字节，公钥不超过 1,024 字节。',
    'Put a hash of the data into the document instead.',
    '改为在文档中放入数据的哈希。',
  ),
  row(
    'BufferTooSmall',
    'The buffer for the document is too small.',
    '存放文档的缓冲区太小。',
    'Give the module 16 KiB.',
    '为其提供 16 KiB。',
  ),
]
