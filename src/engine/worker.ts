import { appraise } from './appraise.ts'
import type { InputFile } from './api.ts'
import { catalogue, sampleFiles, textsFor } from './catalogue.ts'
import { certificateView } from './certificate-view.ts'
import { handedOver } from './hand-over.ts'
import { expand, inspect } from './inspect.ts'
import { outlook } from './outlook.ts'
import { make, recipes } from './making.ts'
import type { Reply, Request } from './protocol.ts'
import { stock } from './stock.ts'

/** The engine behind a worker's door. The page starts it through a blob shim so that its policy binds it, kills it when it takes too long, and starts another. */

const CASES_KEPT = 4
const cases = new Map<string, readonly InputFile[]>()

function filesOf(key: string): readonly InputFile[] {
  const files = cases.get(key)
  if (!files) throw new UnknownCase(key)
  return files
}

class UnknownCase extends Error {}

/** What is sent, and what of it changes hands. */
interface Answer {
  readonly take: unknown
  readonly moved?: readonly ArrayBuffer[]
}

async function answer(request: Request): Promise<Answer> {
  if (request.call !== 'open') return { take: await taken(request) }
  const { key, files } = request.give
  if (!cases.has(key)) cases.set(key, files)
  for (const oldest of cases.keys()) {
    if (cases.size <= CASES_KEPT) break
    cases.delete(oldest)
  }
  return handedOver(await inspect(filesOf(key)))
}

async function taken(request: Exclude<Request, { call: 'open' }>): Promise<unknown> {
  switch (request.call) {
    case 'appraise':
      return appraise(filesOf(request.give.key), request.give.options)
    case 'row':
      return (await import('./fleet-row.ts')).fleetRow(request.give.files, request.give.options)
    case 'outlook': {
      const files = filesOf(request.give.key)
      return outlook(files, request.give.options, await appraise(files, request.give.options))
    }
    case 'expand':
      return expand(
        filesOf(request.give.key),
        request.give.artifact,
        request.give.path,
        request.give.from,
        request.give.to,
      )
    case 'texts':
      return textsFor(request.give.schemes, request.give.locale)
    case 'lookUp':
      return (await import('./error-codes.ts')).lookUp(request.give.text)
    case 'catalogue':
      return catalogue()
    case 'stock':
      return stock(request.give.part)
    case 'sample':
      return sampleFiles(request.give.scheme, request.give.id)
    case 'known':
      return (await import('./known-values.ts')).knownFields(filesOf(request.give.key))
    case 'rules':
      return (await import('./collateral-rules.ts')).collateralRules()
    case 'recipes':
      return recipes()
    case 'make':
      return make(request.give.scheme, request.give.id, request.give.values)
    case 'lab':
      return (await import('./lab.ts')).labOf(request.give.files, request.give.formats)
    case 'remake':
      return (await import('./lab.ts')).remake(request.give.scheme, request.give.id, request.give.files)
    case 'certificate':
      return certificateView(filesOf(request.give.key), request.give)
  }
}

async function serve(request: Request): Promise<void> {
  const { take, moved } = await answer(request)
  postMessage({ job: request.job, ok: true, take } satisfies Reply, { transfer: [...(moved ?? [])] })
}

addEventListener('message', ({ data }) => {
  const request = data as Request
  serve(request).catch((thrown: unknown) => {
    const message = String(thrown).slice(0, 500)
    const why = thrown instanceof UnknownCase ? 'unknown-case' : 'crashed'
    postMessage({ job: request.job, ok: false, why, message } satisfies Reply)
  })
})
postMessage({ job: -1, ok: true, take: 'ready' } satisfies Reply)
