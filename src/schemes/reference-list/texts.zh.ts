import type { en } from './texts.en.ts'

/** 未签名度量值列表的文字。 */
export const zh: Readonly<Record<keyof typeof en, string>> = {
  'format.reference-list.contrast': 'Contrast 清单',
  'format.reference-list.rvps': 'Trustee 参考值',
  'format.reference-list.constellation': 'Constellation 度量值',
  'format.reference-list.measurements': '度量值列表',
  'format.reference-list.enclave': 'Enclave 镜像的度量值',
  'detect.reference-list.contrast': '含 Policies 和 ReferenceValues 的 JSON。',
  'detect.reference-list.rvps': 'Trustee 参考值服务的 JSON。',
  'detect.reference-list.constellation': '按证明类型列出度量值的 JSON。',
  'detect.reference-list.measurements': '每条含 measurement_id 和 attestation_type 的 JSON。',
  'detect.reference-list.enclave': '在 Measurements 中列出 PCR0 等的 JSON。',
  'reference-list.names-registers.question': '列表写明了寄存器吗？',
  'reference-list.names-registers.holds': '有 {count} 个条目写明了寄存器。',
  'reference-list.names-registers.fails': '它不是可读的列表。',
  'reference-list.names-registers.why': '只有写明寄存器并给出完整值，才能比较。',
  'reference-list.not-json': '它不是完整的 JSON。',
  'reference-list.nothing': '它没有写明任何寄存器及摘要长度的值。',
  'reference-list.in-date.question': '列表尚未到期吗？',
  'reference-list.in-date.holds': '所选时刻在它到期之前。',
  'reference-list.in-date.fails': '它已到期。',
  'reference-list.in-date.why': '列表的作者只希望它用到那时为止。',
  'reference-list.stale': '按它自己的日期，在所选时刻已经到期。',
  'node.reference-list.list': '未签名的列表',
  'limit.reference-list.unsigned': '无人签名的列表，其分量取决于您得到它的途径：它等同于您自己填写的值。',
  'sample.reference-list.contrast': '一份没有人签名的清单：它的分量等同于您自己输入的值。',
}
