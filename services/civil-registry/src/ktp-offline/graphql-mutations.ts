import { refusal } from '@satuanak/graphql-kit'
import { SessionNotOpen } from '@satuanak/offline-session/rules'
import { noteRead } from '@satuanak/service-kit'
import { builder } from '../graphql/builder.ts'
import { KtpSessionType, SessionNotFound, sessionOf } from '../graphql/ktp-session.ts'
import { type Bundle, VERDICTS } from './domain.ts'
import { BundleExpired, BundleNotFound, BundleRevoked, ResultNotGenuine } from './errors.ts'
import { ConflictType } from './graphql.ts'
import { revokeSessionBundle } from './revoke-session-bundle.ts'
import { sealSessionBundle } from './seal-session-bundle.ts'
import { takeSessionBundle } from './take-session-bundle.ts'
import { type Outcome, type Uploaded, uploadSessionResult } from './upload-session-result.ts'

const MAY = 'ktp.record'
const REQUEST_ID = 'Chosen by the client, one per intention (EC-46).'

refusal(builder, BundleNotFound, { name: 'KtpBundleNotFound', description: 'No such bundle was taken.' })
refusal(builder, BundleRevoked, {
  name: 'KtpBundleRevoked',
  description: 'The bundle was revoked, as of a lost laptop: nothing that its device sends is taken.',
})
refusal(builder, BundleExpired, {
  name: 'KtpBundleExpired',
  description: 'The bundle expired; its result may come 14 days later, no more [D].',
})
refusal(builder, ResultNotGenuine, {
  name: 'KtpResultNotGenuine',
  description: 'Not signed by the device that the bundle was issued to, changed on the way, or of another session.',
})

const TakenType = builder.objectRef<Bundle>('KtpTakenBundle').implement({
  description: 'A session to take along. Opened by the device alone; `packages/offline-session` works with it.',
  permission: MAY,
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: MAY }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: false, permission: MAY }),
    sealed: t.string({
      permission: MAY,
      description: 'Signed by the registry (JWS), sealed to the device (JWE). Null where the session is over by now.',
      resolve: async (bundle, _args, context) => {
        const taken = await sealSessionBundle(context.app, context.caller, bundle)
        for (const childId of taken?.childIds ?? []) noteRead(context, childId, MAY)
        return taken?.sealed ?? null
      },
    }),
  }),
})

const VerdictEnum = builder.enumType('KtpUploadVerdict', {
  description: 'Applied; known already; in conflict, at least in part.',
  values: VERDICTS,
})

const OutcomeType = builder.objectRef<Outcome>('KtpUploadOutcome').implement({
  description: 'What became of one pupil’s entries, or of the session’s own.',
  permission: MAY,
  fields: (t) => ({
    childId: t.expose('childId', { type: 'UUID', permission: MAY, description: 'Null: of the session itself.' }),
    verdict: t.expose('verdict', { type: VerdictEnum, nullable: false, permission: MAY }),
    applied: t.exposeInt('applied', {
      nullable: false,
      permission: MAY,
      description: 'Entries of it that stand, whenever they came in.',
    }),
    conflicts: t.field({
      type: [ConflictType],
      nullable: false,
      permission: MAY,
      resolve: ({ conflicts }) => [...conflicts],
    }),
  }),
})

const UploadedType = builder.objectRef<Uploaded>('KtpUploadedResult').implement({
  description: 'What became of a result.',
  permission: MAY,
  fields: (t) => ({
    session: t.field({
      type: KtpSessionType,
      permission: MAY,
      resolve: ({ bundle }, _args, context) => sessionOf(context)(bundle.sessionId),
    }),
    outcomes: t.field({
      type: [OutcomeType],
      nullable: false,
      permission: MAY,
      resolve: ({ outcomes }) => [...outcomes],
    }),
  }),
})

const PublicKeyInput = builder.inputType('KtpPublicKeyInput', {
  description: 'A public P-256 key as its coordinates, base64url (RFC 7518 §6.2.1).',
  fields: (t) => ({ x: t.string({ required: true }), y: t.string({ required: true }) }),
})
const DeviceKeyInput = builder.inputType('KtpDeviceKeyInput', {
  description: 'What a device shows of itself: results are signed with one key, bundles sealed to the other.',
  fields: (t) => ({
    sign: t.field({ type: PublicKeyInput, required: true }),
    seal: t.field({ type: PublicKeyInput, required: true }),
  }),
})
const TakeSessionBundleInput = builder.inputType('TakeSessionBundleInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    sessionId: t.field({ type: 'UUID', required: true }),
    deviceKey: t.field({ type: DeviceKeyInput, required: true }),
  }),
})
const UploadSessionResultInput = builder.inputType('UploadSessionResultInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    result: t.string({ required: true, description: 'A JWS of the device, at most 100,000 characters.' }),
  }),
})
const RevokeSessionBundleInput = builder.inputType('RevokeSessionBundleInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    bundleId: t.field({ type: 'UUID', required: true }),
  }),
})

builder.mutationFields((t) => ({
  takeSessionBundle: t.field({
    description: 'Take a scheduled or running session along, to work on it without a network (EC-49).',
    type: TakenType,
    permission: MAY,
    args: { input: t.arg({ type: TakeSessionBundleInput, required: true }) },
    errors: { types: [SessionNotFound, SessionNotOpen, BundleRevoked, BundleExpired] },
    resolve: (_root, { input }, { app, caller }) => takeSessionBundle(app, caller, input),
  }),
  uploadSessionResult: t.field({
    description: 'Bring back what was done without a network. What came before is not applied twice (EC-46, EC-49).',
    type: UploadedType,
    permission: MAY,
    args: { input: t.arg({ type: UploadSessionResultInput, required: true }) },
    errors: { types: [BundleNotFound, ResultNotGenuine, BundleRevoked, BundleExpired, SessionNotFound] },
    resolve: (_root, { input }, { app, caller }) => uploadSessionResult(app, caller, input),
  }),
  revokeSessionBundle: t.field({
    description: 'Take nothing more of a bundle, as when its laptop is lost.',
    type: KtpSessionType,
    permission: 'ktp.session.plan',
    args: { input: t.arg({ type: RevokeSessionBundleInput, required: true }) },
    errors: { types: [BundleNotFound, SessionNotFound] },
    resolve: async (_root, { input }, context) =>
      sessionOf(context)(await revokeSessionBundle(context.app, context.caller, input)),
  }),
}))
