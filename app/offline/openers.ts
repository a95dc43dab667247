import { readFiles, type Intake } from '../case/files.ts'

/** What the system hands over: files opened with the installed page, and files that another app shared with it. */
interface LaunchQueue {
  setConsumer(take: (launch: { readonly files: readonly { getFile(): Promise<File> }[] }) => void): void
}

/** Takes files that come by “open with” and by sharing, as if they had been dropped. */
export function takeOpened(take: (intake: Intake) => void): void {
  const queue = (globalThis as { readonly launchQueue?: LaunchQueue }).launchQueue
  queue?.setConsumer(({ files }) => {
    if (files.length === 0) return
    void Promise.all(files.map(async (handle) => handle.getFile()))
      .then(readFiles)
      .then(take)
  })
  if (!/^#shared=\d+$/.test(location.hash)) return
  history.replaceState(null, '', location.pathname)
  const channel = new MessageChannel()
  channel.port1.addEventListener('message', (event: MessageEvent<unknown>) => {
    const files = Array.isArray(event.data) ? event.data.filter((one) => one instanceof File) : []
    if (files.length > 0) void readFiles(files).then(take)
  })
  channel.port1.start()
  navigator.serviceWorker.controller?.postMessage('shared', [channel.port2])
}
