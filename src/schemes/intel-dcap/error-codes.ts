import type { ErrorCode } from '../../core/error-code.ts'

const QL = 'intel/SGXDataCenterAttestationPrimitives, sgx_ql_lib_common.h'
const QV = 'intel/SGXDataCenterAttestationPrimitives, sgx_qve_header.h'
const TD = 'intel/SGXDataCenterAttestationPrimitives, tdx_attest.h'

const GET_CURRENT = {
  en: 'Fetch the item again (the Collateral panel prints the address), or ask the PCCS to refresh it.',
  zh: '重新获取该材料（“验证辅助材料”面板给出地址），或让 PCCS 刷新缓存。',
}
const SAME_PLATFORM = {
  en: 'Use the collateral of the same platform: FMSPC and authority are printed in the Collateral panel.',
  zh: '改用同一平台的材料：“验证辅助材料”面板给出 FMSPC 与签发机构。',
}
const UPDATE = {
  en: 'Update BIOS, microcode and TDX module as the advisories say, then make a new quote. The TCB ladder names the component that is behind.',
  zh: '按安全公告更新 BIOS、微码与 TDX 模块，再生成新的 Quote。“TCB 阶梯”面板指出落后的部件。',
}
const ON_HOST = {
  en: 'Look at the host: AESM or QGS running, PCCS reachable, sgx_default_qcnl.conf right, platform registered.',
  zh: '检查宿主机：AESM 或 QGS 是否在运行、PCCS 是否可达、sgx_default_qcnl.conf 是否正确、平台是否已注册。',
}

type Row = readonly [
  number: number,
  names: readonly string[],
  en: string,
  zh: string,
  remedy: ErrorCode['remedy'],
  check?: string,
]

