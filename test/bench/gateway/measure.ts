import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from '../bench.ts'
import { type Child, type StartPart, startPart } from './child.ts'
import { type CityHouse, openCity } from './city/house.ts'
import { whereTimeGoes } from './city/measure.ts'
import { endToEnd } from './end-to-end/measure.ts'
import { fromMemory } from './from-memory.ts'
import type { Setting } from './rounds.ts'

const WHOLE: Setting = { rounds: 3, roundMs: 1_500, warmMs: 1_500, clients: [1, 16, 64] }
const QUICK: Setting = { rounds: 1, roundMs: 1_000, warmMs: 1_000, clients: [16] }

/** Gateways side by side, each in a process of its own, over the same subgraphs and loaded by the same clients. */
export const gateway: Bench = {
  about: 'our gateway against a plain Apollo gateway, peers and a hand-written fan-out, over HTTP; --quick: one round',
  async run(print, { quick }) {
    const setting = quick ? QUICK : WHOLE
    print(
      `${cpus().length} cores, which the gateway, the subgraphs and the clients share, each in a process of their own; ` +
        `medians of ${setting.rounds} interleaved round${setting.rounds === 1 ? '' : 's'} of ${setting.roundMs / 1_000} s`,
    )
    await withParts((dir, start) => fromMemory(print, dir, start, setting))
    await withCity(async (city) => {
      const loaded = { ...setting, clients: setting.clients.filter((many) => many >= 16) }
      await withParts((_dir, start) => endToEnd(print, city, start, loaded))
      await withParts((_dir, start) => whereTimeGoes(print, city, start, 2 * setting.roundMs))
    })
  },
}

async function withCity(run: (city: CityHouse) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'satuanak-bench-'))
  try {
    const city = await openCity(dir)
    await run(city).finally(() => city.close())
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Runs with processes that are gone afterwards, and a folder that is too. */
async function withParts(run: (dir: string, start: StartPart) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'satuanak-bench-'))
  const children: Child[] = []
  try {
    await run(dir, async (module, world) => {
      const child = await startPart(module, world)
      children.push(child)
      return child
    })
  } finally {
    await Promise.all(children.map((child) => child.close()))
    await rm(dir, { recursive: true, force: true })
  }
}
