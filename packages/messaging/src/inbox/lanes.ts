/** Runs work side by side, but the work of one key in the order it came, and no more than `width` at a time. */
export interface Lanes {
  /** Resolves when this work is over; the work itself must not throw. */
  run(key: string, work: () => Promise<void>): Promise<void>
}

export function createLanes(width: number): Lanes {
  const tails = new Map<string, Promise<void>>()
  const waiting: (() => void)[] = []
  let free = width

  async function slot(work: () => Promise<void>): Promise<void> {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }

  return {
    async run(key, work) {
      const before = tails.get(key) ?? Promise.resolve()
      const mine = before.then(() => slot(work))
      tails.set(key, mine)
      await mine
      if (tails.get(key) === mine) tails.delete(key)
    },
  }
}
