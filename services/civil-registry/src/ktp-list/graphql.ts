import type { ChildId } from '@satuanak/contracts'
import { connection, createCursor, pageArgs, pageRequest, refusal } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildType, childOf, factsOf } from '../graphql/child.ts'
import { confirmCandidates } from './confirm-candidates.ts'
import {
  CANDIDATE_REASONS,
  CANDIDATE_SOURCES,
  CANDIDATE_STATES,
  type Candidate,
  DECISIONS,
  EXCLUSIONS,
  FILE_VERDICTS,
  type FileRow,
  schoolsThatSee,
} from './domain.ts'
import { CandidateNotFound, CandidateNotOpen } from './errors.ts'
import { listCandidates } from './list-candidates.ts'
import { proposeCandidates } from './propose-candidates.ts'
import { findCandidates, findListFile, type ListFile } from './repository.ts'

const REQUEST_ID = 'Chosen by the client, one per intention (EC-46).'
const NPSN = '8 digits, or P or K and 7 digits (ID-13).'

const State = builder.enumType('KtpCandidateState', {
  description: 'A pupil’s place on the list: proposed, for an officer (ID-22), waiting, confirmed, left out, recorded.',
  values: CANDIDATE_STATES,
})
const Reason = builder.enumType('KtpCandidateReason', {
  description: 'Why a pupil waits (no NIK yet: RF-02) or is left out (BLG-R1, KT-09).',
  values: CANDIDATE_REASONS,
})
const Source = builder.enumType('KtpCandidateSource', {
  description: 'The month’s turn, or a list that someone handed in (RF-10).',
  values: CANDIDATE_SOURCES,
})
const Verdict = builder.enumType('KtpListVerdict', {
  description: 'What came of one entry of a list. Not found is also who may not be known of (PV-14).',
  values: FILE_VERDICTS,
})
const DecisionEnum = builder.enumType('KtpListDecision', {
  description: 'Confirm for the next session, leave out with a reason, or propose again.',
  values: DECISIONS,
})
const ExclusionEnum = builder.enumType('KtpExclusion', {
  description: 'Why a pupil is left out (BLG-R1, KT-09).',
  values: EXCLUSIONS,
})

interface Listed {
  readonly candidate: Candidate
  readonly child: Child | null
  readonly today: Temporal.PlainDate
}

/** With the children they are, in as many statements as one child takes. */
export async function withChildren(candidates: readonly Candidate[], context: RegistryContext): Promise<Listed[]> {
  const today = context.app.today()
  const children = await Promise.all(candidates.map(({ childId }) => childOf(context)(childId)))
  return candidates.map((candidate, index) => ({ candidate, child: children[index] ?? null, today }))
}

export const KtpCandidate = builder.objectRef<Listed>('KtpCandidate').implement({
  description: 'A pupil on a school’s list for KTP-el recording (BLG-01).',
  permission: 'ktp.list.read',
  facts: ({ candidate, child, today }) => {
    const facts = child && factsOf(child)
    return facts && { ...facts, schools: schoolsThatSee(candidate, child.group.schools, today) }
  },
  child: ({ candidate }) => candidate.childId,
  fields: (t) => ({
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ child }) => child }),
    npsn: t.string({
      nullable: false,
      permission: 'ktp.list.read',
      description: NPSN,
      resolve: ({ candidate }) => candidate.npsn,
    }),
    state: t.field({
      type: State,
      nullable: false,
      permission: 'ktp.list.read',
      resolve: ({ candidate }) => candidate.state,
    }),
    reason: t.field({ type: Reason, permission: 'ktp.list.read', resolve: ({ candidate }) => candidate.reason }),
    source: t.field({
      type: Source,
      nullable: false,
      permission: 'ktp.list.read',
      resolve: ({ candidate }) => candidate.source,
    }),
    sixteenOn: t.field({
      type: 'Date',
      permission: 'ktp.list.read',
      description: 'The 16th birthday; null where no birth date is known (BLG-01).',
      resolve: ({ candidate }) => candidate.sixteenOn,
    }),
    isBirthDateUncertain: t.boolean({
      nullable: false,
      permission: 'ktp.list.read',
      description: 'The day of birth is not known for certain: an officer confirms (ID-22).',
      resolve: ({ candidate }) => candidate.uncertain,
    }),
    everMarried: t.boolean({
      permission: 'ktp.session.plan',
      description: 'Married or once married: qualifies at once. Never shown to a school (KT-10).',
      resolve: ({ candidate }) => candidate.everMarried,
    }),
    listedAt: t.field({
      type: 'DateTime',
      nullable: false,
      permission: 'ktp.list.read',
      resolve: ({ candidate }) => candidate.listedAt,
    }),
  }),
})
const KtpCandidateConnection = connection(builder, 'KtpCandidateConnection', {
  node: KtpCandidate,
  permission: 'ktp.list.read',
})

