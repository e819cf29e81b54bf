import type { RegistryApp, RegistryTx } from '../app.ts'
import { hexOf } from '../identity/nik-custody.ts'
import type { Sealed } from '../sealed-rows.ts'
import { askTheRegister, outcomeOf } from './ask-the-register.ts'
import { expiryOf, type SiakAnswer, type SiakRecord, type SiakSource } from './domain.ts'
import {
  type Claim,
  type Claimed,
  findKept,
  type Kept,
  type KeptAnswer,
  type LookUpId,
  type Moment,
  type Question,
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
  const kept = await repliesKept(app, niks)
  const replies = new Map([...new Set(niks)].map((nik) => [nik, kept.get(nik) ?? WAITS]))
  const asking = [...replies.keys()].filter((nik) => !kept.has(nik)).map((nik) => ({ nik, question: asked(app, nik) }))
  if (asking.length === 0) return replies
  const moment = momentOf(app)
  // In one order for all, so that two who write down the same NIKs at midnight wait and do not lock each other out.
  const questions = asking.map(({ question }) => question).sort((one, other) => (one.index < other.index ? -1 : 1))
  const claimed = await app.inTransaction((tx) => saveQuestionsInTx(tx, questions, moment))
  const nikOf = new Map(asking.map(({ nik, question }) => [question.id, nik]))
  const claims = claimed.claims.flatMap((claim) => ({ ...claim, nik: nikOf.get(claim.id) ?? '' }))
  const answered = await settle(app, moment, { ...claimed, claims }, app.inTransaction)
  for (const [nik, reply] of answered) replies.set(nik, reply)
  return replies
}

/**
 * What is known of these NIKs without asking anybody, an answer or that it waits. Absent: never asked, or the answer is
 * past its last day.
 */
export async function repliesKept(app: RegistryApp, niks: readonly string[]): Promise<ReadonlyMap<string, SiakReply>> {
  const nikOf = new Map(niks.flatMap((nik) => app.custody.indexesOf(nik).map((index) => [hexOf(index), nik])))
  const rows = await findKept(app.db, [...nikOf.keys()], app.now())
  return new Map(rows.map((row) => [nikOf.get(row.index) ?? '', replyOf(app, row)]))
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
  const answeredAt = app.now()
  const kept = { source: register.source, answeredAt, expiresAt: expiryOf(answer, answeredAt) }
  const answerFor = (id: LookUpId) => ({ ...kept, id, record: recordFor(app, id, answer) })
  await app.inTransaction((tx) => saveToldInTx(tx, { question: asked(app, nik), answerFor }, momentOf(app)))
  return answer
}

function asked(app: RegistryApp, nik: string): Question {
  const id = app.newId<LookUpId>()
  const [index, ...otherIndexes] = app.custody.indexesOf(nik)
  return { id, index: hexOf(index), otherIndexes: otherIndexes.map(hexOf), nik: sealFor(app, id, nik) }
}

function replyOf(app: RegistryApp, { answer }: Kept): SiakReply {
  if (answer === null) return WAITS
  const { id, source, answeredAt, expiresAt, record } = answer
  const said: SiakAnswer = record
    ? { found: true, record: JSON.parse(openFor(app, id, record)) as SiakRecord }
    : { found: false }
  return { state: 'TERJAWAB', answer: said, source, answeredAt, expiresAt }
}

/** Bound to the row: moved to another one, it does not open. */
export const sealFor = (app: RegistryApp, id: LookUpId, text: string): Sealed =>
  app.custody.sealText(text, `siak ${id}`)

export const openFor = (app: RegistryApp, id: LookUpId, sealed: Sealed): string =>
  app.custody.open(sealed, `siak ${id}`)

const recordFor = (app: RegistryApp, id: LookUpId, answer: SiakAnswer): Sealed | null =>
  answer.found ? sealFor(app, id, JSON.stringify(answer.record)) : null

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
  const kept = replies.map(
    ({ claim: { id }, reply: { answer, ...reply } }): KeptAnswer => ({
      ...reply,
      id,
      record: recordFor(app, id, answer),
    }),
  )
  await inTransaction(async (tx) => {
    // The day before the rows, as whoever claims takes them: the two never wait for each other.
    const after = outcomeOf(fault, answers.length, failures, answeredAt)
    if (fault !== null || failures > 0) await saveOutcomeInTx(tx, moment, unasked, after)
    await saveAnswersInTx(tx, kept)
  })
  return new Map(replies.map(({ nik, reply }) => [nik, reply]))
}
