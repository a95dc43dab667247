/** How a live machine is asked for evidence with a nonce, by the tools that people have. Commands run where they say; the answer comes back as a file or as text. */

export interface AskRecipe {
  readonly id: 'tsm' | 'tdx' | 'snpguest' | 'sev' | 'tpm' | 'nitro-tpm' | 'service'
  /** The tool's own name. */
  readonly tool: string
  /** Bytes of the nonce: what the field takes. */
  readonly bytes: 32 | 64
  readonly field: 'nonce' | 'reportData'
  /** Where the documentation of the command stands. */
  readonly source: string
  /** Needs the name of a host. */
  readonly asksHost: boolean
  readonly command: (nonce: string, host: string) => string
}

const bytesOf = (nonce: string, file: string) => `printf %s ${nonce} | xxd -r -p > ${file}`

export const ASK_RECIPES: readonly AskRecipe[] = [
  {
    id: 'tsm',
    tool: 'configfs-tsm',
    bytes: 64,
    field: 'reportData',
    source: 'https://docs.kernel.org/ABI/testing/configfs-tsm',
    asksHost: false,
    command: (nonce) =>
      [
        'd=/sys/kernel/config/tsm/report/ask; sudo mkdir -p $d',
        `printf %s ${nonce} | xxd -r -p | sudo tee $d/inblob > /dev/null`,
        'sudo cat $d/outblob > quote.bin; sudo cat $d/auxblob > certificates.bin; sudo rmdir $d',
      ].join('\n'),
  },
  {
    id: 'tdx',
    tool: 'go-tdx-guest attest',
    bytes: 64,
    field: 'reportData',
    source: 'https://github.com/google/go-tdx-guest/tree/main/tools/attest',
    asksHost: false,
    command: (nonce) => `sudo ./attest -inform hex -in ${nonce} -outform bin -out quote.bin`,
  },
  {
    id: 'snpguest',
    tool: 'snpguest',
    bytes: 64,
    field: 'reportData',
    source: 'https://github.com/virtee/snpguest',
    asksHost: false,
    command: (nonce) => `${bytesOf(nonce, 'nonce.bin')}\nsudo snpguest report report.bin nonce.bin`,
  },
  {
    id: 'sev',
    tool: 'go-sev-guest attest',
    bytes: 64,
    field: 'reportData',
    source: 'https://github.com/google/go-sev-guest/tree/main/tools/attest',
    asksHost: false,
    command: (nonce) => `sudo ./attest -inform hex -in ${nonce} -extended -outform bin -out report.bin`,
  },
  {
    id: 'tpm',
    tool: 'tpm2_quote',
    bytes: 32,
    field: 'nonce',
    source: 'https://github.com/tpm2-software/tpm2-tools/blob/master/man/tpm2_quote.1.md',
    asksHost: false,
    command: (nonce) =>
      `sudo tpm2_quote -c 0x81010001 -l sha256:0,1,2,3,4,5,6,7 -q ${nonce} -m quote.msg -s quote.sig -o quote.pcrs -g sha256`,
  },
  {
    id: 'nitro-tpm',
    tool: 'nitro-tpm-attest',
    bytes: 32,
    field: 'nonce',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/attestation-get-doc.html',
    asksHost: false,
    command: (nonce) => `${bytesOf(nonce, 'nonce.bin')}\nsudo nitro-tpm-attest --nonce nonce.bin > document.cbor`,
  },
  {
    id: 'service',
    tool: '/attestation?nonce=',
    bytes: 32,
    field: 'nonce',
    source: '',
    asksHost: true,
    command: (nonce, host) =>
      [
        `curl -sS 'https://${host}/attestation?nonce=${nonce}' -o attestation.out`,
        `openssl s_client -connect ${host}:443 -servername ${host} -showcerts < /dev/null > certificate.txt`,
      ].join('\n'),
  },
]

/** A host as it may stand in a command: a name and nothing else. */
export function hostIn(text: string): string | undefined {
  const host = text.trim().toLowerCase()
  return /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(host) ? host : undefined
}

/** Random bytes as lower-case hex. */
export function freshNonce(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
}
