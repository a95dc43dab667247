import type { Lesson } from '../lesson.ts'

/** `chosen by the TD`: what the program of the sample put into its report data. */
const CHOSEN = '63686f73656e20627920746865205444'

export const lesson: Lesson = {
  id: 'quote',
  number: 1,
  title: { en: 'What is a quote?', zh: '什么是 Quote？' },
  teaches: {
    en: 'Which bytes the hardware measured, and which your program chose.',
    zh: '哪些字节由硬件度量，哪些由您的程序选定。',
  },
  minutes: 5,
  evidence: { samples: ['intel-dcap/tdx-up-to-date'], at: '2026-06-15T12:00:00Z' },
  steps: [
    {
      kind: 'read',
      text: {
        en: 'You asked a machine: what are you running? It answered with a **quote**: 4,652 bytes, signed. The page has read it and says in one sentence what follows from it. Five answers stand below, always the same five, always in this order.',
        zh: '您问一台机器：你在运行什么？它交回一份 **Quote**：4,652 字节，带签名。本页读完之后，用一句话说出能从中得出什么。下面是五个回答，永远是这五个，次序不变。',
      },
      place: { part: 'headline' },
    },
    {
      kind: 'read',
      text: {
        en: 'Here is every byte of it, with its name. MRTD and the RTMRs are **measurements**: digests that the processor computed. MRTD was closed before the first instruction ran. Software may add to an RTMR afterwards, but only by hashing on: neither the operator nor the program can set a value of their choice.',
        zh: '这里列出它的每一个字节和名称。MRTD 与各个 RTMR 是**度量值**：由处理器算出的摘要。MRTD 在第一条指令运行之前就已封定。此后软件可以向 RTMR 追加，但只能在原值上接着算哈希：无论运营方还是程序，都不能把它设成自己想要的值。',
      },
      place: { panel: 'fields', field: '0:body.mrTd' },
    },
    {
      kind: 'predict',
      text: {
        en: 'One field of the body is different: the program itself wrote it. Which one?',
        zh: '报告主体里有一个字段与众不同：它由程序自己写入。是哪一个？',
      },
      options: [
        { said: { en: 'MRTD', zh: 'MRTD' } },
        { said: { en: 'RTMR0', zh: 'RTMR0' } },
        { said: { en: 'REPORTDATA', zh: 'REPORTDATA' }, isRight: true },
        { said: { en: 'TDATTRIBUTES', zh: 'TDATTRIBUTES' } },
      ],
      why: {
        en: 'REPORTDATA: 64 bytes that the program hands over and the processor copies, unread. It is where a nonce or the hash of a key goes.',
        zh: '是 REPORTDATA：程序交来 64 字节，处理器不看内容，原样抄入。随机数或密钥的哈希就放在这里。',
      },
      place: { panel: 'fields', field: '0:body' },
      afterwards: { panel: 'fields', field: '0:body.reportData' },
    },
    {
      kind: 'read',
      text: {
        en: 'The program that made this quote wrote “chosen by the TD” and left the rest zero. The signature covers these bytes as it covers the others: nobody can change them afterwards. But **what** they mean, only you and the program know.',
        zh: '生成这份 Quote 的程序写下了“chosen by the TD”，其余补零。签名同样覆盖这些字节：事后谁也改不了。但它们**是什么意思**，只有您和程序知道。',
      },
      place: { panel: 'fields', field: '0:body.reportData' },
    },
    {
      kind: 'do',
      text: {
        en: 'Tell the page what you expect in REPORTDATA. So far nothing was compared: the answer “Fresh, and meant for you?” is open. In Expectations, under report data, enter the hex of “chosen by the TD”: 63686f73656e20627920746865205444.',
        zh: '告诉本页您期望 REPORTDATA 是什么。到目前为止没有比较过任何值，所以“新鲜吗？是给您的吗？”还没有答案。请在“期望值”面板的报告数据一栏填入“chosen by the TD”的十六进制：63686f73656e20627920746865205444。',
      },
      deed: { kind: 'expect', policy: { reportData: CHOSEN } },
      did: { en: 'You expect “chosen by the TD”.', zh: '您期望的是“chosen by the TD”。' },
      place: { panel: 'expectations', section: 'expect-reportData' },
    },
    {
      kind: 'see',
      text: {
        en: 'Now there is something to compare, and it is equal. Note what made the difference: not the quote, it is the same as before, but a value from **outside** it. Copied from the quote, as you did just now, it proves nothing; a value that only you could know would.',
        zh: '现在有了可比较的值，而且相等。请注意是什么带来了变化：不是 Quote，它和刚才一样，而是来自 Quote **之外**的一个值。像刚才这样照抄 Quote 里的值，什么也证明不了；只有您自己才知道的值才行。',
      },
      changes: [
        { check: 'fresh.report-data-matches', before: 'not-applicable', after: 'pass' },
        { check: 'fresh.value-given', before: 'not-checked', after: 'not-applicable' },
      ],
      place: { check: 'fresh.report-data-matches' },
    },
    {
      kind: 'predict',
      text: {
        en: 'MRTD is signed by the hardware. Does the page therefore know which software runs there?',
        zh: 'MRTD 有硬件的签名。那么本页是否就知道那里运行的是什么软件？',
      },
      options: [
        { said: { en: 'Yes, MRTD names it', zh: '知道，MRTD 就是它的名字' } },
        {
          said: {
            en: 'No, it is a number until somebody says which number to expect',
            zh: '不知道，在有人说明该期望哪个数之前，它只是一个数',
          },
          isRight: true,
        },
        { said: { en: 'Yes, the certificate says so', zh: '知道，证书里写着' } },
      ],
      why: {
        en: 'That is why “The software you expect?” stays open: a reference value must come from whoever built the software. Lesson 6 goes there.',
        zh: '所以“是您期望的软件吗？”仍没有答案：参考值必须来自软件的构建者。第 6 课讲这一点。',
      },
      place: { panel: 'fields', field: '0:body.mrTd' },
      afterwards: { answer: 'software' },
    },
    {
      kind: 'insight',
      text: {
        en: 'A quote is a signed list of measurements, and 64 bytes that the program chose for whoever asked.',
        zh: 'Quote 是一份带签名的度量值清单，外加程序为提问者选定的 64 字节。',
      },
    },
  ],
}
