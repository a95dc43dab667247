import type { ErrorCode } from '../../core/error-code.ts'

const KERNEL = 'Linux, include/uapi/linux/sev-guest.h'
const KDS = 'AMD 57230, VCEK certificate and KDS interface specification'

/** Messages that people meet on the way to a report and its certificates. */
export const errorCodes: readonly ErrorCode[] = [
  {
    names: ['429 Too Many Requests', 'HTTP 429', 'status code 429', 'status: 429', 'too many requests'],
    by: 'AMD key service (KDS)',
    means: {
      en: 'The key service refuses frequent requests. Nothing is wrong with the report.',
      zh: '密钥服务拒绝过于频繁的请求，报告本身并无问题。',
    },
    remedy: {
      en: 'Wait and ask again, keep the answer, or take the certificates from the extended report. The Collateral panel prints the address.',
      zh: '稍候再试并保存应答，或从扩展报告中取出证书。“验证辅助材料”面板给出地址。',
    },
    source: KDS,
  },
  {
    names: ['SNP_GUEST_VMM_ERR_BUSY'],
    by: 'Linux sev-guest driver',
    means: {
      en: 'The host answers report requests at a limited rate, and said: later.',
      zh: '宿主机限制报告请求的频率，并要求稍后再试。',
    },
    remedy: { en: 'Wait some seconds and ask again.', zh: '等待数秒后再试。' },
    source: KERNEL,
  },
  {
    names: ['SNP_GUEST_VMM_ERR_INVALID_LEN'],
    by: 'Linux sev-guest driver',
    means: {
      en: 'The buffer for the certificates behind an extended report is too small.',
      zh: '扩展报告之后存放证书的缓冲区太小。',
    },
    remedy: {
      en: 'Ask again with the size that came back, or for a plain report without certificates.',
      zh: '按返回的大小重新请求，或只请求不带证书的报告。',
    },
    source: KERNEL,
  },
  {
    names: ['/dev/sev-guest: No such file', '/dev/sev-guest: no such file or directory'],
    by: 'snpguest, go-sev-guest',
    means: {
      en: 'The driver that hands out reports is not there: not an SNP guest, or the module is not loaded.',
      zh: '没有发放报告的驱动：可能不是 SNP 虚拟机，或未加载内核模块。',
    },
    remedy: {
      en: 'Load sev-guest, or use configfs-tsm (/sys/kernel/config/tsm/report). On Azure the report lies in the vTPM.',
      zh: '加载 sev-guest，或使用 configfs-tsm（/sys/kernel/config/tsm/report）。在 Azure 上报告位于 vTPM 中。',
    },
    source: KERNEL,
  },
]
