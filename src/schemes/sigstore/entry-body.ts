import { bytesOf, sliceOf } from '../../core/place.ts'
import { fromHex, sameBytes } from '../../bytes/layout.ts'
import { parseJson, textOf, type JsonValue } from '../../bytes/json.ts'
import { base64Text } from '../../envelope/base64.ts'
import { readPem } from '../../envelope/pem.ts'
import { digest } from '../../crypto/verify.ts'
import { preAuthEncoding, type Bundle, type LogEntry } from './bundle.ts'
import { at, itemsOf } from './values.ts'

/** Whether a log's entry speaks of exactly this bundle: its content, its signature, its certificate. Each kind of entry says it in its own way. */

export type BodyStanding =
  | { readonly state: 'holds' }
  | { readonly state: 'unsupported' }
  | { readonly state: 'fails'; readonly text: string }

const fails = (part: 'kind' | 'hash' | 'signature' | 'certificate' | 'form'): BodyStanding => ({
  state: 'fails',
  text: `sigstore.body.${part}`,
})

function decoded(text: string | undefined): Uint8Array | undefined {
  const read = text === undefined ? undefined : base64Text(text)
  return read && bytesOf(read.slice)
}

/** A verifier as entries of the first version write it: base64 of PEM. Anything else is taken as DER. */
function verifierIn(text: string | undefined): Uint8Array | undefined {
  const bytes = decoded(text)
  if (!bytes) return undefined
  const [block] = readPem(sliceOf('', bytes), '').blocks
  return block ? bytesOf(block.slice) : bytes
}

interface Wanted {
  readonly certificate: Uint8Array | undefined
  readonly signature: Uint8Array | undefined
  /** SHA-256 of the payload, and of what is signed. */
  readonly payloadHash: Uint8Array | undefined
  readonly signedHash: Uint8Array | undefined
}

async function wantedOf({ certificates, envelope, message }: Bundle): Promise<Wanted> {
  return {
    certificate: certificates[0]?.located.value,
    signature: (message?.signature ?? envelope?.signatures[0])?.located.value,
    payloadHash: envelope?.payload ? await digest('SHA-256', envelope.payload.located.value) : undefined,
    signedHash: envelope ? await digest('SHA-256', preAuthEncoding(envelope)) : message?.digest?.located.value,
  }
}

const same = (a: Uint8Array | undefined, b: Uint8Array | undefined) =>
  a !== undefined && b !== undefined && sameBytes(a, b)

/** Compares an entry with the bundle around it. */
export async function bodyStanding(entry: LogEntry, bundle: Bundle): Promise<BodyStanding> {
  const { value: root } = entry.body ? parseJson(entry.body.slice) : { value: undefined }
  if (root?.kind !== 'object') return fails('form')
  if (textOf(at(root, 'kind')) !== entry.kind || textOf(at(root, 'apiVersion')) !== entry.version) return fails('kind')
  const wanted = await wantedOf(bundle)
  const spec = at(root, 'spec')
  switch (`${entry.kind} ${entry.version}`) {
    case 'hashedrekord 0.0.1':
      return compare(
        same(fromHex(textOf(at(spec, 'data', 'hash', 'value')) ?? '-'), wanted.signedHash),
        same(decoded(textOf(at(spec, 'signature', 'content'))), wanted.signature),
        same(verifierIn(textOf(at(spec, 'signature', 'publicKey', 'content'))), wanted.certificate),
      )
    case 'hashedrekord 0.0.2': {
      const held = at(spec, 'hashedRekordV002')
      return compare(
        same(decoded(textOf(at(held, 'data', 'digest'))), wanted.signedHash),
        same(decoded(textOf(at(held, 'signature', 'content'))), wanted.signature),
        same(decoded(textOf(at(held, 'signature', 'verifier', 'x509Certificate', 'rawBytes'))), wanted.certificate),
      )
    }
    case 'dsse 0.0.1': {
      if (!bundle.envelope) return fails('kind')
      const [signature, ...others] = itemsOf(at(spec, 'signatures'))
      if (others.length > 0) return fails('signature')
      return compare(
        same(fromHex(textOf(at(spec, 'payloadHash', 'value')) ?? '-'), wanted.payloadHash),
        same(decoded(textOf(at(signature, 'signature'))), wanted.signature),
        same(verifierIn(textOf(at(signature, 'verifier'))), wanted.certificate),
      )
    }
    case 'dsse 0.0.2': {
      if (!bundle.envelope) return fails('kind')
      const held = at(spec, 'dsseV002')
      const [signature, ...others] = itemsOf(at(held, 'signatures'))
      if (others.length > 0) return fails('signature')
      return compare(
        same(decoded(textOf(at(held, 'payloadHash', 'digest'))), wanted.payloadHash),
        same(decoded(textOf(at(signature, 'content'))), wanted.signature),
        same(decoded(textOf(at(signature, 'verifier', 'x509Certificate', 'rawBytes'))), wanted.certificate),
      )
    }
    case 'intoto 0.0.2': {
      if (!bundle.envelope) return fails('kind')
      const content = at(spec, 'content')
      const [signature, ...others] = itemsOf(at(content, 'envelope', 'signatures'))
      if (others.length > 0) return fails('signature')
      return compare(
        same(fromHex(textOf(at(content, 'payloadHash', 'value')) ?? '-'), wanted.payloadHash),
        same(twiceDecoded(signature), wanted.signature),
        same(verifierIn(textOf(at(signature, 'publicKey'))), wanted.certificate),
      )
    }
    default:
      return { state: 'unsupported' }
  }
}

/** The in-toto kind keeps the signature's base64 in base64. */
function twiceDecoded(signature: JsonValue | undefined): Uint8Array | undefined {
  const once = decoded(textOf(at(signature, 'sig')))
  return once && (decoded(new TextDecoder('latin1').decode(once)) ?? once)
}

function compare(hash: boolean, signature: boolean, certificate: boolean): BodyStanding {
  return !hash
    ? fails('hash')
    : !signature
      ? fails('signature')
      : !certificate
        ? fails('certificate')
        : { state: 'holds' }
}
