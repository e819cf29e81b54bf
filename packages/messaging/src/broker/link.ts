import type { NatsConnection } from '@nats-io/transport-node'

/** The connection to NATS is down at the moment; it comes back by itself. */
class BrokerAway extends Error {
  override readonly name = 'BrokerAway'
}

/** Whether the broker can be asked right now. */
export interface Link {
  /** Asks, and gives up the moment the connection is lost: the client alone would wait for its timeout. */
  ask<T>(question: () => Promise<T>): Promise<T>
  /** Called each time the connection is back. */
  onReconnect(listener: () => void): void
}

export function watchLink(connection: NatsConnection): Link {
  const listeners: (() => void)[] = []
  let lost = pending()
  let away = false
  // Ends with the connection.
  void (async () => {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') {
        away = true
        lost.reject(new BrokerAway('NATS is away'))
      }
      if (type === 'reconnect') {
        away = false
        lost = pending()
        for (const listener of listeners) listener()
      }
    }
  })()
  return {
    async ask(question) {
      if (away) throw new BrokerAway('NATS is away')
      return Promise.race([question(), lost.promise])
    },
    onReconnect(listener) {
      listeners.push(listener)
    },
  }
}

function pending(): PromiseWithResolvers<never> {
  const lost = Promise.withResolvers<never>()
  lost.promise.catch(() => undefined)
  return lost
}
