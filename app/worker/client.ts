import type { FieldNode } from '../../src/core/field.ts'
import type { ArtifactIndex, ByteRange } from '../../src/core/place.ts'
import type { Locale, TextTable } from '../../src/core/saying.ts'
import type { AppraisalView, AppraiseOptions, Catalogue, InputFile, Inspection } from '../../src/engine/api.ts'
import type { OwnRule } from '../../src/engine/collateral-requests.ts'
import type { KnownField } from '../../src/engine/known-values.ts'
import type { FleetRow } from '../../src/engine/fleet-row.ts'
import type { LabView } from '../../src/engine/lab.ts'
import type { LookedUp } from '../../src/engine/error-codes.ts'
import type { Outlook } from '../../src/engine/outlook.ts'
import { withFileBytes } from '../../src/engine/hand-over.ts'
import type { CallName, Calls, CertificateView, Reply, Request } from '../../src/engine/protocol.ts'
import type { Made, RecipeView } from '../../src/engine/making.ts'
import type { WorkerRequest } from './engine.worker.ts'

/** A job that runs longer is killed with its worker. */
export const TIME_LIMIT_MS = 10_000
/** Starting and loading count apart: a slow line is not hostile input. */
const START_LIMIT_MS = 60_000

/** Why a job gave no answer. */
export type StopReason = 'time-limit' | 'cancelled' | 'crashed' | 'not-started'

/** A job that gave no answer: our fault or the input's, never a verdict. */
export class Stopped extends Error {
  readonly reason: StopReason
  constructor(reason: StopReason, message: string) {
    super(message)
    this.name = 'Stopped'
    this.reason = reason
  }
}

/** Certificate bytes within a case. */
export interface CertificatePlace {
  readonly artifact: ArtifactIndex
  readonly range: ByteRange
}

/** The engine as the page uses it. Jobs run one after the other; a killed worker is replaced and the next job goes on. `key` names the files' content. */
export interface Engine {
  inspect(key: string, files: readonly InputFile[]): Promise<Inspection>
  appraise(key: string, files: readonly InputFile[], options: AppraiseOptions): Promise<AppraisalView>
  /** One of many cases, which the worker forgets at once. */
  row(files: readonly InputFile[], options: AppraiseOptions): Promise<FleetRow>
  /** When the verdict alters by itself, and what was last known. Asked for once the verdict is drawn. */
  outlook(key: string, files: readonly InputFile[], options: AppraiseOptions): Promise<Outlook>
  expand(
    key: string,
    files: readonly InputFile[],
    artifact: ArtifactIndex,
    path: string,
    from: number,
    to: number,
  ): Promise<readonly FieldNode[]>
  certificate(
    key: string,
    files: readonly InputFile[],
    place: CertificatePlace,
    issuer?: CertificatePlace,
  ): Promise<CertificateView | null>
  texts(schemes: readonly string[], locale: Locale): Promise<TextTable>
  lookUp(text: string): Promise<LookedUp>
  catalogue(): Promise<Catalogue>
  sampleFiles(scheme: string, id: string): Promise<readonly InputFile[]>
  /** Names for values of the case; they decide nothing. */
  known(key: string, files: readonly InputFile[]): Promise<readonly KnownField[]>
  /** What may be asked of whom for collateral. */
  rules(): Promise<readonly OwnRule[]>
  /** What evidence can be made here. */
  recipes(): Promise<readonly RecipeView[]>
  make(scheme: string, id: string, values: readonly (readonly [string, string])[]): Promise<Made>
  /** Failures that evidence of these formats can have. */
  lab(files: readonly InputFile[], formats: readonly string[]): Promise<readonly LabView[]>
  /** The case as a failure that must be signed anew leaves it. */
  remake(scheme: string, id: string, files: readonly InputFile[]): Promise<readonly InputFile[] | null>
  /** Starts the worker before anything is asked of it. */
  begin(): void
  /** Kills what is running now. */
  cancel(): void
  /** Ends the worker; what is asked for later starts another. */
  close(): void
  /** Loads a part of the engine that nothing needs yet; true while there are others. */
  stock(part: number): Promise<number>
  /** Told of every request that the worker made. */
  onRequest(listen: (url: string) => void): void
}

/** What this client needs of a worker. */
export interface WorkerLike {
  postMessage(request: Request, transfer: ArrayBuffer[]): void
  terminate(): void
  addEventListener(kind: 'message', listen: (event: { data: Reply | WorkerRequest }) => void): void
  addEventListener(kind: 'error', listen: (event: unknown) => void): void
}

interface Job {
  readonly request: Request
  readonly resolve: (reply: Reply) => void
  readonly reject: (reason: Stopped) => void
}

