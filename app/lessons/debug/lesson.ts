import type { Lesson } from '../lesson.ts'

export const lesson: Lesson = {
  id: 'debug',
  number: 7,
  title: { en: 'Debug mode', zh: '调试模式' },
  teaches: {
    en: 'Why a right signature is no reason to send a secret.',
    zh: '为什么签名正确并不是交出秘密的理由。',
  },
  minutes: 4,
  evidence: { samples: ['intel-dcap/tdx-debug'], at: '2026-06-15T12:00:00Z' },
  steps: [
    {
      kind: 'read',
      text: {
        en: 'A service sends you this quote and says: “genuine hardware, newest patches, verify it yourself.” Both are true: the first two answers hold.',
        zh: '有个服务把这份 Quote 发给您，说：“真正的硬件，最新的补丁，您自己验证。”两句都是真的：前两个回答成立。',
      },
      place: { answer: 'genuine' },
    },
    {
      kind: 'predict',
      text: { en: 'Would you send it a secret?', zh: '您会把秘密交给它吗？' },
      options: [
        { said: { en: 'Yes: the signature holds', zh: '会：签名成立' } },
        { said: { en: 'No: look at the third answer', zh: '不会：请看第三个回答' }, isRight: true },
        { said: { en: 'Only over TLS', zh: '只通过 TLS 交' } },
      ],
      why: {
        en: 'Debug mode is on: whoever runs the machine may read and write the memory of this TD, keys included. The hardware says so itself.',
        zh: '调试模式是开着的：运行这台机器的人可以读写这个 TD 的内存，密钥也在其中。这是硬件自己说的。',
      },
      place: { answer: 'genuine' },
      afterwards: { answer: 'configured' },
    },
    {
      kind: 'read',
      text: {
        en: 'One bit of TDATTRIBUTES says it: bit 0. The processor set it when the TD was started, and the signature covers it.',
        zh: '说明这一点的是 TDATTRIBUTES 的一位：第 0 位。它在 TD 启动时由处理器写入，签名也覆盖它。',
      },
      place: { panel: 'fields', field: '0:body.tdAttributes' },
    },
    {
      kind: 'predict',
      text: {
        en: 'The operator clears that one bit in the quote before sending it. What will you see?',
        zh: '运营方在发送之前，把 Quote 里的这一位清零。您会看到什么？',
      },
      options: [
        { said: { en: 'A quote in good order', zh: '一份正常的 Quote' } },
        { said: { en: 'A signature that does not fit', zh: '对不上的签名' }, isRight: true },
        { said: { en: 'Still debug mode', zh: '仍然是调试模式' } },
      ],
      why: {
        en: 'The bit stands inside what was signed. It cannot be cleared without being noticed, only at the next start of the TD.',
        zh: '这一位在签名覆盖的范围里。不可能悄悄清零，只能在下次启动 TD 时改变。',
      },
      place: { panel: 'fields', field: '0:body.tdAttributes' },
    },
    {
      kind: 'do',
      text: {
        en: 'Be that operator: flip bit 0 of TDATTRIBUTES.',
        zh: '您来当一回运营方：翻转 TDATTRIBUTES 的第 0 位。',
      },
      deed: { kind: 'flip', artifact: 0, path: 'body.tdAttributes', bit: 0 },
      did: { en: 'The debug bit reads 0 now.', zh: '调试位现在是 0。' },
      place: { panel: 'flip', field: '0:body.tdAttributes' },
    },
    {
      kind: 'see',
      text: {
        en: 'The bit is gone, and so is the signature. Of a quote that nobody signed, no bit says anything.',
        zh: '这一位没有了，签名也对不上了。没有人签署的 Quote，任何一位都不说明什么。',
      },
      changes: [
        { answer: 'genuine', before: 'holds', after: 'fails' },
        { check: 'intel.quote-signed-by-attestation-key', before: 'pass', after: 'fail' },
        { check: 'intel.not-debug', before: 'fail', after: 'pass' },
      ],
      place: { part: 'headline' },
    },
    {
      kind: 'insight',
      text: {
        en: 'A signature says who speaks. Whether you like what is said, you must read for yourself.',
        zh: '签名说明是谁在说话。说的内容您是否接受，要自己读。',
      },
    },
  ],
}
