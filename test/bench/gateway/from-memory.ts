import { another, OPERATIONS } from '../memory/operations.ts'
import { installPeers, versionOf } from './candidates/peers.ts'
import type { StartPart } from './child.ts'
import { memoryGoals } from './goals.ts'
import type { Question, Variant } from './load.ts'
import type { World } from './part.ts'
import { printTable } from './report.ts'
import { type Candidate, measure, type Setting } from './rounds.ts'
import { FAN_OUT, NO_DOOR, OURS, PLAIN } from './sides.ts'
import { openWorld, over } from './world.ts'

type Print = (line: string) => void

/** One way to answer: the module that serves it, and what its process is told beside the rest. */
interface Way {
  readonly name: string
  readonly module: URL
  readonly env?: World['env']
}

const OWN: readonly Way[] = [
  { name: PLAIN, module: new URL('./candidates/plain.ts', import.meta.url) },
  { name: OURS, module: new URL('./candidates/ours.ts', import.meta.url) },
  { name: NO_DOOR, module: new URL('./candidates/ours-no-door.ts', import.meta.url) },
  { name: FAN_OUT, module: new URL('./candidates/fan-out.ts', import.meta.url) },
]

const HIVE = new URL('./candidates/hive.ts', import.meta.url)
const PEERS: readonly Way[] = [
  { name: 'Hive Gateway', module: HIVE },
  { name: 'Hive Gateway, jit', module: HIVE, env: { HIVE_JIT: 'on' } },
  { name: 'Hive Gateway, router runtime', module: HIVE, env: { HIVE_ARGUMENTS: '--hive-router-runtime' } },
  { name: 'Mercurius, jit', module: new URL('./candidates/mercurius.ts', import.meta.url) },
]

/** Every gateway over subgraphs that answer from memory and cost next to nothing. */
export async function fromMemory(print: Print, dir: string, start: StartPart, setting: Setting): Promise<void> {
  const { world, token } = await openWorld(dir)
  const subgraphs = await start(new URL('./subgraphs.ts', import.meta.url), world)
  const load = await start(new URL('./load.ts', import.meta.url), world)
  const running = over(world, subgraphs.urls)
  const peers = await peersHere(print)
  print('\nGateways over subgraphs that answer from memory')
  for (const line of HOW) print(`  ${line}`)
  const candidates: Candidate[] = []
  for (const { name, module, env } of [...OWN, ...peers]) {
    const gateway = await start(module, { ...running, env: { ...running.env, ...env } })
    candidates.push({ name, gateway, subgraphs })
  }
  const questions = await questionsFor(candidates[0])
  const table = await measure(candidates, questions, { load, token }, setting, (name, question, reason) =>
    print(`  ${name} cannot answer "${question}": ${reason.slice(0, 300)}`),
  )
  printTable(print, table, PLAIN)
  memoryGoals(
    print,
    table,
    peers.map(({ name }) => name),
  )
}

const HOW = [
  'the gateway’s own part of the graph (child by its id) is answered in the process of each gateway, without a fetch;',
  `${OURS} checks a token, rates, limits and cost, and signs each fetch; ${NO_DOOR} and the others do none of it;`,
  'Mercurius knows Federation 1: it is given the subgraphs’ SDL rewritten; each answer is compared with plain Apollo’s;',
  'µs: of the CPU of each process for one answer, whoever shares the cores; ×: how much better than plain Apollo;',
  'fetches: sent to subgraphs for one answer; each client asks for a page or a child of its own, so none are equal',
]

async function peersHere(print: Print): Promise<readonly Way[]> {
  try {
    await installPeers(print)
    const versions = ['@graphql-hive/gateway', '@graphql-hive/router-runtime', 'mercurius', '@mercuriusjs/gateway']
    print(`peers: ${versions.map((name) => `${name} ${versionOf(name)}`).join(', ')}`)
    return PEERS
  } catch (error) {
    print(`without peers: they could not be installed (${error instanceof Error ? error.message : error})`)
    return []
  }
}

/** So many different people ask. */
const VARIANTS = 64

/** What is asked, and what a plain Apollo gateway answers to it. */
export async function questionsFor(plain: Candidate | undefined): Promise<Question[]> {
  const url = plain?.gateway.urls.gateway ?? ''
  const questions: Question[] = []
  for (const operation of OPERATIONS) {
    const variants: Variant[] = []
    for (let number = 1; number <= VARIANTS; number += 1) {
      const { query, variables } = another(operation, number)
      const body = JSON.stringify({ query, variables })
      variants.push({ body, expected: await answerOf(url, body) })
    }
    questions.push({ name: operation.name, variants })
  }
  return questions
}

async function answerOf(url: string, body: string): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  const answer = await response.text()
  if (!answer.startsWith('{"data":{')) throw new Error(`no data: ${answer.slice(0, 500)}`)
  return answer
}
