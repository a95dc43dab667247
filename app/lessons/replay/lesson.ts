import type { Lesson } from '../lesson.ts'

/** `chosen by the TD`: what stands in the sample. */
const YESTERDAY = '63686f73656e20627920746865205444'
/** A number that was never sent to that machine. */
const TODAY = 'c04fe1b2a9d37f5286b41e0d9573c8aa11f64b7de29035c8427fb6a0539d1e11'

export const lesson: Lesson = {
  id: 'replay',
  number: 8,
  title: { en: 'Replay', zh: '重放' },
  teaches: {
    en: 'What makes evidence answer to you, and to this connection.',
    zh: '怎样让证据回答的是您，而且就在这条连接上。',
  },
  minutes: 6,
  evidence: { samples: ['intel-dcap/tdx-up-to-date'], at: '2026-06-15T12:00:00Z' },
  steps: [
    {
      kind: 'read',
      text: {
        en: 'A quote in good order: the first three answers hold. But a quote is a file. It can be copied, kept for a year, and shown by somebody else. Nothing in a signature says **when**.',
        zh: '一份正常的 Quote：前三个回答都成立。但 Quote 是一个文件，可以复制、存上一年，再由别人出示。签名里没有任何东西说明是**什么时候**。',
      },
      place: { answer: 'fresh' },
    },
    {
      kind: 'do',
      text: {
        en: 'Yesterday you sent the machine a value, “chosen by the TD”, and it came back in REPORTDATA. Enter it as the report data that you expect.',
        zh: '昨天您发给这台机器一个值“chosen by the TD”，它在 REPORTDATA 里带了回来。请把它填为您期望的报告数据。',
      },
      deed: { kind: 'expect', policy: { reportData: YESTERDAY } },
      did: { en: 'You expect yesterday’s value.', zh: '您期望的是昨天的值。' },
      place: { panel: 'expectations', section: 'expect-reportData' },
    },
    {
      kind: 'see',
      text: {
        en: 'It is equal: this quote was made after the value was known. If nobody else could know it, it was made for you.',
        zh: '相等：这份 Quote 是在这个值被知晓之后生成的。如果别人无从得知，它就是为您生成的。',
      },
      changes: [{ check: 'fresh.report-data-matches', before: 'not-applicable', after: 'pass' }],
      place: { check: 'fresh.report-data-matches' },
    },
    {
      kind: 'predict',
      text: {
        en: 'Today you send a new random number, and the same file comes back. Which check notices?',
        zh: '今天您发去一个新的随机数，回来的却是同一个文件。哪项检查会发现？',
      },
      options: [
        { said: { en: 'The signature', zh: '签名' } },
        { said: { en: 'The certificate dates', zh: '证书日期' } },
        { said: { en: 'Only the comparison with your number', zh: '只有与您的随机数比对的那一项' }, isRight: true },
        { said: { en: 'None', zh: '都不会' } },
      ],
      why: {
        en: 'The copy is perfect, so everything that reads only the copy is content. What it cannot have is a number that did not exist yesterday.',
        zh: '副本毫无瑕疵，凡是只读副本的检查都会满意。它不可能有的，是昨天还不存在的那个数。',
      },
      place: { panel: 'verdict' },
      afterwards: { answer: 'fresh' },
    },
    {
      kind: 'do',
      text: {
        en: 'Expect today’s number instead.',
        zh: '改为期望今天的随机数。',
      },
      deed: { kind: 'expect', policy: { reportData: TODAY } },
      did: { en: 'You expect today’s number.', zh: '您期望的是今天的随机数。' },
      place: { panel: 'expectations', section: 'expect-reportData' },
    },
    {
      kind: 'see',
      text: {
        en: 'One check fails and no other changed. Without your number nobody would have noticed.',
        zh: '有一项检查不成立，其他都没有变。没有您的随机数，谁也不会发现。',
      },
      changes: [
        { check: 'fresh.report-data-matches', before: 'pass', after: 'fail' },
        { check: 'intel.quote-signed-by-attestation-key', before: 'pass', after: 'pass' },
      ],
      place: { check: 'fresh.report-data-matches' },
    },
    {
      kind: 'predict',
      text: {
        en: 'Suppose the number had been right. Does the machine at the other end of your connection hold the quote’s program?',
        zh: '假如随机数是对的。您这条连接的另一端，就是运行该程序的那台机器吗？',
      },
      options: [
        { said: { en: 'Yes', zh: '是' } },
        {
          said: {
            en: 'Only if REPORTDATA also holds the hash of the connection’s key',
            zh: '除非 REPORTDATA 里还有这条连接所用密钥的哈希',
          },
          isRight: true,
        },
        { said: { en: 'If it answers fast enough', zh: '只要回答得够快' } },
      ],
      why: {
        en: 'Somebody in the middle can pass your number on to a genuine machine and its quote back to you. A key in REPORTDATA ties the quote to the one who holds the key.',
        zh: '中间的人可以把您的随机数转给一台真机器，再把它的 Quote 交给您。REPORTDATA 里放入密钥，Quote 才与持有密钥的一方绑定。',
      },
      place: { part: 'headline' },
      afterwards: { panel: 'fields', field: '0:body.reportData' },
    },
    {
      kind: 'insight',
      text: {
        en: 'Fresh is what only you could have asked for; bound is what only your peer could have answered.',
        zh: '新鲜，是只有您问得出；绑定，是只有对方答得上。',
      },
    },
  ],
}
