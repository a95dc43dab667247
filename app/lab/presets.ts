import type { Declared, Move, Preset } from './preset.ts'

const P256 = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
const P384 = 'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973'
const zeros = (count: number) => '00'.repeat(count)

const RATS = { title: 'RFC 9334, 10', url: 'https://www.rfc-editor.org/rfc/rfc9334#section-10' }
const PSYCHIC = { title: 'CVE-2022-21449', url: 'https://nvd.nist.gov/vuln/detail/CVE-2022-21449' }
const FIPS = { title: 'FIPS 186-5, 6.4', url: 'https://csrc.nist.gov/pubs/fips/186-5/final' }
const DCAP = {
  title: 'Intel SGX DCAP',
  url: 'https://download.01.org/intel-sgx/latest/dcap-latest/linux/docs/Intel_SGX_ECDSA_QuoteLibReference_DCAP_API.pdf',
}
const TDX = {
  title: 'Intel TDX',
  url: 'https://www.intel.com/content/www/us/en/developer/tools/trust-domain-extensions/documentation.html',
}
const SNP = { title: 'AMD 56860', url: 'https://www.amd.com/system/files/TechDocs/56860.pdf' }
const NITRO = {
  title: 'AWS Nitro Enclaves',
  url: 'https://docs.aws.amazon.com/enclaves/latest/user/set-up-attestation.html',
}
const TPM = {
  title: 'TCG TPM 2.0 Library, Part 2',
  url: 'https://trustedcomputinggroup.org/resource/tpm-library-specification/',
}
const HYGON = { title: 'Hygon CSV', url: 'https://openanolis.cn/sig/Hygon-Arch' }

const words = {
  reportData: {
    title: { en: 'Another report data', zh: '换一个报告数据' },
    stands: {
      en: 'Somebody wants the evidence to speak for their key or to answer their nonce.',
      zh: '有人想让证据替他的密钥说话，或回应他的挑战值。',
    },
  },
  measurement: {
    title: { en: 'Another measurement', zh: '换一个度量值' },
    stands: {
      en: 'Other software runs, and its measurement is written over with the one you expect.',
      zh: '运行的是另一个软件，其度量值被改写成您期望的那个。',
    },
  },
  debugOn: {
    title: { en: 'Debug bit set', zh: '调试位置 1' },
    stands: {
      en: 'Whether debugging is allowed is one bit. A verifier must read it, and the signature must cover it.',
      zh: '是否允许调试只是一位。验证方必须读它，签名也必须覆盖它。',
    },
  },
  debugOff: {
    title: { en: 'Debug bit cleared', zh: '调试位清零' },
    stands: {
      en: 'An operator hides that debugging is on.',
      zh: '运营方隐瞒调试已开启。',
    },
  },
  rZero: {
    title: { en: 'Signature with r = 0', zh: 'r = 0 的签名' },
    stands: {
      en: '“Psychic signatures”: a widely used library took a signature of zeros for valid.',
      zh: '“通灵签名”：一个广泛使用的库曾把全零签名当作有效。',
    },
  },
  negated: {
    title: { en: 'Signature with s → n − s', zh: 's → n − s 的签名' },
    stands: {
      en: 'Anybody can write an ECDSA signature in a second way, and it is as good. No check may change: never take the bytes of a signature for its name.',
      zh: '任何人都能把 ECDSA 签名写成另一种形式，而且同样有效。不应有检查改变：切勿用签名的字节来标识它。',
    },
  },
  key: {
    title: { en: 'Attestation key swapped', zh: '换掉证明密钥' },
    stands: {
      en: 'A key of one’s own beside a signature of one’s own. Only the hash in the QE report tells.',
      zh: '自己的密钥配自己的签名。只有 QE 报告里的散列能揭穿。',
    },
  },
  enclave: {
    title: { en: 'Another quoting enclave', zh: '换一个Quoting Enclave' },
    stands: {
      en: 'The report of an enclave that is not Intel’s, put in the place of the QE’s.',
      zh: '用一个并非 Intel 的 enclave 的报告，顶替 QE 的报告。',
    },
  },
  chip: {
    title: { en: 'Another chip’s id', zh: '换成别的芯片标识' },
    stands: {
      en: 'A report is said to come from another processor than the one that signed it.',
      zh: '谎称报告来自另一颗处理器，而非签署它的那颗。',
    },
  },
  zeroPcrs: {
    title: { en: 'PCR0–2 zero', zh: 'PCR0–2 清零' },
    stands: {
      en: 'An enclave in debug mode measures nothing but zeros: a verifier that compares nothing does not notice.',
      zh: '调试模式的 enclave，度量值全是零：什么都不比较的验证方不会发现。',
    },
  },
  nonce: {
    title: { en: 'Another nonce', zh: '换一个挑战值' },
    stands: {
      en: 'A replayed quote, rewritten to answer today’s challenge.',
      zh: '重放的 Quote，被改写成回应今天的挑战。',
    },
  },
  registers: {
    title: { en: 'Another digest of the PCRs', zh: '换一个 PCR 摘要' },
    stands: {
      en: 'The registers tell a lovely boot; the quote was made over others.',
      zh: '寄存器讲的是漂亮的启动过程，Quote 覆盖的却是别的值。',
    },
  },
  magic: {
    title: { en: 'Not made by the TPM', zh: '不是 TPM 生成的' },
    stands: {
      en: 'A key that also signs what it is handed would sign a made-up quote; the first four bytes say who made it.',
      zh: '若密钥也签外来的数据，就能签一份编造的 Quote；开头四个字节说明是谁生成的。',
    },
  },
} as const

