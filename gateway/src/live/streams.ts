import type { ServerResponse } from 'node:http'
import type { Locale } from '@satuanak/graphql-kit'
import type { Caller, SignedIn } from '@satuanak/identity'
import { Audience, audienceKey, type Told } from './audiences.ts'
import { comeBack, helloFrame, reloadFrame } from './frames.ts'
import { LiveStream } from './live-stream.ts'
import { liveMetrics } from './metrics.ts'
import { OneATurn } from './one-a-turn.ts'
import type { LiveOptions } from './options.ts'
import { type Position, readPosition } from './position.ts'
import type { Recent } from './recent.ts'
import { notNow, tooManyOfYours } from './refusals.ts'

/** What a client asks to hear. */
export interface Asked {
  readonly topics: readonly string[]
  /** `Last-Event-ID`, where the client was here before. */
  readonly resume: string | undefined
}

interface Missed {
  readonly since: number
  readonly heard: readonly Told[]
}

/** How long notices are gathered before they are written, at least and at most: one write per stream for all of them. */
const GATHER_MS = 20
const LONGEST_GATHER_MS = 300
/** Between two writings so many times as long as the last one took, so that the graph keeps most of the thread. */
const REST_PER_WRITING = 2

/** Everyone who listens to this process. */
export class Streams {
  readonly #options: Omit<LiveOptions, 'natsUrl'>
  readonly #recent: Recent
  readonly #metrics = liveMetrics()
  readonly #audiences = new Map<string, Audience>()
  /** Streams of each person, by subject. */
  readonly #ofPerson = new Map<string, number>()
  readonly #resuming = new OneATurn()
  /** What an audience missed since some place, until the next notice comes: many of it come back at once. */
  #missed = new WeakMap<Audience, Missed>()
  #count = 0
  #gathered: Told[] = []
  #gathering: NodeJS.Timeout | undefined
  /** Until when the thread is left to others. */
  #restUntil = 0
  #closing = false

  constructor(options: Omit<LiveOptions, 'natsUrl'>, recent: Recent) {
    this.#options = options
    this.#recent = recent
  }

  get count(): number {
    return this.#count
  }

