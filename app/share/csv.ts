/** A table as CSV (RFC 4180). Spreadsheets run a cell that begins like a formula, so such cells get an apostrophe in front: what they show stays text. */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  // Also behind white space and quotes, which spreadsheets skip; and full-width forms, which some read as ASCII.
  const safe = /^[\s"']*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
