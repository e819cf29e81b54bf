import type { Times } from './client.ts'
import { profileOf } from './profile.ts'
import type { Side } from './sides.ts'

const ROUNDS = 15
const ROUND_MS = 700
const PROFILE_MS = 4_000

type Print = (line: string) => void
type Play = (side: Side, ms: number) => Promise<Times>

/** Of one round; the last two are told of a busy machine too, where rates say more about the others on it. */
interface Figures {
  readonly rate: number
  readonly p50: number
  readonly p99: number
  /** Microseconds of the server's thread for one request. */
  readonly thread: number
  /** Likewise of the database's processes. */
  readonly postgres: number
}

/** Plays the sides in turn and prints the medians of each. */
export async function compare(print: Print, sides: readonly Side[], play: Play, postgresSpent: () => Promise<number>) {
  const figures = new Map<Side, Figures[]>(sides.map((side) => [side, []]))
  for (const side of sides) await play(side, ROUND_MS * 2)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [side, found] of figures) found.push(await figuresOf(() => play(side, ROUND_MS), postgresSpent))
  }
  print(`  ${`medians of ${ROUNDS} interleaved rounds`.padEnd(40)}  req/s   p50 ms   p99 ms   µs: thread   PostgreSQL`)
  for (const [side, found] of figures) {
    const of = (key: keyof Figures, digits = 0) => median(found.map((one) => one[key])).toFixed(digits)
    const shown = [of('rate'), of('p50', 1), of('p99', 1), of('thread'), of('postgres')]
    print(`  ${side.name.padEnd(40)} ${shown.map((text) => text.padStart(6)).join('   ')}`)
  }
}

async function figuresOf(play: () => Promise<Times>, postgresSpent: () => Promise<number>): Promise<Figures> {
  const postgresBefore = await postgresSpent()
  const before = process.threadCpuUsage()
  const times = [...(await play())].sort((one, other) => one - other)
  const { user, system } = process.threadCpuUsage(before)
  const postgres = (await postgresSpent()) - postgresBefore
  const share = (part: number) => times[Math.floor(times.length * part)] ?? Number.NaN
  const [rate, thread] = [(times.length * 1_000) / ROUND_MS, (user + system) / times.length]
  return { rate, p50: share(0.5), p99: share(0.99), thread, postgres: postgres / times.length }
}

/** Prints whose code the time of the server's thread goes to. */
export async function printParts(print: Print, side: Side, play: Play): Promise<void> {
  let count = 1
  const spent = await profileOf(async () => {
    count = (await play(side, PROFILE_MS)).length
  })
  const busy = [...spent].filter(([name]) => name !== '(idle)')
  const all = busy.reduce((sum, [, us]) => sum + us, 0)
  print(`  where ${(all / count).toFixed(0)} µs of the thread go, of one request`)
  for (const [name, us] of busy.sort(([, one], [, other]) => other - one)) {
    print(
      `    ${name.padEnd(40)} ${(us / count).toFixed(0).padStart(6)} µs ${((100 * us) / all).toFixed(1).padStart(6)} %`,
    )
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
