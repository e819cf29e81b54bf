import { randomUUIDv7 } from 'node:crypto'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { ChildId } from '@satuanak/contracts'
import { AGENCY_NAMES } from '@satuanak/identity'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { assessed, KRAPYAK, merged, met, PANJANG_WETAN, protectedAt, registered } from '../test-events.ts'
import { type House, openHouse } from '../test-house.ts'
import { tell } from './domain.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

type Persona = Parameters<House['mutate']>[0]
const newChild = () => randomUUIDv7() as ChildId

interface Entry {
  type: string
  at: string
  sentence: string
  agency: { code: string }
}

const TIMELINE = `query ($of: [_Any!]!, $first: Int, $after: String) { _entities(representations: $of) { ... on Child {
  timeline(first: $first, after: $after) { nodes { type at sentence agency { code } } pageInfo { hasNextPage endCursor } }
} } }`

async function timelineOf(persona: Persona, ids: readonly string[], more: object = {}, language?: 'id' | 'en') {
  const of = ids.map((id) => ({ __typename: 'Child', id }))
  const { data, errors } = await house.network.subgraph('coordination', persona, language)(TIMELINE, { of, ...more })
  const entities = data?._entities as { timeline: { nodes: Entry[]; pageInfo: { endCursor: string } } | null }[]
  return { pages: entities.map(({ timeline }) => timeline), errors }
}
const typesSeen = async (persona: Persona, id: string) =>
  (await timelineOf(persona, [id])).pages[0]?.nodes.map(({ type }) => type.split('.').slice(1, -1).join('.'))

describe('an assessment sends its referrals by itself (TPI-04)', () => {
  const referrals = (id: ChildId) =>
    house.network.service('coordination').app.db.referral.findMany({
      where: { childId: id },
      orderBy: { type: 'asc' },
      select: { type: true, fromAgency: true, toAgency: true, parts: true, state: true, trigger: true },
    })

  test('RF-01 to education for a child who dropped out, RF-02 to the registry for one without papers', async () => {
    const id = newChild()
    await house.hear(registered(id), assessed(id, { droppedOut: true, needs: ['EDUCATION', 'IDENTITY'] }))
    const common = { fromAgency: 'DINSOS', state: 'TERKIRIM', trigger: expect.any(String) }
    expect(await referrals(id)).toEqual([
      { ...common, type: 'RF-01', toAgency: 'DISDIK', parts: ['identity', 'outreach', 'assessment'] },
      { ...common, type: 'RF-02', toAgency: 'DUKCAPIL', parts: ['identity', 'papers', 'outreach'] },
    ])
  })

  test('none for a need that waits for an officer', async () => {
    const id = newChild()
    await house.hear(assessed(id, { droppedOut: false, needs: ['HEALTH'] }))
    expect(await referrals(id)).toEqual([])
  })

  test('none where the same one is open, for the person under whatever id (RF-R4)', async () => {
    const [one, other] = [newChild(), newChild()]
    await house.hear(registered(one), registered(other), merged(one, other))
    await house.hear(assessed(one, { droppedOut: true, needs: [] }), assessed(other, { droppedOut: true, needs: [] }))
    expect([...(await referrals(one)), ...(await referrals(other))]).toHaveLength(1)
  })

  test('delivered once more, the assessment sends and tells nothing more', async () => {
    const id = newChild()
    await house.hear(assessed(id, { droppedOut: true, needs: ['IDENTITY'] }))
    await redeliverEverything()
    expect(await referrals(id)).toHaveLength(2)
    expect(await typesSeen('bapperida', id)).toEqual([
      'street.assessment.completed',
      'referral.created',
      'referral.created',
    ])
  })

  test('the receiver may read at once what the referral opened, and Dinas Sosial is named as its sender', async () => {
    const id = newChild()
    await house.hear(assessed(id, { droppedOut: true, needs: [] }))
    const { db } = house.network.service('coordination').app
    const [told] = await db.$queryRawUnsafe<{ org: string; actor: string; cause: string }[]>(
      `SELECT envelope->>'org' AS org, envelope->>'actor' AS actor, envelope->>'causationid' AS cause
       FROM platform.outbox WHERE type LIKE '%.referral.%' AND subject = $1::uuid`,
      id,
    )
    const [referral] = await referrals(id)
    expect(told).toEqual({ org: 'DINSOS', actor: 'system', cause: referral?.trigger })
  })
})

/** Coordination's inbox rows stay; its place in the stream does not: every event comes a second time. */
async function redeliverEverything(): Promise<void> {
  await house.network.stop('coordination')
  const { host, username, password } = new URL(house.network.natsUrl)
  const connection = await connect({ servers: host, user: username, pass: password })
  const manager = await jetstreamManager(connection)
  for await (const consumer of manager.consumers.list('SOCIAL')) await manager.consumers.delete('SOCIAL', consumer.name)
  await connection.drain()
  await house.network.start('coordination')
  await house.network.settle()
}

