import type { AddressInfo } from 'node:net'
import { TOGETHER_TYPE } from '@satuanak/service-kit'
import { answersOf } from '../memory/answers.ts'
import type { Part, World } from './part.ts'
import { answerOf, serveBodies } from './wire.ts'

interface Asked {
  readonly query: string
  readonly variables?: Record<string, unknown>
}

/** Every subgraph of the graph in one process, each on a port of its own. */
export async function start({ subgraphs }: World): Promise<Part> {
  const urls = await Promise.all(Object.keys(subgraphs).map(async (name) => [name, await serve(name)] as const))
  return { urls: Object.fromEntries(urls), ask: async () => served }
}

/** Requests answered so far; told to whoever asks. */
let served = 0

/** The answer to each body is made once and found again by the body's bytes, so that answering costs next to nothing. */
async function serve(name: string): Promise<string> {
  const answer = answersOf(name)
  const known = new Map<string, Buffer>()
  const parts = new Map<string, string>()
  const make = async (body: Buffer, key: string) => {
    const asked = JSON.parse(body.toString('utf8')) as Asked | Asked[]
    const one = ({ query, variables = {} }: Asked) => answer(query, variables)
    const text = Array.isArray(asked) ? `[${(await Promise.all(asked.map(one))).join(',')}]` : await one(asked)
    const made = answerOf(text)
    known.set(key, made)
    return made
  }
  /** Fetches that our gateway sends together. They come in ever other company, so each is found again by itself. */
  const together = async (body: Buffer) => {
    const members = JSON.parse(body.toString('utf8')) as { readonly body: Asked }[]
    served += members.length - 1
    const lines = members.map(async ({ body: { query, variables = {} } }, place) => {
      const key = `${query}${JSON.stringify(variables)}`
      const text = parts.get(key) ?? (await answer(query, variables))
      parts.set(key, text)
      return `${place} 200 ${text}\n`
    })
    return answerOf((await Promise.all(lines)).join(''), TOGETHER_TYPE)
  }
  const server = await serveBodies((body) => {
    served += 1
    if (body.indexOf(MEMBERS) === 0) return together(body)
    const key = body.toString('latin1')
    return known.get(key) ?? make(body, key)
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

const MEMBERS = '[{"headers":'
