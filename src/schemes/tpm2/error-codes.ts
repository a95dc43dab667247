import type { ErrorCode } from '../../core/error-code.ts'

type Row = readonly [name: string, numbers: readonly number[], en: string, zh: string, todo: string, todoZh: string]

// prettier-ignore
const TABLE: readonly Row[] = [
  ['TPM_RC_INITIALIZE', [0x100], 'The TPM was not started up.', 'TPM 尚未启动（Startup）。', 'Let the firmware or tpm2_startup do it.', '由固件或 tpm2_startup 完成启动。'],
  ['TPM_RC_FAILURE', [0x101], 'The TPM is in failure mode.', 'TPM 处于故障模式。', 'Restart the machine; ask for tpm2_gettestresult.', '重启机器，并查看 tpm2_gettestresult。'],
  ['TPM_RC_PCR_CHANGED', [0x128], 'A PCR changed since the policy session began.', '策略会话开始之后 PCR 发生了变化。', 'Start the session again.', '重新开始会话。'],
  ['TPM_RC_AUTH_FAIL', [0x98e, 0x8e], 'The authorization is wrong, and counts towards lockout.', '授权有误，并计入锁定次数。', 'Give the right password or policy.', '提供正确的口令或策略。'],
  ['TPM_RC_BAD_AUTH', [0x9a2, 0xa2], 'The authorization is wrong; it does not count towards lockout.', '授权有误，不计入锁定次数。', 'Give the right password or policy.', '提供正确的口令或策略。'],
  ['TPM_RC_POLICY_FAIL', [0x99d, 0x9d], 'The policy is not met, often because PCRs are other than when the object was made.', '不满足策略，常见原因是 PCR 与创建对象时不同。', 'Compare the PCRs: drop quote and event log here.', '比较 PCR：把 Quote 与事件日志放到本页。'],
  ['TPM_RC_INTEGRITY', [0x1df, 0x9f], 'The object was wrapped by another TPM, or altered.', '该对象由另一个 TPM 封装，或已被改动。', 'Load it on the TPM that made it.', '在创建它的 TPM 上载入。'],
  ['TPM_RC_HANDLE', [0x18b, 0x8b], 'Nothing is at that handle.', '该句柄处没有对象。', 'List handles with tpm2_getcap handles-persistent.', '用 tpm2_getcap handles-persistent 列出句柄。'],
  ['TPM_RC_ATTRIBUTES', [0x2c2, 0x82], 'The object’s attributes do not fit, for one: a key that is not restricted, or not for signing.', '对象属性不符，例如密钥不是受限密钥或不可用于签名。', 'Make an attestation key that is restricted and signs.', '创建受限的签名用证明密钥。'],
  ['TPM_RC_SCHEME', [0x2d2, 0x92], 'The signature scheme is not the one that the key allows.', '签名方案不是该密钥所允许的方案。', 'Give the scheme of the key (rsassa, rsapss, ecdsa).', '使用该密钥的方案（rsassa、rsapss、ecdsa）。'],
  ['TPM_RC_LOCKOUT', [0x921], 'Too many wrong authorizations: the TPM refuses for a while.', '错误授权次数过多：TPM 暂时拒绝服务。', 'Wait for the recovery time, or clear with the lockout authorization.', '等待恢复时间，或用锁定授权清除。'],
  ['TPM_RC_NV_RATE', [0x920], 'Writing to NV memory is limited for now.', '暂时限制写入 NV。', 'Wait and ask again.', '稍候再试。'],
  ['TPM_RC_RETRY', [0x922], 'The TPM was not ready.', 'TPM 尚未就绪。', 'Ask again.', '重试。'],
]

/** Response codes: TPM 2.0 Library, Part 2, clause 6.6. Numbers with the parameter or session that tools print most are beside the plain ones. */
export const errorCodes: readonly ErrorCode[] = TABLE.map(([name, numbers, en, zh, todo, todoZh]) => ({
  names: [name],
  numbers,
  by: 'TPM 2.0',
  means: { en, zh },
  remedy: { en: todo, zh: todoZh },
  source: 'TCG TPM 2.0 Library, Part 2, 6.6',
}))
