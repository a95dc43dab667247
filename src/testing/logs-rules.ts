import type { WordsCovered } from '../core/derived.ts'

/** Where the digest of each type of event comes from, and so how far it can cover the event's words. What a log says by a type is covered by nothing: the rule only says what is tried. */

export interface Rule {
  /** What may come of it; anything else is a fault of ours. */
  readonly may: readonly WordsCovered[]
  readonly rule: string
}

const data = (rule: string): Rule => ({ may: ['whole', 'none'], rule })
const part = (rule: string): Rule => ({ may: ['whole', 'part', 'none'], rule })
const never = (rule: string): Rule => ({ may: ['none'], rule })

const WHOLE = 'H(data)'
const FIRMWARE = 'H(the code at the named address), which is not in the log'
const IMAGE = 'Authenticode hash of the program that was loaded; path and addresses are only said'
const TABLES = 'H(the tables at the named addresses), which are not in the log'

/** By the type's name; forms of logs with types of their own have their names in front. */
export const RULES: Readonly<Record<string, Rule>> = {
  EV_PREBOOT_CERT: never('deprecated'),
  EV_POST_CODE: never('H(firmware code or ACPI tables), which are not in the log'),
  EV_UNUSED: data('H(data) where it holds; the type hides what kind of event it was'),
  EV_NO_ACTION: { may: ['not-extended'], rule: 'none: it extends no register' },
  EV_SEPARATOR: data('H(data): 00000000, ffffffff, or a text of the firmware'),
  EV_ACTION: data(WHOLE),
  EV_EVENT_TAG: part('H(data) or H(data behind id and size); kernel stubs hash the command line or initrd instead'),
  EV_S_CRTM_CONTENTS: never('H(firmware code), which is not in the log'),
  EV_S_CRTM_VERSION: data('H(version string or GUID); two vendors hash something else'),
  EV_CPU_MICROCODE: never('H(microcode), which is not in the log'),
  EV_PLATFORM_CONFIG_FLAGS: part(
    'H(data); td-shim H(data behind name and size); else of tables that are not in the log',
  ),
  EV_TABLE_OF_DEVICES: never('of tables that are not in the log'),
  EV_COMPACT_HASH: data('H(data) where the vendor does so'),
  EV_IPL: part(
    'GRUB: H(text behind its prefix, to the first NUL); UKI: H(section name); files and lists of keys: H(content), not in the log',
  ),
  EV_IPL_PARTITION_DATA: never('H(boot sector), which is not in the log'),
  EV_NONHOST_INFO: data(WHOLE),
  EV_OMIT_BOOT_DEVICE_EVENTS: data(WHOLE),
  EV_EFI_VARIABLE_DRIVER_CONFIG: data('H(whole variable: GUID, name, content)'),
  EV_EFI_VARIABLE_BOOT: part('H(content), without the name; some firmware H(whole variable)'),
  EV_EFI_VARIABLE_BOOT2: data('H(whole variable)'),
  EV_EFI_VARIABLE_AUTHORITY: part('H(whole variable); an old shim H(all but the last byte)'),
  EV_EFI_BOOT_SERVICES_APPLICATION: never(IMAGE),
  EV_EFI_BOOT_SERVICES_DRIVER: never(IMAGE),
  EV_EFI_RUNTIME_SERVICES_DRIVER: never(IMAGE),
  EV_EFI_GPT_EVENT: data('H(header and partition entries)'),
  EV_EFI_ACTION: data('H(the fixed text)'),
  EV_EFI_PLATFORM_FIRMWARE_BLOB: never(FIRMWARE),
  EV_EFI_PLATFORM_FIRMWARE_BLOB2: never(FIRMWARE),
  EV_EFI_HANDOFF_TABLES: never(TABLES),
  EV_EFI_HANDOFF_TABLES2: never(TABLES),
  DSTACK_RUNTIME_EVENT: data('SHA-384(type : name : payload), recomputed; the carried digest is never believed'),
  'cel-tlv': data('H(content with its type and length), as Google’s launcher does'),
  ima: data('H(template data): digest, path, signature, in the order of the template'),
  IMA: data('H(template data)'),
  'systemd-measure': data('H(string)'),
}

/** The rule of an event as the table names it: `tcg EV_IPL`, `ima-ascii ima-sig`. A type without a name of its own: the whole data is tried. */
export function ruleOf(type: string): Rule {
  const [form = '', name = ''] = type.split(' ')
  return (
    RULES[name] ??
    (name.startsWith('0x') ? data('no rule of its own: H(data) is tried') : undefined) ??
    RULES[form] ??
    RULES[form.replace(/-.*/, '')] ?? { may: [], rule: 'NO RULE' }
  )
}
