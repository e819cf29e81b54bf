import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Question, Reply, Usage, World } from './part.ts'

/** A process of the bench, seen from the one that started it. Asked one thing at a time. */
export interface Child {
  readonly urls: Readonly<Record<string, string>>
  usage(): Promise<Usage>
  ask(question: unknown): Promise<unknown>
  close(): Promise<void>
}

/** Lines of a process that did not start which are worth showing. */
const LAST_WORDS = 1_500

/** Starts a part in a process of its own. @throws Error with its last words where it does not start. */
export async function startPart(module: URL, world: World): Promise<Child> {
  const env = { PATH: process.env.PATH, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true', ...world.env }
  const entry = new URL('./process.ts', import.meta.url)
  const child = fork(entry, [module.href], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const ended = once(child, 'exit')
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = `${words}${text}`.slice(-LAST_WORDS)
  })
  const gone = ended.then(() => ({ failure: `it ended: ${words}` }))
  const ask = (message: World | Question) => answerOf(child, message, gone)
  try {
    const urls = (await ask(world)) as Child['urls']
    return {
      urls,
      usage: async () => (await ask({ about: 'usage' })) as Usage,
      ask: (question) => ask({ about: 'part', question }),
      close: () => end(child, ended),
    }
  } catch (error) {
    await end(child, ended)
    throw error
  }
}

async function answerOf(child: ChildProcess, message: World | Question, gone: Promise<Reply>): Promise<unknown> {
  const replied = once(child, 'message').then(([reply]) => reply as Reply)
  child.send(message)
  const reply = await Promise.race([replied, gone])
  if ('failure' in reply) throw new Error(reply.failure)
  return reply.answer
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.connected) child.disconnect()
  await ended
}

/** Starts a part and sees to its end. */
export type StartPart = (module: URL, world: World) => Promise<Child>
