import { Resolver } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'

export interface NameSettings {
  /** Name servers, `address` or `address:port`; the machine's own where left out. */
  readonly servers?: readonly string[]
  /** Milliseconds for the first try at each server; a further one has longer. */
  readonly timeoutMs?: number
  readonly tries?: number
}

/** Looks names up, and can be told to stop: what is under way then fails. */
export type Names = LookupFunction & { cancel(): void }

type Found = readonly { readonly address: string; readonly family: 4 | 6 }[]

/** RFC 6761 §6.3: of this name and those below it no server is asked. */
const THIS_MACHINE = /^(?:.+\.)?localhost\.?$/i
const LOOPBACK: Found = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

/**
 * Looks portals' names up by asking name servers itself. The system's own look-up (`dns.lookup`) takes one of the few
 * threads that the whole process has, for as long as a dead name server leaves it waiting: two such portals would hold
 * up all others. So a hosts file says nothing here, nor does a search domain: a portal's name is a whole one.
 */
export function createNames({ servers, timeoutMs = 2_000, tries = 2 }: NameSettings = {}): Names {
  const resolver = new Resolver({ timeout: timeoutMs, tries })
  if (servers !== undefined) resolver.setServers(servers)
  const names: LookupFunction = (host, options, done) => {
    const looked = THIS_MACHINE.test(host) ? Promise.resolve(LOOPBACK) : find(resolver, host)
    looked.then(
      (found) => {
        const [first] = found
        if (first === undefined) done(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 0)
        else if (options.all) done(null, [...found])
        else done(null, first.address, first.family)
      },
      (error) => done(error, '', 0),
    )
  }
  return Object.assign(names, { cancel: () => resolver.cancel() })
}

/** @throws what the name server said of the IPv4 addresses, where there are none of either family. */
async function find(resolver: Resolver, host: string): Promise<Found> {
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  const found: Found = [
    ...(v4.status === 'fulfilled' ? v4.value : []).map((address) => ({ address, family: 4 }) as const),
    ...(v6.status === 'fulfilled' ? v6.value : []).map((address) => ({ address, family: 6 }) as const),
  ]
  if (found.length === 0 && v4.status === 'rejected') throw v4.reason
  return found
}
