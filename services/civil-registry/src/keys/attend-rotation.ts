import type { NikCustody, NikRing } from '../identity/nik-custody.ts'
import { openSession, type Session } from './repository.ts'
import { nameOf } from './ring.ts'
import { ringOf } from './ring-file.ts'

/** Milliseconds after which a lost connection is opened again; well within the grace of a rotation's step. */
const AGAIN = 500

export interface Attention {
  close(): Promise<void>
}

/**
 * Keeps a process's custody at the ring of the file: it follows each change as soon as a rotation announces it, and holds
 * a lock by the ring's name, by which the rotation sees that nobody works with another one any more (ADR 0020). Returns
 * once that is so; where the database cannot be reached it goes on trying, and whoever needs it more says so.
 */
export async function attendRotation(databaseUrl: string, file: string, custody: NikCustody): Promise<Attention> {
  let closed = false
  let session: Session | null = null
  let held: string | null = null
  let timer: NodeJS.Timeout | undefined
  let following: Promise<void> = Promise.resolve()

  /** The new ring's lock before the old one's is let go: never unseen. */
  const hold = async (ring: NikRing): Promise<void> => {
    const [name, before] = [nameOf(ring), held]
    if (session === null || name === before) return
    await session.holdRing(name)
    custody.take(ring)
    held = name
    if (before !== null) await session.releaseRing(before)
  }
  const follow = async (): Promise<void> => {
    do await hold(ringOf(file))
    while (session !== null && held !== nameOf(ringOf(file)))
  }
  // A damaged file is left alone: the process goes on with the ring it has, and its lock says so.
  const onChange = () => (following = following.then(follow).catch(() => undefined))
  const again = (): void => {
    session = null
    held = null
    if (!closed) timer = setTimeout(() => (following = following.then(connect)), AGAIN)
  }
  const connect = async (): Promise<void> => {
    try {
      session = await openSession(databaseUrl, { onChange, onLost: again })
    } catch {
      again()
      return
    }
    await hold(custody.ring())
      .then(follow)
      .catch(() => undefined)
  }
  await connect()
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      await following
      await session?.close()
    },
  }
}