describe('the timeline (DOMAIN §9)', () => {
  test('tells every agency’s facts in the order in which they happened, in the reader’s language', async () => {
    const id = newChild()
    await house.hear(assessed(id, { droppedOut: true, needs: [] }, '2026-11-23T01:30:00Z'))
    // Heard later, happened earlier.
    await house.hear(registered(id, PANJANG_WETAN, '2026-11-23T01:00:00Z'), met(id, KRAPYAK, '2026-11-23T00:30:00Z'))
    const { pages } = await timelineOf('bapperida', [id], {}, 'en')
    expect(pages[0]?.nodes.map(({ agency, sentence }) => [agency.code, sentence])).toEqual([
      ['DINSOS', 'Met on the street by outreach.'],
      ['DUKCAPIL', 'Entered in the civil registry; missing AKTA, NIK.'],
      ['DINSOS', 'Social assessment completed: dropped out of school; no needs.'],
      [
        'DINSOS',
        'Referral RF-01 (Placement of a child who dropped out) from the Social Affairs Office (Dinas Sosial) to ' +
          'the Education Office (Dinas Pendidikan) sent, due 2026-12-07.',
      ],
    ])
    const own = await timelineOf('bapperida', [id])
    expect(own.pages[0]?.nodes[0]?.sentence).toBe('Ditemui di jalan oleh petugas penjangkauan.')
  })

  test('says codes in words, and the due day as the office’s calendar has it, not London’s (EC-65)', () => {
    const words = {
      agencies: AGENCY_NAMES,
      referral: () => ({ id: 'Penempatan', en: 'Placement' }),
      answer: (code: string) => ({ id: code.toLowerCase(), en: code.toLowerCase() }),
      zone: 'Asia/Jakarta',
    }
    const common = { referralId: newChild(), type: 'RF-01', from: 'DINSOS', to: 'DISDIK' }
    const created = { ...common, grants: [], dueAt: '2026-12-07T18:00:00Z', expiresAt: '2026-12-21T18:00:00Z' }
    expect(tell({ type: 'coordination.referral.created.v1', data: created }, words).id).toMatch(/batas 2026-12-08\.$/)
    const assessed = { assessmentId: newChild(), droppedOut: true, needs: ['EDUCATION', 'IDENTITY'], kelurahan: null }
    expect(tell({ type: 'social.street.assessment.completed.v1', data: assessed }, words).id).toBe(
      'Asesmen sosial selesai: putus sekolah; perlu pendidikan, dokumen kependudukan.',
    )
  })

  test('keeps the order of answers that carry the very same moment', async () => {
    const childId = await house.child()
    const referralId = await house.sent('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
    await house.mutate('dinas-pendidikan', 'acceptReferral', { referralId })
    await house.mutate('dinas-pendidikan', 'completeReferral', { referralId, outcome: 'TERDAFTAR' })
    await house.network.settle()
    expect(await typesSeen('bapperida', childId)).toEqual([
      'person.registered',
      'referral.created',
      'referral.acknowledged',
      'referral.completed',
    ])
  })

  test('joins what was told under every id of the person', async () => {
    const [one, other] = [newChild(), newChild()]
    await house.hear(met(other), registered(one), merged(one, other))
    const expected = ['street.contact.recorded', 'person.registered', 'person.merged']
    expect(await typesSeen('bapperida', one)).toEqual(expected)
    expect(await typesSeen('bapperida', other)).toEqual(expected)
  })

  test('shows a kelurahan officer the own children, and of them nothing of social work (PV-12, TUN-R3)', async () => {
    const id = newChild()
    await house.hear(registered(id, PANJANG_WETAN), met(id, KRAPYAK), assessed(id, { droppedOut: true, needs: [] }))
    expect(await typesSeen('kelurahan-panjang-wetan', id)).toEqual(['person.registered'])
    const elsewhere = await timelineOf('kelurahan-krapyak', [id])
    expect(elsewhere.errors[0]?.extensions).toMatchObject({ code: 'NOT_PERMITTED', reason: 'TERRITORY' })
  })

  test('shows social workers of referrals only those they are party to', async () => {
    const childId = await house.child()
    await house.sent('dinkes', { childId, type: 'RF-02', to: 'DUKCAPIL' })
    await house.sent('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
    await house.network.settle()
    expect(await typesSeen('peksos', childId)).toEqual(['person.registered', 'referral.created'])
    expect(await typesSeen('bapperida', childId)).toHaveLength(3)
  })

  test('of a hidden child, and of one nobody knows, is the same empty page (PV-14)', async () => {
    const hidden = newChild()
    await house.hear(registered(hidden), protectedAt(hidden, 4))
    const { pages, errors } = await timelineOf('bapperida', [hidden, newChild()])
    expect(errors).toEqual([])
    expect(pages[0]).toEqual(pages[1])
    expect(pages[0]?.nodes).toEqual([])
    expect(await typesSeen('peksos', hidden)).toHaveLength(2)
  })

  test('is refused to a school committee, with the reason', async () => {
    const { pages, errors } = await timelineOf('panitia-sekolah', [await house.child()])
    expect(pages).toEqual([null])
    expect(errors[0]?.extensions).toMatchObject({ code: 'NOT_PERMITTED', reason: 'ROLE' })
  })

  test('is read page by page, each fact once and in order', async () => {
    const id = newChild()
    for (let hour = 10; hour < 15; hour++) await house.hear(met(id, KRAPYAK, `2026-11-22T${hour}:00:00Z`))
    const first = (await timelineOf('bapperida', [id], { first: 3 })).pages[0]
    const second = (await timelineOf('bapperida', [id], { first: 3, after: first?.pageInfo.endCursor })).pages[0]
    const hours = [...(first?.nodes ?? []), ...(second?.nodes ?? [])].map(({ at }) => at.slice(11, 13))
    expect(hours).toEqual(['10', '11', '12', '13', '14'])
  })

  test('of many children costs as many statements as of one (no N+1)', async () => {
    const ids = [newChild(), newChild(), newChild(), newChild()]
    for (const id of ids) await house.hear(registered(id))
    const [one, many] = [
      await statementsOf(() => timelineOf('bapperida', ids.slice(0, 1))),
      await statementsOf(() => timelineOf('bapperida', ids)),
    ]
    expect(one.length).toBeGreaterThan(0)
    expect(many).toHaveLength(one.length)
  })
})
