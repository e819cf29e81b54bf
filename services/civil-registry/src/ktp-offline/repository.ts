import type { ChildId } from '@satuanak/contracts'
import { type DeviceKey, JournalEntry } from '@satuanak/offline-session/server'
import type { RegistryTx } from '../app.ts'
import type { Prisma, PrismaClient, KtpBundle as Row } from '../gen/prisma/client.ts'
import type { Bundle, Conflict } from './domain.ts'

type Reader = Pick<PrismaClient, 'ktpBundle' | 'ktpBundleUpload' | 'ktpOfflineEntry'>

const date = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds)
const instant = (at: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at.getTime())

const toBundle = (row: Row): Bundle => ({
  id: row.id,
  sessionId: row.sessionId,
  takenBy: row.takenBy,
  takenAt: instant(row.takenAt),
  expiresAt: instant(row.expiresAt),
  device: row.device,
  deviceKey: row.deviceKey as unknown as DeviceKey,
  childIds: row.childIds as ChildId[],
  revokedAt: row.revokedAt && instant(row.revokedAt),
})

export async function findBundle(reader: Reader, id: string): Promise<Bundle | null> {
  const row = await reader.ktpBundle.findUnique({ where: { id } })
  return row && toBundle(row)
}

export async function saveBundleInTx(tx: RegistryTx, bundle: Omit<Bundle, 'revokedAt'>): Promise<void> {
  const { takenAt, expiresAt, deviceKey, childIds, ...rest } = bundle
  const { sign, seal } = deviceKey
  await tx.ktpBundle.create({
    data: {
      ...rest,
      takenAt: date(takenAt),
      expiresAt: date(expiresAt),
      deviceKey: { sign: { ...sign }, seal: { ...seal } },
      childIds: [...childIds],
    },
  })
}

/** Revokes it, where nobody has before. */
export async function revokeBundleInTx(tx: RegistryTx, id: string, by: string, at: Temporal.Instant): Promise<void> {
  await tx.ktpBundle.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: date(at), revokedBy: by } })
}

export interface NewUpload {
  readonly id: string
  readonly bundleId: string
  readonly uploadedBy: string
  readonly uploadedAt: Temporal.Instant
}

export async function saveUploadInTx(tx: RegistryTx, { uploadedAt, ...upload }: NewUpload): Promise<void> {
  await tx.ktpBundleUpload.create({ data: { ...upload, uploadedAt: date(uploadedAt) } })
}

/** An entry of a journal, and what became of it. */
export interface KeptEntry {
  readonly id: string
  readonly uploadId: string
  readonly entry: JournalEntry
  readonly conflict: Conflict | null
}

type EntryRow = Prisma.KtpOfflineEntryGetPayload<object>

const toEntry = ({ id, uploadId, entry, conflict }: EntryRow): KeptEntry => ({
  id,
  uploadId,
  entry: JournalEntry.parse(entry),
  conflict: conflict as Conflict | null,
})

/** All that came in of one pupil in a bundle, or (null) of the session itself, in the order of the journal. */
export async function findEntriesOf(reader: Reader, bundleId: string, childId: ChildId | null): Promise<KeptEntry[]> {
  const rows = await reader.ktpOfflineEntry.findMany({ where: { bundleId, childId }, orderBy: { position: 'asc' } })
  return rows.map(toEntry)
}

/** Of these entries of a bundle those that came in. */
export async function findEntries(reader: Reader, bundleId: string, ids: readonly string[]): Promise<KeptEntry[]> {
  const rows = await reader.ktpOfflineEntry.findMany({ where: { bundleId, id: { in: [...ids] } } })
  return rows.map(toEntry)
}

/** Writes entries down after those that are there. */
export async function saveEntriesInTx(
  tx: RegistryTx,
  bundleId: string,
  childId: ChildId | null,
  entries: readonly KeptEntry[],
  from: number,
): Promise<void> {
  await tx.ktpOfflineEntry.createMany({
    data: entries.map((kept, index) => ({ ...kept, bundleId, childId, position: from + index })),
  })
}

/** A bundle with what came back of it. */
export interface BundleStory {
  readonly bundle: Bundle
  readonly uploads: readonly UploadStory[]
  /** What could not be applied, the first upload's first. */
  readonly conflicts: readonly KeptConflict[]
}

export interface UploadStory {
  readonly id: string
  readonly uploadedBy: string
  readonly uploadedAt: Temporal.Instant
  /** Of how many entries it brought the news, and how many of those could be applied. */
  readonly entries: number
  readonly applied: number
}

export interface KeptConflict {
  readonly conflict: Conflict
  readonly entry: JournalEntry
}

/** The bundles of any number of sessions with what came back, the latest first: three statements. */
export async function findBundlesOf(
  reader: Reader,
  sessionIds: readonly string[],
): Promise<Map<string, readonly BundleStory[]>> {
  const rows = await reader.ktpBundle.findMany({
    where: { sessionId: { in: [...sessionIds] } },
    orderBy: [{ takenAt: 'desc' }, { id: 'desc' }],
    include: {
      uploads: {
        orderBy: [{ uploadedAt: 'asc' }, { id: 'asc' }],
        include: { entries: { orderBy: { position: 'asc' } } },
      },
    },
  })
  return Map.groupBy(rows.map(toStory), ({ bundle }) => bundle.sessionId)
}

function toStory({ uploads, ...row }: Row & { readonly uploads: readonly UploadRow[] }): BundleStory {
  return {
    bundle: toBundle(row),
    uploads: uploads.map(({ id, uploadedBy, uploadedAt, entries }) => ({
      id,
      uploadedBy,
      uploadedAt: instant(uploadedAt),
      entries: entries.length,
      applied: entries.filter(({ conflict }) => conflict === null).length,
    })),
    conflicts: uploads.flatMap(({ entries }) =>
      entries.map(toEntry).flatMap(({ conflict, entry }) => (conflict === null ? [] : [{ conflict, entry }])),
    ),
  }
}

type UploadRow = Prisma.KtpBundleUploadGetPayload<{ include: { entries: true } }>
