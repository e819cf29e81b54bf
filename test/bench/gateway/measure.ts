import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, BenchOptions } from '../bench.ts'
import { OPERATIONS } from '../memory/operations.ts'
import { type Child, startPart } from './child.ts'
import type { World } from './part.ts'
import { about, printTable } from './report.ts'
import { type Candidate, measure, type Question, type Setting } from './rounds.ts'
import { openWorld, over } from './world.ts'

type Print = (line: string) => void

const WHOLE: Setting = { rounds: 3, roundMs: 1_500, warmMs: 1_500, clients: [1, 16, 64] }
const QUICK: Setting = { rounds: 1, roundMs: 1_000, warmMs: 1_000, clients: [16] }

const PLAIN = 'plain Apollo gateway'
const OWN: Readonly<Record<string, URL>> = {
  [PLAIN]: new URL('./candidates/plain.ts', import.meta.url),
  ours: new URL('./candidates/ours.ts', import.meta.url),
  'ours, nobody at the door': new URL('./candidates/ours-no-door.ts', import.meta.url),
  'hand-written fan-out': new URL('./candidates/fan-out.ts', import.meta.url),
}

/** Gateways side by side, each in a process of its own, over the same subgraphs and loaded by the same clients. */
export const gateway: Bench = {
  about: 'our gateway against a plain Apollo gateway, peers and a hand-written fan-out, over HTTP; --quick: one round',
  async run(print, options) {
    const dir = await mkdtemp(join(tmpdir(), 'satuanak-bench-'))
    const children: Child[] = []
    const started = async (module: URL, world: World) => {
      const child = await startPart(module, world)
      children.push(child)
      return child
    }
    try {
      const { world, token } = await openWorld(dir)
      await fromMemory(print, options, world, token, started)
    } finally {
      await Promise.all(children.map((child) => child.close()))
      await rm(dir, { recursive: true, force: true })
    }
  },
}

type Started = (module: URL, world: World) => Promise<Child>

async function fromMemory(print: Print, { quick }: BenchOptions, world: World, token: string, started: Started) {
  const subgraphs = await started(new URL('./subgraphs.ts', import.meta.url), world)
  const load = await started(new URL('./load.ts', import.meta.url), world)
  const running = over(world, subgraphs.urls)
  const candidates: Candidate[] = []
  for (const [name, module] of Object.entries(OWN)) candidates.push({ name, gateway: await started(module, running) })
  const setting = quick ? QUICK : WHOLE
  print(`gateways over subgraphs that answer from memory, ${about(setting)}`)
  const questions = await questionsFor(candidates[0])
  const table = await measure(candidates, questions, { load, subgraphs: () => subgraphs, token }, setting, (...why) =>
    print(`  cannot: ${why.join(', ')}`),
  )
  printTable(print, table, PLAIN)
}

/** What is asked, and what a plain Apollo gateway answers to it. */
async function questionsFor(plain: Candidate | undefined): Promise<Question[]> {
  const questions: Question[] = []
  for (const { name, query, variables } of OPERATIONS) {
    const body = JSON.stringify({ query, variables })
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(plain?.gateway.urls.gateway ?? '', { method: 'POST', headers, body })
    const expected = await response.text()
    if (!expected.startsWith('{"data":{')) throw new Error(`${name}: no data: ${expected.slice(0, 500)}`)
    questions.push({ name, body, expected })
  }
  return questions
}
