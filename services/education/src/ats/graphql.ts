import { ATS_CATEGORIES, ATS_SOURCES } from '@satuanak/contracts'
import { connection, createCursor, inLocale, loader, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import { builder } from '../graphql/builder.ts'
import { ChildType, childOf } from '../graphql/references.ts'
import { type AtsRecord, CHECK_METHODS, CHECK_RESULTS, type FieldCheck, recordToShow, whyFlagged } from './domain.ts'
import { withGrounds } from './domain-grounds.ts'
import { ATS_STATES, OUTCOMES } from './domain-states.ts'
import { listAtsRecords } from './list-ats-records.ts'
import { findGrounds } from './repository-grounds.ts'

export const CategoryEnum = builder.enumType('AtsCategory', {
  description: 'AT-01: DO left before finishing a level, LTM finished one and not in the next, BPB never in school.',
  values: ATS_CATEGORIES,
})
const SourceEnum = builder.enumType('AtsSource', {
  description: 'Who first said that the child is out of school (TUN-03, TPI-04, AT-02).',
  values: ATS_SOURCES,
})
export const StateEnum = builder.enumType('AtsState', {
  description: 'Where a record stands (TUN-R1).',
  values: ATS_STATES,
})
export const OutcomeEnum = builder.enumType('AtsOutcome', {
  description:
    'Why a child is not, or no longer, out of school (DOMAIN §4.2): V01 bersekolah, V02 pesantren or other, V03 abroad, ' +
    'V04 moved, V05 not of this kelurahan, V06 not found, V07 died, V08 finished SMA, V09 listed twice, V10 not aged ' +
    '7–18, V11 wrong data.',
  values: OUTCOMES,
})
export const MethodEnum = builder.enumType('FieldCheckMethod', {
  description: 'How a record was checked in the field (TUN-R2).',
  values: CHECK_METHODS,
})
export const ResultEnum = builder.enumType('FieldCheckResult', {
  description: 'Whom a field check reached (TUN-R2).',
  values: CHECK_RESULTS,
})

const FieldCheckType = builder.objectRef<FieldCheck>('FieldCheck').implement({
  description: 'A check of a record in the field: without one nothing is verified (TUN-R2).',
  permission: 'ats.read',
  fields: (t) => ({
    date: t.expose('date', { type: 'Date', nullable: false, permission: 'ats.read', description: 'When (TUN-R2).' }),
    method: t.expose('method', {
      type: MethodEnum,
      nullable: false,
      permission: 'ats.read',
      description: 'How (TUN-R2).',
    }),
    result: t.expose('result', {
      type: ResultEnum,
      nullable: false,
      permission: 'ats.read',
      description: 'Whom it reached (TUN-R2).',
    }),
  }),
})

export const AtsRecordType = builder.objectRef<AtsRecord>('AtsRecord')
AtsRecordType.implement({
  description: 'That a child is said to be out of school (ATS), and what became of it (TUN-03 to TUN-06).',
  permission: 'ats.read',
  facts: async ({ childId, kelurahan }, context) => {
    const child = await childOf(context)(childId)
    return child && { level: child.group.level, kelurahan: kelurahan ? [kelurahan] : [], grants: child.group.grants }
  },
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: 'ats.read' }),
    child: t.field({
      type: ChildType,
      permission: 'child.refer',
      resolve: ({ childId }, _args, context) => childOf(context)(childId),
    }),
    category: t.expose('category', {
      type: CategoryEnum,
      nullable: false,
      permission: 'ats.read',
      description: 'AT-01.',
    }),
    source: t.expose('source', {
      type: SourceEnum,
      nullable: false,
      permission: 'ats.read',
      description: 'Who said so first (TUN-03, TPI-04, AT-02).',
    }),
    state: t.expose('state', {
      type: StateEnum,
      nullable: false,
      permission: 'ats.read',
      description: 'Where it stands (TUN-R1).',
    }),
    kelurahan: t.expose('kelurahan', {
      type: 'RegionCode',
      permission: 'ats.read',
      description: 'Where the child was said to live; null where an assessment named no place (TUN-R3).',
    }),
    note: t.exposeString('note', {
      permission: 'ats.report',
      description: 'How to find the child: for those who report and go there (TUN-04, PV-12).',
    }),
    why: t.string({
      nullable: false,
      permission: 'ats.read',
      description: 'Why the child is listed: who said so, by which rule and when, in the language of Accept-Language.',
      resolve: async ({ id, reportedAt, ...record }, _args, context) => {
        const { app, locale } = context
        const grounds = await loader(context, 'grounds', (ids: readonly string[]) => findGrounds(app.db, ids))(id)
        const why = whyFlagged(record, reportedAt.toZonedDateTimeISO(app.zone).toPlainDate())
        return inLocale(withGrounds(why, grounds ?? []), locale)
      },
    }),
    reportedAt: t.expose('reportedAt', {
      type: 'DateTime',
      nullable: false,
      permission: 'ats.read',
      description: 'When it was reported (TUN-03).',
    }),
    verifiedAt: t.expose('verifiedAt', {
      type: 'DateTime',
      permission: 'ats.read',
      description: 'When its verification was concluded (TUN-06).',
    }),
    outcome: t.expose('outcome', {
      type: OutcomeEnum,
      permission: 'ats.read',
      description: 'Why the child is not out of school; null where it is, and before verification (DOMAIN §4.2).',
    }),
    fieldCheck: t.field({
      type: FieldCheckType,
      permission: 'ats.read',
      description: 'The latest field check (TUN-R2).',
      resolve: ({ fieldChecks }) => fieldChecks[0] ?? null,
    }),
    closedAt: t.expose('closedAt', {
      type: 'DateTime',
      permission: 'ats.read',
      description: 'When it left the working list: back in school, or not an ATS case (AT-03).',
    }),
  }),
})

builder.objectField(ChildType, 'ats', (t) =>
  t.field({
    description:
      'The open out-of-school record, else the last one; null where the child never was on the list (TUN-03).',
    type: AtsRecordType,
    permission: 'ats.read',
    resolve: (child, _args, context) => {
      const record = recordToShow(child.records)
      if (record) noteRead(context, child.id, 'ats.read')
      return record
    },
  }),
)

const BY_REPORT = createCursor('atsRecords', ['instant', 'uuid'])
const AtsRecordConnection = connection(builder, 'AtsRecordConnection', { node: AtsRecordType, permission: 'ats.read' })

builder.queryField('atsRecords', (t) =>
  t.field({
    description: 'The out-of-school list, the latest report first; a kelurahan sees its own (TUN-02, TUN-09, TUN-R3).',
    type: AtsRecordConnection,
    permission: 'ats.read',
    args: {
      kelurahan: t.arg.string({ description: '`33.75.01.1001` (ID-23).' }),
      state: t.arg({ type: StateEnum }),
      ...pageArgs(builder),
    },
    resolve: async (_root, args, context) => {
      const ask = pageRequest(args, BY_REPORT)
      const { after, limit } = ask
      const records = await listAtsRecords(context.app, context.caller, { ...args, after, limit })
      const page = ask.page(records, ({ reportedAt, id }) => [reportedAt.toString(), id])
      for (const record of page.nodes) noteRead(context, record.childId, 'ats.read')
      return page
    },
  }),
)
