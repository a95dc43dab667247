import type { Lesson } from '../lesson.ts'

export const lesson: Lesson = {
  id: 'roots',
  number: 10,
  title: { en: 'Whose root?', zh: '谁的根？' },
  teaches: {
    en: 'That a verdict rests on a root which you decide to rely on, vendor by vendor.',
    zh: '结论建立在您决定依赖的根上，一家厂商一个决定。',
  },
  minutes: 5,
  evidence: {
    samples: ['intel-dcap/tdx-up-to-date', 'hygon-csv/v2', 'kunpeng-qca/json'],
    at: '2026-06-15T12:00:00Z',
  },
  steps: [
    {
      kind: 'read',
      text: {
        en: 'Three machines in one case: the evidence is shaped as Intel’s, Hygon’s and Kunpeng’s. All three roots here are this page’s demonstration roots; the real ones would be the vendors’: one in the US, two in China, one of these with SM2. Each chain ends in a root of its own.',
        zh: '一个案例，三台机器：证据分别是 Intel、海光、鲲鹏的形式。这里的三个根都是本页的演示根；真实情况下应是各厂商自己的根：一个在美国，两个在中国，其中一个用国密 SM2。每条链通到各自的根。',
      },
      place: { part: 'headline' },
    },
    {
      kind: 'predict',
      text: {
        en: 'You switch off the first root. Which of the three machines lose their footing?',
        zh: '您停用第一个根。三台机器里，哪几台会受影响？',
      },
      options: [
        { said: { en: 'None: the signatures hold', zh: '一台也没有：签名成立' } },
        { said: { en: 'Only the first', zh: '只有第一台' }, isRight: true },
        { said: { en: 'All three', zh: '三台都会' } },
      ],
      why: {
        en: 'Each root vouches for its own. To rely on one vendor is not to rely on the others.',
        zh: '每个根只为自己的机器担保。依赖一家厂商，不等于依赖其他厂商。',
      },
      place: { part: 'root' },
    },
    {
      kind: 'do',
      text: {
        en: 'Switch off the root of the first machine, in Expectations under roots.',
        zh: '在“期望值”面板的“信任根”一栏，停用第一台机器的根。',
      },
      deed: { kind: 'root-off', subject: 0 },
      did: { en: 'The first root is switched off.', zh: '第一个根已停用。' },
      place: { panel: 'expectations', section: 'expect-roots' },
    },
    {
      kind: 'see',
      text: {
        en: 'The chain of the first machine ends nowhere now; the others are as they were.',
        zh: '第一台机器的证书链现在通不到任何根；另外两台照旧。',
      },
      changes: [
        { root: true, subject: 0, before: 'demonstration', after: 'switched-off' },
        { root: true, subject: 1, before: 'demonstration', after: 'demonstration' },
      ],
      place: { part: 'headline' },
    },
    {
      kind: 'do',
      text: {
        en: 'Switch off the root of the third machine as well. This is how a buyer who may rely on one vendor only would set the page up.',
        zh: '把第三台机器的根也停用。只准依赖一家厂商的采购方，就会这样设置本页。',
      },
      deed: { kind: 'root-off', subject: 2 },
      did: { en: 'The third root is switched off too.', zh: '第三个根也已停用。' },
      place: { panel: 'expectations', section: 'expect-roots' },
    },
    {
      kind: 'see',
      text: {
        en: 'One machine is left. No file changed in the whole lesson: only your decision did.',
        zh: '只剩一台机器。整课里没有一个文件改变，变的只是您的决定。',
      },
      changes: [
        { root: true, subject: 2, before: 'demonstration', after: 'switched-off' },
        { root: true, subject: 1, before: 'demonstration', after: 'demonstration' },
      ],
      place: { part: 'headline' },
    },
    {
      kind: 'insight',
      text: {
        en: 'Mathematics ends at the root. From there on it is a decision: whose, and who checks them?',
        zh: '数学到根为止。再往上就是决定：依赖谁？又由谁来检查他们？',
      },
    },
  ],
}