// prettier-ignore
const LIBRARY: readonly Row[] = [
  [0xe002, ['SGX_QL_ERROR_INVALID_PARAMETER'], 'The library was called with something it cannot read, often a quote cut off or a size that is wrong.', '传给库的内容无法读取，常见原因是 Quote 被截断或长度有误。', { en: 'Drop the quote here: the page names the byte at which it stops fitting.', zh: '把 Quote 放到本页：会指出从哪个字节开始不符。' }],
  [0xe00d, ['SGX_QL_INTERFACE_UNAVAILABLE'], 'The quoting enclave could not be loaded.', '无法载入 Quoting Enclave。', ON_HOST],
  [0xe00e, ['SGX_QL_PLATFORM_LIB_UNAVAILABLE'], 'The library that fetches collateral (QPL) was not found.', '找不到获取辅助材料的库（QPL）。', ON_HOST],
  [0xe011, ['SGX_QL_NO_PLATFORM_CERT_DATA'], 'No PCK certificate for this platform is at hand.', '手边没有该平台的 PCK 证书。', ON_HOST],
  [0xe019, ['SGX_QL_NETWORK_ERROR'], 'Fetching PCK certificates failed on the network.', '获取 PCK 证书时网络出错。', ON_HOST],
  [0xe01a, ['SGX_QL_MESSAGE_ERROR'], 'The service answered something that could not be read.', '服务的应答无法读取。', ON_HOST],
  [0xe01b, ['SGX_QL_NO_QUOTE_COLLATERAL_DATA'], 'No collateral for this quote is at hand.', '手边没有该 Quote 的辅助材料。', GET_CURRENT],
  [0xe01c, ['SGX_QL_QUOTE_CERTIFICATION_DATA_UNSUPPORTED'], 'The quote does not carry its PCK chain (certification data of another type than 5).', 'Quote 未携带 PCK 证书链（认证数据不是类型 5）。', { en: 'Get the PCK certificate for the identifiers in the quote and drop it beside.', zh: '按 Quote 中的标识获取 PCK 证书，并与其一起放入。' }],
  [0xe01d, ['SGX_QL_QUOTE_FORMAT_UNSUPPORTED'], 'Version or kind of the quote is not known to that library.', '该库不认识这一版本或类型的 Quote。', { en: 'Drop it here: versions 3, 4 and 5 are read, and what does not fit is named.', zh: '放到本页：可读取版本 3、4、5，并指出不符之处。' }],
  [0xe01f, ['SGX_QL_QE_REPORT_INVALID_SIGNATURE'], 'The signature over the QE report is not by the key in the PCK certificate.', 'QE 报告的签名不是 PCK 证书中的密钥所签。', { en: 'The quote was altered, or its parts come from different platforms: make a new one.', zh: 'Quote 被改动，或各部分来自不同平台：请重新生成。' }, 'intel.qe-report-signed-by-pck'],
  [0xe020, ['SGX_QL_QE_REPORT_UNSUPPORTED_FORMAT'], 'The QE report is not in the form that is expected.', 'QE 报告的格式与预期不符。', { en: 'Drop the quote here to see which field does not fit.', zh: '把 Quote 放到本页，查看哪个字段不符。' }],
  [0xe021, ['SGX_QL_PCK_CERT_UNSUPPORTED_FORMAT'], 'The PCK certificate could not be read.', 'PCK 证书无法读取。', SAME_PLATFORM],
  [0xe022, ['SGX_QL_PCK_CERT_CHAIN_ERROR'], 'The chain from PCK certificate to Intel’s root does not hold, or a certificate in it was revoked.', '从 PCK 证书到 Intel 根的链不成立，或其中有证书已被吊销。', { en: 'See the trust path: it names the link that fails. Often an old CRL or a chain of another platform.', zh: '查看“信任路径”：会指出不成立的一环。常见原因是 CRL 过旧或证书链属于其他平台。' }, 'intel.pck-chain'],
  [0xe023, ['SGX_QL_TCBINFO_UNSUPPORTED_FORMAT'], 'The TCB info could not be read.', 'TCB 信息无法读取。', GET_CURRENT],
  [0xe024, ['SGX_QL_TCBINFO_MISMATCH'], 'The TCB info is for another platform (FMSPC or PCE id differ), or for SGX where TDX is needed.', 'TCB 信息属于其他平台（FMSPC 或 PCE ID 不同），或需要 TDX 却给了 SGX 的。', SAME_PLATFORM],
  [0xe025, ['SGX_QL_QEIDENTITY_UNSUPPORTED_FORMAT'], 'The QE identity could not be read.', 'QE 身份声明无法读取。', GET_CURRENT],
  [0xe026, ['SGX_QL_QEIDENTITY_MISMATCH'], 'The quoting enclave is not the one that Intel’s QE identity describes.', 'Quoting Enclave 与 Intel 的 QE 身份声明所述不符。', { en: 'Take the QE identity for this kind of quote (QE for SGX, TD_QE for TDX).', zh: '使用与此类 Quote 对应的 QE 身份声明（SGX 用 QE，TDX 用 TD_QE）。' }],
  [0xe027, ['SGX_QL_TCB_OUT_OF_DATE'], 'The platform is behind on updates.', '平台未及时更新。', UPDATE],
  [0xe028, ['SGX_QL_TCB_OUT_OF_DATE_CONFIGURATION_NEEDED'], 'The platform is behind on updates and needs another configuration.', '平台未及时更新，且需要更改配置。', UPDATE],
  [0xe029, ['SGX_QL_SGX_ENCLAVE_IDENTITY_OUT_OF_DATE'], 'The quoting enclave is older than Intel accepts.', 'Quoting Enclave 的版本低于 Intel 认可的版本。', UPDATE],
  [0xe02a, ['SGX_QL_SGX_ENCLAVE_REPORT_ISVSVN_OUT_OF_DATE'], 'The quoting enclave’s ISVSVN is below the newest level.', 'Quoting Enclave 的 ISVSVN 低于最新级别。', UPDATE],
  [0xe02b, ['SGX_QL_QE_IDENTITY_OUT_OF_DATE'], 'The quoting enclave is older than Intel accepts.', 'Quoting Enclave 的版本低于 Intel 认可的版本。', UPDATE],
  [0xe02c, ['SGX_QL_SGX_TCB_INFO_EXPIRED', 'SGX_QL_TCBINFO_EXPIRED'], 'The TCB info was due to be replaced before now.', 'TCB 信息已过更新期限。', GET_CURRENT],
  [0xe02d, ['SGX_QL_SGX_PCK_CERT_CHAIN_EXPIRED'], 'A certificate of the PCK chain has ended.', 'PCK 证书链中有证书已到期。', GET_CURRENT],
  [0xe02e, ['SGX_QL_SGX_CRL_EXPIRED'], 'A revocation list was due to be replaced before now.', '吊销列表已过更新期限。', GET_CURRENT],
  [0xe02f, ['SGX_QL_SGX_SIGNING_CERT_CHAIN_EXPIRED'], 'The certificate that signs TCB info and QE identity has ended.', '签署 TCB 信息与 QE 身份声明的证书已到期。', GET_CURRENT],
  [0xe030, ['SGX_QL_SGX_ENCLAVE_IDENTITY_EXPIRED'], 'The QE identity was due to be replaced before now.', 'QE 身份声明已过更新期限。', GET_CURRENT],
  [0xe031, ['SGX_QL_PCK_REVOKED'], 'The platform’s PCK certificate, or an authority above it, was revoked.', '平台的 PCK 证书或其上级机构已被吊销。', { en: 'Do not rely on this platform.', zh: '不要依赖此平台。' }],
  [0xe032, ['SGX_QL_TCB_REVOKED'], 'The level that the platform reaches was revoked by Intel.', '平台所达到的级别已被 Intel 吊销。', UPDATE],
  [0xe033, ['SGX_QL_TCB_CONFIGURATION_NEEDED'], 'Patched, but the configuration leaves known weaknesses open (hyper-threading, for one).', '已打补丁，但现有配置仍留有已知弱点（例如超线程）。', { en: 'Change the setting that the advisory names, or accept the risk in your policy.', zh: '按安全公告更改设置，或在策略中接受该风险。' }],
  [0xe034, ['SGX_QL_UNABLE_TO_GET_COLLATERAL'], 'The collateral could not be fetched.', '无法获取辅助材料。', ON_HOST],
  [0xe038, ['SGX_QL_CRL_UNSUPPORTED_FORMAT'], 'A revocation list could not be read (hex instead of DER, for one).', '吊销列表无法读取（例如是十六进制而非 DER）。', { en: 'Drop it here: PEM, DER and hex are all read.', zh: '放到本页：PEM、DER、十六进制均可读取。' }],
  [0xe039, ['SGX_QL_QEIDENTITY_CHAIN_ERROR'], 'The chain above the QE identity does not hold.', 'QE 身份声明之上的证书链不成立。', GET_CURRENT],
  [0xe03a, ['SGX_QL_TCBINFO_CHAIN_ERROR'], 'The chain above the TCB info does not hold.', 'TCB 信息之上的证书链不成立。', GET_CURRENT],
  [0xe03c, ['SGX_QL_TCB_SW_HARDENING_NEEDED'], 'Patched, but the enclave itself must be built with mitigations.', '已打补丁，但 enclave 自身须启用缓解措施编译。', { en: 'Ask who built the enclave; the advisories name the mitigation.', zh: '询问 enclave 的构建者；安全公告给出缓解措施。' }],
  [0xe03d, ['SGX_QL_TCB_CONFIGURATION_AND_SW_HARDENING_NEEDED'], 'Patched, but configuration and the enclave’s own mitigations are both asked for.', '已打补丁，但需要更改配置，enclave 自身也须启用缓解措施。', UPDATE],
  [0xe040, ['SGX_QL_SERVICE_UNAVAILABLE'], 'The quoting or caching service did not answer.', '生成 Quote 或缓存的服务没有应答。', ON_HOST],
  [0xe041, ['SGX_QL_NETWORK_FAILURE'], 'The network failed on the way to the service.', '到服务的网络不通。', ON_HOST],
  [0xe042, ['SGX_QL_SERVICE_TIMEOUT'], 'The service took too long.', '服务应答超时。', ON_HOST],
  [0xe047, ['SGX_QL_PLATFORM_UNKNOWN'], 'The PCCS does not know this platform.', 'PCCS 不认识该平台。', { en: 'Register the platform (PCKIDRetrievalTool or the registration service), then ask again.', zh: '先注册平台（PCKIDRetrievalTool 或注册服务），再重试。' }],
  [0xe049, ['SGX_QL_CERTS_UNAVAILABLE'], 'No certificates are available for this platform.', '该平台没有可用的证书。', ON_HOST],
  [0xe053, ['SGX_QL_COLLATERAL_VERSION_NOT_SUPPORTED'], 'The collateral’s version is not one that this library reads.', '该库不支持此版本的辅助材料。', { en: 'Update the verification library, or fetch collateral of API version 3 or 4.', zh: '更新验证库，或获取 API 版本 3 或 4 的材料。' }],
  [0xe060, ['SGX_QL_TDX_MODULE_MISMATCH'], 'The TDX module in the quote is not the one that the TCB info describes.', 'Quote 中的 TDX 模块与 TCB 信息所述不符。', SAME_PLATFORM],
  [0xe061, ['SGX_QL_QEIDENTITY_NOT_FOUND'], 'No QE identity was found.', '未找到 QE 身份声明。', GET_CURRENT],
  [0xe062, ['SGX_QL_TCBINFO_NOT_FOUND'], 'No TCB info was found for this FMSPC.', '未找到该 FMSPC 的 TCB 信息。', SAME_PLATFORM],
]

