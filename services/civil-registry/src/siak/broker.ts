import type { RegistryApp, RegistryTx } from '../app.ts'
import { askTheRegister, outcomeOf } from './ask-the-register.ts'
import { expiryOf, type SiakAnswer, type SiakRecord, type SiakSource } from './domain.ts'
import {
  type Claim,
  type Claimed,
  findKept,
  type Kept,
  type KeptAnswer,
  type Moment,
  type NikIndex,
  type Sealed,
  saveAnswersInTx,
  saveOutcomeInTx,
  saveQuestionsInTx,
  saveToldInTx,
} from './repository.ts'

export type { SiakSource } from './domain.ts'

/** What the broker says of one NIK: the register's answer with its source and last day, or that it still waits. */
export type SiakReply =
  | {
      readonly state: 'TERJAWAB'
      readonly answer: SiakAnswer
      readonly source: SiakSource
      readonly answeredAt: Temporal.Instant
      readonly expiresAt: Temporal.Instant
    }
  | { readonly state: 'MENUNGGU' }

const WAITS: SiakReply = { state: 'MENUNGGU' }

/**
 * Asks the national register about many NIKs; one reply for each, and never a failure. An answer that is still good is
 * given again; the same NIK asked by many is one question; what the quota or an outage leaves over waits and is asked
 * by `replaySiak` (ADR 0017). Not inside a transaction: the register is outside the house.
 * @param niks 16 digits each, checked before.
 */
export async function askSiak(app: RegistryApp, niks: readonly string[]): Promise<ReadonlyMap<string, SiakReply>> {
  const indexes = new Map([...new Set(niks)].map((nik) => [nik, indexOf(app, nik)]))
  const kept = await keptBy(app, [...indexes.values()])
  const replies = new Map<string, SiakReply>()
  const open = new Map<NikIndex, string>()
  for (const [nik, index] of indexes) {
    const found = kept.get(index)
    replies.set(nik, found ?? WAITS)
    if (found === undefined) open.set(index, nik)
  }
  if (open.size === 0) return replies
  const moment = momentOf(app)
  // In one order for all, so that two who write down the same NIKs at midnight wait and do not lock each other out.
  const inOrder = [...open].sort(([one], [other]) => (one < other ? -1 : 1))
  const questions = inOrder.map(([index, nik]) => ({ index, nik: sealFor(app, index, nik) }))
  const claimed = await app.inTransaction((tx) => saveQuestionsInTx(tx, questions, moment))
  const claims = claimed.claims.flatMap((claim) => ({ ...claim, nik: open.get(claim.index) ?? '' }))
  const asked = await settle(app, moment, { ...claimed, claims }, app.inTransaction)
  for (const [nik, reply] of asked) replies.set(nik, reply)
  return replies
}

/**
 * What is known of these NIKs without asking anybody, an answer or that it waits. Absent: never asked, or the answer is
 * past its last day.
 */
export async function repliesKept(app: RegistryApp, niks: readonly string[]): Promise<ReadonlyMap<string, SiakReply>> {
  const indexes = new Map([...new Set(niks)].map((nik) => [nik, indexOf(app, nik)]))
  const kept = await keptBy(app, [...indexes.values()])
  return new Map(
    [...indexes].flatMap(([nik, index]) => {
      const reply = kept.get(index)
      return reply ? [[nik, reply]] : []
    }),
  )
}

/**
 * Tells the register what an akta says otherwise (BLG-05), and keeps its word on the person as the answer that is given
 * from now on: nobody has to ask anew. Not inside a transaction.
 * @returns the person as SIAK has them now, or `AWAY` where it was not told, or nobody knows: it is told once more then.
 */
export async function correctInSiak(
  app: RegistryApp,
  nik: string,
  changes: Partial<SiakRecord>,
  aktaNumber: string,
): Promise<SiakAnswer | 'AWAY'> {
  const { register } = app.siak
  const answer = await register.correct(nik, changes, aktaNumber).catch(() => 'AWAY' as const)
  if (answer === 'AWAY') return answer
  const [index, answeredAt] = [indexOf(app, nik), app.now()]
  const record = answer.found ? sealFor(app, index, JSON.stringify(answer.record)) : null
  const told = { index, record, source: register.source, answeredAt, expiresAt: expiryOf(answer, answeredAt) }
  await app.inTransaction((tx) => saveToldInTx(tx, told))
  return answer
}

async function keptBy(app: RegistryApp, indexes: readonly NikIndex[]): Promise<ReadonlyMap<NikIndex, SiakReply>> {
  const rows = await findKept(app.db, indexes, app.now())
  return new Map(rows.map((row) => [row.index, replyOf(app, row)]))
}

const indexOf = (app: RegistryApp, nik: string): NikIndex => Buffer.from(app.custody.indexOf(nik)).toString('hex')

function replyOf(app: RegistryApp, { index, answer }: Kept): SiakReply {
  if (answer === null) return WAITS
  const { source, answeredAt, expiresAt, record } = answer
  const said: SiakAnswer = record
    ? { found: true, record: JSON.parse(openFor(app, index, record)) as SiakRecord }
    : { found: false }
  return { state: 'TERJAWAB', answer: said, source, answeredAt, expiresAt }
}

/** Bound to the blind index: moved to another row, it does not open. */
const sealFor = (app: RegistryApp, index: NikIndex, text: string): Sealed => app.custody.sealText(text, `siak ${index}`)

export const openFor = (app: RegistryApp, index: NikIndex, sealed: Sealed): string =>
  app.custody.open(sealed, `siak ${index}`)

export const momentOf = (app: RegistryApp): Moment => ({
  day: app.today(),
  now: app.now(),
  quota: app.siak.dailyQuota,
})

/** Puts what was claimed to the register and keeps what comes of it, in a transaction of `inTransaction`. */
export async function settle(
  app: RegistryApp,
  moment: Moment,
  { claims, failures }: Claimed<Claim & { readonly nik: string }>,
  inTransaction: (run: (tx: RegistryTx) => Promise<void>) => Promise<void>,
): Promise<ReadonlyMap<string, SiakReply>> {
  if (claims.length === 0) return new Map()
  const { register } = app.siak
  const { answers, unasked, fault } = await askTheRegister(register, claims)
  const answeredAt = app.now()
  const replies = answers.map(({ claim, nik, answer }) => {
    const expiresAt = expiryOf(answer, answeredAt)
    return { claim, nik, reply: { state: 'TERJAWAB', answer, source: register.source, answeredAt, expiresAt } as const }
  })
  const kept = replies.map(({ claim: { index }, reply: { answer, ...reply } }): KeptAnswer => {
    const record = answer.found ? sealFor(app, index, JSON.stringify(answer.record)) : null
    return { ...reply, index, record }
  })
  await inTransaction(async (tx) => {
    // The day before the rows, as whoever claims takes them: the two never wait for each other.
    const after = outcomeOf(fault, answers.length, failures, answeredAt)
    if (fault !== null || failures > 0) await saveOutcomeInTx(tx, moment, unasked, after)
    await saveAnswersInTx(tx, kept)
  })
  return new Map(replies.map(({ nik, reply }) => [nik, reply]))
}
