import { randomUUID } from 'node:crypto'
import { createWake } from '@satuanak/messaging'
import type { Logger } from '@satuanak/service-kit'
import type { CoordinationApp } from '../app.ts'
import { claimDeliveries } from './claim-deliveries.ts'
import { openSecrets } from './open-secrets.ts'
import { createPostman, type Postman } from './post-delivery.ts'
import { type Claimed, openEar } from './repository-dispatch.ts'
import { signatureOf } from './secret.ts'
import { settleDelivery } from './settle-delivery.ts'

export interface DispatcherParts {
  readonly databaseUrl: string
  readonly log: Pick<Logger, 'warn'>
  /** Milliseconds between two looks at what is due; a nudge cuts them short. */
  readonly pollMs?: number
  /** From 0 to 1: spreads the tries of messages that failed together. */
  readonly chance?: () => number
  /** Told when a portal answered, before that is written down: for tests that end a dispatcher there. */
  readonly onAnswered?: (delivery: Claimed) => Promise<void>
}

/** Sends what is queued. Several may run at once, in this process or in others: none sends what another is sending. */
export interface Dispatcher {
  /**
   * Sends whatever is due by the service's clock, and returns when nothing of it is under way any more. What another
   * dispatcher has in hand at the moment is left to that one.
   */
  run(): Promise<void>
  /** Takes nothing new; what is under way ends, within the portals' time. */
  close(): Promise<void>
}

/**
 * Starts sending webhooks (ADR 0032). At least once: a dispatcher that dies between a portal's answer and its row leaves a
 * lease that runs out, and the message is sent again under the same id.
 */
export function startDispatcher(app: CoordinationApp, parts: DispatcherParts): Dispatcher {
  const postman = createPostman(app.webhooks)
  const underway = new Set<Promise<void>>()
  const wake = createWake()
  const ear = openEar(parts.databaseUrl, wake.nudge)
  let closing = false

  let taking: Promise<unknown> = Promise.resolve()
  // One after another: who waits for what is under way must not overlook what is just being claimed.
  const take = (): Promise<boolean> => {
    const turn = taking.then(takeDue)
    taking = turn.catch(() => undefined)
    return turn
  }
  /** @returns whether more may be due: something was found, or what was under way left no room to find it. */
  const takeDue = async (): Promise<boolean> => {
    const wasBusy = underway.size > 0
    const claimed = await claimDeliveries(app)
    for (const delivery of claimed) {
      const sent = sendOne(app, postman, delivery, parts).finally(() => {
        underway.delete(sent)
        wake.nudge()
      })
      underway.add(sent)
    }
    return wasBusy || claimed.length > 0
  }
  const loop = async (): Promise<void> => {
    while (!closing) {
      await ear.ensure()
      await take().catch((err: unknown) => {
        parts.log.warn({ incident: randomUUID(), err }, 'webhooks could not be looked at; it is tried again')
      })
      await wake.wait(parts.pollMs ?? 1_000)
    }
  }
  const looping = loop()
  return {
    async run() {
      while (await take()) await Promise.all(underway)
    },
    async close() {
      closing = true
      wake.nudge()
      await looping
      await Promise.all(underway)
      await ear.close()
      await postman.close()
    },
  }
}

/** A fault of ours leaves the lease to run out: the message is sent again. The log names ids, never words of an answer. */
async function sendOne(
  app: CoordinationApp,
  postman: Postman,
  delivery: Claimed,
  { log, chance = Math.random, onAnswered }: DispatcherParts,
): Promise<void> {
  const { id, webhookId, url, body } = delivery
  try {
    const at = app.now()
    const timestamp = Math.floor(at.epochMilliseconds / 1_000)
    const secrets = openSecrets(app.webhooks.vault, delivery, log)
    // Its lease runs out: once the key is back, or in a process that has it, the message is sent.
    if (secrets === null) return
    const began = performance.now()
    const outcome = await postman.post(
      { url, id, timestamp, body, signature: signatureOf({ id, timestamp, body }, secrets) },
      at,
    )
    const ms = Math.round(performance.now() - began)
    await onAnswered?.(delivery)
    const stopped = await settleDelivery(app, delivery, { ...outcome, at, ms }, chance())
    if (stopped !== null) log.warn({ webhook: webhookId, reason: stopped }, 'a webhook was stopped: see WEBHOOKS.md')
  } catch (err) {
    log.warn({ webhook: webhookId, delivery: id, incident: randomUUID(), err }, 'a message could not be settled')
  }
}
