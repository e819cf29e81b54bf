import { noteRead } from '@satuanak/service-kit'
import { builder } from '../graphql/builder.ts'
import { KtpCandidate, withChildren } from './graphql.ts'
import { type PupilList, readPupilList } from './read-pupil-list.ts'

const READ = 'ktp.list.read'

interface Line {
  readonly number: number
  readonly listed: Awaited<ReturnType<typeof withChildren>>[number]
}

const LineType = builder.objectRef<Line>('KtpPupilListLine').implement({
  description: 'A line of DOC-10.',
  permission: READ,
  fields: (t) => ({
    number: t.exposeInt('number', { nullable: false, permission: READ, description: 'From 1, the oldest first.' }),
    pupil: t.expose('listed', { type: KtpCandidate, permission: READ }),
  }),
})

const PupilListType = builder.objectRef<PupilList>('KtpPupilList').implement({
  description: 'DOC-10: the pupils of a school who are 16 on a day and not recorded yet (BLG-01).',
  permission: READ,
  fields: (t) => ({
    npsn: t.exposeString('npsn', { nullable: false, permission: READ }),
    on: t.expose('on', { type: 'Date', nullable: false, permission: READ }),
    isWhole: t.exposeBoolean('isWhole', {
      nullable: false,
      permission: READ,
      description: 'False where there are more than the 500 that a session takes.',
    }),
    lines: t.field({
      type: [LineType],
      nullable: false,
      permission: READ,
      resolve: async ({ pupils }, _args, context) => {
        for (const { childId } of pupils) noteRead(context, childId, READ)
        const listed = await withChildren(pupils, context)
        return listed.map((one, index) => ({ number: index + 1, listed: one }))
      },
    }),
  }),
})

builder.queryField('ktpPupilList', (t) =>
  t.field({
    description: 'DOC-10, the list of pupils aged 16 and over; a school sees its own pupils (BLG-01).',
    type: PupilListType,
    permission: READ,
    args: {
      npsn: t.arg.string({ required: true, description: '8 digits, or P or K and 7 digits (ID-13).' }),
      on: t.arg({ type: 'Date', description: 'The day to be 16 on, today unless named; within a year.' }),
    },
    resolve: (_root, args, { app, caller }) => readPupilList(app, caller, args),
  }),
)
