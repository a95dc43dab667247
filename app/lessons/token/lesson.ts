import type { Evidence, Lesson } from '../lesson.ts'

const refused: Evidence = { samples: ['token/refused'], at: '2026-01-01T00:02:00Z' }

export const lesson: Lesson = {
  id: 'token',
  number: 11,
  title: { en: 'Token or evidence?', zh: '令牌，还是证据？' },
  teaches: {
    en: 'Whom you decide to rely on when a service checks for you.',
    zh: '由服务替您检查时，您决定依赖的是谁。',
  },
  minutes: 6,
  evidence: { samples: ['token/ear'], at: '2026-01-01T00:02:00Z' },
  steps: [
    {
      kind: 'read',
      text: {
        en: 'No hardware signed this. A **service** looked at evidence, came to a conclusion, and signed the conclusion. The evidence itself is not here. Everything in it is a quotation: “the service claims …”.',
        zh: '这不是硬件签的。某个**服务**看过证据，得出结论，再给结论签名。证据本身不在这里。其中的一切都是转述：“该服务声称……”。',
      },
      place: { part: 'headline' },
    },
    {
      kind: 'predict',
      text: {
        en: 'The token says that the executables were recognised. What has this page checked of that?',
        zh: '令牌说可执行文件已被识别。这一点，本页检查了什么？',
      },
      options: [
        { said: { en: 'The measurements', zh: '度量值' } },
        { said: { en: 'That the service’s key signed the sentence', zh: '服务的密钥签了这句话' }, isRight: true },
        { said: { en: 'The processor’s signature', zh: '处理器的签名' } },
      ],
      why: {
        en: 'Who checked the hardware, with which list, at which date: you have the service’s word, and no way to check again.',
        zh: '谁检查了硬件、依据哪份列表、在哪一天：您只有服务的一句话，而且无法复查。',
      },
      place: { part: 'headline' },
      afterwards: { check: 'jwt.signed-by-key' },
    },
    {
      kind: 'do',
      text: {
        en: 'Take away the key file, keys.json: in Raw, remove it from this case.',
        zh: '拿走密钥文件 keys.json：在“原始输入”面板里把它从本案例移除。',
      },
      deed: { kind: 'take-away', name: 'keys.json' },
      did: { en: 'The service’s key is no longer here.', zh: '服务的密钥已不在这里。' },
      place: { panel: 'raw' },
    },
    {
      kind: 'see',
      text: {
        en: 'Without the key it is text that anybody could have written. Where you fetch the key from, and over which connection, is therefore part of what you rely on.',
        zh: '没有密钥，它只是谁都写得出来的文字。所以，从哪里、经由什么连接取得密钥，也是您所依赖的一部分。',
      },
      changes: [{ check: 'jwt.signed-by-key', before: 'pass', after: 'not-checked' }],
      place: { check: 'jwt.signed-by-key' },
    },
    {
      kind: 'predict',
      evidence: refused,
      text: {
        en: 'Another token of the same service, correctly signed, in date. May you rely on the machine?',
        zh: '同一服务的另一份令牌，签名正确，在有效期内。这台机器可以采信吗？',
      },
      options: [
        { said: { en: 'Yes: a valid signature of a known service', zh: '可以：已知服务的有效签名' } },
        { said: { en: 'No: read what it says', zh: '不可以：请读它说了什么' }, isRight: true },
      ],
      why: {
        en: 'The service itself says no. Programs that only verify the signature and never read the status let such machines in.',
        zh: '服务自己说“不”。只验签名、从不读状态的程序，会放这样的机器进来。',
      },
      place: { check: 'jwt.signed-by-key' },
      afterwards: { check: 'jwt.service-does-not-refuse' },
    },
    {
      kind: 'do',
      text: {
        en: 'Move the date one day ahead: tokens live for minutes.',
        zh: '把日期往后移一天：令牌的寿命以分钟计。',
      },
      deed: { kind: 'at', at: '2026-01-02T00:00:00Z', from: '2026-01-01T12:00:00Z', to: '2026-12-31T00:00:00Z' },
      did: { en: 'Judged a day later.', zh: '按一天之后评估。' },
      place: { part: 'as-of' },
    },
    {
      kind: 'see',
      text: {
        en: 'The signature still holds; the claim has ended. What was true of the machine then, the service no longer says now.',
        zh: '签名仍然成立，声明却已到期。那时对机器所说的话，服务现在不再说了。',
      },
      changes: [
        { check: 'jwt.in-date', before: 'pass', after: 'not-checked' },
        { check: 'jwt.signed-by-key', before: 'pass', after: 'pass' },
      ],
      place: { check: 'jwt.in-date' },
    },
    {
      kind: 'insight',
      text: {
        en: 'Evidence lets you conclude. A token tells you what somebody else concluded: ask who, from what, and when.',
        zh: '证据让您自己得出结论。令牌告诉您别人的结论：要问是谁、依据什么、什么时候。',
      },
    },
  ],
}
