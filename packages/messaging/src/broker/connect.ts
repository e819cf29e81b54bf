import { connect, type NatsConnection } from '@nats-io/transport-node'

/** The broker did not answer in time. */
export class BrokerUnreachable extends Error {
  override readonly name = 'BrokerUnreachable'
}

/**
 * Connects to NATS and stays connected: reconnects for ever once it was there. Credentials may stand in the URL.
 *
 * @param timeoutMs how long the first connection may take, reconnects included
 * @throws BrokerUnreachable naming host and port only, never the credentials
 */
export async function connectBroker(natsUrl: string, name: string, timeoutMs = 10_000): Promise<NatsConnection> {
  const servers = natsUrl.split(',').map((url) => new URL(url.trim()))
  const [first] = servers
  const credentials = first?.username
    ? { user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) }
    : {}
  const deadline = performance.now() + timeoutMs
  for (;;) {
    try {
      return await connect({
        servers: servers.map((url) => url.host),
        name,
        ...credentials,
        maxReconnectAttempts: -1,
        reconnectTimeWait: 250,
        reconnectJitter: 100,
        timeout: 5_000,
      })
    } catch (cause) {
      if (performance.now() > deadline) {
        const hosts = servers.map((url) => url.host).join(', ')
        throw new BrokerUnreachable(`NATS at ${hosts} did not answer within ${timeoutMs} ms`, { cause })
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}