const QUOTE_SIGNED: Declared = { check: 'intel.quote-signed-by-attestation-key', from: 'pass', to: 'fail' }
const CHIP_SIGNED: Declared = { check: 'snp.signed-by-chip-key', from: 'pass', to: 'fail' }
const NITRO_SIGNED: Declared = { check: 'nitro.signed-by-certificate', from: 'pass', to: 'fail' }
const TPM_SIGNED: Declared = { check: 'tpm.signed-by-ak', from: 'pass', to: 'fail' }
const CSV_SIGNED: Declared = { check: 'csv.report-signed-by-pek', from: 'pass', to: 'fail' }
const VOUCHED = [{ check: 'tpm.ak-vouched-for', is: 'pass' }] as const

function made(
  format: string,
  word: keyof typeof words,
  source: Preset['source'],
  moves: readonly Move[],
  changes: readonly Declared[],
  needs?: Preset['needs'],
): Preset {
  return {
    id: `${format}/${word}`,
    format,
    ...words[word],
    source,
    moves,
    changes,
    ...(needs === undefined ? {} : { needs }),
  }
}

const flip = (path: string, bit = 0, offset = 0): readonly Move[] => [{ kind: 'flip', path, bit, offset }]

function intel(
  format: string,
  measurement: string,
  attributes: string,
  debugBit: number,
  enclave: string,
): readonly Preset[] {
  const notDebug = (from: 'pass' | 'fail', to: 'pass' | 'fail'): Declared => ({ check: 'intel.not-debug', from, to })
  return [
    made(format, 'reportData', RATS, flip('body.reportData'), [QUOTE_SIGNED]),
    made(format, 'measurement', RATS, flip(measurement), [QUOTE_SIGNED]),
    made(format, 'debugOn', TDX, flip(attributes, debugBit), [QUOTE_SIGNED, notDebug('pass', 'fail')]),
    made(format, 'debugOff', TDX, flip(attributes, debugBit), [QUOTE_SIGNED, notDebug('fail', 'pass')]),
    made(
      format,
      'rZero',
      PSYCHIC,
      [{ kind: 'write', path: 'signatureData.signature', hex: zeros(32) }],
      [QUOTE_SIGNED],
    ),
    made(format, 'negated', FIPS, [{ kind: 'negate', path: 'signatureData.signature', offset: 32, order: P256 }], []),
    made(format, 'key', DCAP, flip('signatureData.attestationKey'), [
      QUOTE_SIGNED,
      { check: 'intel.attestation-key-bound-by-qe', from: 'pass', to: 'fail' },
    ]),
    made(format, 'enclave', DCAP, flip(enclave), [
      { check: 'intel.qe-report-signed-by-pck', from: 'pass', to: 'fail' },
    ]),
  ]
}

