import { type ArtifactIndex, bytesOf, sliceAt, sliceOf, type ByteRange, type Slice } from '../core/place.ts'
import { toHex } from '../bytes/layout.ts'
import { digest } from '../crypto/verify.ts'
import { certificateNode, readCertificate } from '../pki/certificate.ts'
import type { InputFile } from './api.ts'
import type { OpenCase } from './case.ts'
import { caseOf } from './inspect.ts'
import type { CertificateView } from './protocol.ts'

interface Wanted {
  readonly artifact: ArtifactIndex
  readonly range: ByteRange
}

/** Opens one certificate of a case; pkijs is loaded here and nowhere on the way to a verdict. Null when those bytes are no certificate. */
export async function certificateView(
  files: readonly InputFile[],
  wanted: Wanted & { readonly issuer?: Wanted },
): Promise<CertificateView | null> {
  const opened = await caseOf(files)
  const slice = find(opened, wanted)
  const certificate = slice ? readCertificate(slice) : undefined
  if (!slice || !certificate) return null
  const issuer = wanted.issuer ? find(opened, wanted.issuer) : undefined
  const { secondOpinion } = await import('../pki/second-opinion.ts')
  return {
    tree: certificateNode(slice, 'certificate'),
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    sha256: toHex(await digest('SHA-256', bytesOf(slice))),
    spkiSha256: toHex(await digest('SHA-256', bytesOf(certificate.spki))),
    secondOpinion: await secondOpinion(bytesOf(slice), issuer ? bytesOf(issuer) : undefined),
  }
}

function find(opened: OpenCase, wanted: Wanted): Slice | undefined {
  const artifact = opened.artifacts[wanted.artifact]
  const space = opened.spaces().find((one) => one.file === artifact?.file && one.space.id === wanted.range.space)?.space
  return space ? sliceAt(sliceOf(space.id, space.bytes), wanted.range) : undefined
}
