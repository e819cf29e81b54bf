import { inLocale, loader } from '@satuanak/graphql-kit'
import { decide } from '@satuanak/identity'
import { childOfEntry, timesOf } from '@satuanak/offline-session/server'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { childOf, factsOf } from '../graphql/child.ts'
import { AbsenceEnum, ExceptionEnum, HandedInEnum, KtpSessionType, SiakField } from '../graphql/ktp-session.ts'
import { CONFLICT_CODES, CONFLICTS } from './domain.ts'
import { type BundleStory, findBundlesOf, type KeptConflict, type UploadStory } from './repository.ts'

const MAY = 'ktp.record'

const ConflictEnum = builder.enumType('KtpConflictReason', {
  description: 'Why something that was done without a network was not applied (EC-49).',
  values: CONFLICT_CODES,
})
const EntryKind = builder.enumType('KtpEntryKind', {
  description: 'A step for a pupil, a pupil’s absence, a look at the equipment, the start of the session.',
  values: ['STEP', 'ABSENT', 'CHECKLIST', 'START'] as const,
})
/** What an officer needs to enter it by hand: nothing that was done at a school is lost. */
export const ConflictType = builder.objectRef<KeptConflict>('KtpOfflineConflict').implement({
  description: 'Something done without a network that could not be applied: what it was, why, and what to do.',
  permission: MAY,
  fields: (t) => ({
    reason: t.expose('conflict', { type: ConflictEnum, nullable: false, permission: MAY }),
    message: t.string({
      nullable: false,
      permission: MAY,
      description: 'What is wrong and what to do.',
      resolve: ({ conflict }, _args, { locale }) => inLocale(CONFLICTS[conflict], locale),
    }),
    entryId: t.field({ type: 'UUID', nullable: false, permission: MAY, resolve: ({ entry }) => entry.id }),
    kind: t.field({ type: EntryKind, nullable: false, permission: MAY, resolve: ({ entry }) => entry.kind }),
    childId: t.field({
      type: 'UUID',
      permission: MAY,
      description: 'Null where it is about the whole session.',
      resolve: ({ entry }) => childOfEntry(entry),
    }),
    step: t.string({
      permission: MAY,
      description: '`BLG-03`',
      resolve: ({ entry }) => (entry.kind === 'STEP' ? entry.step : null),
    }),
    outcome: t.string({
      permission: MAY,
      description: 'The SOP’s branch it took.',
      resolve: ({ entry }) => (entry.kind === 'STEP' ? entry.outcome : null),
    }),
    absence: t.field({
      type: AbsenceEnum,
      permission: MAY,
      resolve: ({ entry }) => (entry.kind === 'ABSENT' ? entry.reason : null),
    }),
    papers: t.field({
      type: [HandedInEnum],
      permission: MAY,
      resolve: ({ entry }) => (entry.kind === 'STEP' ? entry.papers : []),
    }),
    siakFields: t.field({
      type: [SiakField],
      permission: MAY,
      resolve: ({ entry }) => (entry.kind === 'STEP' ? entry.siakFields : []),
    }),
    exceptions: t.field({
      type: [ExceptionEnum],
      permission: MAY,
      resolve: ({ entry }) => (entry.kind === 'STEP' ? entry.exceptions : []),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: false,
      permission: MAY,
      description: 'By the device’s clock.',
      resolve: ({ entry }) => timesOf(entry).from,
    }),
    endedAt: t.field({ type: 'DateTime', nullable: false, permission: MAY, resolve: ({ entry }) => timesOf(entry).to }),
  }),
})

const UploadType = builder.objectRef<UploadStory>('KtpBundleUpload').implement({
  description: 'A result that came back, or a part of it.',
  permission: MAY,
  fields: (t) => ({
    uploadedBy: t.exposeString('uploadedBy', { nullable: false, permission: MAY, description: 'An account.' }),
    uploadedAt: t.expose('uploadedAt', { type: 'DateTime', nullable: false, permission: MAY }),
    entries: t.exposeInt('entries', {
      nullable: false,
      permission: MAY,
      description: 'New with it; what came before does not count.',
    }),
    applied: t.exposeInt('applied', { nullable: false, permission: MAY, description: 'Of those.' }),
  }),
})

const BundleType = builder.objectRef<BundleStory>('KtpOfflineBundle').implement({
  description: 'A session that was taken out to be worked on without a network, and what came back (EC-49).',
  permission: MAY,
  fields: (t) => ({
    id: t.field({ type: 'UUID', nullable: false, permission: MAY, resolve: ({ bundle }) => bundle.id }),
    takenBy: t.string({
      nullable: false,
      permission: MAY,
      description: 'The account that answers for the device.',
      resolve: ({ bundle }) => bundle.takenBy,
    }),
    takenAt: t.field({ type: 'DateTime', nullable: false, permission: MAY, resolve: ({ bundle }) => bundle.takenAt }),
    device: t.string({
      nullable: false,
      permission: MAY,
      description: 'Thumbprint of its signing key (RFC 7638).',
      resolve: ({ bundle }) => bundle.device,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: false,
      permission: MAY,
      resolve: ({ bundle }) => bundle.expiresAt,
    }),
    revokedAt: t.field({ type: 'DateTime', permission: MAY, resolve: ({ bundle }) => bundle.revokedAt }),
    uploads: t.field({
      type: [UploadType],
      nullable: false,
      permission: MAY,
      resolve: ({ uploads }) => [...uploads],
    }),
    conflicts: t.field({
      type: [ConflictType],
      nullable: false,
      permission: MAY,
      description: 'Of pupils that the caller may know of (PV-14).',
      resolve: ({ conflicts }, _args, context) => withoutHidden(conflicts, context),
    }),
  }),
})

/** A pupil who is hidden by now, or whom nobody knows, is not told of. */
async function withoutHidden(conflicts: readonly KeptConflict[], context: RegistryContext): Promise<KeptConflict[]> {
  const mayKnow = await Promise.all(
    conflicts.map(async ({ entry }) => {
      const childId = childOfEntry(entry)
      if (childId === null) return true
      const child = await childOf(context)(childId)
      const facts = child && factsOf(child)
      return facts !== null && decide(context.caller, MAY, facts).allowed
    }),
  )
  return conflicts.filter((_, index) => mayKnow[index])
}

builder.objectField(KtpSessionType, 'offlineBundles', (t) =>
  t.field({
    type: [BundleType],
    permission: MAY,
    description: 'Taken out to be worked on without a network, the latest first (EC-49).',
    resolve: async ({ id }, _args, context) => {
      const bundlesOf = loader(context, 'ktp-bundles', (ids: readonly string[]) => findBundlesOf(context.app.db, ids))
      return [...((await bundlesOf(id)) ?? [])]
    },
  }),
)
