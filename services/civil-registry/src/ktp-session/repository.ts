import type { ChildId, KtpCancelReason, KtpSiakField, Npsn } from '@satuanak/contracts'
import type { Territory } from '@satuanak/identity'
import type {
  ChecklistItem,
  HandedIn,
  ItemState,
  Place,
  PupilEntry,
  PupilState,
  PupilStepId,
  RecordingException,
  SessionPupil,
  SessionState,
  SiakCheck,
  StepEntry,
  StepId,
} from '@satuanak/offline-session/rules'
import type { RegistryTx } from '../app.ts'
import {
  type KtpChecklistItem as CheckedRow,
  Prisma,
  type PrismaClient,
  type KtpPupilStep as PupilStepRow,
  type KtpSessionPupil as SeatRow,
  type KtpSession as SessionRow,
  type KtpSessionStep as StepRow,
} from '../gen/prisma/client.ts'
import type { Session } from './domain.ts'

type Reader = Pick<
  PrismaClient,
  'ktpSession' | 'ktpSessionPupil' | 'ktpPupilStep' | 'ktpChecklistItem' | 'ktpSessionStep' | '$queryRaw'
>

const date = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds)
const onDay = (day: Temporal.PlainDate): Date => new Date(`${day}T00:00:00Z`)
const instant = (at: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at.getTime())
const day = (at: Date | null) => at && Temporal.PlainDate.from(at.toISOString().slice(0, 10))

interface Row extends SessionRow {
  readonly pupils: readonly PupilRow[]
  readonly checklist: readonly CheckedRow[]
  readonly steps: readonly StepRow[]
}
interface PupilRow extends SeatRow {
  readonly steps: readonly PupilStepRow[]
}

function toSession(row: Row): Session {
  return {
    id: row.id,
    npsn: row.npsn as Npsn,
    state: row.state as SessionState,
    startsAt: instant(row.startsAt),
    hours: row.hours,
    devices: row.devices,
    quota: row.quota,
    officers: row.officers,
    cancelReason: row.cancelReason as KtpCancelReason | null,
    pupils: row.pupils.map(toPupil),
    checklist: row.checklist.map(({ item, state }) => ({ item, state: state as ItemState })),
    steps: row.steps.map(({ step, startedAt, endedAt, officer }) => ({
      step: step as StepId,
      startedAt: instant(startedAt),
      endedAt: endedAt && instant(endedAt),
      outcome: null,
      officer,
    })),
  }
}

function toPupil(row: Row['pupils'][number]): SessionPupil {
  return {
    childId: row.childId as ChildId,
    number: row.number,
    state: row.state as PupilState,
    reason: row.reason,
    carriedFrom: row.carriedFrom,
    sixteenOn: day(row.sixteenOn),
    everMarried: row.everMarried,
    papers: row.papers as HandedIn[],
    siakFields: row.siakFields as KtpSiakField[],
    siak: toSiakCheck(row),
    exceptions: row.exceptions as RecordingException[],
    place: row.place as Place | null,
    printFrom: day(row.printFrom),
    steps: row.steps.map(({ step, startedAt, endedAt, outcome, officer }) => ({
      step: step as PupilStepId,
      startedAt: instant(startedAt),
      endedAt: instant(endedAt),
      outcome,
      officer,
    })),
  }
}

function toSiakCheck({ siakSource, siakVerdict, siakDiffering }: SeatRow): SiakCheck | null {
  if (siakSource === null && siakVerdict === null) return null
  return {
    source: siakSource as SiakCheck['source'],
    verdict: siakVerdict as SiakCheck['verdict'],
    differing: siakDiffering as KtpSiakField[],
  }
}

