import type { ChildId } from '@satuanak/contracts'
import type { RegistryApp } from '../app.ts'
import {
  type Holder,
  isRecording,
  type KtpRecord,
  type KtpSource,
  type PrintState,
  type StatusChange,
} from './domain.ts'
import { ktpCode, toldStatus } from './domain-statuses.ts'
import { moveCard, type Told } from './move-card.ts'

/** News of a child's KTP-el, from an officer, a file or a school session. */
export interface KtpStatusNews {
  readonly childId: ChildId
  /** A national status: a known one in any spelling, any other as written (KT-01). At most 60 characters. */
  readonly code: string
  readonly source: KtpSource
  /** As of when it is true. */
  readonly at: Temporal.Instant
  /** Left out: as it was. Kawin or pernah kawin (KT-10). */
  readonly everMarried?: boolean | undefined
  /** Left out: as it was. An officer stands for a date that is not exact to the day (ID-22). */
  readonly birthDateConfirmed?: boolean | undefined
  /** Only where the card stands here; elsewhere nothing is written, and `changed` is false. */
  readonly onlyFrom?: PrintState | undefined
  /** The system that a file's status came from, as the file names it. */
  readonly origin?: string | undefined
  /** For the events that follow. */
  readonly requestId?: string | undefined
}

/** News older than what is known goes to the history and moves nothing (KT-01). */
export const isOlder = ({ at }: Pick<KtpStatusNews, 'at'>, known: KtpRecord | null): boolean =>
  known !== null && Temporal.Instant.compare(at, known.statusAt) < 0

/** A step that lies before the known one. */
export const oldStep = (app: RegistryApp, by: string, known: KtpRecord, news: KtpStatusNews): StatusChange => ({
  id: app.newId(),
  childId: known.childId,
  oldCode: null,
  newCode: ktpCode(news.code),
  source: news.source,
  at: news.at,
  recordedBy: by,
  origin: news.origin ?? null,
})

/** What follows from news that is not older than what is known. */
export interface Weighed {
  readonly record: KtpRecord
  readonly step: StatusChange | null
  readonly told: readonly Told[]
  /** Whether anything was news. */
  readonly changed: boolean
}

/** Weighs news against what is known: the record as it is then, its step in the history, and what is to be told. */
export function weighNews(
  app: RegistryApp,
  by: string,
  { holder, known, news }: { readonly holder: Holder; readonly known: KtpRecord | null; readonly news: KtpStatusNews },
): Weighed {
  const code = ktpCode(news.code)
  const old = known?.code ?? null
  const day = news.at.toZonedDateTimeISO(app.zone).toPlainDate()
  // A file tells a status and not the day on which a pupil sat before the camera.
  const recorded = news.source !== 'IMPORT' && isRecording(old, code)
  const { source, at, origin = null } = news
  const record = {
    childId: known?.childId ?? news.childId,
    code,
    source,
    statusAt: at,
    recordedOn: recorded ? day : (known?.recordedOn ?? null),
    everMarried: holder.everMarried,
    birthDateConfirmed: holder.birthDateConfirmed,
  }
  const { next, told } = moveCard(app, { known, record, holder })
  const step = { id: app.newId<string>(), childId: record.childId, oldCode: old, newCode: code, source, at, origin }
  return {
    record: next,
    step: old === code ? null : { ...step, recordedBy: by },
    told: [
      ...(old === code ? [] : [statusChanged(old, code)]),
      ...(recorded ? [recordedOn(day)] : []),
      ...(told === null ? [] : [told]),
    ],
    changed: old !== code || known?.everMarried !== holder.everMarried || known.state !== next.state,
  }
}

const statusChanged = (old: string | null, code: string): Told => ({
  type: 'civil-registry.ktp.status.changed.v1',
  data: { old: old === null ? null : toldStatus(old), new: toldStatus(code) },
})

const recordedOn = (day: Temporal.PlainDate): Told => ({
  type: 'civil-registry.ktp.recorded.v1',
  data: { recordedOn: day.toString() },
})
