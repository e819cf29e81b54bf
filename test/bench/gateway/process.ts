import type { Part, Question, Reply, World } from './part.ts'

/** The process that a part runs in: starts the module it is given, then answers questions until its parent goes. */
const [moduleUrl = ''] = process.argv.slice(2)
let part: Part | undefined

async function answer(message: unknown): Promise<unknown> {
  if (!part) {
    const { start } = (await import(moduleUrl)) as { start(world: World): Promise<Part> }
    part = await start(message as World)
    return part.urls
  }
  const asked = message as Question
  if (asked.about === 'part') return part.ask?.(asked.question)
  const { user, system } = process.cpuUsage()
  return { cpuUs: user + system, rss: process.memoryUsage.rss() }
}

const reply = (made: Reply) => void process.send?.(made)

process.on('message', (message) => {
  answer(message).then(
    (made) => reply({ answer: made }),
    (error: unknown) => reply({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
process.on('disconnect', () => process.exit())
