import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { LiveStream } from './live-stream.ts'
import type { Ending } from './metrics.ts'
import { LIVE } from './options.ts'

const WAITING_BYTES = LIVE.waitingBytes

/** A client that reads its answer's head and nothing more, and the response that it is given. */
async function clientThatDoesNotRead() {
  const answers = Promise.withResolvers<ServerResponse>()
  const http = createServer((_request, response) => answers.resolve(response)).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const socket = connect((http.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n')
  socket.pause()
  const response = await answers.promise
  onTestFinished(async () => {
    socket.destroy()
    http.close()
    await once(http, 'close')
  })
  return response
}

function streamTo(response: ServerResponse, endings: Ending[], seconds = 60) {
  return new LiveStream({
    response,
    expiresAt: Temporal.Now.instant().add({ seconds }),
    beatMs: 60_000,
    waitingBytes: WAITING_BYTES,
    position: () => ({ stream: 'AAAAAAAA', seq: 1 }),
    onEnd: (why) => endings.push(why),
  })
}

test('a client that lets more wait than it may is cut off, and no more is kept for it', async () => {
  const response = await clientThatDoesNotRead()
  const endings: Ending[] = []
  const stream = streamTo(response, endings)
  const frame = Buffer.alloc(16 * 1024, '.')
  let most = 0
  // What the kernel takes for a client that does not read is some megabytes, and not ours to bound.
  for (let sent = 0; stream.isOpen && sent < 64 * 1024 * 1024; sent += frame.length) {
    stream.send(frame)
    most = Math.max(most, response.writableLength)
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(endings).toEqual(['slow'])
  expect(response.destroyed).toBe(true)
  expect(most).toBeLessThan(WAITING_BYTES + 2 * frame.length)
})

test('a client that went away is left once, and its timers with it', async () => {
  const response = await clientThatDoesNotRead()
  const endings: Ending[] = []
  const stream = streamTo(response, endings)
  response.destroy()
  await once(response, 'close')
  stream.end('closing')
  expect(endings).toEqual(['gone'])
})

test('a token that is over already ends its stream at once', async () => {
  const response = await clientThatDoesNotRead()
  const endings: Ending[] = []
  streamTo(response, endings, -5)
  await once(response, 'finish')
  expect(endings).toEqual(['expired'])
})
