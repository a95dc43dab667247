/** Offers bytes of this page as a file. Nothing is sent anywhere. */
export function download(name: string, content: string | Uint8Array, type: string): void {
  const part = typeof content === 'string' ? content : Uint8Array.from(content)
  const url = URL.createObjectURL(new Blob([part], { type }))
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  // Some browsers read it only after this task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** File names are fixed but for the case's id, so that nothing from evidence ends up in a name. */
export function fileNameOf(kind: 'case' | 'appraisal' | 'report' | 'checks', id: string): string {
  const short = /^[0-9a-f]{8}/.exec(id)?.[0] ?? 'unknown'
  return `attestation-${kind}-${short}.${{ case: 'json', appraisal: 'json', report: 'md', checks: 'csv' }[kind]}`
}
