import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { House } from './house.ts'

/** Every message that stands in every stream, headers included, as text. */
export async function everyMessage(house: House): Promise<{ readonly subject: string; readonly text: string }[]> {
  const url = new URL(house.natsUrl)
  const user = decodeURIComponent(url.username)
  const connection = await connect({ servers: url.host, user, pass: decodeURIComponent(url.password) })
  try {
    const manager = await jetstreamManager(connection)
    const streams = await manager.streams.list().next()
    const found = streams.map(async ({ config, state }) => {
      const messages = Array.from({ length: state.last_seq }, (_, index) =>
        manager.streams.getMessage(config.name, { seq: index + 1 }),
      )
      return (await Promise.all(messages)).flatMap((message) =>
        message ? [{ subject: message.subject, text: `${message.header} ${message.string()}` }] : [],
      )
    })
    return (await Promise.all(found)).flat()
  } finally {
    await connection.close()
  }
}
