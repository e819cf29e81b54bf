import type { IncomingMessage, ServerResponse } from 'node:http'
import { TOPICS } from '@satuanak/contracts'
import { type Locale, localeFrom } from '@satuanak/graphql-kit'
import type { SignedIn } from '@satuanak/identity'
import { listen } from '@satuanak/messaging/listen'
import type { Check, Logger, Page } from '@satuanak/service-kit'
import { GraphQLError } from 'graphql'
import { whoAsks } from '../context.ts'
import type { Rates } from '../rates/rates.ts'
import { toldOf } from './audiences.ts'
import type { LiveOptions } from './options.ts'
import { streamKey, toldBefore } from './position.ts'
import { Recent } from './recent.ts'
import { notNow, onlyGet, tokenInUrl, unknownTopic } from './refusals.ts'
import { type Asked, Streams } from './streams.ts'

/** What the gateway tells without being asked. */
export interface Live {
  /** `GET /live`; nothing where the gateway was given no broker. */
  readonly pages: ReadonlyMap<string, Page>
  readonly checks: () => readonly Check[]
  /** Ends every stream and opens no other. */
  end(): void
  /** `end`, and lets go of the broker. */
  close(): Promise<void>
}

interface Doorkeepers {
  readonly verify: (token: string) => Promise<SignedIn>
  readonly rates: Pick<Rates, 'enter'>
  readonly log: Logger
}

/**
 * Hears every notice that coordination gives, and passes each on to the streams whose caller may: the one `decide`, under
 * the facts that are known by then. Waits for a broker that is not there; then the streams stay open and miss nothing.
 */
export function createLive({ natsUrl, ...options }: LiveOptions, doorkeepers: Doorkeepers): Live {
  if (natsUrl === undefined) return { pages: new Map(), checks: () => [], end: () => {}, close: async () => {} }
  const recent = new Recent(options.kept)
  const streams = new Streams(options, recent)
  let born = ''
  const listening = listen({
    natsUrl,
    name: 'satuanak gateway',
    type: 'coordination.notice.given.v1',
    past: options.kept,
    log: doorkeepers.log,
    onStream: ({ created, after, last }) => {
      born = created
      recent.begin(streamKey(created), after)
      streams.reloadAll({ stream: streamKey(created), seq: last })
    },
    onEvent: ({ id, data }, seq) => {
      if (toldBefore(id, born)) return recent.skip(seq)
      const told = toldOf(data, recent.last.stream, seq)
      recent.push(told)
      streams.tell(told)
    },
  })
  const open: Page = (request, response) =>
    answering(request, response, async (locale) => {
      const asked = whatIsAsked(request, locale)
      const signedIn = await whoAsks(request.headers.authorization, doorkeepers.verify, locale)
      doorkeepers.rates.enter(signedIn, locale)
      if (listening.state === 'never') throw notNow(locale)
      await streams.open(response, signedIn, asked, locale)
    })
  return {
    pages: new Map([['/live', open]]),
    checks: () => [
      { name: 'live', ok: listening.state === 'hearing', detail: `${streams.count} streams`, optional: true },
    ],
    end: () => streams.close(),
    close: async () => {
      streams.close()
      await listening.close()
    },
  }
}

/** @throws GraphQLError 405, and 400 for a token in the URL or a topic that there is not. */
function whatIsAsked(request: IncomingMessage, locale: Locale): Asked {
  if (request.method !== 'GET') throw onlyGet(locale)
  const asked = new URL(request.url ?? '/', 'http://gateway').searchParams
  if (asked.has('access_token') || asked.has('token')) throw tokenInUrl(locale)
  const named = asked.getAll('topics').flatMap((topics) => topics.split(','))
  const topics = named.length > 0 ? named : [...TOPICS]
  if (topics.some((topic) => !(TOPICS as readonly string[]).includes(topic))) throw unknownTopic(locale)
  const resume = request.headers['last-event-id']
  return { topics: [...new Set(topics)], resume: typeof resume === 'string' && resume !== '' ? resume : undefined }
}

/** A refusal is answered in the form in which GraphQL answers it. */
async function answering(
  request: IncomingMessage,
  response: ServerResponse,
  work: (locale: Locale) => Promise<void>,
): Promise<void> {
  try {
    await work(localeFrom(request.headers['accept-language']))
  } catch (error) {
    if (!(error instanceof GraphQLError) || response.headersSent) throw error
    const { http, ...extensions } = error.extensions as { http?: { status?: number; headers?: Map<string, string> } }
    for (const [name, value] of http?.headers ?? []) response.setHeader(name, value)
    response.setHeader('cache-control', 'no-store')
    response.setHeader('content-type', 'application/json; charset=utf-8')
    response.statusCode = http?.status ?? 500
    response.end(JSON.stringify({ errors: [{ message: error.message, extensions }] }))
  }
}
