import type { Evidence, Lesson } from '../lesson.ts'

const evidence: Evidence = { samples: ['intel-dcap/tdx-up-to-date'], at: '2026-06-15T12:00:00Z' }

export const lesson: Lesson = {
  id: 'flip',
  number: 2,
  title: { en: 'Flip one bit', zh: '翻转一位' },
  teaches: {
    en: 'What the signature covers, and what other checks are for.',
    zh: '签名覆盖什么，其他检查又是做什么的。',
  },
  minutes: 6,
  evidence,
  steps: [
    {
      kind: 'read',
      text: {
        en: 'The same quote again. Every check that ran stands here, and each of them holds. We shall now change one bit of a **copy**: what you opened stays as it is.',
        zh: '还是那份 Quote。做过的每项检查都列在这里，全部成立。接下来我们在**副本**里改动一位：您打开的内容保持原样。',
      },
      place: { panel: 'verdict' },
    },
    {
      kind: 'predict',
      text: {
        en: 'One bit of REPORTDATA changes. Which check will notice?',
        zh: 'REPORTDATA 变动一位。哪项检查会发现？',
      },
      options: [
        { said: { en: 'The certificates', zh: '证书' } },
        { said: { en: 'The quote’s signature', zh: 'Quote 的签名' }, isRight: true },
        { said: { en: 'All of them', zh: '全部' } },
        { said: { en: 'None', zh: '都不会' } },
      ],
      why: {
        en: 'The signature was made over header and body. The certificates never saw these bytes.',
        zh: '签名是对头部和主体做的。证书从未见过这些字节。',
      },
      place: { field: '0:body.reportData', panel: 'fields' },
    },
    {
      kind: 'do',
      text: {
        en: 'Flip the lowest bit of the first byte of REPORTDATA. By hand: open “Flip a bit”, go to offset 238, and switch bit 0.',
        zh: '翻转 REPORTDATA 第一个字节的最低位。自己动手：打开“翻转一位”，转到偏移 238，切换第 0 位。',
      },
      deed: { kind: 'flip', artifact: 0, path: 'body.reportData', bit: 0 },
      did: { en: 'One bit of REPORTDATA is flipped.', zh: 'REPORTDATA 的一位已翻转。' },
      place: { panel: 'flip', field: '0:body.reportData' },
    },
    {
      kind: 'see',
      text: {
        en: 'One check went from **holds** to **fails**. The chain of certificates still holds, to the last date. Yet the page no longer says anything about this machine: nobody signed these bytes as they stand.',
        zh: '有一项检查由**成立**变为**不成立**。证书链仍然完全成立，日期也都有效。但本页对这台机器已无话可说：改过之后的这些字节，没有任何人签过名。',
      },
      changes: [
        {
          check: 'intel.quote-signed-by-attestation-key',
          before: 'pass',
          after: 'fail',
        },
      ],
      place: { panel: 'flip', field: '0:body.reportData' },
    },
    {
      kind: 'predict',
      evidence,
      text: {
        en: 'The copy is whole again. Now a bit of the PCK certificate, the one that names this platform. Will the quote’s own signature notice?',
        zh: '副本已复原。现在改 PCK 证书里的一位，也就是指明这个平台的那张证书。Quote 自己的签名会发现吗？',
      },
      options: [
        { said: { en: 'Yes: it is in the same file', zh: '会：它在同一个文件里' } },
        { said: { en: 'No: others will', zh: '不会：别的检查会发现' }, isRight: true },
        { said: { en: 'Nobody will', zh: '谁也不会发现' } },
      ],
      why: {
        en: 'The attestation key signs header and body only. The certificate has a signature of its own, by the authority above it.',
        zh: '证明密钥只对头部和主体签名。证书有它自己的签名，由上一级机构签发。',
      },
      place: { panel: 'fields', field: '0:signatureData.certificationData.certificationData.certificate0' },
    },
    {
      kind: 'do',
      text: {
        en: 'Flip a bit in that certificate: in “Flip a bit”, under “Bytes of”, base64@1285 is the certificate, unpacked. Go to offset 384 there and switch bit 0.',
        zh: '在那张证书里翻转一位：在“翻转一位”的“所在字节区”里，base64@1285 就是解开后的证书。转到偏移 384，切换第 0 位。',
      },
      deed: {
        kind: 'flip',
        artifact: 0,
        path: 'signatureData.certificationData.certificationData.certificate0',
        offset: 900,
        bit: 0,
      },
      did: { en: 'One bit of the PCK certificate is flipped.', zh: 'PCK 证书的一位已翻转。' },
      place: { panel: 'flip', field: '0:signatureData.certificationData.certificationData.certificate0' },
    },
    {
      kind: 'see',
      text: {
        en: 'The quote’s signature is untouched by it. The chain fails instead, because the authority did not sign this certificate as it now stands. What was read in the certificate falls with it: the level, and whatever else the page lists as changed.',
        zh: 'Quote 的签名不受影响。不成立的是证书链：机构签的并不是这张证书现在的样子。从证书里读到的东西也跟着失效：级别，以及本页列出的其他变化。',
      },
      changes: [{ check: 'intel.pck-chain', before: 'pass', after: 'fail' }],
      place: { panel: 'flip', field: '0:signatureData.certificationData.certificationData.certificate0' },
    },
    {
      kind: 'insight',
      text: {
        en: 'Certificates say who may sign. Only the signature says what was signed.',
        zh: '证书说明谁有权签名；只有签名说明签的是什么。',
      },
    },
  ],
}