/** Any number of sessions with all that belongs to them, in five statements. */
export async function findSessions(reader: Reader, ids: readonly string[]): Promise<Map<string, Session>> {
  const ofThese = { sessionId: { in: [...ids] } }
  const sessions = await reader.ktpSession.findMany({ where: { id: { in: [...ids] } } })
  const seats = await reader.ktpSessionPupil.findMany({ where: ofThese, orderBy: { number: 'asc' } })
  const pupilSteps = await reader.ktpPupilStep.findMany({
    where: ofThese,
    orderBy: [{ startedAt: 'asc' }, { step: 'asc' }],
  })
  const checklist = await reader.ktpChecklistItem.findMany({ where: ofThese })
  const steps = await reader.ktpSessionStep.findMany({ where: ofThese, orderBy: { startedAt: 'asc' } })
  const stepsOf = Map.groupBy(pupilSteps, ({ sessionId, childId }) => `${sessionId} ${childId}`)
  const pupils = seats.map((seat) => ({ ...seat, steps: stepsOf.get(`${seat.sessionId} ${seat.childId}`) ?? [] }))
  const [pupilsOf, itemsOf, ownSteps] = [bySession(pupils), bySession(checklist), bySession(steps)]
  return new Map(
    sessions.map((row) => {
      const { id } = row
      return [id, toSession({ ...row, pupils: pupilsOf(id), checklist: itemsOf(id), steps: ownSteps(id) })]
    }),
  )
}

function bySession<One extends { readonly sessionId: string }>(rows: readonly One[]): (id: string) => readonly One[] {
  const of = Map.groupBy(rows, ({ sessionId }) => sessionId)
  return (id) => of.get(id) ?? []
}

/** Locked until the transaction ends: what is done with one session is done in turn. */
export async function findSessionInTx(tx: RegistryTx, id: string): Promise<Session | null> {
  await tx.$queryRaw`SELECT FROM ktp_session WHERE id = ${id}::uuid FOR UPDATE`
  return (await findSessions(tx, [id])).get(id) ?? null
}

