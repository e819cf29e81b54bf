import { readFileSync } from 'node:fs'
import { SERVICES, type ServiceName } from '@satuanak/contracts'
import type { Child, StartPart } from '../child.ts'
import type { Learn, Play, Played } from '../load.ts'
import { over } from '../world.ts'
import { type Breakdown, breakdowns, WHOLE } from './breakdown.ts'
import type { CityHouse } from './house.ts'
import { pieces } from './pieces.ts'
import type { Recorded } from './recorder.ts'

type Print = (line: string) => void

/** Without what Bapperida is refused: refusals come in the order in which agencies answer. */
const example = (name: string): string =>
  readFileSync(new URL(`../../../../gateway/examples/${name}`, import.meta.url), 'utf8').replaceAll(REFUSED, '')

const REFUSED = /^ +(nik|note)\n/gm

/** The demo city with PostgreSQL, each part in a process of its own, one request at a time: where its time goes. */
export async function whereTimeGoes(print: Print, city: CityHouse, start: StartPart, ms: number): Promise<void> {
  const services = new Map<ServiceName, Child>()
  for (const name of SERVICES) {
    const env = { ...city.given(name), SERVICE: name, NOW: city.now }
    services.set(name, await start(new URL('./service.ts', import.meta.url), { ...city.world, env }))
  }
  const urls = Object.assign({}, ...[...services.values()].map((service) => service.urls))
  const gateway = await start(new URL('./gateway.ts', import.meta.url), over(city.world, urls))
  const load = await start(new URL('../load.ts', import.meta.url), city.world)
  print('\nWhere the time of one request goes: the demo city with PostgreSQL, one request at a time')
  print('  wall-clock milliseconds, medians; agencies are asked at the same time where the plan allows it')
  for (const [name, body] of [
    ['07-one-child', { query: example('07-one-child.graphql'), variables: { id: city.childId } }],
    ['08-street-children', { query: example('08-street-children.graphql') }],
  ] as const) {
    const [url, text] = [gateway.urls.gateway ?? '', JSON.stringify(body)]
    const expected = await expectedOf(url, city.token, text)
    await load.ask({ learn: { name, variants: [{ body: text, expected }] } } satisfies Learn)
    const play: Play = { url, token: city.token, question: name, clients: 1, ms }
    await load.ask(play)
    await take(gateway, services)
    const { count, p50 } = (await load.ask(play)) as Played
    const found = await take(gateway, services)
    print(`\n  ${name}, ${count} requests`)
    printRows(print, p50, breakdowns(found.gateway, found.services))
    print('    by themselves, in a row:')
    for (const [what, ms] of await pieces(city, expected)) {
      print(`      ${what.padEnd(72)} ${ms.toFixed(3).padStart(8)} ms`)
    }
  }
}

async function expectedOf(url: string, token: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  return (await fetch(url, { method: 'POST', headers, body })).text()
}

/** What was noted since. A process may end its last span after the client has its answer. */
async function take(gateway: Child, services: ReadonlyMap<ServiceName, Child>) {
  const noted = new Map<ServiceName, Recorded[]>()
  for (const [name, service] of services) noted.set(name, (await service.ask({})) as Recorded[])
  return { gateway: (await gateway.ask({})) as Recorded[], services: noted }
}

function printRows(print: Print, clientMs: number, found: readonly Breakdown[]): void {
  const line = (name: string, ms: number, times?: number) => {
    const often = times === undefined ? '' : `${times} ×`
    const share = `${((100 * ms) / clientMs).toFixed(0)} %`
    print(`    ${name.padEnd(68)} ${often.padStart(5)} ${ms.toFixed(2).padStart(8)} ms ${share.padStart(6)}`)
  }
  line('as the client sees it', clientMs)
  line('  connection, and the client itself', clientMs - median(found.flatMap((one) => one.get(WHOLE)?.ms ?? [])))
  for (const name of new Set(found.flatMap((one) => [...one.keys()]))) {
    const rows = found.flatMap((one) => one.get(name) ?? [])
    const times = rows.flatMap((row) => row.times ?? [])
    line(name, median(rows.map(({ ms }) => ms)), times.length > 0 ? median(times) : undefined)
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
