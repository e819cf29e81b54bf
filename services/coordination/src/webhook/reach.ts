import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Where webhooks may be sent: `intranet` adds private networks, `loopback` this machine (development and tests). */
export const REACHES = ['internet', 'intranet', 'loopback'] as const
export type Reach = (typeof REACHES)[number]

type Kind = 'public' | 'private' | 'loopback' | 'forbidden'

const listOf = (v4: readonly string[], v6: readonly string[]): BlockList => {
  const list = new BlockList()
  const add = (family: 'ipv4' | 'ipv6') => (range: string) => {
    const [net = '', bits] = range.split('/')
    list.addSubnet(net, Number(bits), family)
  }
  v4.forEach(add('ipv4'))
  v6.forEach(add('ipv6'))
  return list
}

const LOOPBACK = listOf(['127.0.0.0/8'], ['::1/128'])
const PRIVATE = listOf(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'], ['fc00::/7'])
/** The rest of IPv6 is unassigned, mapped, link-local or multicast. */
const GLOBAL_V6 = listOf([], ['2000::/3'])
/**
 * Whatever the setting: this network, link-local with the clouds' metadata (and theirs elsewhere), documentation,
 * benchmarks, multicast, reserved (IANA special-purpose registries), and IPv6 that carries an IPv4 address inside.
 */
const FORBIDDEN = listOf(
  [
    '0.0.0.0/8',
    '169.254.0.0/16',
    '100.100.100.200/32',
    '168.63.129.16/32',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
  ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', 'fd00:ec2::254/128', 'fd20:ce::254/128'],
)

/** `::ffff:7f00:1` is 127.0.0.1, however it is written. */
const MAPPED = listOf([], ['::ffff:0:0/96'])

/** @param address as a resolver gives it, or a literal of a URL with or without its brackets. */
function kindOf(address: string): Kind {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(bare) === 0) return 'forbidden'
  const isIn = (list: BlockList) => list.check(bare, family)
  if (isIn(LOOPBACK)) return 'loopback'
  if (isIn(FORBIDDEN)) return 'forbidden'
  if (isIn(PRIVATE)) return 'private'
  return family === 'ipv4' || isIn(GLOBAL_V6) || isIn(MAPPED) ? 'public' : 'forbidden'
}

const ALLOWED = {
  internet: ['public'],
  intranet: ['public', 'private'],
  loopback: ['public', 'private', 'loopback'],
} as const satisfies Record<Reach, readonly Kind[]>

export const mayReach = (address: string, reach: Reach): boolean =>
  (ALLOWED[reach] as readonly Kind[]).includes(kindOf(address))

export const isLoopback = (address: string): boolean => kindOf(address) === 'loopback'

/** An address, or a name that is to be resolved first. */
export const isAddress = (host: string): boolean => isIP(host.replace(/^\[|\]$/g, '')) !== 0

/** A host has an address to which nothing may be sent. */
export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress'
  readonly code = 'FORBIDDEN_ADDRESS'
}

/**
 * A resolver for the socket that connects: what it checks is what is connected to, so a name that changes its address
 * between registration and delivery, or between two look-ups, gets no further. One bad address among several is refused.
 */
export function guardedLookup(reach: Reach, resolve: LookupFunction): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0)
      const all = typeof found === 'string' ? [] : found
      const [first] = all
      if (first === undefined || all.some(({ address }) => !mayReach(address, reach))) {
        return done(new ForbiddenAddress('the host has an address to which nothing may be sent'), '', 0)
      }
      if (options.all) done(null, all)
      else done(null, first.address, first.family)
    })
  }
}