  /**
   * Opens a stream: where it is, what it missed of what it may hear, and from then on all that comes. Of those who
   * resume one is looked through in each turn of the loop, so that they hold up neither the graph nor who is new.
   * @throws GraphQLError 429 where this person listens in too many places, 503 where this process is full or closing.
   */
  async open(response: ServerResponse, { caller, expiresAt }: SignedIn, asked: Asked, locale: Locale): Promise<void> {
    if (asked.resume !== undefined) await this.#resuming.next()
    if (response.destroyed) return
    this.#admit(caller, locale)
    // Who comes now has what was gathered from the ring, and must not be given it twice.
    this.#flush()
    const audience = this.#audienceOf(caller, asked.topics)
    const { beatMs, waitingBytes } = this.#options
    const stream: LiveStream = new LiveStream({
      response,
      expiresAt,
      beatMs,
      waitingBytes,
      position: () => this.#written(),
      onEnd: (why) => {
        this.#leave(caller, audience, stream)
        this.#metrics.ended(why)
      },
    })
    this.#join(caller, audience, stream)
    const { at, frames } = this.#catchUp(audience, asked.resume)
    stream.after = Math.max(at.seq, this.#recent.last.seq)
    stream.send(comeBack() + helloFrame(at, asked.topics, expiresAt) + frames)
  }

  /** A notice came; it is in the ring already. */
  tell(told: Told): void {
    this.#missed = new WeakMap()
    if (this.#count === 0) return
    this.#gathered.push(told)
    const rest = Math.min(this.#restUntil - performance.now(), LONGEST_GATHER_MS)
    this.#gathering ??= setTimeout(() => this.#flush(), Math.max(GATHER_MS, rest))
  }

  /** The notices are those of another stream: nobody knows what was missed. */
  reloadAll(at: Position): void {
    this.#missed = new WeakMap()
    this.#flush()
    const frame = reloadFrame(at)
    for (const { streams } of this.#audiences.values()) {
      for (const stream of streams) {
        stream.after = at.seq
        stream.send(frame)
      }
    }
  }

  /** Ends every stream, each with another moment to come back at, and lets nobody in. */
  close(): void {
    this.#closing = true
    this.#flush()
    for (const { streams } of this.#audiences.values()) for (const stream of streams) stream.end('closing')
  }

  #admit({ subject }: Caller, locale: Locale): void {
    const { ofOnePerson, streams } = this.#options
    if (this.#closing || this.#count >= streams) throw notNow(locale)
    if ((this.#ofPerson.get(subject) ?? 0) >= ofOnePerson) throw tooManyOfYours(ofOnePerson, locale)
  }

  /** Where a stream begins, and what it is told first. More than a slow client may let wait is better asked for anew. */
  #catchUp(audience: Audience, resume: string | undefined): { at: Position; frames: string } {
    const now = this.#recent.last
    if (resume === undefined) return { at: now, frames: '' }
    const at = readPosition(resume)
    const behind = at && this.#recent.since(at)
    const missed = at && behind && this.#missedSince(audience, at.seq, behind)
    return missed ? { at, frames: textOf(missed) } : { at: now, frames: reloadFrame(now) }
  }

  /** Undefined where it is more than may wait for a client. */
  #missedSince(audience: Audience, seq: number, behind: readonly Told[]): readonly Told[] | undefined {
    const known = this.#missed.get(audience)
    if (known !== undefined && known.since <= seq) return known.heard.filter((told) => told.seq > seq)
    const heard: Told[] = []
    let size = 0
    for (const told of behind) {
      if (!this.#hears(audience, told)) continue
      size += told.frame.length
      if (size > this.#options.waitingBytes) return undefined
      heard.push(told)
    }
    this.#missed.set(audience, { since: seq, heard })
    return heard
  }

  /** Up to where everything was written: what is gathered only was not. */
  #written(): Position {
    const [first] = this.#gathered
    const { stream, seq } = this.#recent.last
    return { stream, seq: first === undefined ? seq : first.seq - 1 }
  }

  #flush(): void {
    clearTimeout(this.#gathering)
    this.#gathering = undefined
    const gathered = this.#gathered
    const [first] = gathered
    if (first === undefined) return
    this.#gathered = []
    const began = performance.now()
    // Sockets are written to once this turn of the loop is over.
    setImmediate(() => {
      const now = performance.now()
      this.#restUntil = now + (now - began) * REST_PER_WRITING
    })
    for (const audience of this.#audiences.values()) {
      const heard = gathered.filter((told) => this.#hears(audience, told))
      if (heard.length > 0) this.#send(audience, heard, first.seq)
    }
  }

  #hears(audience: Audience, told: Told): boolean {
    return audience.mayHear(told, this.#recent.factsOf(told))
  }

  #send({ streams }: Audience, heard: readonly Told[], first: number): void {
    const bytes = Buffer.from(textOf(heard))
    for (const stream of streams) {
      // Who resumed here from a process that was ahead of this one has some of them.
      if (stream.after < first) stream.send(bytes)
      else stream.send(textOf(heard.filter(({ seq }) => seq > stream.after)))
    }
    this.#metrics.told(heard.length * streams.size)
  }

  #audienceOf(caller: Caller, topics: readonly string[]): Audience {
    const key = audienceKey(caller, topics)
    const found = this.#audiences.get(key) ?? new Audience(caller, topics)
    this.#audiences.set(key, found)
    return found
  }

  #join({ subject }: Caller, audience: Audience, stream: LiveStream): void {
    audience.streams.add(stream)
    this.#ofPerson.set(subject, (this.#ofPerson.get(subject) ?? 0) + 1)
    this.#count += 1
    this.#metrics.opened()
  }

  #leave({ subject }: Caller, audience: Audience, stream: LiveStream): void {
    audience.streams.delete(stream)
    if (audience.streams.size === 0) this.#audiences.delete(audienceKey(audience.caller, [...audience.topics]))
    const left = (this.#ofPerson.get(subject) ?? 1) - 1
    if (left > 0) this.#ofPerson.set(subject, left)
    else this.#ofPerson.delete(subject)
    this.#count -= 1
  }
}

const textOf = (told: readonly Told[]): string => told.map(({ frame }) => frame).join('')
