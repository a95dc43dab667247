/** Who may import whom. A room not named for another is forbidden to it. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  bytes: ['core'],
  envelope: ['core', 'bytes'],
  crypto: ['core', 'bytes', 'envelope'],
  pki: ['core', 'bytes', 'envelope', 'crypto'],
  unwrap: ['core', 'bytes', 'envelope'],
  schemes: ['core', 'bytes', 'envelope', 'crypto', 'pki'],
  engine: ['core', 'bytes', 'envelope', 'crypto', 'pki', 'unwrap', 'schemes'],
  testing: ['core', 'bytes', 'envelope', 'crypto', 'pki', 'unwrap', 'schemes', 'engine'],
  app: ['core', 'engine'],
}

/** What each room is for, in a line. */
export const ROOMS: Readonly<Record<string, string>> = {
  core: 'words that every room shares: places in bytes, fields, findings, verdicts, the seam of a scheme',
  bytes: 'readers and writers of numbers, layouts, DER, CBOR, JSON; each value keeps its range',
  envelope: 'what evidence travels in: base64, hex, PEM, JWS, COSE, ZIP, compression',
  crypto: 'signatures and hashes, by WebCrypto where it can',
  pki: 'certificates, revocation lists, OCSP, paths to a root',
  unwrap: 'finds what is inside a dropped file, layer by layer',
  schemes: 'one folder for each family of evidence; strangers to each other',
  engine: 'opens a case, runs the checks, judges, says it; no network, no clock of its own',
  testing: 'suites that every scheme must pass',
  app: 'the page and the command line',
}

/** The arrows as a page of the documents. An arrow that another path already says is left out. */
export function roomsPicture(): string {
  const reaches = (from: string, to: string): boolean =>
    (MAY_IMPORT[from] ?? []).some((next) => next === to || reaches(next, to))
  const arrows = Object.entries(MAY_IMPORT).flatMap(([from, all]) =>
    all.filter((to) => !all.some((other) => other !== to && reaches(other, to))).map((to) => `  ${from} --> ${to}`),
  )
  return `# Rooms and arrows

Made from \`src/testing/rooms.ts\`, which \`src/architecture.test.ts\` holds every import against. An arrow reads “may import”; what a room may import through another is not drawn again.

\`\`\`mermaid
flowchart RL
${arrows.join('\n')}
\`\`\`

| Room | What it is for | May import |
|---|---|---|
${Object.entries(ROOMS)
  .map(
    ([room, what]) =>
      `| \`${room === 'app' ? 'app' : `src/${room}`}\` | ${what} | ${(MAY_IMPORT[room] ?? []).join(', ') || '–'} |`,
  )
  .join('\n')}

A scheme imports no other scheme, and a panel of the page no other panel.
`
}