/** The next session of a school that has not begun, if there is one; locked. */
export async function findNextSessionInTx(tx: RegistryTx, npsn: Npsn): Promise<Session | null> {
  const [next] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM ktp_session WHERE npsn = ${npsn} AND state IN ('DRAFT', 'DIJADWALKAN')
    ORDER BY starts_at, id LIMIT 1 FOR UPDATE`
  return next ? findSessionInTx(tx, next.id) : null
}

export async function saveNewSessionInTx(tx: RegistryTx, session: Session): Promise<void> {
  const { pupils, checklist, steps, startsAt, officers, ...rest } = session
  await tx.ktpSession.create({ data: { ...rest, startsAt: date(startsAt), officers: [...officers] } })
  await tx.ktpChecklistItem.createMany({ data: checklist.map((item) => ({ ...item, sessionId: session.id })) })
  await savePupilsInTx(tx, session.id, pupils)
  for (const step of steps) await saveSessionStepInTx(tx, session.id, step)
}

export async function savePupilsInTx(
  tx: RegistryTx,
  sessionId: string,
  pupils: readonly SessionPupil[],
): Promise<void> {
  await tx.ktpSessionPupil.createMany({ data: pupils.map((pupil) => ({ ...pupilColumns(pupil), sessionId })) })
}

function pupilColumns({
  steps: _,
  sixteenOn,
  printFrom,
  papers,
  siakFields,
  siak,
  exceptions,
  ...pupil
}: SessionPupil) {
  return {
    ...pupil,
    papers: [...papers],
    siakFields: [...siakFields],
    siakSource: siak?.source ?? null,
    siakVerdict: siak?.verdict ?? null,
    siakDiffering: [...(siak?.differing ?? [])],
    exceptions: [...exceptions],
    sixteenOn: sixteenOn && onDay(sixteenOn),
    printFrom: printFrom && onDay(printFrom),
  }
}

export async function saveSessionInTx(tx: RegistryTx, session: Session): Promise<void> {
  const { id, state, startsAt, devices, hours, officers, cancelReason } = session
  await tx.ktpSession.update({
    where: { id },
    data: { state, startsAt: date(startsAt), devices, hours, officers: [...officers], cancelReason },
  })
}

/** Writes a step of the whole session, or ends one that runs. */
export async function saveSessionStepInTx(tx: RegistryTx, sessionId: string, entry: StepEntry): Promise<void> {
  const { step, startedAt, endedAt, officer } = entry
  const data = { startedAt: date(startedAt), endedAt: endedAt && date(endedAt), officer }
  await tx.ktpSessionStep.upsert({
    where: { sessionId_step: { sessionId, step } },
    create: { sessionId, step, ...data },
    update: data,
  })
}

/** What a pupil has become, with the steps that led there. */
export async function savePupilInTx(
  tx: RegistryTx,
  sessionId: string,
  pupil: SessionPupil,
  steps: readonly PupilEntry[],
): Promise<void> {
  const { childId } = pupil
  await tx.ktpSessionPupil.update({
    where: { sessionId_childId: { sessionId, childId } },
    data: pupilColumns(pupil),
  })
  await tx.ktpPupilStep.createMany({
    data: steps.map(({ startedAt, endedAt, ...step }) => ({
      ...step,
      sessionId,
      childId,
      startedAt: date(startedAt),
      endedAt: date(endedAt),
    })),
  })
}

export async function saveChecklistInTx(
  tx: RegistryTx,
  sessionId: string,
  items: readonly ChecklistItem[],
  checked: { readonly by: string; readonly at: Temporal.Instant },
): Promise<void> {
  for (const { item, state } of items) {
    await tx.ktpChecklistItem.update({
      where: { sessionId_item: { sessionId, item } },
      data: { state, checkedBy: checked.by, checkedAt: date(checked.at) },
    })
  }
}

/** Of these children those who are in a session that is open. */
export async function findInOpenSessions(reader: Reader, ids: readonly ChildId[]): Promise<Set<ChildId>> {
  const rows = await reader.$queryRaw<{ childId: ChildId }[]>`
    SELECT p.child_id AS "childId" FROM ktp_session_pupil p JOIN ktp_session s ON s.id = p.session_id
    WHERE p.child_id = ANY(${[...ids]}::uuid[]) AND s.state IN ('DRAFT', 'DIJADWALKAN', 'BERLANGSUNG')`
  return new Set(rows.map(({ childId }) => childId))
}

/** Of these children the last session that left each of them unrecorded (KT-05). */
export async function findLastSessions(reader: Reader, ids: readonly ChildId[]): Promise<Map<ChildId, string>> {
  const rows = await reader.$queryRaw<{ childId: ChildId; sessionId: string }[]>`
    SELECT DISTINCT ON (p.child_id) p.child_id AS "childId", p.session_id AS "sessionId"
    FROM ktp_session_pupil p JOIN ktp_session s ON s.id = p.session_id
    WHERE p.child_id = ANY(${[...ids]}::uuid[]) AND s.state IN ('SELESAI', 'BATAL')
    ORDER BY p.child_id, s.starts_at DESC, s.id DESC`
  return new Map(rows.map(({ childId, sessionId }) => [childId, sessionId]))
}

export interface SessionQuery {
  readonly npsn: string | null
  readonly state: SessionState | null
  readonly territory: readonly Territory[]
  /** Start and id of the last session of the page before. */
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** The latest first. */
export async function findSessionPage(reader: Reader, query: SessionQuery): Promise<Session[]> {
  const { npsn, state, territory, after, limit } = query
  const reach = territory.flatMap((one) => {
    if (one.kind === 'all') return Prisma.sql`true`
    return one.kind === 'school' ? Prisma.sql`npsn = ANY(${[...one.npsn]})` : []
  })
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM ktp_session
    WHERE ${reach.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(reach, ' OR ')})`}
      ${npsn === null ? Prisma.empty : Prisma.sql`AND npsn = ${npsn}`}
      ${state === null ? Prisma.empty : Prisma.sql`AND state = ${state}`}
      ${after === null ? Prisma.empty : Prisma.sql`AND (starts_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    ORDER BY starts_at DESC, id DESC LIMIT ${limit}`
  const sessions = await findSessions(
    reader,
    rows.map(({ id }) => id),
  )
  return rows.flatMap(({ id }) => sessions.get(id) ?? [])
}
