import type { Locale } from '../../../src/core/saying.ts'

/** What would tell how a register came to its value. */
export type Story = 'log' | 'files' | 'text' | 'nobody' | 'nonce' | 'vendor'

interface Meaning {
  readonly en: string
  readonly zh: string
  readonly story: Story
}

const PCRS: readonly Meaning[] = [
  { en: 'firmware code', zh: '固件代码', story: 'log' },
  { en: 'firmware configuration', zh: '固件配置', story: 'log' },
  { en: 'option ROMs and drivers', zh: '选项 ROM 与驱动程序', story: 'log' },
  { en: 'their data', zh: '上述代码的数据', story: 'log' },
  { en: 'loaders and kernels that firmware started', zh: '由固件启动的引导程序与内核', story: 'log' },
  { en: 'boot order, partition table, end of firmware', zh: '启动顺序、分区表、固件阶段的结束', story: 'log' },
  { en: 'the maker’s own', zh: '厂商自用', story: 'log' },
  { en: 'Secure Boot: on or off, whose keys, what they allowed', zh: '安全启动：是否开启、谁的密钥、允许了什么', story: 'log' },
  { en: 'loader’s commands, kernel command line', zh: '引导程序的命令、内核命令行', story: 'log' },
  { en: 'files that the loader read, initrd', zh: '引导程序读取的文件、initrd', story: 'log' },
  { en: 'what Linux read and ran (IMA)', zh: 'Linux 读取与运行的内容（IMA）', story: 'log' },
  { en: 'unified kernel image, phases of booting; BitLocker under Windows', zh: '统一内核镜像、启动阶段；Windows 下为 BitLocker', story: 'log' },
  { en: 'command line, overrides, credentials', zh: '命令行、覆盖项、凭据', story: 'log' },
  { en: 'system extensions; Confidential Space’s container', zh: '系统扩展；Confidential Space 的容器', story: 'log' },
  { en: 'keys of the machine’s owner (MOK); dstack’s application', zh: '机器所有者的密钥（MOK）；dstack 的应用', story: 'log' },
  { en: 'machine id, volume keys', zh: '机器标识、卷密钥', story: 'log' },
  { en: 'debugging: anyone may reset it', zh: '调试用：任何人都可重置', story: 'nobody' },
]

const NITRO: Readonly<Record<string, Meaning>> = {
  PCR0: { en: 'the whole enclave image', zh: '整个飞地镜像', story: 'files' },
  PCR1: { en: 'kernel and first ramdisk', zh: '内核与第一个 ramdisk', story: 'files' },
  PCR2: { en: 'the application’s ramdisks', zh: '应用的 ramdisk', story: 'files' },
  PCR3: { en: 'role of the parent instance', zh: '父实例的角色', story: 'text' },
  PCR4: { en: 'id of the parent instance', zh: '父实例的标识', story: 'text' },
  PCR8: { en: 'certificate that signed the image', zh: '为镜像签名的证书', story: 'files' },
}

