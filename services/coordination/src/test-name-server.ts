import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** A name server on a free port of this machine. */
export interface NameServer {
  /** As `Resolver.setServers` takes it. */
  readonly address: string
  /** Resolves once so many questions came in all. */
  has(count: number): Promise<void>
  close(): Promise<void>
}

const A = 1
const HEADER = 12

/** Answers for these names with these IPv4 addresses, and for every other name never. */
export async function openNameServer(names: Readonly<Record<string, readonly string[]>>): Promise<NameServer> {
  let asked = 0
  const watchers: { readonly count: number; readonly seen: () => void }[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query, { port, address }) => {
    asked += 1
    for (const { count, seen } of watchers) if (asked >= count) seen()
    const { name, end } = nameIn(query)
    const addresses = names[name]
    if (addresses === undefined) return
    const found = query.readUInt16BE(end) === A ? addresses : []
    socket.send(answerTo(query.subarray(0, end + 4), found), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    has: async (count) => {
      if (asked < count) await new Promise<void>((seen) => watchers.push({ count, seen }))
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

/** The name a question asks for, and where its type follows. */
function nameIn(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = []
  let at = HEADER
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('ascii', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 }
}

/** The question again, as an answer, with one A record for each address (RFC 1035 §4). */
function answerTo(question: Buffer, addresses: readonly string[]): Buffer {
  const head = Buffer.from(question)
  head.writeUInt16BE(0x8180, 2)
  head.writeUInt16BE(addresses.length, 6)
  // No further records of either kind, whatever the question brought.
  head.writeUInt32BE(0, 8)
  const records = addresses.map((address) =>
    Buffer.from([0xc0, HEADER, 0, A, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]),
  )
  return Buffer.concat([head, ...records])
}
