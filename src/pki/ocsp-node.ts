import type { FieldNode } from '../core/field.ts'
import type { Slice } from '../core/place.ts'
import type { TextId } from '../core/saying.ts'
import { contentOf, readDer, sequenceOf, type DerElement } from '../bytes/der.ts'
import { derLeaf, derNode, derStruct, derTree, withProblems } from '../bytes/der-node.ts'
import { algorithmNode, extensionsNode, signatureNode, withTrailing } from './certificate-node.ts'
import { crlReasonName } from './extension-nodes.ts'
import { nameNode } from './name-node.ts'
import { OCSP_STATUS, readOcsp } from './ocsp.ts'
import { ocspShape, type BasicShape } from './ocsp-shape.ts'

const doc = (name: string): { readonly doc: TextId } => ({ doc: `field.ocsp.${name}` })

/** An OCSP response as a tree down to its bytes. Leaves tile the slice, whatever is in it. */
export function ocspNode(slice: Slice, at: string, label = 'OCSPResponse'): FieldNode {
  const path = at === '' ? 'ocsp' : at
  const { element, problems, end } = readDer(slice)
  const shape = ocspShape(element)
  if (!element || !shape) return derNode(slice, path, label)
  const { status, holder, bytes, typeElement, octets, basic } = shape
  const value = derLeaf(status, `${path}.responseStatus`, 'responseStatus', doc('responseStatus'))
  const symbol = value.value.kind === 'uint' ? OCSP_STATUS[Number(value.value.value)] : undefined
  const held = `${path}.responseBytes`
  const whole = derStruct(
    element,
    path,
    label,
    [
      symbol === undefined ? value : { ...value, symbol },
      ...(holder && bytes && typeElement && octets
        ? [
            derStruct(
              holder,
              held,
              'responseBytes',
              [
                derStruct(bytes, `${held}.value`, 'ResponseBytes', [
                  derLeaf(typeElement, `${held}.responseType`, 'responseType', doc('responseType')),
                  derStruct(
                    octets,
                    `${held}.response`,
                    'response',
                    [basic ? basicNode(basic, `${path}.basic`) : derNode(octets.content, `${held}.raw`, 'response')],
                    doc('response'),
                  ),
                ]),
              ],
              doc('responseBytes'),
            ),
          ]
        : holder
          ? [derTree(holder, held, 'responseBytes', doc('responseBytes'))]
          : []),
    ],
    { doc: 'field.ocsp' },
  )
  const faults = (readOcsp(slice)?.faults ?? []).filter((fault) => fault.because.code !== 'not-der')
  return withProblems(withTrailing(whole, slice, end), [...problems, ...(basic?.problems ?? []), ...faults])
}

function basicNode(basic: BasicShape, path: string): FieldNode {
  const data = `${path}.tbsResponseData`
  return derStruct(
    basic.whole,
    path,
    'BasicOCSPResponse',
    [
      derStruct(
        basic.tbs,
        data,
        'tbsResponseData',
        [
          ...(basic.version ? [derTree(basic.version, `${data}.version`, 'version', doc('version'))] : []),
          responderNode(basic.responder, `${data}.responderID`),
          derLeaf(basic.producedAt, `${data}.producedAt`, 'producedAt', doc('producedAt')),
          derStruct(
            basic.list,
            `${data}.responses`,
            'responses',
            basic.answers.map((one, index) => answerNode(one, `${data}.responses[${index}]`, `[${index}]`)),
            doc('responses'),
          ),
          ...(basic.extensionHolder
            ? [extensionsNode(basic.extensionHolder, `${data}.responseExtensions`, 'responseExtensions')]
            : []),
        ],
        doc('tbsResponseData'),
      ),
      algorithmNode(
        basic.algorithm,
        `${path}.signatureAlgorithm`,
        'signatureAlgorithm',
        'field.ocsp.signatureAlgorithm',
      ),
      signatureNode(basic.signature, `${path}.signature`, 'signature', 'field.ocsp.signature'),
      ...(basic.certificateHolder ? [derTree(basic.certificateHolder, `${path}.certs`, 'certs', doc('certs'))] : []),
    ],
    doc('basic'),
  )
}

function responderNode(element: DerElement, path: string): FieldNode {
  const [inner] = element.children ?? []
  if (element.tag !== 1 || !inner) return derTree(element, path, 'responderID', doc('responderID'))
  return derStruct(
    element,
    path,
    'responderID',
    [nameNode(inner, `${path}.byName`, 'byName', 'field.ocsp.responderID')],
    doc('responderID'),
  )
}

const STATUS_NAMES = ['good', 'revoked', 'unknown']

function answerNode(element: DerElement, path: string, label: string): FieldNode {
  const [id, status, thisUpdate, ...more] = sequenceOf(element) ?? []
  const [algorithm, nameHash, keyHash, serial] = sequenceOf(id) ?? []
  if (!id || !status || !thisUpdate || !algorithm || !nameHash || !keyHash || !serial)
    return derTree(element, path, label, doc('answer'))
  return derStruct(
    element,
    path,
    label,
    [
      derStruct(
        id,
        `${path}.certID`,
        'certID',
        [
          algorithmNode(algorithm, `${path}.certID.hashAlgorithm`, 'hashAlgorithm', 'field.ocsp.hashAlgorithm'),
          derLeaf(nameHash, `${path}.certID.issuerNameHash`, 'issuerNameHash', doc('issuerNameHash')),
          derLeaf(keyHash, `${path}.certID.issuerKeyHash`, 'issuerKeyHash', doc('issuerKeyHash')),
          derLeaf(serial, `${path}.certID.serialNumber`, 'serialNumber', {
            ...doc('serialNumber'),
            value: { kind: 'bytes', length: contentOf(serial).length },
          }),
        ],
        doc('certID'),
      ),
      statusNode(status, `${path}.certStatus`),
      derLeaf(thisUpdate, `${path}.thisUpdate`, 'thisUpdate', doc('thisUpdate')),
      ...more.map((one) =>
        one.tag === 0
          ? derTree(one, `${path}.nextUpdate`, 'nextUpdate', doc('nextUpdate'))
          : derTree(one, `${path}.singleExtensions`, 'singleExtensions', doc('singleExtensions')),
      ),
    ],
    doc('answer'),
  )
}

function statusNode(element: DerElement, path: string): FieldNode {
  const symbol = element.tagClass === 'context' ? STATUS_NAMES[element.tag] : undefined
  const options = { ...doc('certStatus'), ...(symbol === undefined ? {} : { symbol }) }
  const [when, why] = element.children ?? []
  const inner = why?.children?.[0]
  if (symbol !== 'revoked' || !when) return derLeaf(element, path, 'certStatus', options)
  const reason = inner && derLeaf(inner, `${path}.revocationReason`, 'revocationReason', doc('revocationReason'))
  const name = reason?.value.kind === 'uint' ? crlReasonName(reason.value.value) : ''
  return derStruct(
    element,
    path,
    'certStatus',
    [
      derLeaf(when, `${path}.revocationTime`, 'revocationTime', doc('revocationTime')),
      ...(why && reason
        ? [
            derStruct(
              why,
              `${path}.revocationReasonHolder`,
              'revocationReason',
              [name === '' ? reason : { ...reason, symbol: name }],
              doc('revocationReason'),
            ),
          ]
        : []),
    ],
    options,
  )
}