/** Makes a client over workers that `spawn` starts. */
export function createEngine(spawn: () => WorkerLike, timeLimit = TIME_LIMIT_MS): Engine {
  let worker: WorkerLike | undefined
  let isReady = false
  let running: Job | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastJob = 0
  const waiting: Job[] = []
  const listeners = new Set<(url: string) => void>()

  function start(): WorkerLike {
    const fresh = spawn()
    fresh.addEventListener('message', ({ data }) => {
      if (fresh === worker) hear(data)
    })
    fresh.addEventListener('error', (event) => {
      if (fresh === worker) kill(isReady ? 'crashed' : 'not-started', messageOf(event))
    })
    worker = fresh
    isReady = false
    return fresh
  }

  function hear(message: Reply | WorkerRequest): void {
    if ('requested' in message) {
      for (const listen of listeners) listen(message.requested)
    } else if (message.job === -1) {
      isReady = true
      if (running) arm(running)
    } else if (running?.request.job === message.job) finish((job) => job.resolve(message))
  }

  function arm(job: Job): void {
    clearTimeout(timer)
    const isLoading =
      !isReady ||
      job.request.call === 'catalogue' ||
      job.request.call === 'recipes' ||
      job.request.call === 'rules' ||
      job.request.call === 'make' ||
      job.request.call === 'lab' ||
      job.request.call === 'remake' ||
      job.request.call === 'texts' ||
      job.request.call === 'stock' ||
      job.request.call === 'sample'
    timer = setTimeout(
      () => kill(isReady ? 'time-limit' : 'not-started', job.request.call),
      isLoading ? START_LIMIT_MS : timeLimit,
    )
  }

  function next(): void {
    if (running) return
    const job = waiting.shift()
    if (!job) return
    running = job
    const target = worker ?? start()
    send(target, job.request)
    arm(job)
  }

  function finish(settle: (job: Job) => void): void {
    clearTimeout(timer)
    const job = running
    running = undefined
    if (job) settle(job)
    next()
  }

  function kill(reason: StopReason, message: string): void {
    worker?.terminate()
    worker = undefined
    finish((job) => job.reject(new Stopped(reason, message)))
  }

  function ask(request: Request): Promise<Reply> {
    return new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject })
      next()
    })
  }

  async function call<N extends CallName>(
    name: N,
    give: Calls[N]['give'],
    files?: readonly InputFile[],
  ): Promise<Calls[N]['take']> {
    const request = () => ({ job: ++lastJob, call: name, give }) as unknown as Request
    let reply = await ask(request())
    if (!reply.ok && reply.why === 'unknown-case' && files && 'key' in give) {
      await call('open', { key: give.key, files })
      reply = await ask(request())
    }
    if (!reply.ok) throw new Stopped('crashed', reply.message)
    // The worker answers each call with its own type.
    return reply.take as Calls[N]['take']
  }

  return {
    inspect: async (key, files) => withFileBytes(await call('open', { key, files }), files),
    appraise: (key, files, options) => call('appraise', { key, options }, files),
    row: (files, options) => call('row', { files, options }),
    outlook: (key, files, options) => call('outlook', { key, options }, files),
    expand: (key, files, artifact, path, from, to) => call('expand', { key, artifact, path, from, to }, files),
    certificate: (key, files, place, issuer) =>
      call('certificate', { key, ...place, ...(issuer ? { issuer } : {}) }, files),
    texts: (schemes, locale) => call('texts', { schemes, locale }),
    lookUp: (text) => call('lookUp', { text }),
    catalogue: () => call('catalogue', {}),
    stock: (part) => call('stock', { part }),
    sampleFiles: (scheme, id) => call('sample', { scheme, id }),
    known: (key, files) => call('known', { key }, files),
    rules: () => call('rules', {}),
    recipes: () => call('recipes', {}),
    make: (scheme, id, values) => call('make', { scheme, id, values }),
    lab: (files, formats) => call('lab', { files, formats }),
    remake: (scheme, id, files) => call('remake', { scheme, id, files }),
    begin: () => {
      if (!worker) start()
    },
    cancel: () => {
      if (running) kill('cancelled', running.request.call)
    },
    close: () => kill('cancelled', 'closed'),
    onRequest: (listen) => {
      listeners.add(listen)
    },
  }
}

/** A copy of each file changes hands; a clone would be copied twice more, the first time here. */
function send(target: WorkerLike, request: Request): void {
  if (request.call !== 'open') {
    target.postMessage(request, [])
    return
  }
  const files = request.give.files.map((file) => ({ ...file, bytes: file.bytes.slice() }))
  target.postMessage(
    { ...request, give: { ...request.give, files } },
    files.map(({ bytes }) => bytes.buffer),
  )
}

function messageOf(event: unknown): string {
  return typeof event === 'object' && event !== null && 'message' in event && typeof event.message === 'string'
    ? event.message
    : 'the worker could not be started'
}
