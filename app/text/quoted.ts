/** A file name as a shell reads it back unchanged. */
export function quoted(name: string): string {
  return /^[A-Za-z0-9._/-]+$/.test(name) && !name.startsWith('-') ? name : `'${name.replaceAll("'", "'\\''")}'`
}
