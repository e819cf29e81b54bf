import type { RegistryApp } from '../app.ts'
import { countByKey, openSession } from './repository.ts'
import { ringOf } from './ring-file.ts'
import { type Rotated, type Rotation, retireKey, rotateKeys } from './rotate-keys.ts'

const USAGE = `Usage: npm run keys -- status | rotate | retire <key>
  status        which keys there are, and how much is sealed under each
  rotate        make a new key and seal every NIK and KK number anew under it, while all are at work; a rotation that
                was stopped is finished first
  retire <key>  take a key out of the ring under which nothing is sealed any more
Copy the key file before and after: without the ring nobody opens a NIK, and a backup of the database opens only with
the keys of its day. Ctrl-C stops after the rows under way; the same command goes on from there.`

export interface Surroundings {
  readonly app: RegistryApp
  readonly databaseUrl: string
  /** The key ring's. */
  readonly file: string
  /** Aborted when the operator wants to stop. */
  readonly signal: AbortSignal
  /** Writes one line. */
  readonly print: (line: string) => void
  /** Shows how far it has come, in the place of what it showed before. */
  readonly progress: (line: string) => void
  readonly grace: number
}

/**
 * `npm run keys`: the operator's hand on the keys under which NIKs are sealed. Nothing it prints holds a key or a NIK.
 * @returns the exit code: 0 done, 1 refused, 2 not understood, 130 stopped half way
 */
export async function keysCommand(argv: readonly string[], around: Surroundings): Promise<number> {
  const [verb, key, ...more] = argv
  if (verb === 'status' && key === undefined) return status(around)
  if (verb === 'rotate' && key === undefined) return alone(around, rotate)
  if (verb === 'retire' && key !== undefined && more.length === 0)
    return alone(around, (rotation) => retire(rotation, key))
  around.print(USAGE)
  return 2
}

async function status({ app, file, print }: Surroundings): Promise<number> {
  const { current, next, keys } = ringOf(file)
  const rows = new Map((await countByKey(app.db)).map((one) => [one.key, one]))
  for (const key of new Set([...Object.keys(keys), ...rows.keys()])) {
    const { niks = 0, kks = 0, lookUps = 0 } = rows.get(key) ?? {}
    const part = key === current ? 'current' : key === next ? 'coming' : key in keys ? 'old' : 'NOT IN THE RING'
    const empty = part === 'old' && niks + kks + lookUps === 0 ? `: npm run keys -- retire ${key}` : ''
    print(`${key.padEnd(8)} ${part.padEnd(8)} ${count(niks)} NIK, ${count(kks)} KK, ${count(lookUps)} SIAK${empty}`)
  }
  return 0
}

const count = (rows: number): string => rows.toLocaleString('en')

async function alone(around: Surroundings, run: (around: Surroundings) => Promise<number>): Promise<number> {
  const session = await openSession(around.databaseUrl)
  try {
    if (await session.tryRotation()) return await run(around)
    around.print('Another command is changing the keys: wait until it is done.')
    return 1
  } catch (error) {
    if (!around.signal.aborted) throw error
    around.progress('')
    around.print('Stopped: everything opens as before. Run the same command again to go on.')
    return 130
  } finally {
    await session.close()
  }
}

async function rotate(around: Surroundings & Rotation): Promise<number> {
  const { key, moved, damaged }: Rotated = await rotateKeys(around)
  around.progress('')
  around.print(`${key} is the current key; ${count(moved)} rows were sealed anew under it.`)
  const old = Object.keys(ringOf(around.file).keys).filter((one) => one !== key)
  if (damaged.length === 0) {
    around.print(
      `Copy ${around.file} to where its copies are. Nothing is sealed under ${old.join(', ') || 'another key'} any more.`,
    )
    return 0
  }
  around.print(
    `${count(damaged.length)} rows stay as they are: they, or who shares their NIK, open with no key of the ring. Put the older ring back from its copy, or issue the paper anew. Their ids:`,
  )
  for (const id of damaged) around.print(`  ${id}`)
  return 1
}

const RETIRE = {
  RETIRED: (key: string) => `${key} is out of the ring. Keep its copy for as long as there are backups of its time.`,
  UNKNOWN: (key: string) => `${key} is not in the ring: npm run keys -- status shows which are.`,
  IN_USE: (key: string) => `${key} is the current or the coming key: npm run keys -- rotate first.`,
  HAS_ROWS: (key: string) => `Something is still sealed under ${key}: npm run keys -- rotate first.`,
}

async function retire(around: Surroundings & Rotation, key: string): Promise<number> {
  const retired = await retireKey(around, key)
  around.progress('')
  around.print(RETIRE[retired](key))
  return retired === 'RETIRED' ? 0 : 1
}
