import { bilingual } from '../text/say.ts'

export const limitsWords = bilingual(
  {
    title: 'What no verdict here proves',
    lead: 'Each case says which of these apply to it. Collected here, with the reasons.',
    physical: 'That nobody took the platform’s key',
    physicalWhy:
      'People with physical access have read attestation keys over the memory bus of current machines. No byte of any evidence shows it; the best answer assumes that it did not happen.',
    code: 'What the measured code does',
    codeWhy: 'A measurement names a program. Whether that program keeps your secret is a question about its source.',
    place: 'Who runs it, and where',
    placeWhy: 'Genuine evidence from somebody else’s machine is genuine. Give the device ids that you expect, and a nonce.',
    now: 'That it was made for you, now',
    nowWhy:
      'Evidence of SGX, TDX and SEV-SNP carries no date: only a value of yours in it shows that it is not old evidence shown again.',
    newest: 'That you were shown the newest lists and levels',
    newestWhy:
      'They are signed, so nobody can forge them; but whoever brings them can bring an older one that is still in date.',
    amd: 'What is current for AMD',
    amdWhy:
      'AMD signs no statement of what is current. Numbers from bulletins can accuse, never acquit; a minimum of your own decides.',
    logs: 'The words in a log',
    logsWhy: 'Digests lead to a signed register; the names beside them are covered by nothing.',
    service: 'That a service is right',
    serviceWhy: 'A token is the word of whoever signed it, about evidence that you have not seen.',
    unverifiable: 'Formats that only their maker can verify',
    unverifiableWhy:
      'EPID quotes, reports for the same machine, tokens with a shared secret: they are read, and said to be not verified.',
    copy: 'That this page is the published one',
    copyWhy:
      'Whoever serves a page can change it. The front door shows which build this is; the hashes of its files can be compared with a build of your own.',
  },
  {
    title: '这里的任何结论都不能证明的事',
    lead: '每个案例都会说明其中哪些与它有关。这里汇总，并给出理由。',
    physical: '该平台的密钥是否曾被人取走',
    physicalWhy:
      '已有人凭物理接触，通过内存总线读出过现役机器的证明密钥。任何证据中都没有字节能显示这一点；最好的结论也只是假定它没有发生。',
    code: '被度量的代码做什么',
    codeWhy: '度量值只指明是哪个程序。它是否保守您的机密，要看它的源代码。',
    place: '由谁运行，在哪里运行',
    placeWhy: '别人机器上的真实证据也是真实的。请给出您期望的设备标识和一个随机数。',
    now: '它是否此刻为您生成',
    nowWhy: 'SGX、TDX 与 SEV-SNP 的证据不带日期：只有其中含有您给出的值，才说明不是重放的旧证据。',
    newest: '您看到的是否最新的列表与级别',
    newestWhy: '它们都有签名，无法伪造；但提供者可以给出一份尚未过期的旧版本。',
    amd: 'AMD 的最新级别',
    amdWhy: 'AMD 不签署“何为最新”的声明。公告中的数字只能用来指出问题，不能用来证明没有问题；请以您自己的最低要求为准。',
    logs: '日志中的文字',
    logsWhy: '摘要可以推算到签过名的寄存器；旁边的名称没有任何内容为其作保。',
    service: '服务的说法是否正确',
    serviceWhy: '令牌只是签名者的说法，说的是您没有见过的证据。',
    unverifiable: '只有制造者才能验证的格式',
    unverifiableWhy: 'EPID quote、只供本机核对的报告、使用共享密钥的令牌：会解析出来，并说明尚未验证。',
    copy: '本页是否就是公开发布的那一份',
    copyWhy: '提供页面的人可以改动它。首页会显示这是哪一次构建；其文件的哈希可以与您自己的构建比对。',
  },
)
