import { TIMEOUT } from 'node:dns'
import { Agent, type Dispatcher as Http, request } from 'undici'
import { type Failure, type Outcome, retryAfterOf } from './domain.ts'
import { guardedLookup, isAddress, mayReach } from './reach.ts'
import type { WebhookParts } from './webhook-app.ts'

/** A message as it goes out. */
interface Post {
  readonly url: string
  readonly id: string
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly signature: string
  readonly body: string
}

export interface Postman {
  /** Sends once and follows nothing. Never throws: whatever happens is an outcome. */
  post(message: Post, now: Temporal.Instant): Promise<Outcome>
  close(): Promise<void>
}

type Settings = Pick<WebhookParts, 'reach' | 'resolve' | 'timeoutMs'>

/** As much of an answer as is let pass, so that its connection can be used again. None of it is kept. */
const ANSWER_BYTES = 16_384

export function createPostman({ reach, resolve, timeoutMs }: Settings): Postman {
  const agent = new Agent({
    connect: { timeout: timeoutMs, lookup: guardedLookup(reach, resolve) },
    pipelining: 1,
    maxHeaderSize: 16_384,
  })
  return {
    async post({ url, id, timestamp, signature, body }, now) {
      const { hostname } = new URL(url)
      // A socket asks no resolver for what is an address already.
      if (isAddress(hostname) && !mayReach(hostname, reach)) return failed('ADDRESS')
      try {
        const answer = await request(url, {
          ...{ dispatcher: agent, method: 'POST', body, signal: AbortSignal.timeout(timeoutMs) },
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'user-agent': 'SatuAnak-Webhook/1',
            'webhook-id': id,
            'webhook-timestamp': String(timestamp),
            'webhook-signature': signature,
          },
        })
        await drop(answer)
        return outcomeOf(answer, now)
      } catch (error) {
        return failed(failureOf(error))
      }
    },
    // What is still open then is nobody's any more: who sends has waited for what was under way.
    close: () => agent.destroy(),
  }
}

async function drop({ body }: Http.ResponseData): Promise<void> {
  await body.dump({ limit: ANSWER_BYTES }).catch(() => undefined)
}

const failed = (reason: Failure): Outcome => ({ status: null, reason, retryAfter: null })

function outcomeOf({ statusCode: status, headers }: Http.ResponseData, now: Temporal.Instant): Outcome {
  const header = headers['retry-after']
  const retryAfter = retryAfterOf(Array.isArray(header) ? header[0] : header, now)
  if (status >= 200 && status < 300) return { status, reason: null, retryAfter: null }
  if (status === 410) return { status, reason: 'GONE', retryAfter: null }
  return { status, reason: status >= 300 && status < 400 ? 'REDIRECT' : 'STATUS', retryAfter }
}

const TIMEOUTS: ReadonlySet<string> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'ETIMEDOUT',
  TIMEOUT,
])

function failureOf(error: unknown): Failure {
  const { name, code = '', cause } = error as { name?: string; code?: unknown; cause?: unknown }
  const said = typeof code === 'string' ? code : ''
  if (name === 'TimeoutError' || TIMEOUTS.has(said)) return 'TIMEOUT'
  if (said === 'FORBIDDEN_ADDRESS') return 'ADDRESS'
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_/.test(said)) return 'TLS'
  return cause === undefined ? 'CONNECTION' : failureOf(cause)
}