/** Failures made from real ones, by kind of evidence. */
export const presets: readonly Preset[] = [
  ...intel(
    'intel.tdx-quote',
    'body.mrTd',
    'body.tdAttributes',
    0,
    'signatureData.certificationData.qeReport.mrEnclave',
  ),
  ...intel('intel.sgx-quote', 'body.mrEnclave', 'body.attributes', 1, 'signatureData.qeReport.mrEnclave'),
  made('amd.snp-report', 'reportData', RATS, flip('body.reportData'), [
    CHIP_SIGNED,
    { check: 'snp.accompanying-data-bound', from: 'pass', to: 'fail', isIfThere: true },
    { check: 'tpm.ak-vouched-for', from: 'pass', to: 'fail', isIfThere: true },
  ]),
  made('amd.snp-report', 'measurement', RATS, flip('body.measurement'), [CHIP_SIGNED]),
  made('amd.snp-report', 'debugOn', SNP, flip('body.policy', 3, 2), [
    CHIP_SIGNED,
    { check: 'snp.debug-off', from: 'pass', to: 'fail' },
  ]),
  made('amd.snp-report', 'debugOff', SNP, flip('body.policy', 3, 2), [
    CHIP_SIGNED,
    { check: 'snp.debug-off', from: 'fail', to: 'pass' },
  ]),
  made('amd.snp-report', 'rZero', PSYCHIC, [{ kind: 'write', path: 'signature.r', hex: zeros(48) }], [CHIP_SIGNED]),
  made(
    'amd.snp-report',
    'negated',
    FIPS,
    [{ kind: 'negate', path: 'signature.s', offset: 0, order: P384, isLittleEndian: true }],
    [],
    [{ check: 'snp.signed-by-chip-key', is: 'pass' }],
  ),
  made('amd.snp-report', 'chip', SNP, flip('body.chipId'), [
    CHIP_SIGNED,
    { check: 'snp.chip-matches-certificate', from: 'pass', to: 'fail', isIfThere: true },
  ]),
  made(
    'nitro.document',
    'zeroPcrs',
    NITRO,
    ['PCR0', 'PCR1', 'PCR2'].map((name) => ({ kind: 'write', path: `payload.pcrs.${name}`, hex: zeros(48) })),
    [NITRO_SIGNED, { check: 'nitro.not-debug', from: 'pass', to: 'fail' }],
  ),
  made('nitro.document', 'measurement', RATS, flip('payload.pcrs.PCR0', 0, 8), [
    NITRO_SIGNED,
    { check: 'nitro.not-debug', from: 'fail', to: 'pass', isIfThere: true },
  ]),
  made('nitro.document', 'nonce', RATS, flip('payload.nonce', 0, 3), [NITRO_SIGNED]),
  made(
    'nitro.document',
    'rZero',
    PSYCHIC,
    [{ kind: 'write', path: 'signature', offset: 2, hex: zeros(48) }],
    [NITRO_SIGNED],
  ),
  made('tpm2.quote', 'nonce', RATS, flip('extraData.buffer'), [TPM_SIGNED], VOUCHED),
  made(
    'tpm2.quote',
    'registers',
    TPM,
    flip('attested.pcrDigest.buffer'),
    [TPM_SIGNED, { check: 'tpm.pcr-digest-matches', from: 'pass', to: 'fail' }],
    VOUCHED,
  ),
  made(
    'tpm2.quote',
    'magic',
    TPM,
    flip('magic'),
    [TPM_SIGNED, { check: 'tpm.made-by-tpm', from: 'pass', to: 'fail' }],
    VOUCHED,
  ),
  made('csv.report', 'nonce', HYGON, flip('teeInfo.mnonce'), [
    CSV_SIGNED,
    { check: 'csv.mac', from: 'pass', to: 'fail' },
  ]),
  made('csv.report', 'measurement', HYGON, flip('teeInfo.measure'), [
    CSV_SIGNED,
    { check: 'csv.rtmr0-is-measure', from: 'pass', to: 'fail', isIfThere: true },
  ]),
  made('csv.report', 'debugOn', HYGON, flip('teeInfo.policy'), [
    CSV_SIGNED,
    { check: 'csv.not-debug', from: 'pass', to: 'fail' },
  ]),
  made('csv.report', 'debugOff', HYGON, flip('teeInfo.policy'), [
    CSV_SIGNED,
    { check: 'csv.not-debug', from: 'fail', to: 'pass' },
  ]),
]
