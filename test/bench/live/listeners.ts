import { connect } from 'node:net'

/** What the bench says to this process. */
export type Order =
  | { readonly open: { readonly port: number; readonly tokens: readonly string[]; readonly each: number } }
  /** All at once, one for each token, from this place on. */
  | { readonly resume: { readonly port: number; readonly tokens: readonly string[]; readonly id: string } }
  | { readonly report: true }

/** What it answers: streams that were greeted; milliseconds from commit to client of all that was heard since the last report. */
export type Report = { readonly opened: number } | { readonly times: readonly number[] }

/** `"childId":"<UUIDv7>"`: the child's id was minted as its event was about to be committed, and says when. */
const HEARD = /"childId":"([0-9a-f]{8})-([0-9a-f]{4})/g
/** Longer than what stands before a frame's child. */
const OVERLAP = 30

let times: number[] = []

/** One stream, greeted. Reads as little as it can: it is the gateway that is measured. */
function listen(port: number, token: string, more = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let rest = ''
    socket.setEncoding('latin1')
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`a stream ended after ${rest}`)))
    socket.on('data', (chunk) => {
      const now = performance.timeOrigin + performance.now()
      const text = rest + String(chunk)
      let end = 0
      for (const { 1: high, 2: low, index, 0: whole } of text.matchAll(HEARD)) {
        times.push(now - Number.parseInt(`${high}${low}`, 16))
        end = index + whole.length
      }
      if (text.includes('event: reload')) reject(new Error('it was further behind than is known'))
      if (text.includes('event: hello')) resolve()
      rest = text.slice(Math.max(end, text.length - OVERLAP))
    })
    socket.write(`GET /live HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${token}\r\n${more}\r\n`)
  })
}

process.on('message', async (order: Order) => {
  if ('open' in order) {
    const { port, tokens, each } = order.open
    for (const token of tokens) await Promise.all(Array.from({ length: each }, () => listen(port, token)))
    process.send?.({ opened: tokens.length * each } satisfies Report)
  } else if ('resume' in order) {
    const { port, tokens, id } = order.resume
    await Promise.all(tokens.map((token) => listen(port, token, `last-event-id: ${id}\r\n`)))
    process.send?.({ opened: tokens.length } satisfies Report)
  } else {
    process.send?.({ times } satisfies Report)
    times = []
  }
})
process.on('disconnect', () => process.exit())
