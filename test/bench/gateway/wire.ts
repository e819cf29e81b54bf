import { createServer, type Server } from 'node:net'

const HEAD_END = '\r\n\r\n'
const NOTHING: Buffer = Buffer.alloc(0)

/** One HTTP/1.1 message as it came: the text before the empty line, and the body without its framing. */
type OnMessage = (head: string, body: Buffer) => void

/**
 * Reads messages off a connection, with as little work as can be: what serves and loads the gateways shares the machine
 * with them. Knows `content-length` and chunks, and neither trailers nor compression.
 */
export function messageReader(onMessage: OnMessage): (chunk: Buffer) => void {
  let rest = NOTHING
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (;;) {
      const end = rest.indexOf(HEAD_END)
      if (end < 0) return
      const head = rest.toString('latin1', 0, end)
      const read = bodyAt(head, rest, end + HEAD_END.length)
      if (!read) return
      rest = rest.subarray(read.end)
      onMessage(head, read.body)
    }
  }
}

interface Body {
  readonly body: Buffer
  /** Where the next message begins. */
  readonly end: number
}

/** Null where it has not all come yet. */
function bodyAt(head: string, bytes: Buffer, start: number): Body | null {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  if (length) {
    const end = start + Number(length[1])
    return bytes.length < end ? null : { body: bytes.subarray(start, end), end }
  }
  return /\r\ntransfer-encoding: *chunked/i.test(head) ? chunksAt(bytes, start) : { body: NOTHING, end: start }
}

function chunksAt(bytes: Buffer, start: number): Body | null {
  const parts: Buffer[] = []
  for (let at = start; ; ) {
    const line = bytes.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    const end = line + 2 + size + 2
    if (bytes.length < end) return null
    if (size === 0) return { body: Buffer.concat(parts), end }
    parts.push(bytes.subarray(line + 2, end - 2))
    at = end
  }
}

/** An answer, ready to be written. */
export function answerOf(text: string, type = 'application/json'): Buffer {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\nkeep-alive: timeout=600\r\ncontent-length: `
  return Buffer.from(`${head}${Buffer.byteLength(text)}${HEAD_END}${text}`)
}

/** Serves one connection's requests one after the other, on a free port of this machine. */
export function serveBodies(answer: (body: Buffer) => Buffer | Promise<Buffer>): Promise<Server> {
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on(
      'data',
      messageReader((_head, body) => {
        const made = answer(body)
        if (made instanceof Promise) made.catch(troubled).then((late) => socket.write(late))
        else socket.write(made)
      }),
    )
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

const troubled = (error: unknown): Buffer => answerOf(JSON.stringify({ errors: [{ message: String(error) }] }))
