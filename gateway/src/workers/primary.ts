import cluster from 'node:cluster'
import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '@satuanak/service-kit'
import { type Ending, Member } from './member.ts'
import { deathsInARow, freeNumber, pauseAfter } from './places.ts'

/** Not SIGHUP, which comes by itself when a terminal closes. */
const RESTART = 'SIGUSR2'

/**
 * The primary: `count` workers on one port, kept running. SIGUSR2 restarts them one after the other, without a request
 * lost (ADR 0025). Ends this process when the first worker cannot start: the worker has said why.
 *
 * @returns ends every worker as a single gateway ends, and waits for all.
 */
export async function startWorkers(count: number, log: Logger): Promise<{ close(): Promise<void> }> {
  // Only a primary that accepts for all can give what one refuses to another.
  cluster.schedulingPolicy = cluster.SCHED_RR
  const crew = new Crew(log)
  process.on(RESTART, () => void crew.restart())
  // One goes ahead: what keeps it from starting keeps all of them, and is said once.
  const ending = await crew.begin()
  if (ending) process.exit(ending.code || 1)
  for (let more = 1; more < count; more += 1) crew.add()
  return crew
}

class Crew {
  readonly #log: Logger
  readonly #members = new Set<Member>()
  readonly #stopping = new AbortController()
  #restarting: Promise<void> | undefined
  #askedAgain = false

  constructor(log: Logger) {
    this.#log = log
  }

  /** @returns how the first worker ended, where it did not become ready. */
  async begin(): Promise<Ending | undefined> {
    const first = this.#fork(0, false)
    if (!(await first.ready)) return first.ended
    first.isKept = true
    return undefined
  }

  add(): void {
    this.#fork(0)
  }

  /** Restarts every worker; asked during a restart, it is done once more, since code may have changed in between. */
  restart(): Promise<void> {
    this.#askedAgain = true
    this.#restarting ??= this.#rounds().finally(() => {
      this.#restarting = undefined
    })
    return this.#restarting
  }

  async close(): Promise<void> {
    this.#stopping.abort()
    const endings = await Promise.all([...this.#members].map((member) => member.stop()))
    const failed = endings.filter(({ code, signal }) => code !== 0 && signal !== 'SIGTERM' && signal !== 'SIGINT')
    if (failed.length > 0) throw new Error('a worker did not close cleanly')
  }

  #fork(deaths: number, isKept = true): Member {
    const member = new Member(freeNumber([...this.#members].map(({ number }) => number)), deaths)
    member.isKept = isKept
    this.#members.add(member)
    const { number: worker, pid } = member
    this.#log.debug({ worker, pid }, 'worker begun')
    void member.ready.then((isReady) => isReady && this.#log.info({ worker, pid }, 'worker ready'))
    void member.ended.then((ending) => this.#onEnd(member, ending))
    return member
  }

  #onEnd(member: Member, ending: Ending): void {
    this.#members.delete(member)
    const { number: worker, pid } = member
    if (this.#stopping.signal.aborted || !member.isKept) this.#log.info({ worker, pid, ...ending }, 'worker ended')
    else this.#replaceLater(member, ending)
  }

  #replaceLater(member: Member, ending?: Ending): void {
    const deaths = deathsInARow(member.deaths, member.livedMs)
    const pauseMs = pauseAfter(deaths)
    const { number: worker, pid } = member
    this.#log.warn({ worker, pid, ...ending, deaths, pauseMs }, 'worker died; it is replaced after the pause')
    pause(pauseMs, undefined, { signal: this.#stopping.signal }).then(
      () => this.#fork(deaths),
      () => undefined, // all are ending
    )
  }

  async #rounds(): Promise<void> {
    while (this.#askedAgain && !this.#stopping.signal.aborted) {
      this.#askedAgain = false
      await this.#round()
    }
  }

  async #round(): Promise<void> {
    this.#log.info('restart of the workers begins')
    for (const old of [...this.#members]) {
      const isReplaced = await this.#replace(old)
      if (this.#stopping.signal.aborted) return
      if (!isReplaced) return this.#log.error('restart given up: a new worker did not become ready; the old ones stay')
    }
    this.#log.info('restart of the workers is done')
  }

  /** @returns false when the new one did not become ready: the old one stays. */
  async #replace(old: Member): Promise<boolean> {
    if (old.isGone || !(await old.ready)) return true // died meanwhile: who takes its place is as new
    old.isKept = false
    const next = this.#fork(0, false)
    if (!(await next.ready)) {
      old.isKept = true
      if (old.isGone) this.#replaceLater(old)
      return false
    }
    next.isKept = true
    await old.retire()
    return true
  }
}
