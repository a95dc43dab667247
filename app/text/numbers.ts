/** Digits grouped by three, the same in both languages. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** An offset as printed in the bytes view: `0x0b8`. */
export function offset(value: number, digits = 3): string {
  return `0x${value.toString(16).padStart(digits, '0')}`
}

/** A range as people read it, last byte included: `0x000–0x277`. */
export function rangeText(start: number, end: number): string {
  return end - start <= 1 ? offset(start) : `${offset(start)}–${offset(end - 1)}`
}

/** Bytes with their unit. */
export function sizeText(bytes: number): string {
  if (bytes < 1024 * 1024) return `${grouped(bytes)} B`
  const mebi = bytes / (1024 * 1024)
  return mebi < 1024 ? `${mebi.toFixed(1)} MiB` : `${(mebi / 1024).toFixed(1)} GiB`
}
