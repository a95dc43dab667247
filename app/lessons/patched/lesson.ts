import type { Lesson } from '../lesson.ts'

export const lesson: Lesson = {
  id: 'patched',
  number: 4,
  title: { en: 'Genuine is not patched', zh: '真实不等于已打补丁' },
  teaches: {
    en: 'How a level is found on the ladder, and why every answer has a date.',
    zh: '如何在阶梯上找到平台的级别，以及为什么每个回答都带日期。',
  },
  minutes: 6,
  evidence: { samples: ['intel-dcap/tdx-out-of-date'], at: '2026-06-15T12:00:00Z' },
  steps: [
    {
      kind: 'read',
      text: {
        en: 'Another machine. Every signature holds, up to the same root. Still the page warns. Look at the second answer: the platform is what it says it is, and it is **behind**.',
        zh: '换一台机器。所有签名一直到同一个根都成立，本页却提出警告。请看第二个回答：平台身份属实，但它**落后了**。',
      },
      place: { answer: 'current' },
    },
    {
      kind: 'read',
      text: {
        en: 'The ladder comes from the vendor, signed: for each date, the least version of every component. The first rung that the platform reaches in **all** columns is its level; struck-out columns do not count here. One column short is enough to fall to the next. The quoting enclave has a ladder of its own, below: its level is the oldest here, so the second answer names that date.',
        zh: '这架阶梯来自厂商，带签名：每个日期对应各组件的最低版本。平台在**所有**列上都达到的第一级，就是它的级别；划掉的列对这类证据不作要求。只要差一列，就落到下一级。Quoting Enclave（QE）另有一架阶梯，在下面：它的级别最旧，所以第二个回答写的是它的日期。',
      },
      place: { panel: 'tcb' },
    },
    {
      kind: 'predict',
      text: {
        en: 'What falls short is marked. If only the first of it were updated, would the platform be up to date?',
        zh: '不足之处已标出。如果只更新其中第一个，平台就是最新的吗？',
      },
      options: [
        { said: { en: 'Yes', zh: '是' } },
        { said: { en: 'Not necessarily: every column must be reached', zh: '不一定：每一列都要达到' }, isRight: true },
        { said: { en: 'No, a new certificate is enough', zh: '不是，换张新证书就够了' } },
      ],
      why: {
        en: 'The rung asks for all columns at once, and the quoting enclave’s ladder must be climbed as well.',
        zh: '每一级要求所有列同时达到，QE 的那架阶梯也要登上去。',
      },
      place: { panel: 'tcb' },
    },
    {
      kind: 'predict',
      text: {
        en: 'The ladder was issued on 2026-06-01 and is good until 2026-07-01. You look at the same files in September. What will the page say about the patches?',
        zh: '这架阶梯签发于 2026-06-01，有效至 2026-07-01。您在九月再看同样的文件，本页会怎样说补丁情况？',
      },
      options: [
        { said: { en: 'Out of date, as before', zh: '落后，和之前一样' } },
        { said: { en: 'It fails', zh: '不成立' } },
        { said: { en: 'Not checked to the end as of that day', zh: '在那一天未检查完' }, isRight: true },
      ],
      why: {
        en: 'A statement that has ended says nothing about today. It may have become worse, and the page cannot know.',
        zh: '已过期的说明对今天没有意义。情况可能更糟，而本页无从得知。',
      },
      place: { part: 'as-of' },
    },
    {
      kind: 'do',
      text: {
        en: 'Move the date to September 2026: “Change” beside the date at the top.',
        zh: '把日期移到 2026 年 9 月：用顶部日期旁的“更改”。',
      },
      deed: { kind: 'at', at: '2026-09-15T12:00:00Z', from: '2026-08-01T00:00:00Z', to: '2026-12-31T00:00:00Z' },
      did: { en: 'Judged as of September 2026.', zh: '按 2026 年 9 月评估。' },
      place: { part: 'as-of' },
    },
    {
      kind: 'see',
      text: {
        en: 'No bit changed. The signature over the ladder still holds; what ended is the time for which the vendor spoke. A known problem became an unknown one, which is no improvement.',
        zh: '一个比特也没有变。阶梯的签名仍然成立；到期的是厂商的这份说法。已知的问题变成了未知，这并不是好转。',
      },
      changes: [
        { answer: 'current', before: 'warns', after: 'not-checked' },
        { check: 'intel.tcb-info-not-expired', before: 'pass', after: 'not-checked' },
        { check: 'intel.tcb-info-authentic', before: 'pass', after: 'pass' },
      ],
      place: { panel: 'dates' },
    },
    {
      kind: 'insight',
      text: {
        en: 'Genuine is a fact about the past; patched is a fact about a date. Ask which date.',
        zh: '“真实”说的是过去；“已打补丁”说的是某一天。要问：哪一天？',
      },
    },
  ],
}
