import {
  checkParticulars,
  groupOf,
  isKnown,
  lockChildrenInTx,
  type ParticularsInput,
  presentChild,
} from '@satuanak/child-kit'
import type { ChildId, KelurahanCode, Particulars } from '@satuanak/contracts'
import {
  type Checked,
  date,
  fields,
  given,
  oneOf,
  optional,
  orRefuse,
  parseRegionCode,
  problem,
  text,
  uuid,
} from '@satuanak/domain-kit'
import { audit, type Caller, permitOr } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { SocialApp } from '../app.ts'
import { ACTIVITIES, isRepeat, type StreetContact } from './domain.ts'
import { ChildNotFound, ContactAlreadyRecorded } from './errors.ts'
import { findContacts, type SocialTx, saveContactInTx } from './repository.ts'

export interface RecordContact {
  readonly requestId: string
  /** A child some agency knows; or else `newChild`. */
  readonly childId?: string | null | undefined
  readonly newChild?: ParticularsInput | null | undefined
  readonly metOn: Temporal.PlainDate
  readonly kelurahan: string
  readonly place: string
  readonly activity: string
  readonly note?: string | null | undefined
}

/**
 * Records a meeting with a child on the street (TPI-03). A child that no agency knew gets its id here and is presented,
 * sealed, to the civil registry: field work waits for nobody's server (DESIGN §4).
 * @returns the contact's id.
 * @throws InvalidInput, ChildNotFound, ContactAlreadyRecorded, NotPermitted, RequestIdReused.
 */
export function recordContact(app: SocialApp, caller: Caller, command: RecordContact): Promise<string> {
  const { value } = orRefuse(check(command, app.today()))
  const input = { ...command, metOn: command.metOn.toString() }
  return app.once(caller, { name: 'recordContact', requestId: command.requestId, input }, async (tx) => {
    const childId = value.childId ?? app.newId<ChildId>()
    const group = (await groupOf(tx, [childId], app.now())).get(childId)
    const level = group?.level ?? 2
    const ids = group?.ids ?? [childId]
    if (!value.newChild && !(await isKnown(tx, ids))) throw new ChildNotFound()
    const facts = { child: childId, level, kelurahan: [value.kelurahan] }
    permitOr(caller, 'outreach.record', facts, () => new ChildNotFound())
    await lockChildrenInTx(tx, ids)
    const earlier = await findContacts(tx, ids)
    const sameDay = earlier.find((contact) => contact.metOn.equals(value.metOn))
    if (sameDay) throw new ContactAlreadyRecorded(sameDay.id)
    const contact: StreetContact = {
      id: app.newId(),
      childId,
      metOn: value.metOn,
      kelurahan: value.kelurahan,
      place: value.place,
      activity: value.activity,
      note: value.note,
      repeat: isRepeat(
        value.metOn,
        earlier.map((one) => one.metOn),
      ),
    }
    const said = { actor: caller.subject, org: caller.agency, sensitivity: level, time: app.now() } as const
    if (value.newChild) await present(app, tx, { ...said, childId, particulars: value.newChild, command })
    await write(tx, contact, { ...said, command })
    await audit(tx, caller, 'outreach.record', [childId])
    return contact.id
  })
}

type Said = Pick<Parameters<typeof emit>[1], 'actor' | 'org' | 'sensitivity' | 'time'> & {
  readonly command: RecordContact
}

async function present(
  app: SocialApp,
  tx: SocialTx,
  { command, ...presented }: Said & { readonly childId: ChildId; readonly particulars: Particulars },
): Promise<void> {
  const { registryKey } = app
  await presentChild(tx, { ...presented, service: 'social', registryKey, correlationid: command.requestId })
}

async function write(tx: SocialTx, contact: StreetContact, { command, ...said }: Said): Promise<void> {
  await saveContactInTx(tx, contact, { by: said.actor, at: said.time })
  await emit(tx, {
    ...said,
    type: 'social.street.contact.recorded.v1',
    subject: contact.childId,
    data: { contactId: contact.id, kelurahan: contact.kelurahan, repeat: contact.repeat },
    correlationid: command.requestId,
  })
}

function check(command: RecordContact, today: Temporal.PlainDate) {
  return fields(
    {
      childId: optional(command.childId, (id) => uuid<ChildId>(id)),
      newChild: command.newChild ? checkParticulars(command.newChild, today) : given(null),
      metOn: date(command.metOn, { rule: 'TPI-03', earliest: today.subtract({ years: 1 }), latest: today }),
      kelurahan: kelurahan(command.kelurahan),
      place: text(command.place, { rule: 'TPI-03', max: 120 }),
      activity: oneOf(command.activity, ACTIVITIES, { rule: 'SW-02' }),
      note: optional(command.note, (note) => text(note, { rule: 'SW-05', max: 4000, multiline: true })),
    },
    ({ childId, newChild }) => ((childId === null) === (newChild === null) ? [ONE_CHILD] : []),
  )
}

const ONE_CHILD = problem(
  'DESIGN-4',
  {
    id: 'Pilih satu: anak yang sudah terdaftar (childId), atau data anak baru (newChild).',
    en: 'Choose one: a child that is known (childId), or the particulars of a new one (newChild).',
  },
  'childId',
)

function kelurahan(input: string): Checked<KelurahanCode> {
  const parsed = parseRegionCode(input, { level: 'village' })
  return parsed.ok ? { ...parsed, value: parsed.value.dotted as KelurahanCode } : parsed
}
