import {
  fields,
  given,
  InvalidInput,
  instant,
  list,
  type Notice,
  optional,
  orRefuse,
  problem,
  uuid,
} from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import { type DeliveryId, MOST_REPLAYED, type WebhookId } from './domain.ts'
import { manageWebhook } from './manage-webhook.ts'
import { replayInTx, type Which } from './repository-deliveries.ts'

export interface ReplayWebhookDeliveries {
  readonly requestId: string
  readonly webhookId: string
  /** Either these messages, or all that were queued from `from` until before `to`. */
  readonly ids?: readonly string[] | null | undefined
  readonly from?: Temporal.Instant | null | undefined
  readonly to?: Temporal.Instant | null | undefined
}

const RULE = 'DESIGN-7'
const MOST_IDS = 100

/**
 * Sends messages again under the ids they have, so that a portal that did get one knows it: delivered ones, those given
 * up, and those that wait, without their pause. While a webhook is paused they wait too.
 * @returns how many.
 * @throws InvalidInput, WebhookNotFound, NotPermitted, RequestIdReused.
 */
export async function replayWebhookDeliveries(
  app: CoordinationApp,
  caller: Caller,
  command: ReplayWebhookDeliveries,
): Promise<number> {
  const { webhookId, ...which } = check(command)
  const managing = { name: 'replayWebhookDeliveries', requestId: command.requestId, input: command, webhookId }
  const replayed = await manageWebhook(app, caller, managing, async (tx) => {
    const count = await replayInTx(tx, webhookId, whichOf(which), { now: app.now(), most: MOST_REPLAYED })
    if (count === null) throw new InvalidInput([{ field: 'to', rule: RULE, message: TOO_MANY }])
    return String(count)
  })
  return Number(replayed)
}

const TOO_MANY = {
  id: `Terlalu banyak: paling banyak ${MOST_REPLAYED} pesan sekaligus. Persempit rentang waktunya.`,
  en: `Too many: at most ${MOST_REPLAYED} messages at once. Narrow the span of time.`,
}

function check({ webhookId, ids, from, to }: ReplayWebhookDeliveries) {
  const checked = fields(
    {
      webhookId: uuid<WebhookId>(webhookId),
      ids:
        ids === null || ids === undefined
          ? given(null)
          : list(ids, (id) => uuid<DeliveryId>(id), { rule: RULE, max: MOST_IDS }),
      from: optional(from, (at) => instant(at, { rule: RULE })),
      to: optional(to, (at) => instant(at, { rule: RULE })),
    },
    oneWay,
  )
  return orRefuse(checked).value
}

interface Chosen {
  readonly ids: readonly DeliveryId[] | null
  readonly from: Temporal.Instant | null
  readonly to: Temporal.Instant | null
}

function oneWay({ ids, from, to }: Chosen): Notice[] {
  const isSpan = from !== null && to !== null
  if (ids === null ? isSpan : ids.length > 0 && from === null && to === null) {
    if (ids !== null || from === null || to === null || Temporal.Instant.compare(from, to) < 0) return []
    return [
      problem(RULE, { id: 'Akhir rentang harus sesudah awalnya.', en: 'The span must end after it begins.' }, 'to'),
    ]
  }
  const sentence = {
    id: 'Sebutkan pesan-pesannya, atau awal dan akhir rentang waktu: salah satu saja.',
    en: 'Name the messages, or the beginning and the end of a span of time: one of the two.',
  }
  return [problem(RULE, sentence, 'ids')]
}

function whichOf({ ids, from, to }: Chosen): Which {
  if (ids !== null) return { ids }
  if (from !== null && to !== null) return { from, to }
  throw new Error('a replay names messages or a span, as checked')
}
