import {
  DeliverPolicy,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { type EventOf, type EventType, ServiceName } from '@satuanak/contracts'
import { connectBroker } from '../broker/connect.ts'
import { streamName } from '../broker/declarations.ts'
import { type Link, watchLink } from '../broker/link.ts'
import { describeFailure } from '../failure.ts'
import { parseData, readEvent } from '../inbox/read-event.ts'
import type { Log } from '../log.ts'
import { createWake } from '../wake.ts'

/** A stream as it is listened to. `created` names its incarnation: one that was lost and made anew has another. */
export interface HeardStream {
  readonly created: string
  /** Nothing up to this sequence is heard. */
  readonly after: number
  /** How far it reached when it was looked at. */
  readonly last: number
}

export interface ListenOptions<Type extends EventType> {
  readonly natsUrl: string
  /** By which NATS names the connection. */
  readonly name: string
  readonly type: Type
  /** How many of the stream's last messages are heard first, of whatever type. */
  readonly past: number
  readonly log: Log
  /** Called before the first event of a stream that is not the one heard before. */
  readonly onStream: (stream: HeardStream) => void
  /** Called once per event, in the order of the stream. Must not throw. */
  readonly onEvent: (event: EventOf<Type>, seq: number) => void
}

export interface Listening {
  /** `never`: the stream was not yet read to its end. `away`: it is not heard now; nothing is missed by that. */
  readonly state: 'never' | 'hearing' | 'away'
  close(): Promise<void>
}

const CONNECT_MS = 2_000
const AGAIN_MS = 250
/** Two signs of life in each: a consumer that NATS forgot without our seeing it go is made anew after a few seconds. */
const PULL_MS = 5_000
/** How often the stream is looked at while nothing happens: it may have been lost under a connection that stays. */
const STREAM_CHECK_MS = 2_000

/**
 * Hears the events of one type as they are told, by an ephemeral consumer of its own: for a process that keeps nothing
 * of them. Waits for a broker or a stream that is not there yet; after any interruption it goes on behind the last event
 * heard. A message that is no such event is passed over.
 */
export function listen<Type extends EventType>(options: ListenOptions<Type>): Listening {
  const wake = createWake()
  const ear = new Ear(options)
  const state = { closing: false }
  let connection: NatsConnection | undefined

  async function run(): Promise<void> {
    while (!state.closing) {
      try {
        connection = await connectBroker(options.natsUrl, options.name, CONNECT_MS)
        await hearOn(connection)
      } catch (error) {
        if (!state.closing) ear.interrupted(error)
      } finally {
        await connection?.close()
      }
      if (!state.closing) await wake.wait(AGAIN_MS)
    }
  }

  async function hearOn(on: NatsConnection): Promise<void> {
    const link = watchLink(on)
    link.onReconnect(ear.stop)
    const manager = await jetstreamManager(on)
    while (!state.closing) {
      try {
        await ear.hear(manager, jetstream(on), link)
      } catch (error) {
        if (state.closing || on.isClosed()) return
        ear.interrupted(error)
        await wake.wait(AGAIN_MS)
      }
    }
  }

  const running = run()
  return {
    get state() {
      return ear.state
    },
    async close() {
      state.closing = true
      wake.nudge()
      ear.stop()
      await connection?.close()
      await running
    },
  }
}

/** Where in which stream the listener is. */
class Ear<Type extends EventType> {
  state: Listening['state'] = 'never'
  readonly #options: ListenOptions<Type>
  readonly #from: ServiceName
  #created: string | undefined
  #next = 1
  #said = ''
  #stop: () => void = () => undefined

  constructor(options: ListenOptions<Type>) {
    this.#options = options
    this.#from = ServiceName.parse(options.type.slice(0, options.type.indexOf('.')))
  }

  readonly stop = (): void => this.#stop()

  /** Said once for each reason: it is asked again several times a second. */
  interrupted(error?: unknown): void {
    if (this.state === 'hearing') this.state = 'away'
    if (error === undefined) return
    const { log, name } = this.#options
    const reason = describeFailure(error)
    if (reason !== this.#said) log.warn({ name, reason }, 'stream is not heard, asked again')
    this.#said = reason
  }

  #hearing(): void {
    this.state = 'hearing'
    this.#said = ''
  }

  /** NATS answers as before, and the hearing was not stopped: it only seemed away. */
  #again(): void {
    if (this.state === 'away') this.#hearing()
  }

  /** Resolves when it is stopped, or when the stream is another one. */
  async hear(manager: JetStreamManager, client: JetStreamClient, link: Link): Promise<void> {
    const stream = streamName(this.#from)
    this.#at(await link.ask(() => manager.streams.info(stream)))
    const consumer = await link.ask(() =>
      client.consumers.get(stream, {
        filter_subjects: this.#options.type,
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: this.#next,
      }),
    )
    const { num_pending } = await link.ask(() => consumer.info())
    if (num_pending === 0) this.#hearing()
    const messages = await consumer.consume({ expires: PULL_MS })
    this.#stop = () => messages.stop()
    const check = setInterval(() => {
      const same = link.ask(() => manager.streams.info(stream)).then(({ created }) => created === this.#created)
      // While NATS is away there is nothing to compare: its return stops this hearing anyway.
      same.then((is) => (is ? this.#again() : messages.stop())).catch(() => this.interrupted())
    }, STREAM_CHECK_MS)
    try {
      for await (const message of messages) this.#take(message)
    } finally {
      clearInterval(check)
      this.interrupted()
    }
  }

  #at({ created, state: { first_seq, last_seq } }: Awaited<ReturnType<JetStreamManager['streams']['info']>>): void {
    // One that lost its end gives its numbers to other events: it is as another stream.
    if (created === this.#created && last_seq >= this.#next - 1) return
    this.#created = created
    this.#next = Math.max(first_seq, last_seq - this.#options.past + 1, 1)
    this.#options.onStream({ created, after: this.#next - 1, last: last_seq })
  }

  #take(message: JsMsg): void {
    if (message.seq < this.#next) return
    this.#next = message.seq + 1
    const event = readEvent(message, this.#from)
    if (!('reason' in event)) this.#tell(event, message.seq)
    if (message.info.pending === 0) this.#hearing()
  }

  #tell(event: Parameters<typeof parseData>[0], seq: number): void {
    const { type, log, name, onEvent } = this.#options
    try {
      onEvent(parseData(event, type) as EventOf<Type>, seq)
    } catch (error) {
      log.error({ name, event: event.id, reason: describeFailure(error) }, 'unreadable event passed over')
    }
  }
}
