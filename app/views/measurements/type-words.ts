import type { Locale } from '../../../src/core/saying.ts'

/** What kinds of events are, in plain words; kinds without one are called by the specification's name. */
const TYPES: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  EV_POST_CODE: ['firmware code or table', '固件代码或表'],
  EV_POST_CODE2: ['firmware code or table', '固件代码或表'],
  EV_NO_ACTION: ['information', '信息'],
  EV_SEPARATOR: ['separator', '分隔'],
  EV_ACTION: ['action', '动作'],
  EV_EVENT_TAG: ['tagged event', '带标签的事件'],
  EV_S_CRTM_CONTENTS: ['firmware code', '固件代码'],
  EV_S_CRTM_VERSION: ['firmware version', '固件版本'],
  EV_CPU_MICROCODE: ['microcode', '微码'],
  EV_PLATFORM_CONFIG_FLAGS: ['configuration', '配置'],
  EV_COMPACT_HASH: ['vendor’s own', '厂商自用'],
  EV_IPL: ['loader: command or file', '引导程序：命令或文件'],
  EV_NONHOST_INFO: ['kind of confidential guest', '机密虚拟机的种类'],
  DSTACK_RUNTIME_EVENT: ['dstack’s own', 'dstack 事件'],
  EV_EFI_VARIABLE_DRIVER_CONFIG: ['firmware variable', '固件变量'],
  EV_EFI_VARIABLE_BOOT: ['boot variable', '启动变量'],
  EV_EFI_VARIABLE_BOOT2: ['boot variable', '启动变量'],
  EV_EFI_BOOT_SERVICES_APPLICATION: ['a program was started', '启动了一个程序'],
  EV_EFI_BOOT_SERVICES_DRIVER: ['a driver was started', '启动了一个驱动程序'],
  EV_EFI_RUNTIME_SERVICES_DRIVER: ['a driver was started', '启动了一个驱动程序'],
  EV_EFI_GPT_EVENT: ['partition table', '分区表'],
  EV_EFI_GPT_EVENT2: ['partition table', '分区表'],
  EV_EFI_ACTION: ['action', '动作'],
  EV_EFI_PLATFORM_FIRMWARE_BLOB: ['firmware volume', '固件卷'],
  EV_EFI_PLATFORM_FIRMWARE_BLOB2: ['firmware volume', '固件卷'],
  EV_EFI_HANDOFF_TABLES: ['tables handed over', '移交的表'],
  EV_EFI_HANDOFF_TABLES2: ['tables handed over', '移交的表'],
  EV_EFI_VARIABLE_AUTHORITY: ['key that allowed a program', '允许程序运行的密钥'],
}

/** A kind of event in the reader's language. */
export function typeIn(locale: Locale, type: string): string {
  return TYPES[type]?.[locale === 'zh' ? 1 : 0] ?? type
}
