import { setTimeout as wait } from 'node:timers/promises'
import { createRandom, type Random } from '@satuanak/demo-city'
import { OPERATIONS } from '../memory/operations.ts'

/** One account that asks at a steady rate, whether it is answered or not. */
export interface Client {
  readonly token: string
  /** Operations a second. */
  readonly rate: number
}

export interface Answered {
  readonly ms: number
  readonly status: number
}

/** All clients at once for a while. @returns what each was answered, in the clients' order. */
export function askAll(url: string, clients: readonly Client[], forMs: number, seed: number): Promise<Answered[][]> {
  const random = createRandom(seed)
  return Promise.all(clients.map((client) => askSteadily(url, client, forMs, random)))
}

async function askSteadily(url: string, { token, rate }: Client, forMs: number, random: Random): Promise<Answered[]> {
  const asked: Promise<Answered>[] = []
  const began = performance.now()
  for (let at = gap(rate, random); at < forMs; at += gap(rate, random)) {
    const early = began + at - performance.now()
    if (early > 0) await wait(early)
    asked.push(ask(url, token, OPERATIONS[asked.length % OPERATIONS.length]))
  }
  return Promise.all(asked)
}

/** Milliseconds until the next question of one who asks by chance, so often in a second on average. */
const gap = (rate: number, random: Random): number => (-Math.log(1 - random.next()) * 1_000) / rate

async function ask(url: string, token: string, operation: (typeof OPERATIONS)[number] | undefined): Promise<Answered> {
  const began = performance.now()
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: operation?.query, variables: operation?.variables }),
  })
  await response.arrayBuffer()
  return { ms: performance.now() - began, status: response.status }
}