// prettier-ignore
const RESULTS: readonly Row[] = [
  [0xa001, ['SGX_QL_QV_RESULT_CONFIG_NEEDED', 'TEE_QV_RESULT_CONFIG_NEEDED'], 'The quote verifies; the platform needs another configuration (ConfigurationNeeded).', 'Quote 验证通过；平台需要更改配置（ConfigurationNeeded）。', UPDATE],
  [0xa002, ['SGX_QL_QV_RESULT_OUT_OF_DATE', 'TEE_QV_RESULT_OUT_OF_DATE'], 'The quote verifies; the platform is behind on updates (OutOfDate).', 'Quote 验证通过；平台未及时更新（OutOfDate）。', UPDATE],
  [0xa003, ['SGX_QL_QV_RESULT_OUT_OF_DATE_CONFIG_NEEDED', 'TEE_QV_RESULT_OUT_OF_DATE_CONFIG_NEEDED'], 'The quote verifies; updates and another configuration are needed.', 'Quote 验证通过；需要更新并更改配置。', UPDATE],
  [0xa004, ['SGX_QL_QV_RESULT_INVALID_SIGNATURE', 'TEE_QV_RESULT_INVALID_SIGNATURE'], 'A signature does not hold.', '有签名不成立。', { en: 'Do not rely on it. Drop the quote here: the page names the signature and the bytes that it covers.', zh: '不要采信。把 Quote 放到本页：会指出是哪个签名、覆盖哪些字节。' }],
  [0xa005, ['SGX_QL_QV_RESULT_REVOKED', 'TEE_QV_RESULT_REVOKED'], 'The level or a certificate was revoked.', '级别或证书已被吊销。', { en: 'Do not rely on this platform as it is.', zh: '不要依赖处于此状态的平台。' }],
  [0xa006, ['SGX_QL_QV_RESULT_UNSPECIFIED', 'TEE_QV_RESULT_UNSPECIFIED'], 'Verification ended for a reason that the library does not name.', '验证因未说明的原因终止。', { en: 'Drop quote and collateral here: each check is shown by itself.', zh: '把 Quote 与辅助材料放到本页：逐项显示检查结果。' }],
  [0xa007, ['SGX_QL_QV_RESULT_SW_HARDENING_NEEDED', 'TEE_QV_RESULT_SW_HARDENING_NEEDED'], 'The quote verifies; the enclave must be built with mitigations.', 'Quote 验证通过；enclave 须启用缓解措施编译。', UPDATE],
  [0xa008, ['SGX_QL_QV_RESULT_CONFIG_AND_SW_HARDENING_NEEDED', 'TEE_QV_RESULT_CONFIG_AND_SW_HARDENING_NEEDED'], 'The quote verifies; configuration and mitigations are both asked for.', 'Quote 验证通过；需要更改配置并启用缓解措施。', UPDATE],
  [0xa009, ['SGX_QL_QV_RESULT_TD_RELAUNCH_ADVISED', 'TEE_QV_RESULT_TD_RELAUNCH_ADVISED'], 'The TDX module was updated under a running TD: start the TD again.', 'TD 运行期间更新了 TDX 模块：请重新启动该 TD。', { en: 'Start the TD again and make a new quote.', zh: '重新启动 TD，并生成新的 Quote。' }],
  [0xa00a, ['SGX_QL_QV_RESULT_TD_RELAUNCH_ADVISED_CONFIG_NEEDED', 'TEE_QV_RESULT_TD_RELAUNCH_ADVISED_CONFIG_NEEDED'], 'Start the TD again; another configuration is needed too.', '请重新启动 TD；同时需要更改配置。', UPDATE],
]

