import type { Evidence, Lesson, Said, Step } from '../lesson.ts'

const OPTIONS = {
  genuine: { en: 'Genuine', zh: '真实性' },
  current: { en: 'Up to date', zh: '补丁' },
  configured: { en: 'Configured', zh: '配置' },
  software: { en: 'Software', zh: '软件' },
  fresh: { en: 'Fresh', zh: '新鲜性' },
  nothing: { en: 'Nothing is wrong', zh: '没有问题' },
} as const

const AT = '2026-06-15T12:00:00Z'
const TODAY = 'c04fe1b2a9d37f5286b41e0d9573c8aa11f64b7de29035c8427fb6a0539d1e11'

function lie(
  text: Said,
  evidence: Evidence,
  right: keyof typeof OPTIONS,
  shows: Extract<Step, { kind: 'predict' }>['shows'],
  why: Said,
): Step {
  return {
    kind: 'predict',
    text,
    evidence,
    options: Object.entries(OPTIONS).map(([id, said]) => (id === right ? { said, isRight: true } : { said })),
    why,
    ...(shows === undefined ? {} : { shows }),
  }
}

export const lesson: Lesson = {
  id: 'lie',
  number: 12,
  isScored: true,
  title: { en: 'Find the lie', zh: '找出谎言' },
  teaches: {
    en: 'Ten cases: in each, one thing is wrong or missing, or nothing is.',
    zh: '十个案例：每个有一处不对或缺失，也可能没有问题。',
  },
  minutes: 15,
  evidence: { samples: ['intel-dcap/tdx-up-to-date'], at: AT },
  steps: [
    lie(
      {
        en: '“Patched, verified, fresh: here is our answer to your nonce.” Where is the lie?',
        zh: '“已打补丁，已验证，而且新鲜：这就是对您随机数的回应。”哪里是谎言？',
      },
      {
        samples: ['intel-dcap/tdx-up-to-date'],
        at: AT,
        deeds: [{ kind: 'expect', policy: { reportData: TODAY } }],
      },
      'fresh',
      { check: 'fresh.report-data-matches', is: 'fail' },
      {
        en: 'A replay. The signature holds, but it answers somebody else’s nonce.',
        zh: '重放。签名成立，但回应的是别人的随机数。',
      },
    ),
    lie(
      { en: '“A processor of the newest generation, its certificate included.”', zh: '“最新一代处理器，证书随附。”' },
      { samples: ['intel-dcap/tdx-revoked'], at: AT },
      'genuine',
      { check: 'intel.pck-not-revoked', is: 'fail' },
      {
        en: 'The vendor has withdrawn its word: the certificate stands on the revocation list.',
        zh: '厂商已收回自己的话：该证书在吊销列表上。',
      },
    ),
    lie(
      { en: '“Hardware-isolated, even from us.”', zh: '“硬件隔离，连我们自己也看不到。”' },
      { samples: ['amd-sev-snp/debug'], at: AT },
      'configured',
      { check: 'snp.debug-off', is: 'fail' },
      {
        en: 'The guest’s policy allows debugging: the operator may read its memory.',
        zh: '该虚拟机的策略允许调试：运营方可以读取其内存。',
      },
    ),
    lie(
      { en: '“As you see, no known weakness.” It is September.', zh: '“如您所见，没有已知漏洞。”现在是九月。' },
      { samples: ['intel-dcap/tdx-up-to-date'], at: '2026-09-15T12:00:00Z' },
      'current',
      { check: 'intel.tcb-info-not-expired', is: 'not-checked' },
      {
        en: 'Stale collateral: what the vendor said in June ended in July. What it says now, nobody has shown.',
        zh: '辅助材料已过期：厂商六月的说法到七月为止。它现在怎么说，没有人出示。',
      },
    ),
    lie(
      { en: '“Signed by the attestation key, verify it yourself.”', zh: '“由证明密钥签名，您可以自己验证。”' },
      {
        samples: ['intel-dcap/sgx-v3'],
        at: AT,
        deeds: [{ kind: 'flip', artifact: 0, path: 'signatureData.attestationKey', bit: 0 }],
      },
      'genuine',
      { check: 'intel.attestation-key-bound-by-qe', is: 'fail' },
      {
        en: 'Another key stands there than the one that the quoting enclave vouched for.',
        zh: '那里放的密钥，不是 Quoting Enclave 担保过的那一把。',
      },
    ),
    lie(
      {
        en: '“The audited release, nothing else.” You expect MRTD 0000…',
        zh: '“就是审计过的版本，没有别的。”您期望的 MRTD 是 0000……',
      },
      {
        samples: ['intel-dcap/tdx-up-to-date'],
        at: AT,
        deeds: [{ kind: 'expect', policy: { registers: { MRTD: ['00'.repeat(48)] } } }],
      },
      'software',
      { check: 'software.registers-match', is: 'fail' },
      {
        en: 'The same proof with other code: everything holds, only the measurement is not the audited one.',
        zh: '证明照旧，代码换了：其他都成立，只有度量值不是审计过的那个。',
      },
    ),
    lie(
      { en: '“Our fleet is patched monthly.”', zh: '“我们的机群每月打补丁。”' },
      { samples: ['intel-dcap/tdx-out-of-date'], at: AT },
      'current',
      { check: 'intel.tcb-current', is: 'warn' },
      {
        en: 'Genuine, and two levels behind. The ladder shows which component.',
        zh: '真实，但落后两级。阶梯上能看到差在哪个组件。',
      },
    ),
    lie(
      { en: '“A token of an independent service, with a valid signature.”', zh: '“独立服务的令牌，签名有效。”' },
      { samples: ['token/refused'], at: '2026-01-01T00:02:00Z' },
      'configured',
      { check: 'jwt.service-does-not-refuse', is: 'fail' },
      { en: 'The signature is valid, and what was signed is a no.', zh: '签名有效，而签下的内容是“不”。' },
    ),
    lie(
      { en: '“Here is the token. You do not need anything else.”', zh: '“这是令牌，您不再需要别的东西。”' },
      {
        samples: ['token/ear'],
        at: '2026-01-01T00:02:00Z',
        deeds: [{ kind: 'take-away', name: 'keys.json' }],
      },
      'genuine',
      { check: 'jwt.signed-by-key', is: 'not-checked' },
      {
        en: 'Without the service’s key a token vouches for itself, and so does any text.',
        zh: '没有服务的密钥，令牌只是自己为自己担保，任何文字都做得到。',
      },
    ),
    lie(
      {
        en: '“Genuine, up to date, debugging off. We claim nothing else.”',
        zh: '“真实，最新，调试已关闭。除此之外我们什么也没说。”',
      },
      { samples: ['intel-dcap/tdx-v5'], at: AT },
      'nothing',
      { check: 'intel.quote-signed-by-attestation-key', is: 'pass' },
      {
        en: 'All three hold. What was not claimed is open, as it should be: the software and the freshness are yours to ask for.',
        zh: '三条都成立。没有声称的部分仍没有答案，本该如此：软件与新鲜性，要由您来问。',
      },
    ),
    {
      kind: 'insight',
      text: {
        en: 'A lie about evidence is rarely in the bytes. It is in the sentence beside them.',
        zh: '关于证据的谎言很少藏在字节里，多半藏在旁边那句话里。',
      },
    },
  ],
}
