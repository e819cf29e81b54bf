import type { CoordinationApp } from '../app.ts'
import { isHopeless, nextTry, type Outcome, type StateReason, type Webhook } from './domain.ts'
import { findWebhookInTx, saveStateInTx, type WebhookTx } from './repository.ts'
import { type Claimed, saveAttemptInTx, saveFailingInTx, settleInTx } from './repository-dispatch.ts'

/** How a try went. */
export interface Tried extends Outcome {
  readonly at: Temporal.Instant
  readonly ms: number
}

/**
 * Writes down one try and what follows from it: delivered, tried again, given up, or the webhook stopped. Where the lease
 * ran out meanwhile somebody else is sending the same message, and only the try is written.
 * @param chance from 0 to 1, for the spread of the next try.
 * @returns why the webhook was stopped by this try; null where it was not.
 */
export async function settleDelivery(
  app: CoordinationApp,
  delivery: Claimed,
  tried: Tried,
  chance: number,
): Promise<StateReason | null> {
  return app.inTransaction(async (tx) => {
    // Before the delivery's row, as everyone who takes both.
    const webhook = await findWebhookInTx(tx, delivery.webhookId)
    if (webhook === null) return null
    const now = app.now()
    const { at, ms, status, reason } = tried
    await saveAttemptInTx(tx, delivery.id, { id: app.newId(), at, ms, status, reason })
    const isHeld = await settleInTx(tx, { ...delivery, ...nextStep(delivery, tried, { now, chance }), at: now })
    // What an address that was changed meanwhile says, says nothing of the new one.
    const isJudged = isHeld && !delivery.isTest && delivery.url === webhook.url
    return isJudged ? judgeWebhook(tx, webhook, tried, now) : null
  })
}

function nextStep({ tries, isTest }: Claimed, tried: Tried, moment: { now: Temporal.Instant; chance: number }) {
  if (tried.reason === null) return { state: 'TERKIRIM', dueAt: null, tries } as const
  const failed = tries + 1
  // What a portal answers once it is back is worth more than the message that found it gone.
  if (tried.reason === 'GONE' && !isTest) return { state: 'MENUNGGU', dueAt: moment.now, tries } as const
  const dueAt = isTest ? null : nextTry(failed, tried, moment)
  return { state: dueAt === null ? 'GAGAL' : 'MENUNGGU', dueAt, tries: failed } as const
}

/** An address that says that it is gone, or answers nothing for three days, is left alone until an officer looks at it. */
async function judgeWebhook(
  tx: WebhookTx,
  { id, state, failingSince }: Webhook,
  { reason }: Tried,
  now: Temporal.Instant,
): Promise<StateReason | null> {
  if (reason === null) {
    if (failingSince !== null) await saveFailingInTx(tx, id, null)
    return null
  }
  if (failingSince === null) await saveFailingInTx(tx, id, now)
  if (state !== 'ACTIVE') return null
  if (reason === 'GONE') {
    await saveStateInTx(tx, id, { state: 'DISABLED', reason: 'GONE', at: now })
    return 'GONE'
  }
  if (failingSince === null || !isHopeless(failingSince, now)) return null
  await saveStateInTx(tx, id, { state: 'PAUSED', reason: 'NOT_ANSWERING', at: now })
  return 'NOT_ANSWERING'
}
