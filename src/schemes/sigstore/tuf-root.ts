import { bytesOf } from '../../core/place.ts'
import { base64Text } from '../../envelope/base64.ts'
import type { AnchorStatus } from './trust-root.ts'

/** Whose signatures count for one kind of TUF metadata. */
export interface TufRole {
  readonly keyIds: readonly string[]
  readonly threshold: number
}

/** What a root says of keys: all that is needed to follow it to the next one. */
export interface TufRoot {
  readonly version: number
  /** Milliseconds since 1970. */
  readonly expires: number
  /** SubjectPublicKeyInfo by the key's name. */
  readonly keys: ReadonlyMap<string, Uint8Array>
  readonly roles: ReadonlyMap<string, TufRole>
}

/** A root from which dropped ones are followed, with the newest list of files that is known under it. */
export interface TufStart {
  readonly root: TufRoot
  /** Version of the `targets` whose trust root is pinned here: an older one is a step back. */
  readonly targets: number
  readonly status: AnchorStatus
}

interface Published {
  readonly version: number
  readonly expires: string
  readonly targets: number
  readonly status: AnchorStatus
  /** Base64 of SubjectPublicKeyInfo, by the key's name. */
  readonly keys: Readonly<Record<string, string>>
  readonly threshold: number
  /** Name of the key that signs `timestamp` and `snapshot`, and no root. */
  readonly online: string
}

/** Published at https://github.com/sigstore/root-signing/blob/main/metadata/root_history/15.root.json; SHA-256 of that file 73747011d0857ada15479a16c4cae0f3ed03aac698b523b97e1de314ac9d9ca8. */
const SIGSTORE: Published = {
  version: 15,
  expires: '2026-11-20T13:58:18Z',
  targets: 14,
  status: 'pinned',
  keys: {
    e71a54d543835ba86adad9460379c7641fb8726d164ea766801a1c522aba7ea2:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEXsz3SZXFb8jMV42j6pJlyjbjR8KN3Bwocexq6LMIb5qsWKOQvLN16NUefLc4HswOoumRsVVaajSpQS6fobkRw==',
    '22f4caec6d8e6f9555af66b3d4c3cb06a3bb23fdc7e39c916c61f462e6f52b06':
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEzBzVOmHCPojMVLSI364WiiV8NPrD6IgRxVliskz/v+y3JER5mcVGcONliDcWMC5J2lfHmjPNPhb4H7xm8LzfSA==',
    '61643838125b440b40db6942f5cb5a31c0dc04368316eb2aaa58b95904a58222':
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEinikSsAQmYkNeH5eYq/CnIzLaacOxlSaawQDOwqKy/tCqxq5xxPSJc21K4WIhs9GyOkKfzueY3GILzcMJZ4cWw==',
    a687e5bf4fab82b0ee58d46e05c9535145a2c9afb458f43d42b45ca0fdce2a70:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE0ghrh92Lw1Yr3idGV5WqCtMDB8Cx+D8hdC4w2ZLNIplVRoVGLskYa3gheMyOjiJ8kPi15aQ2//7P+oj7UvJPGw==',
    '183e64f37670dc13ca0d28995a3053f3740954ddce44321a41e46534cf44e632':
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEMxpPOJCIZ5otG4106fGJseEQi3V9pkMYQ4uyV9Tj1M7WHXIyLG+jkfvuG0glQ1JZbRZZBV3gAR4sojdGHISeow==',
    '0c87432c3bf09fd99189fdc32fa5eaedf4e4a5fac7bab73fa04a2e0fc64af6f5':
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWRiGr5+j+3J5SsH+Ztr5nE2H2wO7BV+nO3s93gLca18qTOzHY1oWyAGDykMSsGTUBSt9D+An0KfKsD2mfSM42Q==',
  },
  threshold: 3,
  online: '0c87432c3bf09fd99189fdc32fa5eaedf4e4a5fac7bab73fa04a2e0fc64af6f5',
}

/** The demonstration's first root: three keys, two of which must sign. */
const DEMONSTRATION: Published = {
  version: 1,
  expires: '2027-01-01T00:00:00Z',
  targets: 2,
  status: 'demonstration',
  keys: {
    '9e60f0b3266a708605d0615d25a90ec55d6792ce573047eca1623eb7e5fd5fbb':
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEoG6t043x1Re+VChl/FJWrGojjfkeWcVYBig9OBpPgDEVw+tYrBFqAI8Hbg423NmCBKNgMWmyBCUVe67D05Kxyg==',
    '190c581267755e4014a8aac8ad9bc8e12d60aeceb65916dfe2808ed7f16c114e':
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE00jDkXzG3+aIIKa9cd7CSJ27IPKzQ6JJ3rLFZG6E/rezLcolNnOUXU8seFgyZdl6GsKlW7DTkcBKVHu7pl55TQ==',
    ec9e06ffbdef33bc43e88abb1c8705e8cc6aeae2b7d7bcf2a7ff5f37b83ea787:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAERxdocA8jCAC5FM7B9vCA+ZZ14Oq5N8nGDdeQvFz6U/pFy3/B029ImOgZ1bFbtGzCZp1PZgLPeU8fi7S+lAfj+Q==',
    dec4f4ba4180836cedc61183a501cfd66fd6750eb665944cdf8b608e559cd512:
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEsxG+kUKizedjO8+d3YM+QrQXayLjeFh1j3twwhDLJ9HposRwK6laaPY8mErGondellCJbXYHX5ga/Q8I05L3zg==',
  },
  threshold: 2,
  online: 'dec4f4ba4180836cedc61183a501cfd66fd6750eb665944cdf8b608e559cd512',
}

function startOf({ version, expires, targets, status, keys, threshold, online }: Published): TufStart {
  const main = { keyIds: Object.keys(keys).filter((id) => id !== online), threshold }
  const alone = { keyIds: [online], threshold: 1 }
  const roles = { root: main, targets: main, snapshot: alone, timestamp: alone }
  const spki = (base64: string) => {
    const read = base64Text(base64)
    return read ? bytesOf(read.slice) : new Uint8Array()
  }
  return {
    root: {
      version,
      expires: Date.parse(expires),
      keys: new Map(Object.entries(keys).map(([id, base64]) => [id, spki(base64)])),
      roles: new Map(Object.entries(roles)),
    },
    targets,
    status,
  }
}

let starts: readonly TufStart[] | undefined

/** Where following begins: sigstore's root as pinned, and the demonstration's. */
export function tufStarts(): readonly TufStart[] {
  return (starts ??= [SIGSTORE, DEMONSTRATION].map((one) => startOf(one)))
}
