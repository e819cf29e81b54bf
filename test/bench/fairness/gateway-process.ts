import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

interface GatewayProcess {
  readonly url: string
  readonly pid: number
  /** What was preloaded answers this. */
  ask(question: string): Promise<unknown>
  close(): Promise<void>
}

/** The gateway as it is run, in a process of its own, so that what is measured shares no event loop with its clients. */
export async function startGateway(env: Readonly<Record<string, string>>, preload?: URL): Promise<GatewayProcess> {
  const main = new URL('../../../gateway/src/main.ts', import.meta.url)
  const child = fork(main, {
    env: { ...env, PORT: '0', LOG_LEVEL: 'info' },
    execArgv: preload === undefined ? [] : ['--import', preload.href],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  if (!child.stdout) throw new Error('the gateway has no output')
  const lines = createInterface(child.stdout)
  const ready = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const { msg, url } = JSON.parse(line) as { readonly msg?: string; readonly url?: string }
      if (msg === 'ready' && url !== undefined) resolve(url)
    })
  })
  const url = await Promise.race([ready, ended.then(() => null)])
  if (url === null) throw new Error('the gateway did not start')
  return {
    url,
    pid: child.pid ?? 0,
    async ask(question) {
      const answer = once(child, 'message')
      child.send(question)
      return (await answer)[0]
    },
    close: async () => {
      child.disconnect()
      await ended
    },
  }
}
