import type { Child } from './child.ts'
import type { Learn, Play, Played, Question } from './load.ts'
import type { Usage } from './part.ts'

/** One way to answer, running. */
export interface Candidate {
  readonly name: string
  readonly gateway: Child
  /** Who answers it, where that is a process of its own. */
  readonly subgraphs: Child | undefined
}

export interface Setting {
  readonly rounds: number
  readonly roundMs: number
  readonly warmMs: number
  readonly clients: readonly number[]
}

/** Of one candidate, question and number of clients: the medians of its rounds. */
export interface Figures {
  readonly rate: number
  readonly p50: number
  readonly p99: number
  /** Microseconds of the gateway's process for one request. */
  readonly gatewayUs: number
  /** Likewise of the subgraphs' process; none where they are in the gateway's. */
  readonly subgraphsUs: number
  /** Likewise of the clients'. */
  readonly clientsUs: number
  /** Fetches that the subgraphs were sent for one answer, where they count. */
  readonly fetches: number
  /** Megabytes of the gateway's process. */
  readonly rssMb: number
}

/** `figures.get(question)?.get(clients)?.get(candidate)`, by name. */
export type Table = ReadonlyMap<string, ReadonlyMap<number, ReadonlyMap<string, Figures>>>

interface Players {
  readonly load: Child
  readonly token: string
}

/** A candidate that does not answer a question as the others do is left out of that question. */
export type Cannot = (candidate: string, question: string, reason: string) => void

/** All candidates in turn, round after round: what else the machine does weighs on all of them. */
export async function measure(
  candidates: readonly Candidate[],
  questions: readonly Question[],
  players: Players,
  { rounds, roundMs, warmMs, clients }: Setting,
  cannot: Cannot,
): Promise<Table> {
  for (const learn of questions) await players.load.ask({ learn } satisfies Learn)
  const able = await warm(candidates, questions, players, Math.max(...clients), warmMs, cannot)
  const found = new Map<string, Map<number, Map<string, Figures[]>>>()
  for (let round = 0; round < rounds; round += 1) {
    for (const question of questions) {
      const byClients = entry(found, question.name, () => new Map<number, Map<string, Figures[]>>())
      for (const many of clients) {
        const byName = entry(byClients, many, () => new Map<string, Figures[]>())
        for (const candidate of able.get(question) ?? []) {
          try {
            const figures = await once(candidate, question, players, many, roundMs)
            entry(byName, candidate.name, (): Figures[] => []).push(figures)
          } catch (error) {
            cannot(candidate.name, `${question.name}, ${many} clients, round ${round + 1}`, messageOf(error))
          }
        }
      }
    }
  }
  return mapped(found, (byClients) => mapped(byClients, (byName) => mapped(byName, medians)))
}

async function warm(
  candidates: readonly Candidate[],
  questions: readonly Question[],
  players: Players,
  clients: number,
  ms: number,
  cannot: Cannot,
): Promise<ReadonlyMap<Question, readonly Candidate[]>> {
  const able = new Map<Question, Candidate[]>()
  for (const candidate of candidates) {
    for (const question of questions) {
      try {
        await played(candidate, question, players, clients, ms)
        entry(able, question, (): Candidate[] => []).push(candidate)
      } catch (error) {
        cannot(candidate.name, question.name, messageOf(error))
      }
    }
  }
  return able
}

async function once(candidate: Candidate, question: Question, players: Players, clients: number, ms: number) {
  const processes = [candidate.gateway, candidate.subgraphs, players.load]
  const usages = () => Promise.all(processes.map((child) => child?.usage() ?? NOTHING_USED))
  const served = async () => Number((await candidate.subgraphs?.ask({})) ?? Number.NaN)
  const servedBefore = await served()
  const before = await usages()
  const { count, ms: took, p50, p99 } = await played(candidate, question, players, clients, ms)
  const after = await usages()
  const [gatewayUs = 0, subgraphsUs = 0, clientsUs = 0] = after.map(
    ({ cpuUs }, index) => (cpuUs - (before[index]?.cpuUs ?? 0)) / count,
  )
  const fetches = ((await served()) - servedBefore) / count
  return {
    rate: (count * 1_000) / took,
    p50,
    p99,
    gatewayUs,
    subgraphsUs,
    clientsUs,
    fetches,
    rssMb: megabytes(after[0]),
  }
}

function played({ gateway }: Candidate, { name }: Question, { load, token }: Players, clients: number, ms: number) {
  const play: Play = { url: gateway.urls.gateway ?? '', token, question: name, clients, ms }
  return load.ask(play) as Promise<Played>
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const NOTHING_USED: Usage = { cpuUs: 0, rss: 0 }

const megabytes = (usage: Usage | undefined): number => (usage?.rss ?? Number.NaN) / 1_048_576

const medians = (all: readonly Figures[]): Figures => {
  const of = (key: keyof Figures) => median(all.map((figures) => figures[key]))
  return {
    rate: of('rate'),
    p50: of('p50'),
    p99: of('p99'),
    gatewayUs: of('gatewayUs'),
    subgraphsUs: of('subgraphsUs'),
    clientsUs: of('clientsUs'),
    fetches: of('fetches'),
    rssMb: of('rssMb'),
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

const mapped = <Key, Value, Made>(map: ReadonlyMap<Key, Value>, make: (value: Value) => Made): Map<Key, Made> =>
  new Map(Array.from(map, ([key, value]) => [key, make(value)]))
