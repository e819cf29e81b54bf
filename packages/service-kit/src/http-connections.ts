import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export interface Connections {
  /** From now on an answer is the last one of its connection; no connection is closed under a client. */
  lastAnswers(): void
  /** Closes what is idle, and what is in use after its answer. */
  drain(): void
}

/** Node counts a connection that has never sent a request as busy, so idle ones are told by our own count. */
export function trackConnections(http: Server): Connections {
  const sockets = new Set<Socket>()
  const inFlight = new Map<ServerResponse, Socket>()
  const state = { lastAnswers: false, draining: false }
  const sayClose = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('connection', 'close')
  }
  http.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  // Before the listener that answers: a health check is answered within it.
  http.prependListener('request', ({ socket }, response) => {
    inFlight.set(response, socket)
    if (state.lastAnswers) sayClose(response)
    response.once('close', () => {
      inFlight.delete(response)
      if (state.draining) socket.end()
    })
  })
  const lastAnswers = () => {
    state.lastAnswers = true
    for (const response of inFlight.keys()) sayClose(response)
  }
  return {
    lastAnswers,
    drain: () => {
      lastAnswers()
      state.draining = true
      const busy = new Set(inFlight.values())
      for (const socket of sockets) if (!busy.has(socket)) socket.destroy()
    },
  }
}
