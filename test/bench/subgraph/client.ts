import { Agent, request } from 'node:http'
import { parentPort } from 'node:worker_threads'
import type { ServiceName } from '@satuanak/contracts'
import { PERSONAS } from '@satuanak/demo-city'
import { createSubgraphSigner } from '@satuanak/identity'
import type { Fetch } from './fetches.ts'

/** What the clients are told to do: so many at once, for so long, each with a signature of its own for each request. */
export interface Round {
  readonly url: string
  readonly service: ServiceName
  readonly key: Parameters<typeof createSubgraphSigner>[0]['privateJwk']
  readonly fetches: readonly Fetch[]
  readonly clients: number
  readonly ms: number
}

/** Milliseconds of each request. */
export type Times = readonly number[]

const agent = new Agent({ keepAlive: true })

async function play({ url, service, key, fetches, clients, ms }: Round): Promise<Times> {
  const sign = createSubgraphSigner({ privateJwk: key })
  const bodies = fetches.map((fetch) => JSON.stringify(fetch))
  const times: number[] = []
  const until = performance.now() + ms
  let next = 0
  const client = async () => {
    while (performance.now() < until) {
      const body = bodies[next % bodies.length] ?? ''
      next += 1
      const token = await sign(PERSONAS.bapperida.caller, service)
      const from = performance.now()
      await post(url, token, body)
      times.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return times
}

function post(url: string, token: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` }
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST', agent, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => (text.includes('"data":{') ? resolve() : reject(new Error(text.slice(0, 300)))))
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

parentPort?.on('message', (round: Round) => {
  play(round).then(
    (times) => parentPort?.postMessage({ times }),
    (error: unknown) => parentPort?.postMessage({ error: String(error) }),
  )
})
