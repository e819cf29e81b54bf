import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'

/** A held lock. It also ends when its holder does, kill -9 included. */
export interface Lock {
  release(): void
}

const LOCKED = 5 // SQLITE_BUSY

/**
 * Takes the lock at `path` (an empty file, made if need be), or returns null while another process or another caller in
 * this one holds it.
 *
 * An exclusive SQLite transaction that is never committed: the kernel holds it, so it ends with its holder. A file with
 * a process id in it does not: ids are used again, and two who find it stale both take it.
 */
export function tryLock(path: string): Lock | null {
  mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === LOCKED) return null
    throw error
  }
  let held = true
  return {
    release: () => {
      if (held) db.close()
      held = false
    },
  }
}

/** Runs `work` while holding the lock at `path`; waits for whoever holds it now. */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  let lock = tryLock(path)
  while (lock === null) {
    await pause(100)
    lock = tryLock(path)
  }
  try {
    return await work()
  } finally {
    lock.release()
  }
}
