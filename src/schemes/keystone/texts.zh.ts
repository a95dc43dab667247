import type { en } from './texts.en.ts'

export const zh = {
  'format.keystone.report': 'Keystone enclave 报告（RISC-V）',
  'detect.keystone.shape':
    '长度为 1352 字节（或 2048 字节的缓冲区），在 Keystone 报告应有的位置上有一个较小的数据长度和两个签名。这种格式没有标识字节。',
  'sample.keystone.report': '一份 enclave 报告：安全监控器为它作证，设备又为监控器作证。',
  'sample.keystone.guessable': '设备按公开的引导代码生成监控器密钥：签名全部成立，但试 256 次就能得到这把密钥。',
  'sample.keystone.swapped': '监控器的密钥被换掉，设备为原密钥作的签名却留着。',
  'sample.keystone.blank':
    '某块板子的引导代码什么也没交给监控器：监控器的哈希、密钥和签名全是零。全零也是一把公钥，而且谁都能以它签名。',
  'root.holder.Keystone test device key': 'Keystone 测试设备密钥',
  'root.holder.Keystone demonstration key': 'Keystone 演示密钥',
  'node.keystone.device': '设备密钥',
  'node.keystone.monitor': '安全监控器：哈希与密钥',
  'node.keystone.enclave': 'enclave：哈希与数据',
  'node.keystone.data': '程序自己选的字节',
  'wish.keystone.device': '这台设备的公钥（Ed25519，PEM 或 JWK），应向造设备的一方索取。报告里写的那一把没有任何人担保。',
  'limit.keystone.device':
    '它是谁的设备，设备密钥是否已被撤回。Keystone 把设备密钥交给造设备的一方；除一对测试密钥外，没有公开的设备密钥。',
  'limit.keystone.monitor':
    '安全监控器本身好不好。它的哈希要与您从二进制文件算出的值比较；报告里没有等级，也没有版本号。',
  'limit.keystone.start': 'enclave 启动之后做了什么。哈希只覆盖加载时的加载器、运行时和程序；报告也不说明是否处于调试状态。',
  'limit.keystone.unsigned': '数据数组中超出所记长度的部分：这些字节没有任何签名覆盖。',

  'field.keystoneReport.enclave': '监控器对 enclave 的陈述。',
  'field.keystoneReport.sm': '设备对监控器的陈述；在启动时生成，到下次启动之前每份报告里都相同。',
  'field.keystoneReport.devPublicKey': '设备的公钥。没有签名覆盖它，因此只有当您从别处知道这把密钥时，它才算数。',
  'field.keystoneEnclave.hash': '对三个大小值以及加载器、运行时和程序的各页做的 SHA3-512，取自 enclave 创建之时。',
  'field.keystoneEnclave.dataLen': '数组中由程序给出并被签名的字节数：0 到 1024。',
  'field.keystoneEnclave.data': '程序自己选的字节：随机数，或它自己的公钥。',
  'field.keystoneEnclave.unsigned':
    '数组的其余部分。没有签名覆盖，监控器也不清零：可能是它内存里的残留，也可能是途中有人写进去的。',
  'field.keystoneEnclave.signature':
    '监控器密钥对哈希、长度和所计数据的签名。是把 SHA-512 换成 SHA3-512 的 Ed25519，常见的程序库都验证不了。',
  'field.keystoneMonitor.hash': '启动时监控器内存的 SHA3-512，由引导代码度量。',
  'field.keystoneMonitor.publicKey': '监控器的公钥，启动时由设备的秘密和上面的哈希生成。',
  'field.keystoneMonitor.signature': '设备密钥对监控器的哈希和公钥的签名；也是换了哈希的 Ed25519。',

  'keystone.unreadable': '报告不够完整，无法检查这一项。',
  'keystone.cut': '报告还没结束，字节就没有了。',
  'keystone.data-length': '数据长度写的是 {length}，而数组只有 {most} 字节。',
  'keystone.follows': '报告后面还有 {count} 个字节。',
  'keystone.no-key': '这 32 个字节不是公钥：曲线上没有对应的点。',
  'keystone.weak-key': '这把公钥的阶很小，谁都能造出它认可的签名。从未填写过的字段就是这个样子。',
  'keystone.guessable':
    '监控器的密钥是由其哈希推出的 256 把之一：设备秘密的首字节是 {byte}，其余部分都没有用到。任何人都能算出这把私钥，以这个监控器的名义签名。',

  'keystone.well-formed.question': '报告完整吗？',
  'keystone.well-formed.holds': '每个字段都在，数据没有超出数组。',
  'keystone.well-formed.fails': '报告提前结束，或者数据超出了数组。',
  'keystone.well-formed.why': '如果读取程序相信超出数组的长度，就会把别的内容当作数据来读。',
  'keystone.nothing-follows.question': '文件到报告结束为止吗？',
  'keystone.nothing-follows.holds': '报告之后没有别的内容。',
  'keystone.nothing-follows.fails': '报告之后还有字节。',
  'keystone.nothing-follows.why': '该项目的示例把 2048 字节的缓冲区整个交出来，报告在开头，后面的内容没有任何签名覆盖。',
  'keystone.enclave-signed-by-monitor.question': '监控器的密钥签署的正是这个哈希和这些数据吗？',
  'keystone.enclave-signed-by-monitor.holds': '监控器的密钥签署了 enclave 的哈希、长度和所计的数据。',
  'keystone.enclave-signed-by-monitor.fails': '监控器的密钥没有签署这些字节。',
  'keystone.enclave-signed-by-monitor.why':
    '没有这个签名，谁都能写出哈希和数据。而监控器的密钥，要有设备为它作的签名才算数。',
  'keystone.monitor-signed-by-device.question': '设备的密钥签署了监控器的哈希和公钥吗？',
  'keystone.monitor-signed-by-device.holds': '报告所写的设备密钥签署了监控器的哈希和公钥。',
  'keystone.monitor-signed-by-device.fails': '报告所写的设备密钥没有签署这些字节。',
  'keystone.monitor-signed-by-device.why':
    '它把签署报告的密钥与启动时度量的内容联系起来。这台设备您是否认识，是另一个问题：密钥写在报告里，而谁都可以写上一把。',
  'keystone.monitor-key-not-guessable.question': '监控器的密钥不属于公开引导代码能为这个监控器生成的那 256 把密钥吗？',
  'keystone.monitor-key-not-guessable.holds': '这把密钥不是由监控器哈希推出的 256 把之一。没有检查其他弱点。',
  'keystone.monitor-key-not-guessable.fails': '这把密钥是由监控器哈希推出的 256 把之一。',
  'keystone.monitor-key-not-guessable.why':
    '引导代码本应把设备的秘密和监控器的哈希整个哈希一遍，却把单个元素的大小当成了数组的大小，各只取了一个字节。试 256 个值，就能得到私钥。',
  'keystone.not-judged.rest.what': '数据数组中超出所计长度的部分。',
  'keystone.not-judged.rest.because': '这些字节没有任何签名，监控器写报告之前也不清零：里面可能是任何内容。',
} satisfies Record<keyof typeof en, string>