const KtpListFileRow = builder.objectRef<FileRow>('KtpListFileRow').implement({
  description: 'One entry of a list that was handed in.',
  permission: 'ktp.list.read',
  fields: (t) => ({
    row: t.exposeInt('row', {
      nullable: false,
      permission: 'ktp.list.read',
      description: 'From 1: the child ids in their order, then the NIKs.',
    }),
    verdict: t.expose('verdict', { type: Verdict, nullable: false, permission: 'ktp.list.read' }),
    child: t.field({
      type: ChildType,
      permission: 'child.refer',
      resolve: ({ childId }, _args, context) => (childId === null ? null : childOf(context)(childId)),
    }),
  }),
})
const KtpListFile = builder.objectRef<ListFile>('KtpListFile').implement({
  description: 'A list of pupils that was handed in, and what came of each entry (BLG-01).',
  permission: 'ktp.list.read',
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: 'ktp.list.read' }),
    npsn: t.exposeString('npsn', { nullable: false, permission: 'ktp.list.read', description: NPSN }),
    rows: t.field({
      type: [KtpListFileRow],
      nullable: false,
      permission: 'ktp.list.read',
      resolve: ({ rows }) => [...rows],
    }),
  }),
})

const BY_SCHOOL = createCursor('ktpCandidates', ['string', 'uuid'])

builder.queryFields((t) => ({
  ktpCandidates: t.field({
    description: 'Pupils on the schools’ lists for KTP-el recording (BLG-01); a school sees its own pupils.',
    type: KtpCandidateConnection,
    permission: 'ktp.list.read',
    args: {
      npsn: t.arg.string({ description: NPSN }),
      state: t.arg({ type: State }),
      ...pageArgs(builder),
    },
    resolve: async (_root, args, context) => {
      const ask = pageRequest(args, BY_SCHOOL)
      const candidates = await listCandidates(context.app, context.caller, { ...args, ...ask })
      const page = ask.page(candidates, ({ npsn, childId }) => [npsn, childId])
      // To stand on the list says something already: it is a read (PV-05).
      for (const { childId } of page.nodes) noteRead(context, childId, 'ktp.list.read')
      return { ...page, nodes: await withChildren(page.nodes, context) }
    },
  }),
}))

refusal(builder, CandidateNotFound, {
  name: 'KtpCandidateNotFound',
  description: 'No such pupil on this school’s list, or none that the caller may know of (PV-14).',
})
refusal(builder, CandidateNotOpen, {
  name: 'KtpCandidateNotOpen',
  description: 'The list has this pupil in a state that allows no such decision.',
})

const ProposeCandidatesInput = builder.inputType('ProposeCandidatesInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    npsn: t.string({ required: true, description: NPSN }),
    childIds: t.field({ type: ['UUID'], defaultValue: [], description: 'At most 300.' }),
    niks: t.field({
      type: ['String'],
      defaultValue: [],
      description: 'Whole NIKs, at most 300; not kept. For those who may find a child by NIK (PV-10).',
    }),
    everMarried: t.field({
      type: ['UUID'],
      defaultValue: [],
      description: 'Those of `childIds` who are or were married; for an officer of Dukcapil (KT-10).',
    }),
  }),
})

const ConfirmCandidatesInput = builder.inputType('ConfirmCandidatesInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    npsn: t.string({ required: true, description: NPSN }),
    childIds: t.field({ type: ['UUID'], required: true, description: '1 to 300 pupils of this school’s list.' }),
    decision: t.field({ type: DecisionEnum, required: true }),
    reason: t.field({ type: ExclusionEnum, description: 'With KELUARKAN only (BLG-R1).' }),
  }),
})

builder.mutationFields((t) => ({
  proposeCandidates: t.field({
    description: 'Hand in a list of pupils for KTP-el recording; says what came of each (BLG-01).',
    type: KtpListFile,
    permission: 'ktp.list.change',
    args: { input: t.arg({ type: ProposeCandidatesInput, required: true }) },
    resolve: async (_root, { input }, { app, caller }) =>
      findListFile(
        app.db,
        await proposeCandidates(app, caller, {
          ...input,
          childIds: input.childIds ?? [],
          niks: input.niks ?? [],
          everMarried: input.everMarried ?? [],
        }),
      ),
  }),
  confirmCandidates: t.field({
    description: 'Confirm pupils for the next session, or leave them out with a reason (BLG-01, BLG-R1). All or none.',
    type: [KtpCandidate],
    permission: 'ktp.list.change',
    args: { input: t.arg({ type: ConfirmCandidatesInput, required: true }) },
    errors: { types: [CandidateNotFound, CandidateNotOpen] },
    resolve: async (_root, { input }, context) => {
      const npsn = await confirmCandidates(context.app, context.caller, input)
      const decided = await findCandidates(context.app.db, npsn, input.childIds as ChildId[])
      return withChildren([...decided.values()], context)
    },
  }),
}))
