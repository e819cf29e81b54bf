import { connect } from 'node:net'
import { CannotStart, claimPort } from '@satuanak/local-servers'

/** @throws CannotStart with one sentence if the gateway cannot have its port. */
export async function requirePort(port: number): Promise<void> {
  const free = (await claimPort(port)) !== null && !(await answers(port, '::1'))
  if (free) return
  throw new CannotStart(`Port ${port} is taken by another program: stop that, or choose another with PORT=… npm start.`)
}

/** On ::1 a program of somebody else would answer for us where "localhost" is tried there first. */
function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 500 })
    const end = (answered: boolean) => () => {
      socket.destroy()
      resolve(answered)
    }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
}

/** Below what every system hands out for outgoing connections (Linux from 32768, others from 49152). */
const SYSTEMS_OWN = 32_000

/**
 * A free port for each name: the next ones above `base`, or above 4000 where `base` is among those the system hands
 * out itself; there any connection could take a service's port before it listens.
 */
export async function portsAbove(base: number, names: readonly string[]): Promise<Map<string, number>> {
  const ports = new Map<string, number>()
  for (let port = base < SYSTEMS_OWN ? base + 1 : 4001; ports.size < names.length; port += 1) {
    if (port > 65535) throw new CannotStart(`There are not enough free ports above ${base}: choose a lower PORT.`)
    const name = names[ports.size]
    if (name !== undefined && (await claimPort(port)) !== null) ports.set(name, port)
  }
  return ports
}