const NAMED: Readonly<Record<string, Meaning>> = {
  MRTD: { en: 'firmware as the host loaded it', zh: '宿主载入的固件', story: 'files' },
  RTMR0: { en: 'firmware settings: memory, variables, Secure Boot, ACPI, boot order', zh: '固件设置：内存、变量、安全启动、ACPI、启动顺序', story: 'log' },
  RTMR1: { en: 'loaders and kernel', zh: '引导程序与内核', story: 'log' },
  RTMR2: { en: 'commands, command line, initrd, IMA', zh: '命令、命令行、initrd、IMA', story: 'log' },
  RTMR3: { en: 'the application, after boot', zh: '启动之后的应用', story: 'log' },
  MRCONFIGID: { en: '48 bytes that the host gave at launch; often a digest of configuration', zh: '宿主在启动时给出的 48 字节，常为配置的摘要', story: 'text' },
  MROWNER: { en: 'who is said to own the guest', zh: '所称的虚拟机所有者', story: 'text' },
  MROWNERCONFIG: { en: 'the owner’s configuration', zh: '所有者的配置', story: 'text' },
  MRSEAM: { en: 'the TDX module itself', zh: 'TDX 模块本身', story: 'vendor' },
  MRSIGNERSEAM: { en: 'who signed the TDX module; zeros are Intel', zh: 'TDX 模块由谁签署；全零即 Intel', story: 'vendor' },
  MRSERVICETD: { en: 'a service guest bound to this one; zeros: none', zh: '与之绑定的服务 TD；全零表示没有', story: 'text' },
  MRENCLAVE: { en: 'code and data of the enclave, page by page', zh: '飞地的代码与数据，逐页度量', story: 'files' },
  MRSIGNER: { en: 'key of whoever signed the enclave', zh: '飞地签署者的密钥', story: 'files' },
  CONFIGID: { en: 'configuration given at launch', zh: '启动时给出的配置', story: 'text' },
  MEASUREMENT: { en: 'firmware, and with direct boot kernel, initrd and command line', zh: '固件；直接启动时还包括内核、initrd 与命令行', story: 'files' },
  HOST_DATA: { en: '32 bytes that the host gave at launch; often a digest of a policy', zh: '宿主在启动时给出的 32 字节，常为某个策略的摘要', story: 'text' },
  ID_KEY_DIGEST: { en: 'key that signed the launch’s ID block', zh: '为启动 ID 块签名的密钥', story: 'files' },
  AUTHOR_KEY_DIGEST: { en: 'key that vouches for the one above', zh: '为上述密钥作保的密钥', story: 'files' },
  PCR_DIGEST: { en: 'one digest over all quoted PCRs: their values are not here', zh: '对全部被引用 PCR 的一个摘要：这里没有它们的值', story: 'log' },
  MEASURE: { en: 'what was loaded into the guest’s memory at launch', zh: '启动时载入虚拟机内存的内容', story: 'files' },
  TA_IMG: { en: 'the trusted application’s file', zh: '可信应用的文件', story: 'files' },
  TA_MEM: { en: 'its code as loaded', zh: '载入后的代码', story: 'files' },
  QTA_IMG: { en: 'file of the application that makes reports', zh: '生成报告的应用的文件', story: 'vendor' },
  QTA_MEM: { en: 'its code as loaded', zh: '载入后的代码', story: 'vendor' },
  RPV: { en: '64 bytes that the host gave to tell realms apart', zh: '宿主给出、用来区分 Realm 的 64 字节', story: 'text' },
  RIM: { en: 'initial content of the realm', zh: 'Realm 的初始内容', story: 'files' },
  REM0: { en: 'extended by the realm', zh: '由 Realm 扩展', story: 'log' },
  REM1: { en: 'extended by the realm', zh: '由 Realm 扩展', story: 'log' },
  REM2: { en: 'extended by the realm', zh: '由 Realm 扩展', story: 'log' },
  REM3: { en: 'extended by the realm', zh: '由 Realm 扩展', story: 'log' },
}

const STORY: Readonly<Record<Story, readonly [en: string, zh: string]>> = {
  log: ['a log of the guest', '虚拟机里的日志'],
  files: ['no log exists: compute it from the files', '没有日志可要：用文件计算'],
  text: ['the text whose digest it is', '其摘要所对应的原文'],
  nobody: ['nothing: it is left to whoever wants it', '无：留给任何人使用'],
  nonce: ['your nonce or key', '您的随机数或密钥'],
  vendor: ['the vendor’s list', '厂商的列表'],
}

const DYNAMIC: Meaning = { en: 'dynamic launch; all ones without one', zh: '动态启动；未做动态启动时全为 1', story: 'log' }

function pcr(number: number): Meaning | undefined {
  return number >= 17 && number <= 22 ? DYNAMIC : PCRS[number === 23 ? 16 : number]
}

/** Registers that a log of the guest leads to, by the commands that get one: the firmware's of a TPM, or of a TDX guest and what is like it. */
export function logsOf(names: readonly string[], isTpm: boolean): { readonly isTdx: boolean; readonly isAny: boolean } {
  const isTdx = names.some((name) => name.startsWith('RTMR'))
  return { isTdx, isAny: isTdx || (isTpm && names.some((name) => name.startsWith('PCR'))) }
}

/** What a register measures. `isTpm`: a PCR of a TPM, as its bank tells; an enclave's PCRs mean something else. */
export function meaningOf(
  locale: Locale,
  name: string,
  isTpm: boolean,
): { readonly means: string; readonly story: string } | undefined {
  const number = /^PCR(\d+)$/.exec(name)?.[1]
  const meaning =
    number === undefined ? NAMED[name] : isTpm ? pcr(Number(number)) : NITRO[name]
  return meaning && { means: meaning[locale], story: STORY[meaning.story][locale === 'zh' ? 1 : 0] }
}
