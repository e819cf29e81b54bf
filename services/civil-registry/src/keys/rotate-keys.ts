import { setTimeout as pause } from 'node:timers/promises'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { resealNiksInTx } from '../identity/reseal-niks.ts'
import { resealKksInTx } from '../kk/reseal-kks.ts'
import type { Stretch, StretchQuery } from '../sealed-rows.ts'
import { resealLookUpsInTx } from '../siak/reseal-look-ups.ts'
import { announceChange, countBehind, countByKey, countLeft, findMoment, isAnyOlder } from './repository.ts'
import { type KeptRing, nameOf, promoted, withNext, without } from './ring.ts'
import { ringOf, saveRing } from './ring-file.ts'

export interface Rotation {
  /** Its custody follows the file (`attendRotation`), as every process's does. */
  readonly app: RegistryApp
  readonly file: string
  /** Aborted when the operator wants to stop; whatever was reached stays, and the next rotation goes on from there. */
  readonly signal: AbortSignal
  /** Shows how far it has come. */
  readonly progress: (line: string) => void
  /** Milliseconds for whoever looked a NIK up with the ring before and has not reached the database yet. */
  readonly grace: number
}

export interface Rotated {
  readonly key: string
  /** Rows sealed anew. */
  readonly moved: number
  /** Ids of rows that no key of the ring opens, and of who shares a NIK with one; they stay as they are. */
  readonly damaged: readonly string[]
}

type Reseal = (app: RegistryApp, tx: RegistryTx, query: StretchQuery) => Promise<Stretch>

const KINDS: readonly (readonly [name: string, reseal: Reseal])[] = [
  ['NIK', resealNiksInTx],
  ['KK', resealKksInTx],
  ['SIAK', resealLookUpsInTx],
]
/** Rows of one transaction: whoever registers waits for no more than that. */
const STRETCH = 250
const LOOK_AGAIN = 50

/**
 * Makes a new key, makes it known to every process, then current, and seals and indexes every row anew under it, while
 * all are at work (ID-09, ADR 0020). Where an earlier rotation was stopped it is that one that is finished, without
 * another key.
 * @throws where `signal` is aborted
 */
export async function rotateKeys(around: Rotation): Promise<Rotated> {
  const { file } = around
  let ring = ringOf(file)
  if (ring.next === null) {
    await settled(around, ring)
    const left = await resealAll(around)
    if (left.moved > 0) return { ...left, key: ring.current }
    ring = withNext(ring)
    await saveRing(file, ring)
  }
  await settled(around, ring)
  ring = promoted(ring)
  await saveRing(file, ring)
  await settled(around, ring)
  return { ...(await resealAll(around)), key: ring.current }
}

export type Retired = 'RETIRED' | 'UNKNOWN' | 'IN_USE' | 'HAS_ROWS'

/** Takes a key out of the ring that is neither the current one nor any row's. */
export async function retireKey(around: Rotation, key: string): Promise<Retired> {
  const ring = ringOf(around.file)
  if (!Object.hasOwn(ring.keys, key)) return 'UNKNOWN'
  if (key === ring.current || key === ring.next) return 'IN_USE'
  if ((await countByKey(around.app.db)).some((one) => one.key === key)) return 'HAS_ROWS'
  const fewer = without(ring, key)
  await saveRing(around.file, fewer)
  await settled(around, fewer)
  return 'RETIRED'
}

/** Returns when every process works with this ring, and nothing is under way that began with another one. */
async function settled({ app, signal, progress, grace }: Rotation, ring: KeptRing): Promise<void> {
  await announceChange(app.db)
  for (let since = performance.now(); ; ) {
    const behind = await countBehind(app.db, nameOf(ring))
    // The process that rotates is one of them, and unseen where its own connection was lost.
    if (behind === 0 && nameOf(app.custody.ring()) === nameOf(ring)) break
    progress(`waiting for ${behind} process(es) of the registry to read the new ring`)
    await pause(LOOK_AGAIN, undefined, { signal })
    if (performance.now() - since < 1_000) continue
    // Once more: a process may have started, or come back, between the file and the word of it.
    since = performance.now()
    await announceChange(app.db)
  }
  const moment = await findMoment(app.db)
  while (await isAnyOlder(app.db, moment)) {
    progress('waiting for transactions that began before')
    await pause(LOOK_AGAIN, undefined, { signal })
  }
  await pause(grace, undefined, { signal })
}

/** In rounds, until nothing is left that can be moved: what someone was at work on is left for the next round. */
async function resealAll(around: Rotation): Promise<Omit<Rotated, 'key'>> {
  const { app, signal } = around
  let moved = 0
  for (;;) {
    // Who shares a NIK with one that does not open is met in the stretch of each.
    const damaged = new Set<string>()
    for (const [name, reseal] of KINDS) {
      for await (const stretch of stretches(around, reseal)) {
        moved += stretch.moved
        for (const id of stretch.damaged) damaged.add(id)
        around.progress(`${name}: ${moved.toLocaleString('en')} rows sealed anew in all`)
      }
    }
    if ((await countLeft(app.db, app.custody.ring().current)) <= damaged.size) return { moved, damaged: [...damaged] }
    await pause(LOOK_AGAIN, undefined, { signal })
  }
}

async function* stretches({ app, signal }: Rotation, reseal: Reseal): AsyncGenerator<Stretch> {
  let after: string | null = null
  do {
    signal.throwIfAborted()
    const query: StretchQuery = { after, limit: STRETCH }
    const stretch: Stretch = await app.inTransaction((tx) => reseal(app, tx, query))
    yield stretch
    after = stretch.after
  } while (after !== null)
}
