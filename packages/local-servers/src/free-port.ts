import { createServer } from 'node:net'

/**
 * Whether `port` can be listened on at `host` now.
 * @param port 0 asks for any port.
 * @returns the port, or null if somebody has it (or it needs rights we lack).
 */
export function claimPort(port: number, host = '127.0.0.1'): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(null))
    probe.listen({ port, host, exclusive: true }, () => {
      const address = probe.address()
      const found = typeof address === 'object' && address !== null ? address.port : null
      probe.close(() => resolve(found))
    })
  })
}

/** A port of 127.0.0.1 that is free at this moment. Another process may take it first: whoever listens tries again. */
export async function freePort(): Promise<number> {
  const port = await claimPort(0)
  if (port === null) throw new Error('No free port on 127.0.0.1')
  return port
}