// prettier-ignore
const GUEST: readonly Row[] = [
  [5, ['TDX_ATTEST_ERROR_REPORT_FAILURE'], 'The guest could not get its own TD report.', '虚拟机无法取得自己的 TD 报告。', { en: 'Is it a TD at all? Look for the tdx_guest driver.', zh: '确认它确为 TD，并检查 tdx_guest 驱动。' }],
  [8, ['TDX_ATTEST_ERROR_QUOTE_FAILURE'], 'The host did not turn the TD report into a quote.', '宿主机没有把 TD 报告转换为 Quote。', ON_HOST],
  [9, ['TDX_ATTEST_ERROR_BUSY'], 'The device is busy: one quote at a time.', '设备忙：一次只能生成一份 Quote。', { en: 'Wait and ask again.', zh: '稍候再试。' }],
  [10, ['TDX_ATTEST_ERROR_DEVICE_FAILURE'], 'The guest’s attestation device could not be opened.', '无法打开虚拟机的证明设备。', { en: 'Check /dev/tdx_guest or configfs-tsm, and the rights on them.', zh: '检查 /dev/tdx_guest 或 configfs-tsm 及其权限。' }],
  [4, ['TDX_ATTEST_ERROR_VSOCK_FAILURE'], 'The guest could not reach the quote service over vsock.', '虚拟机无法经 vsock 到达生成 Quote 的服务。', ON_HOST],
]

const rows = (by: string, source: string, table: readonly Row[], isNumbered: boolean): ErrorCode[] =>
  table.map(([number, names, en, zh, remedy, check]) => ({
    names,
    ...(isNumbered ? { numbers: [number] } : {}),
    by,
    means: { en, zh },
    remedy,
    ...(check === undefined ? {} : { check }),
    source,
  }))

/** Messages of Intel's quote library, its verification results, and the guest's attestation library. Small numbers of the last stand for too many things to be looked up. */
export const errorCodes: readonly ErrorCode[] = [
  ...rows('Intel DCAP quote library (QPL, QVL)', QL, LIBRARY, true),
  ...rows('Intel DCAP verification result', QV, RESULTS, true),
  ...rows('Intel TDX attestation library (tdx_attest)', TD, GUEST, false),
]
