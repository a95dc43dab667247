import type { en } from './texts-samples.en.ts'

/** What each sample teaches, in Chinese. */
export const zh = {
  'sample.intel.tdx-ccel': '带有启动日志的 TDX Quote：四个寄存器，以及推导到它们的文字。',
  'sample.intel.tdx-ccel.short': 'Quote 与其日志',
  'sample.intel.tdx-ccel-other': '同样的芯片，不同的软件：所有签名都成立，而日志说启动的是 shell。',
  'sample.intel.tdx-ccel-lied': '同一台机器，日志里真实的命令行被换成无害的一行，摘要保持不变：日志仍可重放，这行文字不算数。',
  'sample.intel.tdx-dstack': '带有 dstack 应用日志的 TDX Quote。',
  'sample.intel.tdx-up-to-date': '一个状况良好的 TD：直到根证书的每个签名，以及得出结论所需的每份列表和日期。',
  'sample.intel.sgx-v3': '一个 SGX enclave 的版本 3 Quote：签名者低一层，问题是一样的。',
  'sample.intel.tdx-up-to-date.short': '已是最新',
  'sample.intel.tdx-v5': '一个 TD 的版本 5 Quote：报告还说明平台现在处于哪一级。',
  'sample.intel.tdx-out-of-date': '硬件是真的，但微码和 QE 落后了：哪个组件不足，应当更新什么。',
  'sample.intel.tdx-relaunch': '平台在 TD 运行期间更新过：请重新启动 TD。',
  'sample.intel.tdx-out-of-date.short': '补丁落后',
  'sample.intel.tdx-debug': '调试模式已打开。每个签名都成立，您会把秘密发给它吗？',
  'sample.intel.tdx-no-collateral': '只有 Quote：签名成立，但没有材料说明平台是否被吊销、是否最新。',
  'sample.intel.tdx-debug.short': '处于调试模式',
  'sample.intel.tdx-no-collateral.short': '只有 Quote',
  'sample.intel.tdx-revoked': '平台的证书出现在吊销列表中。',
  'sample.intel.sgx-sw-hardening': '一个 enclave，其中的软件必须自行防范已知攻击。',
} satisfies Record<keyof typeof en, string>
