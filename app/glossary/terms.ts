import type { Said } from '../lessons/lesson.ts'

/** A term as the field uses it, explained in two sentences at most, with the text that defines it. */
export interface Term {
  readonly id: string
  /** How it is headed. */
  readonly name: Said
  /** How it is written in running text, longest first; the name itself need not stand here. */
  readonly forms: { readonly en: readonly string[]; readonly zh: readonly string[] }
  readonly says: Said
  readonly source: string
}

const RATS = (section: string) => `RFC 9334, ${section}`

/** All terms; the page puts them in the order of its language. */
export const TERMS: readonly Term[] = [
  {
    id: 'appraisal',
    name: { en: 'Appraisal', zh: '评估' },
    forms: { en: ['appraisal', 'appraise', 'appraises', 'appraised'], zh: ['评估'] },
    says: {
      en: 'Holding evidence against endorsements, reference values and a policy, and saying what came of it. Two appraisers with other policies may come to other results about the same bytes.',
      zh: '拿证据去对照背书、参考值和策略，并说明结果。同样的字节，策略不同，评估结果就可能不同。',
    },
    source: RATS('8'),
  },
  {
    id: 'attestation-key',
    name: { en: 'Attestation key', zh: '证明密钥' },
    forms: { en: ['attestation keys', 'attestation key'], zh: ['证明密钥'] },
    says: {
      en: 'The key that signs evidence. By itself it proves nothing: what counts is who says that this key belongs to hardware of that kind.',
      zh: '签署证据的密钥。单凭它自己什么也证明不了：要看是谁说明这把密钥属于这一类硬件。',
    },
    source: RATS('11.3'),
  },
  {
    id: 'attestation-result',
    name: { en: 'Attestation result', zh: '证明结果' },
    forms: { en: ['attestation results', 'attestation result'], zh: ['证明结果'] },
    says: {
      en: 'What a verifier says after an appraisal, usually as a signed token. Whoever accepts it relies on that verifier, not on the hardware directly.',
      zh: '验证方评估之后给出的说法，通常是签过名的令牌。接受它，依赖的就是这个验证方，而不直接是硬件。',
    },
    source: RATS('8.4'),
  },
  {
    id: 'attester',
    name: { en: 'Attester', zh: '证明者' },
    forms: { en: ['attesters', 'attester'], zh: ['证明者'] },
    says: {
      en: 'The machine or program that produces evidence about itself.',
      zh: '产生关于自身证据的机器或程序。',
    },
    source: RATS('3.1'),
  },
  {
    id: 'channel-binding',
    name: { en: 'Channel binding', zh: '通道绑定' },
    forms: { en: ['channel binding', 'bound to the channel'], zh: ['通道绑定'] },
    says: {
      en: 'Putting a hash of a connection’s key into the evidence, so that it speaks for this connection and no other. Without it somebody in the middle can pass genuine evidence on.',
      zh: '把连接所用密钥的哈希放进证据，使证据只为这条连接作证。否则，中间人可以转交一份真实的证据。',
    },
    source: 'RFC 5056; IETF draft on attested TLS',
  },
  {
    id: 'collateral',
    name: { en: 'Collateral', zh: '验证辅助材料' },
    forms: { en: ['collateral'], zh: ['验证辅助材料', '辅助材料'] },
    says: {
      en: 'What a verifier needs besides the evidence: certificates, revocation lists, the vendor’s statements about patch levels. It has dates of its own and goes stale.',
      zh: '除证据外，验证还需要的材料：证书、吊销列表、厂商关于补丁级别的声明。它们有自己的日期，会过期。',
    },
    source: 'Intel SGX DCAP, “Provisioning Certification Service API”',
  },
  {
    id: 'confidential-vm',
    name: { en: 'Confidential VM', zh: '机密虚拟机' },
    forms: { en: ['confidential VMs', 'confidential VM', 'trust domain'], zh: ['机密虚拟机'] },
    says: {
      en: 'A whole virtual machine whose memory the host cannot read: AMD SEV-SNP, Intel TDX, Arm CCA, Hygon CSV. Everything inside it is inside the boundary, its operating system too.',
      zh: '宿主机无法读取其内存的整台虚拟机，例如 AMD SEV-SNP、Intel TDX、Arm CCA、海光 CSV。其中的一切都在边界之内，操作系统也不例外。',
    },
    source: 'Intel TDX Module Base Architecture Specification; AMD 56860',
  },
  {
    id: 'cose',
    name: { en: 'COSE', zh: 'COSE' },
    forms: { en: ['COSE', 'CBOR'], zh: ['COSE', 'CBOR'] },
    says: {
      en: 'Signatures around CBOR, the compact binary cousin of JSON. Nitro documents, Arm CCA tokens and many statements are written so.',
      zh: '用于 CBOR 的签名格式；CBOR 是 JSON 的紧凑二进制形式。Nitro 文档、Arm CCA 令牌和许多声明都这样写成。',
    },
    source: 'RFC 9052; RFC 8949',
  },
  {
    id: 'debug',
    name: { en: 'Debug mode', zh: '调试模式' },
    forms: { en: ['debug mode', 'debug'], zh: ['调试模式', '调试'] },
    says: {
      en: 'A setting with which the host may read and change what is inside. The signature over such evidence is as genuine as any; what it protects is nothing.',
      zh: '打开它，宿主机便可读取和修改里面的内容。这样的证据签名照样真实，只是什么也没有保护。',
    },
    source: 'Intel SDM volume 3D, ATTRIBUTES; AMD 56860, guest policy',
  },
  {
    id: 'digest',
    name: { en: 'Digest (hash)', zh: '摘要（哈希）' },
    forms: { en: ['SHA-256', 'SHA-384', 'digests', 'digest', 'hashes', 'hash'], zh: ['摘要', '哈希'] },
    says: {
      en: 'A short number computed from any bytes. Nobody knows how to find two inputs with the same one, so equal digests mean equal bytes.',
      zh: '由任意字节算出的一个短数。没有人知道怎样找到摘要相同的两份输入，所以摘要相同就意味着字节相同。',
    },
    source: 'FIPS 180-4',
  },
  {
    id: 'endorsement',
    name: { en: 'Endorsement', zh: '背书' },
    forms: { en: ['endorsements', 'endorsement'], zh: ['背书'] },
    says: {
      en: 'A signed statement by a manufacturer about its product, such as the certificate of a chip’s key. It says who made the chip, not what runs on it.',
      zh: '制造商关于其产品的签名声明，例如芯片密钥的证书。它说明芯片由谁制造，不说明上面运行什么。',
    },
    source: RATS('8.2'),
  },
  {
    id: 'enclave',
    name: { en: 'Enclave', zh: 'enclave（SGX）' },
    forms: { en: ['enclaves', 'enclave'], zh: ['enclave'] },
    says: {
      en: 'A part of one process that even the operating system cannot read (Intel SGX); AWS uses the word for an isolated virtual machine.',
      zh: '一个进程中连操作系统也无法读取的部分（Intel SGX）；AWS 用这个词指隔离的虚拟机。',
    },
    source: 'Intel SDM volume 3D; AWS Nitro Enclaves user guide',
  },
  {
    id: 'event-log',
    name: { en: 'Event log', zh: '事件日志' },
    forms: { en: ['event logs', 'event log'], zh: ['事件日志'] },
    says: {
      en: 'The list of everything that was measured, with names. It is not signed: only where hashing it through ends at the signed registers does it count, and only its digests do, not its words.',
      zh: '记录所有被度量内容及其名称的列表。它没有签名：只有逐条计算之后与签名的寄存器一致，才可采信；采信的也只是摘要，不是文字。',
    },
    source: 'TCG PC Client Platform Firmware Profile, 10',
  },
  {
    id: 'evidence',
    name: { en: 'Evidence', zh: '证据' },
    forms: { en: ['evidence'], zh: ['证据'] },
    says: {
      en: 'What a machine says about itself, signed with a key that it protects: a quote, a report, a document, a token.',
      zh: '机器关于自身的陈述，用它所保护的密钥签名：quote、报告、文档或令牌。',
    },
    source: RATS('8.1'),
  },
  {
    id: 'fmspc',
    name: { en: 'FMSPC', zh: 'FMSPC' },
    forms: { en: ['FMSPC'], zh: ['FMSPC'] },
    says: {
      en: 'Six bytes that name a family of Intel platforms. Intel states the patch levels family by family.',
      zh: '标识 Intel 平台家族的六个字节。Intel 按家族公布补丁级别。',
    },
    source: 'Intel PCK Certificate and CRL Profile',
  },
  {
    id: 'measurement',
    name: { en: 'Measurement', zh: '度量' },
    forms: { en: ['measurements', 'measurement', 'measured'], zh: ['度量值', '度量'] },
    says: {
      en: 'A digest of code or data, taken before it runs and kept where the program cannot change it. It says which bytes were loaded, not whether they are good.',
      zh: '代码或数据在运行之前的摘要，保存在程序无法改动之处。它说明载入了哪些字节，不说明这些字节好不好。',
    },
    source: RATS('2'),
  },
  {
    id: 'mrtd',
    name: { en: 'MRTD', zh: 'MRTD' },
    forms: { en: ['MRTD'], zh: ['MRTD'] },
    says: {
      en: 'The measurement of a TDX guest as it was built: its firmware and memory layout. What it loads afterwards goes into the RTMRs.',
      zh: 'TDX 虚拟机构建时的度量：固件与内存布局。之后载入的内容记入 RTMR。',
    },
    source: 'Intel TDX Module Base Architecture Specification, 12',
  },
  {
    id: 'nonce',
    name: { en: 'Nonce', zh: '随机数（nonce）' },
    forms: { en: ['nonces', 'nonce'], zh: ['随机数'] },
    says: {
      en: 'A number that the asker makes up and that is used once. Evidence that carries it was made after the question.',
      zh: '询问者临时想出、只用一次的数。带有它的证据，是在提问之后生成的。',
    },
    source: RATS('10.2'),
  },
  {
    id: 'paravisor',
    name: { en: 'Paravisor', zh: 'paravisor（半虚拟化监控层）' },
    forms: { en: ['paravisor'], zh: ['paravisor'] },
    says: {
      en: 'Software inside the confidential VM, under its operating system, usually the cloud’s. On Azure the hardware’s report describes it, and its vTPM describes the guest.',
      zh: '位于机密虚拟机内、操作系统之下的软件，通常由云厂商提供。在 Azure 上，硬件报告描述的是它，虚拟机由它的 vTPM 描述。',
    },
    source: 'Microsoft OpenHCL documentation',
  },
  {
    id: 'pck',
    name: { en: 'PCK certificate', zh: 'PCK 证书' },
    forms: { en: ['PCK certificate', 'PCK'], zh: ['PCK 证书', 'PCK'] },
    says: {
      en: 'Intel’s certificate for one platform at one patch level. Its key vouches for the quoting enclave’s key, which signs quotes.',
      zh: 'Intel 为某个平台、某个补丁级别签发的证书。它的密钥为 quoting enclave 的密钥作保，后者签署 quote。',
    },
    source: 'Intel PCK Certificate and CRL Profile',
  },
  {
    id: 'pcr',
    name: { en: 'PCR', zh: 'PCR' },
    forms: { en: ['PCRs', 'PCR'], zh: ['PCR'] },
    says: {
      en: 'A register of a TPM (or of a Nitro enclave) that can only be extended: new value = hash of old value and what was measured.',
      zh: 'TPM（或 Nitro enclave）中只能扩展的寄存器：新值 = 旧值与所度量内容合在一起的哈希。',
    },
    source: 'TCG TPM 2.0 Library, part 1, 11.4.5',
  },
  {
    id: 'policy',
    name: { en: 'Policy', zh: '策略' },
    forms: { en: ['policies', 'policy'], zh: ['策略'] },
    says: {
      en: 'What the person who relies on it requires: which software, which patch level, how fresh, whose root. It is theirs; no vendor can state it for them.',
      zh: '依赖方自己的要求：哪种软件、哪个补丁级别、多新鲜、谁的根。这由依赖方决定，厂商不能代为规定。',
    },
    source: RATS('8.5'),
  },
  {
    id: 'qe-identity',
    name: { en: 'QE identity', zh: 'QE 身份声明' },
    forms: { en: ['QE identity', 'enclave identity'], zh: ['QE 身份声明'] },
    says: {
      en: 'Intel’s signed description of the enclave that signs quotes: who made it, which settings it must have, and which of its versions are current. It ends after about thirty days and is issued anew.',
      zh: 'Intel 签署的、对签署 Quote 的 enclave 的描述：由谁制作、必须有哪些设置、哪些版本是最新的。约三十天到期，之后重新签发。',
    },
    source: 'Intel SGX and TDX DCAP, enclave identity of the provisioning certification service',
  },
  {
    id: 'quote',
    name: { en: 'Quote', zh: 'quote（引证）' },
    forms: { en: ['quotes', 'quote'], zh: ['quote'] },
    says: {
      en: 'Evidence that can be checked on another machine: Intel’s and the TPM’s word for a signed report.',
      zh: '可以在另一台机器上验证的证据；Intel 与 TPM 用这个词指签过名的报告。',
    },
    source: 'Intel SGX DCAP Quote Generation Library; TCG TPM 2.0 Library, part 3, 18.4',
  },
  {
    id: 'reference-value',
    name: { en: 'Reference value', zh: '参考值' },
    forms: { en: ['reference values', 'reference value'], zh: ['参考值'] },
    says: {
      en: 'The measurement that good software would have. It comes from whoever built that software, or from building it again, never from the evidence itself.',
      zh: '符合要求的软件应有的度量值。它来自构建该软件的人，或来自重新构建，绝不来自证据本身。',
    },
    source: RATS('8.3'),
  },
  {
    id: 'relying-party',
    name: { en: 'Relying party', zh: '依赖方' },
    forms: { en: ['relying party'], zh: ['依赖方'] },
    says: {
      en: 'Whoever decides something because of an attestation, such as sending a secret. The risk is theirs.',
      zh: '根据证明作出决定的一方，例如是否发送机密。风险由它承担。',
    },
    source: RATS('3.1'),
  },
  {
    id: 'replay',
    name: { en: 'Replay', zh: '重放' },
    forms: { en: ['replayed', 'replay'], zh: ['重放'] },
    says: {
      en: 'Showing old evidence again. Its signature still holds; only a nonce or a signed time tells the difference.',
      zh: '把旧证据再拿出来。它的签名依然成立，只有随机数或签名的时间能看出区别。',
    },
    source: RATS('10'),
  },
  {
    id: 'report-data',
    name: { en: 'Report data', zh: '报告数据' },
    forms: {
      en: ['report data', 'REPORTDATA', 'REPORT_DATA', 'user data'],
      zh: ['报告数据', 'REPORTDATA', 'REPORT_DATA', '用户数据'],
    },
    says: {
      en: 'Bytes that the program inside chooses and the hardware signs along: a nonce, the hash of a key, or anything else. The hardware does not know what they mean.',
      zh: '由里面的程序选定、硬件一并签名的字节：随机数、密钥的哈希或任何内容。硬件不知道它们的含义。',
    },
    source: 'Intel SDM volume 3D, REPORTDATA; AMD 56860, REPORT_DATA',
  },
  {
    id: 'revocation',
    name: { en: 'Revocation list (CRL)', zh: '吊销列表（CRL）' },
    forms: { en: ['revocation lists', 'revocation list', 'revoked', 'CRLs', 'CRL'], zh: ['吊销列表', '吊销', 'CRL'] },
    says: {
      en: 'The issuer’s signed list of certificates that no longer count. Not being on a list that is missing or out of date says nothing.',
      zh: '签发者签名的列表，列出不再有效的证书。列表缺失或过期时，不在其上说明不了什么。',
    },
    source: 'RFC 5280, 5',
  },
  {
    id: 'rim',
    name: { en: 'Reference manifest (RIM)', zh: '参考清单（RIM）' },
    forms: { en: ['reference manifests', 'reference manifest', 'RIM'], zh: ['参考清单', 'RIM'] },
    says: {
      en: 'A vendor’s signed list of the measurements that its firmware or driver comes to. NVIDIA publishes one for each driver and VBIOS.',
      zh: '厂商签名的清单，列出其固件或驱动应有的度量值。NVIDIA 为每个驱动和 VBIOS 各发布一份。',
    },
    source: 'TCG Reference Integrity Manifest Information Model',
  },
  {
    id: 'root',
    name: { en: 'Root (trust anchor)', zh: '根（信任锚）' },
    forms: { en: ['trust anchor', 'root certificate', 'root'], zh: ['信任锚', '根证书'] },
    says: {
      en: 'The key at which a chain of signatures ends. Nothing proves it: somebody decides to rely on it, and this page lets you decide otherwise.',
      zh: '签名链终止处的密钥。没有什么能证明它：要由人决定依赖它，而您可以在本页作出不同的决定。',
    },
    source: 'RFC 5280, 6.1; RFC 9334, 7',
  },
  {
    id: 'rtmr',
    name: { en: 'RTMR', zh: 'RTMR' },
    forms: { en: ['RTMRs', 'RTMR0', 'RTMR1', 'RTMR2', 'RTMR3', 'RTMR'], zh: ['RTMR'] },
    says: {
      en: 'Four registers of a TDX guest that can only be extended while it boots and runs. RTMR3 is left to software; all zero means that nothing was ever put in.',
      zh: 'TDX 虚拟机的四个寄存器，在启动和运行期间只能扩展。RTMR3 留给软件使用；全零表示从未写入。',
    },
    source: 'Intel TDX Module Base Architecture Specification, 12',
  },
  {
    id: 'signature',
    name: { en: 'Signature', zh: '签名' },
    forms: { en: ['signatures', 'signature', 'signed', 'signs'], zh: ['签名'] },
    says: {
      en: 'Proof that whoever held a certain key saw exactly these bytes. It says nothing about whether they are true.',
      zh: '证明某个密钥的持有者见过完全相同的字节。至于内容是否属实，签名不作说明。',
    },
    source: 'FIPS 186-5',
  },
  {
    id: 'smt',
    name: { en: 'SMT', zh: 'SMT' },
    forms: { en: ['SMT'], zh: ['SMT'] },
    says: {
      en: 'Two threads share one core. Some attacks let one thread learn what the other does, so several advisories ask that it be switched off.',
      zh: '两个线程共用一个核心。有些攻击能让一个线程得知另一个在做什么，因此多份公告要求关闭它。',
    },
    source: 'Intel and AMD security advisories',
  },
  {
    id: 'svn',
    name: { en: 'Security version (SVN)', zh: '安全版本号（SVN）' },
    forms: { en: ['security version', 'SVNs', 'SVN'], zh: ['安全版本号', 'SVN'] },
    says: {
      en: 'A number that goes up when a security fault is mended. Each part of a platform has its own.',
      zh: '修复安全漏洞时递增的数。平台的每个部件各有一个。',
    },
    source: 'Intel SDM volume 3D, CPUSVN and ISVSVN; AMD 56860, TCB_VERSION',
  },
  {
    id: 'tcb',
    name: { en: 'TCB', zh: 'TCB（可信计算基）' },
    forms: { en: ['TCB level', 'TCB'], zh: ['TCB'] },
    says: {
      en: 'Everything that must work as promised for the protection to hold: processor, microcode, firmware. Vendors number its patch levels; Intel’s signed TCB info says which are out of date.',
      zh: '保护成立所必须依靠的全部：处理器、微码、固件。厂商为其补丁级别编号；Intel 签名的 TCB 信息说明哪些已经过时。',
    },
    source: 'Intel PCS API, TCB info; AMD 57230',
  },
  {
    id: 'tcb-info',
    name: { en: 'TCB info', zh: 'TCB 信息' },
    forms: { en: ['TCB infos', 'TCB info'], zh: ['TCB 信息'] },
    says: {
      en: 'Intel’s signed table for one kind of processor: which versions of which components count as current, and since when. It ends after about thirty days and is issued anew.',
      zh: 'Intel 为某一类处理器签署的表：哪些组件的哪些版本算最新，从何时起算。约三十天到期，之后重新签发。',
    },
    source: 'Intel SGX and TDX DCAP, TCB info of the provisioning certification service',
  },
  {
    id: 'tee',
    name: { en: 'TEE', zh: 'TEE（可信执行环境）' },
    forms: { en: ['trusted execution environment', 'TEE'], zh: ['可信执行环境', 'TEE'] },
    says: {
      en: 'A place in a machine where code runs out of reach of its owner, and can prove it. It does not make that code free of faults.',
      zh: '机器中的一块区域，代码在其中运行时，机器的主人也无法触及，并且能够证明这一点。它不能保证代码没有缺陷。',
    },
    source: 'Confidential Computing Consortium, “A Technical Analysis of Confidential Computing”',
  },
  {
    id: 'token',
    name: { en: 'Token (JWT)', zh: '令牌（JWT）' },
    forms: { en: ['tokens', 'token', 'JWT'], zh: ['令牌', 'JWT'] },
    says: {
      en: 'Claims with a signature, as text. Where a service signs it, it is that service’s word about evidence that you have not seen.',
      zh: '带签名的文本形式声明。由服务签名时，它只是该服务对您没有见过的证据的说法。',
    },
    source: 'RFC 7519; RFC 7515',
  },
  {
    id: 'vcek',
    name: { en: 'VCEK, VLEK', zh: 'VCEK、VLEK' },
    forms: { en: ['VCEK', 'VLEK'], zh: ['VCEK', 'VLEK'] },
    says: {
      en: 'The key that signs SEV-SNP reports: VCEK is derived from one chip and its firmware level, VLEK is lent to one cloud for all its chips.',
      zh: '签署 SEV-SNP 报告的密钥：VCEK 由单个芯片及其固件级别派生，VLEK 则借给某家云厂商用于其全部芯片。',
    },
    source: 'AMD 57230; AMD 56860',
  },
  {
    id: 'verifier',
    name: { en: 'Verifier', zh: '验证方' },
    forms: { en: ['verifiers', 'verifier'], zh: ['验证方'] },
    says: {
      en: 'Whoever appraises evidence. Here it is this page, on your own machine; elsewhere it is often a cloud service.',
      zh: '评估证据的一方。在这里是本页，运行在您自己的机器上；在别处往往是云服务。',
    },
    source: RATS('3.1'),
  },
  {
    id: 'vmpl',
    name: { en: 'VMPL', zh: 'VMPL' },
    forms: { en: ['VMPL'], zh: ['VMPL'] },
    says: {
      en: 'Privilege levels inside an SEV-SNP virtual machine, 0 the highest. A report says from which one it was asked for: a paravisor at 0 can stand above the system that you see.',
      zh: 'SEV-SNP 虚拟机内部的特权级别，0 最高。报告写明它是从哪一级请求的：处于 0 级的 paravisor 可以高于您看到的操作系统。',
    },
    source: 'AMD 56860, SEV-SNP firmware ABI, ATTESTATION_REPORT',
  },
  {
    id: 'vtpm',
    name: { en: 'vTPM', zh: 'vTPM（虚拟 TPM）' },
    forms: { en: ['vTPM', 'TPM'], zh: ['vTPM', 'TPM'] },
    says: {
      en: 'A TPM in software, given to a virtual machine. What it signs is worth as much as whatever vouches for its key.',
      zh: '以软件实现、提供给虚拟机使用的 TPM。它的签名有多大分量，取决于什么在为它的密钥作保。',
    },
    source: 'TCG TPM 2.0 Library, part 1',
  },
]
