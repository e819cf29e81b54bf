import type { ChildId } from '@satuanak/contracts'
import { connection, createCursor, inLocale, loader, type PageArgs, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import { AGENCY_NAMES } from '@satuanak/identity'
import { noteRead } from '@satuanak/service-kit'
import type { CoordinationContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import {
  AgencyType,
  agencyOf,
  answerWords,
  type Child,
  ChildType,
  childOf,
  referralTitle,
} from '../graphql/references.ts'
import { type TimelineEntry, tell } from './domain.ts'
import { listTimelines } from './list-timeline.ts'

const WORDS = { agencies: AGENCY_NAMES, referral: referralTitle, answer: answerWords }
const CURSOR = createCursor('timeline', ['instant', 'string'])

const TimelineEntryType = builder.objectRef<TimelineEntry>('TimelineEntry').implement({
  description: 'One fact about a child, as its agency told it (DOMAIN §9). Ids and codes, no names.',
  permission: 'timeline.read',
  fields: (t) => ({
    id: t.expose('id', {
      description: 'The event’s id.',
      type: 'UUID',
      nullable: false,
      permission: 'timeline.read',
    }),
    at: t.expose('at', { type: 'DateTime', nullable: false, permission: 'timeline.read' }),
    type: t.exposeString('type', {
      description: 'The event’s type, to switch on: `social.street.contact.recorded.v1`.',
      nullable: false,
      permission: 'timeline.read',
    }),
    agency: t.field({
      description: 'Who told it.',
      type: AgencyType,
      permission: 'timeline.read',
      resolve: ({ agency }, _args, context) => agencyOf(context)(agency),
    }),
    sentence: t.string({
      description: 'In the language of Accept-Language: Indonesian, or English.',
      nullable: false,
      permission: 'timeline.read',
      resolve: (entry, _args, { app, locale }) => inLocale(tell(entry, { ...WORDS, zone: app.calendar.zone }), locale),
    }),
  }),
})

const TimelineConnection = connection(builder, 'TimelineConnection', {
  node: TimelineEntryType,
  permission: 'timeline.read',
})

builder.objectField(ChildType, 'timeline', (t) =>
  t.field({
    description: 'What happened to the child, from every agency, oldest first; only what the reader may see (PV-12).',
    type: TimelineConnection,
    permission: 'timeline.read',
    args: pageArgs(builder),
    resolve: async (child, args, context) => {
      noteRead(context, child.id, 'timeline.read')
      return timelineOf(context, args, child)
    },
  }),
)

/** All children of an operation that are asked for the same page share one statement. */
async function timelineOf(context: CoordinationContext, args: PageArgs, child: Child) {
  const ask = pageRequest(args, CURSOR)
  const find = loader(context, `timeline ${ask.limit} ${ask.after ?? ''}`, async (ids: readonly ChildId[]) => {
    const children = await Promise.all(ids.map(childOf(context)))
    return listTimelines(
      context.app,
      context.caller,
      children.filter((one) => one !== null),
      ask,
    )
  })
  return ask.page((await find(child.id)) ?? [], (entry) => [entry.at.toString(), entry.place])
}
