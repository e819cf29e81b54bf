import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import { type ChildId, LEVELS, type Npsn } from '@satuanak/contracts'
import { loader, refusal } from '@satuanak/graphql-kit'
import { decide, type Facts, NotPermitted, type Permission } from '@satuanak/identity'
import type { EducationContext } from '../app.ts'
import type { AtsRecord } from '../ats/domain.ts'
import { findAtsRecordsOf } from '../ats/find-ats-records.ts'
import { ChildNotFound } from '../child/errors.ts'
import { currentEnrolment, type Enrolment } from '../enrolment/domain.ts'
import { EnrolmentNotFound } from '../enrolment/errors.ts'
import { findEnrolmentsOf } from '../enrolment/find-enrolments.ts'
import type { School } from '../school/domain.ts'
import { SchoolClosed, SchoolNotFound } from '../school/errors.ts'
import { findSchoolsByNpsn } from '../school/find-schools.ts'
import { builder } from './builder.ts'

export { ChildNotFound } from '../child/errors.ts'
export { EnrolmentNotFound } from '../enrolment/errors.ts'
export { SchoolClosed, SchoolNotFound } from '../school/errors.ts'

export const REQUEST_ID = 'Chosen by the client, one per intention (EC-46).'

export const LevelEnum = builder.enumType('SchoolLevel', {
  description: 'Levels a child can be enrolled at (ID-14).',
  values: LEVELS,
})

/** Implemented by the school feature. */
export const SchoolType = builder.objectRef<School>('School')

/** Implemented by the enrolment feature. */
export const EnrolmentType = builder.objectRef<Enrolment>('Enrolment')

/** Any number of schools in one statement. */
export function schoolOf(context: EducationContext): (npsn: Npsn) => Promise<School | null> {
  return loader(context, 'school', (npsns: readonly Npsn[]) => findSchoolsByNpsn(context.app, npsns))
}

/**
 * What a school wrote of its pupil is for that school and the Education Office, never for the next school (PV-12).
 * @throws NotPermitted
 */
export async function permitOfItsSchool(
  context: EducationContext,
  { childId, npsn }: Pick<Enrolment, 'childId' | 'npsn'>,
  permission: Permission,
): Promise<void> {
  const child = await childOf(context)(childId)
  const facts = child && factsOfChild(child)
  if (!facts) return
  const verdict = decide(context.caller, permission, { ...facts, schools: [npsn] })
  if (!verdict.allowed) throw new NotPermitted(permission, verdict)
}

/** One child as education sees it: the ids that are one person, and what was written under them. */
export interface Child {
  readonly id: ChildId
  readonly group: ChildGroup
  /** The latest first. */
  readonly enrolments: readonly Enrolment[]
  /** The one that runs today, else the one that is about to begin. */
  readonly current: Enrolment | null
  /** The latest first. */
  readonly records: readonly AtsRecord[]
}

/** Any number of children in four statements: their groups, enrolments, out-of-school records and field checks. */
export function childOf(context: EducationContext): (id: ChildId) => Promise<Child | null> {
  const { app } = context
  return loader(context, 'child', async (ids: readonly ChildId[]) => {
    const groups = await groupOf(app.db, ids, app.now())
    const members = [...new Set([...groups.values()].flatMap((group) => group.ids))]
    const [enrolments, records] = await Promise.all([findEnrolmentsOf(app, members), findAtsRecordsOf(app, members)])
    const [enrolmentsOf, recordsOf] = [byPerson(enrolments), byPerson(records)]
    const gather = (id: ChildId, group: ChildGroup): Child => {
      const mine = enrolmentsOf(group.ids)
      return {
        id,
        group,
        enrolments: mine,
        current: currentEnrolment(mine, app.today()),
        records: recordsOf(group.ids),
      }
    }
    return new Map([...groups].map(([id, group]) => [id, gather(id, group)]))
  })
}

/** The rows of a person's ids, in the order in which they came. Hardly anybody has more than one id. */
function byPerson<Row extends { readonly childId: ChildId }>(rows: readonly Row[]) {
  const byId = Map.groupBy(rows, ({ childId }) => childId)
  return (ids: readonly ChildId[]): readonly Row[] => {
    const [only, ...more] = ids
    if (only !== undefined && more.length === 0) return byId.get(only) ?? []
    return rows.filter(({ childId }) => ids.includes(childId))
  }
}

/**
 * What permissions are measured against: a pupil's present school, and every kelurahan that has an out-of-school record
 * of the child. Null where education knows nothing of it.
 */
export function factsOfChild({
  group,
  enrolments,
  current,
  records,
}: Pick<Child, 'group' | 'enrolments' | 'current' | 'records'>): Facts | null {
  if (enrolments.length === 0 && records.length === 0) return null
  return {
    level: group.level,
    kelurahan: records.flatMap((record) => record.kelurahan ?? []),
    schools: current ? [current.npsn] : [],
    grants: group.grants,
  }
}

export const ChildType = builder.objectRef<Child>('Child')
ChildType.implement({
  permission: 'child.refer',
  facts: factsOfChild,
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: 'child.refer' }),
  }),
})
builder.asEntity(ChildType, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => childOf(context)(id as ChildId),
})

refusal(builder, ChildNotFound, {
  name: 'ChildNotFound',
  description: 'No such child here, or none that the caller may know of.',
})
refusal(builder, SchoolNotFound, {
  name: 'SchoolNotFound',
  description: 'No school of the city has this NPSN (ID-13).',
})
refusal(builder, SchoolClosed, {
  name: 'SchoolClosed',
  description: 'The school is withdrawn or merged by that day; its history stays (EC-36).',
  fields: (t) => ({
    successor: t.exposeString('successor', {
      permission: 'anyone',
      description: 'NPSN of the school to turn to; null where it was withdrawn.',
    }),
  }),
})
refusal(builder, EnrolmentNotFound, {
  name: 'EnrolmentNotFound',
  description: 'No such enrolment, or none that the caller may know of.',
})
