import type { LabClass } from '../core/lab.ts'
import type { Locale } from '../core/saying.ts'

type Both = Readonly<Record<Locale, string>>

const told = (en: readonly [string, string], zh: readonly [string, string]) => ({
  title: { en: en[0], zh: zh[0] },
  stands: { en: en[1], zh: zh[1] },
})

/** What each class of failure is called, and the incident or class of attack that it stands for. */
export const labWords: Readonly<Record<LabClass, { readonly title: Both; readonly stands: Both }>> = {
  'report-data': told(
    ['Another report data', 'Somebody wants the evidence to speak for their key or to answer their nonce.'],
    ['换一个报告数据', '有人想让证据替他的密钥说话，或回应他的随机数。'],
  ),
  measurement: told(
    ['Another measurement', 'Other software runs, and its measurement is written over with the one you expect.'],
    ['换一个度量值', '运行的是另一个软件，其度量值被改写成您期望的那个。'],
  ),
  'debug-on': told(
    [
      'Debug bit set',
      'Whether debugging is allowed is one bit. A verifier must read it, and the signature must cover it.',
    ],
    ['调试位置 1', '是否允许调试只是一位。验证方必须读它，签名也必须覆盖它。'],
  ),
  'debug-off': told(
    ['Debug bit cleared', 'An operator hides that debugging is on.'],
    ['调试位清零', '运营方隐瞒调试已开启。'],
  ),
  'debug-signed': told(
    [
      'Debug mode, rightly signed',
      'Evidence of a program that can be read from outside, made by the hardware itself: every signature holds, and a verifier that reads nothing else lets it in.',
    ],
    ['调试模式，签名无误', '程序可以从外部读取，而证据确由硬件生成：签名全部成立，只看签名的验证方会放行。'],
  ),
  'r-zero': told(
    ['Signature with r = 0', '“Psychic signatures”: a widely used library took a signature of zeros for valid.'],
    ['r = 0 的签名', '“通灵签名”：一个广泛使用的库曾把全零签名当作有效。'],
  ),
  's-negated': told(
    [
      'Signature with s → n − s',
      'Anybody can write an ECDSA signature in a second way, and it is as good. No check may change: never take the bytes of a signature for its name.',
    ],
    [
      's → n − s 的签名',
      '任何人都能把 ECDSA 签名写成另一种形式，而且同样有效。不应有检查改变：切勿用签名的字节来标识它。',
    ],
  ),
  'key-swapped': told(
    [
      'Attestation key swapped',
      'A key of one’s own beside a signature of one’s own. Only what vouches for the key can tell.',
    ],
    ['换掉证明密钥', '自己的密钥配自己的签名。只有替密钥担保的那一处能揭穿。'],
  ),
  'other-signer': told(
    [
      'Another quoting enclave',
      'The report of a program that is not the vendor’s, put in the place of the one that signs.',
    ],
    ['换一个签署程序', '用一个并非厂商程序的报告，顶替签署者的报告。'],
  ),
  'other-signer-report': told(
    [
      'Another quote’s QE report',
      'A genuine report of a genuine signer, cut out of another quote: it is signed, and vouches for another key.',
    ],
    ['另一份 Quote 的 QE 报告', '从另一份 Quote 里剪下的真报告：签名成立，担保的却是别的密钥。'],
  ),
  'evil-leaf': told(
    [
      'Evil leaf',
      'A certificate of the attacker’s stands beside the genuine chain. A verifier that takes a certificate by its place, or checks only that a genuine chain is there, is led astray.',
    ],
    ['塞进恶意证书', '攻击者的证书混在真证书链旁边。只按位置取证书、或只看真链是否在场的验证方会被骗。'],
  ),
  'look-alike-root': told(
    [
      'A look-alike root',
      'A whole chain under a root that bears the same name and is the attacker’s. A root is a key, never a name.',
    ],
    ['同名的假根', '整条证书链挂在一个同名、却属于攻击者的根下。根是密钥，不是名字。'],
  ),
  'other-platform': told(
    [
      'Another platform’s certificate',
      'The certificate of another machine, genuine and in date, beside evidence that this machine signed.',
    ],
    ['另一平台的证书', '另一台机器的证书，真实且在有效期内，配上本机签署的证据。'],
  ),
  'other-chip': told(
    ['Another chip’s id', 'A report is said to come from another processor than the one that signed it.'],
    ['换成别的芯片标识', '谎称报告来自另一颗处理器，而非签署它的那颗。'],
  ),
  'revoked-leaf': told(
    [
      'The platform’s certificate revoked',
      'Keys have been taken out of real machines. What is known to be taken, the vendor puts on its list; whoever never asks for the list never knows.',
    ],
    [
      '平台证书被吊销',
      '确有机器的密钥被人取出。厂商知道之后，会把相应证书列入吊销列表；从不取列表的人，永远不会知道。',
    ],
  ),
  'revoked-authority': told(
    [
      'The authority in between revoked',
      'Not one machine but the key above all of them is called back, and every certificate under it falls.',
    ],
    ['中间机构被吊销', '被召回的不是一台机器，而是其上的密钥：它名下的证书全部失效。'],
  ),
  'expired-list': told(
    ['An expired revocation list', 'A list from before the incident, kept and served on. Its signature still holds.'],
    ['过期的吊销列表', '事发之前的列表，被留存下来继续分发。它的签名依然成立。'],
  ),
  'list-removed': told(
    [
      'The revocation list removed',
      'Whoever stands between you and the vendor cannot forge a list, but can let it get lost. That is not a pass.',
    ],
    ['拿走吊销列表', '中间的人伪造不了列表，却能让它“丢失”。这不等于通过。'],
  ),
  'older-levels': told(
    [
      'Older TCB information',
      'Levels published before a hole was found, replayed: the same machine looks up to date by them.',
    ],
    ['较旧的 TCB 信息', '重放漏洞公布之前的等级信息：按它看，同一台机器仍是最新的。'],
  ),
  trailing: told(
    ['Trailing bytes', 'Readers that disagree on where evidence ends can be told different things by one file.'],
    ['末尾多出字节', '各家对证据在何处结束意见不一，同一个文件就能对不同的读者说不同的话。'],
  ),
  replayed: told(
    ['Replayed', 'A recording of genuine evidence, shown to a verifier that sent another value today.'],
    ['重放', '一份真证据的录像，出示给今天发出另一个值的验证方。'],
  ),
  nonce: told(
    ['Another nonce', 'A replayed quote, rewritten to answer today’s challenge.'],
    ['换一个随机数', '重放的 Quote，被改写成回应今天的随机数。'],
  ),
  'zero-registers': told(
    [
      'PCR0–2 zero',
      'An enclave in debug mode measures nothing but zeros: a verifier that compares nothing does not notice.',
    ],
    ['PCR0–2 清零', '调试模式的 enclave，度量值全是零：什么都不比较的验证方不会发现。'],
  ),
  registers: told(
    ['Another digest of the PCRs', 'The registers tell a lovely boot; the quote was made over others.'],
    ['换一个 PCR 摘要', '寄存器讲的是漂亮的启动过程，Quote 覆盖的却是别的值。'],
  ),
  'not-made-by-chip': told(
    [
      'Not made by the TPM',
      'A key that also signs what it is handed would sign a made-up quote; the first four bytes say who made it.',
    ],
    ['不是 TPM 生成的', '若密钥也签外来的数据，就能签一份编造的 Quote；开头四个字节说明是谁生成的。'],
  ),
  'other-half': told(
    [
      'Another device’s platform token',
      'Two genuine halves that never met: software of one machine beside the good platform of another. Each is signed; only what ties them tells.',
    ],
    [
      '另一设备的平台令牌',
      '两半都是真的，却从未相遇：一台机器的软件，配上另一台的好平台。各自签名成立，只有绑定能揭穿。',
    ],
  ),
  'other-key': told(
    [
      'A TPM quote by another key',
      'A quote by a key of the attacker’s beside the report of a genuine machine: a “cuckoo” that answers for somebody else.',
    ],
    ['由另一把密钥签署的 TPM Quote', '攻击者的密钥签的 Quote，配上真机器的报告：“布谷鸟”替别人作答。'],
  ),
  'foreign-key': told(
    [
      'Signed by another key',
      'The signature is in order, and made with a key that is not the one that vouches. Whoever checks only that it verifies with some key lets it in.',
    ],
    [
      '由另一把密钥签名',
      '签名本身没有问题，只是签名的密钥不是该作保的那一把。只看“能用某把密钥验过”的人，会放它进来。',
    ],
  ),
  claim: told(
    ['A claim rewritten', 'A service’s word about the hardware, improved on the way to you.'],
    ['改写一条声明', '服务对硬件的评语，在送到您手里之前被人改好看了。'],
  ),
  'alg-none': told(
    ['Algorithm “none”', 'Libraries have let the token itself say how it is to be verified, “not at all” included.'],
    ['算法写成 none', '曾有程序库由令牌自己决定怎样验签，包括“不用验”。'],
  ),
  refusal: told(
    [
      'A no, rightly signed',
      'The service looked and refused. Programs that verify the signature and never read the status let such machines in.',
    ],
    ['签名无误的“不”', '服务看过之后拒绝了。只验签名、从不读状态的程序，会放这样的机器进来。'],
  ),
  'key-removed': told(
    [
      'The service’s key removed',
      'Without the key a token is text that anybody could have written. That is not a pass.',
    ],
    ['拿走服务的公钥', '没有公钥，令牌只是谁都写得出来的文字。这不等于通过。'],
  ),
  'layers-swapped': told(
    [
      'Layers out of order',
      'Each layer of the boot vouches for the next. A layer that stands elsewhere than it says was measured by somebody else.',
    ],
    ['层次颠倒', '启动的每一层为下一层作保。位置与自称不符的一层，是由别人度量的。'],
  ),
  'extended-chain': told(
    [
      'A certificate hung on below',
      'The attested key is in the owner’s hands, and so it can sign a certificate of its own that tells a better story. Only the description nearest the root is the hardware’s.',
    ],
    ['链尾再挂一张证书', '被证明的密钥在机主手里，可以自己再签一张说得更好听的证书。只有离根最近的那份描述出自硬件。'],
  ),
  unlocked: told(
    ['Boot loader unlocked', 'A genuine phone says of itself, rightly signed, that it would boot anything.'],
    ['引导加载程序已解锁', '一部真手机如实签名说明：它什么系统都肯启动。'],
  ),
  'software-key': told(
    ['A key in software', 'The statement is in order, and says that no hardware keeps the key.'],
    ['软件里的密钥', '声明本身没有问题，说的却是：密钥不由硬件保管。'],
  ),
  'vouched-data': told(
    [
      'Vouched-for data changed',
      'The hardware signs only a hash of these bytes. Whoever does not hash them again can be handed any key.',
    ],
    ['改动受担保的数据', '硬件签的只是这些字节的哈希。不重新计算哈希的人，拿到什么密钥都会当真。'],
  ),
}
