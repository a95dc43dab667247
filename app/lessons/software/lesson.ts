import type { Lesson } from '../lesson.ts'

const AT = '2026-06-15T12:00:00Z'

/** What the owner built: the firmware, and the registers that its boot comes to. */
const EXPECTED = {
  MRTD: ['4b2c296c8e8743b039e58a77805afab1b5051583a0257f4f241b0ecefe24e78dd6b76b5548fb377ce35f819aeb742f3d'],
  RTMR0: ['14fec8a5cc701f4f7a19db2a34b219dbd71a0d50921feb4fcdd156ad6e0b9d39a808554e0a5feac06635aa6d4a3b8970'],
  RTMR1: ['e775cf8cb7678f53c67cf11f9caa12fbd651cc822acc6ce1b40d1fd31cd5f2f8dcbd232a7476234caaad62f5b5686b5f'],
  RTMR2: ['05c278585c958beb4ca52f8bb70ef7973503815779b01950e8a05272c906531b265f3fedcfaac0e950256a4a132570c4'],
  RTMR3: ['00'.repeat(48)],
  cmdline: ['root=/dev/mapper/root ro'],
}

export const lesson: Lesson = {
  id: 'software',
  number: 6,
  title: { en: 'Same silicon, other software', zh: '同样的芯片，不同的软件' },
  teaches: {
    en: 'What registers say about software, and which words of a log are worth anything.',
    zh: '寄存器对软件说明了什么，日志里的哪些文字才算数。',
  },
  minutes: 7,
  evidence: { samples: ['intel-dcap/tdx-ccel'], at: AT },
  steps: [
    {
      kind: 'read',
      text: {
        en: 'A quote, and beside it the log of the boot. Each line of the drawing is one **register**: every event is hashed into it, and only the last value stands in the quote. Where the line ends in “=”, the log leads to the signed value.',
        zh: '一份 Quote，旁边是启动日志。图中每一行是一个**寄存器**：每个事件的哈希都并入其中，只有最后的值写在 Quote 里。行末是“=”的，表示日志能推导到已签名的值。',
      },
      place: { panel: 'measurements' },
    },
    {
      kind: 'predict',
      text: {
        en: 'The log says which kernel command line was used. Who signed those words?',
        zh: '日志说明了用的是哪条内核命令行。这些文字由谁签名？',
      },
      options: [
        { said: { en: 'The hardware', zh: '硬件' } },
        {
          said: { en: 'Nobody; only a hash that they lead to is signed', zh: '没有人；被签名的只是由它们推导出的哈希' },
          isRight: true,
        },
        { said: { en: 'The firmware', zh: '固件' } },
      ],
      why: {
        en: 'A log is signed by nobody. Its words count where they hash to the digest beside them, and the digests lead to a signed register.',
        zh: '日志没有任何人签名。文字的哈希等于旁边的摘要，摘要又能推导到已签名的寄存器，文字才算数。',
      },
      shows: { check: 'software.log-replays', is: 'pass' },
      place: { panel: 'measurements' },
    },
    {
      kind: 'do',
      text: {
        en: 'You built this image, so you know its registers and its command line. Expect them.',
        zh: '镜像是您构建的，因此您知道它的寄存器和命令行。请把它们填为期望值。',
      },
      deed: { kind: 'expect', policy: { registers: EXPECTED } },
      did: { en: 'You expect the registers of your image.', zh: '您期望的是自己镜像的寄存器。' },
      place: { panel: 'expectations' },
    },
    {
      kind: 'see',
      text: {
        en: 'The fourth answer holds now. Nothing in the quote changed: it is **your** knowledge that was missing.',
        zh: '第四个回答现在成立了。Quote 没有任何改变：缺少的是**您**所知道的东西。',
      },
      changes: [
        { check: 'software.registers-match', before: 'not-checked', after: 'pass' },
        { answer: 'software', before: 'not-checked', after: 'holds' },
        { answer: 'genuine', before: 'holds', after: 'holds' },
      ],
      place: { answer: 'software' },
    },
    {
      kind: 'predict',
      evidence: { samples: ['intel-dcap/tdx-ccel-other'], at: AT },
      text: {
        en: 'Another quote, from a machine of the same kind, patched the same way. Somebody started your kernel with a shell in place of your program. Which of the five answers change by themselves?',
        zh: '另一份 Quote，来自同样的机器，补丁也相同。有人用您的内核启动了一个 shell，而不是您的程序。五个回答中，哪些会自己改变？',
      },
      options: [
        { said: { en: 'The first: the signature fails', zh: '第一个：签名不成立' } },
        { said: { en: 'The third: its configuration differs', zh: '第三个：它的配置不同' } },
        { said: { en: 'None, as long as you expect nothing', zh: '都不会，只要您没有期望值' }, isRight: true },
      ],
      why: {
        en: 'Genuine hardware signs whatever runs on it. Without your values the page cannot tell one program from another.',
        zh: '真实的硬件会为其上运行的任何程序签名。没有您的值，本页分不清两个程序。',
      },
      place: { part: 'headline' },
    },
    {
      kind: 'do',
      text: { en: 'Expect the same registers of this quote.', zh: '对这份 Quote 填写同样的期望值。' },
      deed: { kind: 'expect', policy: { registers: EXPECTED } },
      did: { en: 'You expect the registers of your image.', zh: '您期望的是自己镜像的寄存器。' },
      place: { panel: 'expectations' },
    },
    {
      kind: 'see',
      text: {
        en: 'The firmware is yours, the settings and the command line are not. The log says what differs: the firmware no longer asks for signatures, and the line ends in **init=/bin/sh**.',
        zh: '固件是您的，设置与命令行不是。日志说明了差别：固件不再要求签名，命令行以 **init=/bin/sh** 结尾。',
      },
      changes: [
        { check: 'software.registers-match', before: 'not-checked', after: 'fail', because: 'expect.register-differs' },
        { answer: 'software', before: 'not-checked', after: 'fails' },
        { answer: 'genuine', before: 'holds', after: 'holds' },
      ],
      place: { panel: 'measurements' },
    },
    {
      kind: 'predict',
      evidence: { samples: ['intel-dcap/tdx-ccel-lied'], at: AT },
      text: {
        en: 'Now the host rewrites the log: your harmless command line stands there, beside the digest of the true one. Does the log still lead to the signed registers?',
        zh: '现在宿主机改写了日志：里面写着您那条无害的命令行，旁边却是真实那条的摘要。日志还能推导到已签名的寄存器吗？',
      },
      options: [
        { said: { en: 'No, the replay fails', zh: '不能，重放不成立' } },
        { said: { en: 'Yes, but those words no longer count', zh: '能，但那行文字不再算数' }, isRight: true },
        { said: { en: 'Yes, and the command line is yours', zh: '能，而且命令行就是您的' } },
      ],
      why: {
        en: 'Registers are made of digests, and those were kept. The words do not hash to theirs: the mark is hollow, and “cmdline” is undetermined.',
        zh: '寄存器由摘要构成，而摘要没有变。文字的哈希与摘要不符：标记是空心的，“cmdline”不能确定。',
      },
      shows: { check: 'software.log-replays', is: 'pass' },
      place: { part: 'headline' },
      afterwards: { panel: 'measurements' },
    },
    {
      kind: 'insight',
      text: {
        en: 'Genuine says who signed; a register says that it is the same or not; only words that hash to what was signed say what it is.',
        zh: '“真实”说的是谁签了名；寄存器说的是相同与否；只有哈希等于被签内容的文字，才说明它是什么。',
      },
    },
  ],
}
