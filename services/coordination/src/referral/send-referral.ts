import { groupOf } from '@satuanak/child-kit'
import {
  AGENCIES,
  type AgencyCode,
  type ChildId,
  GRANTABLE,
  type Grantable,
  type ReferralId,
} from '@satuanak/contracts'
import {
  fields,
  list,
  type Notice,
  oneOf,
  optional,
  orRefuse,
  parseRegionCode,
  problem,
  text,
  uuid,
} from '@satuanak/domain-kit'
import { type Caller, permitOr } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import { findPlacesOfChildren } from '../timeline/list-timeline.ts'
import { flowOf, REFERRAL_TYPES, type ReferralType } from './domain-referral-types.ts'
import { ChildNotFound, DuplicateReferral } from './errors.ts'
import { openReferralInTx } from './open-referral.ts'
import type { ReferralTx } from './repository.ts'

export interface SendReferral {
  readonly requestId: string
  readonly childId: string
  readonly type: string
  readonly to: string
  /** Which kelurahan's office, where the receiver is a kelurahan. */
  readonly toKelurahan?: string | null | undefined
  readonly reason: string
  /** Fewer parts than the flow's minimum set, where fewer do; left out: all of that set. */
  readonly parts?: readonly string[] | null | undefined
}

/**
 * Sends a child on to another agency, which from then on may read exactly the named parts (DOMAIN §8, DESIGN §7).
 * @throws InvalidInput, ChildNotFound, NotPermitted, DuplicateReferral naming the open one (RF-R4), RequestIdReused.
 */
export async function sendReferral(app: CoordinationApp, caller: Caller, command: SendReferral): Promise<ReferralId> {
  const { childId, toKelurahan, parts, ...order } = check(caller, command)
  return app.once(caller, { name: 'sendReferral', ...command, input: command }, async (tx) => {
    const { group, fromKelurahan } = await permitSending(app, tx, caller, childId)
    const sent = await openReferralInTx(
      app,
      tx,
      {
        ...order,
        childId,
        from: caller.agency,
        fromKelurahan,
        toKelurahan: toKelurahan?.dotted ?? null,
        parts: parts ?? flowOf(order.type).parts,
        trigger: null,
        sensitivity: 1,
      },
      { actor: caller, group, sensitivity: group.level, correlationid: command.requestId },
    )
    if (!sent.opened) throw new DuplicateReferral(sent.id)
    return sent.id
  })
}

function check(caller: Caller, command: SendReferral) {
  const checked = fields(
    {
      childId: uuid<ChildId>(command.childId),
      type: oneOf(command.type, REFERRAL_TYPES, { rule: 'DOMAIN-8' }),
      to: oneOf(command.to, AGENCIES, { rule: 'DOMAIN-8' }),
      toKelurahan: optional(command.toKelurahan, (input) => parseRegionCode(input, { level: 'village' })),
      reason: text(command.reason, { rule: 'DOMAIN-8', max: 500, multiline: true }),
      parts: optional(command.parts, () =>
        list(command.parts ?? [], (part) => oneOf(part, GRANTABLE, { rule: 'PV-12' }), {
          rule: 'PV-12',
          max: GRANTABLE.length,
        }),
      ),
    },
    (order) => [...outsideFlow(caller.agency, order), ...addressed(order.to, order.toKelurahan !== null)],
  )
  const { value } = orRefuse(checked)
  return { ...value, parts: value.parts === null ? null : [...new Set(value.parts)] }
}

interface Order {
  readonly type: ReferralType
  readonly to: AgencyCode
  readonly parts: readonly Grantable[] | null
}

/** Sender, receiver and parts must be those of the type's flow (DOMAIN §8, PV-12). */
function outsideFlow(from: AgencyCode, { type, to, parts }: Order): Notice[] {
  const flow = flowOf(type)
  const foreign = (parts ?? []).filter((part) => !flow.parts.includes(part))
  return [
    ...(flow.from.includes(from) ? [] : [notYours(type, flow.from)]),
    ...(flow.to.includes(to) ? [] : [notTheirs(type, flow.to)]),
    ...(foreign.length === 0 ? [] : [tooMuch(type, flow.parts)]),
  ]
}

const notYours = (type: ReferralType, from: readonly AgencyCode[]) =>
  problem(
    type,
    {
      id: `${type} dikirim oleh ${from.join(', ')}. Pilih jenis rujukan yang sesuai dengan instansi Anda.`,
      en: `${type} is sent by ${from.join(', ')}. Choose a type that is your agency’s to send.`,
    },
    'type',
  )

const notTheirs = (type: ReferralType, to: readonly AgencyCode[]) =>
  problem(type, { id: `${type} ditujukan ke ${to.join(' atau ')}.`, en: `${type} goes to ${to.join(' or ')}.` }, 'to')

const tooMuch = (type: ReferralType, parts: readonly Grantable[]) =>
  problem(
    'PV-12',
    {
      id: `${type} hanya boleh membuka: ${parts.join(', ') || 'tidak ada'}. Hapus bagian lainnya.`,
      en: `${type} may open only: ${parts.join(', ') || 'nothing'}. Leave the other parts out.`,
    },
    'parts',
  )

/** A kelurahan is one of many offices under one code; the other agencies have one desk (TUN-R3). */
function addressed(to: AgencyCode, named: boolean): Notice[] {
  if (named === (to === 'KELURAHAN')) return []
  const sentence = named
    ? { id: 'Kosongkan: penerimanya bukan kelurahan.', en: 'Leave this empty: the receiver is no kelurahan.' }
    : { id: 'Sebutkan kelurahan mana yang menerima.', en: 'Say which kelurahan is to receive it.' }
  return [problem('RF-14', sentence, 'toKelurahan')]
}

/**
 * May this caller send this child on? A child that nobody has spoken of is refused in the same words as one that is
 * hidden (PV-14).
 * @returns the person, and which of the caller's kelurahan is the sender, where it is one.
 */
async function permitSending(app: CoordinationApp, tx: ReferralTx, caller: Caller, childId: ChildId) {
  const group = (await groupOf(tx, [childId], app.now())).get(childId)
  const heard = group === undefined ? new Map() : await findPlacesOfChildren(tx, group.ids)
  if (group === undefined || heard.size === 0) throw new ChildNotFound()
  const places: readonly string[] = [...heard.values()].flat()
  const facts = { child: childId, level: group.level, agencies: [caller.agency], kelurahan: places }
  permitOr(caller, 'referral.send', facts, () => new ChildNotFound())
  const office = caller.agency === 'KELURAHAN' ? caller.kelurahan.find((code) => places.includes(code)) : undefined
  return { group, fromKelurahan: office ?? null }
}
