import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { KRAPYAK, merged, PANJANG_WETAN, protectedAt } from '../test-events.ts'
import { type House, openHouse } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

type Persona = Parameters<House['mutate']>[0]

interface Page {
  nodes: { id: string; type: string; child: { id: string } }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

const desk = (persona: Persona, field: 'inbox' | 'sentReferrals', args = 'first: 100') =>
  house.network
    .subgraph('coordination', persona)
    .ok<Record<string, Page>>(
      `{ ${field}(${args}) { nodes { id type child { id } } pageInfo { hasNextPage endCursor } } }`,
    )
    .then((data) => data[field] as Page)

const idsOf = (page: Page) => page.nodes.map((node) => node.id)

type Entities = readonly { readonly referrals: readonly { readonly id: string }[] | null }[]

const ofChild = (persona: Persona, id: string) =>
  house.network
    .subgraph('coordination', persona)(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Child { referrals { id type to { code } } } } }`,
      { of: [{ __typename: 'Child', id }] },
    )
    .then(({ data, errors }) => ({
      referrals: (data?._entities as Entities | undefined)?.[0]?.referrals ?? null,
      reasons: errors.map((error) => error.extensions.reason),
    }))

describe('the inbox', () => {
  test('holds what one’s own agency received, newest first, by state', async () => {
    const first = await house.sent('peksos', { childId: await house.child(), type: 'RF-05', to: 'DPPPA' })
    house.network.clock.advance({ minutes: 5 })
    const second = await house.sent('peksos', { childId: await house.child(), type: 'RF-05', to: 'DPPPA' })
    expect(idsOf(await desk('dpppa', 'inbox'))).toEqual([second, first])
    await house.mutate('dpppa', 'acceptReferral', { referralId: first })
    expect(idsOf(await desk('dpppa', 'inbox', 'state: TERKIRIM'))).toEqual([second])
    expect(idsOf(await desk('dinkes', 'inbox'))).toEqual([])
  })

  test('is read page by page, each referral once', async () => {
    for (let n = 0; n < 5; n++)
      await house.sent('peksos', { childId: await house.child(), type: 'RF-07', to: 'DINKES' })
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: Page = await desk('dinkes', 'inbox', `first: 2${after === null ? '' : `, after: "${after}"`}`)
      seen.push(...idsOf(page))
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after !== null)
    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
  })

  test('of a kelurahan is that office’s own, on both sides (TUN-R3)', async () => {
    const id = await house.sent('kelurahan-krapyak', {
      childId: await house.child(KRAPYAK),
      type: 'RF-14',
      to: 'KELURAHAN',
      toKelurahan: PANJANG_WETAN,
    })
    expect(idsOf(await desk('kelurahan-panjang-wetan', 'inbox'))).toEqual([id])
    expect(idsOf(await desk('kelurahan-krapyak', 'inbox'))).toEqual([])
    expect(idsOf(await desk('kelurahan-krapyak', 'sentReferrals'))).toEqual([id])
    expect(idsOf(await desk('kelurahan-panjang-wetan', 'sentReferrals'))).toEqual([])
  })

  test('does not show, nor page over, a child hidden from its reader (PV-14)', async () => {
    const childId = await house.child()
    const id = await house.sent('bapperida', { childId, type: 'RF-03', to: 'DINSOS' })
    expect(idsOf(await desk('bapperida', 'sentReferrals'))).toEqual([id])
    await house.hear(protectedAt(childId, 4))
    expect(idsOf(await desk('bapperida', 'sentReferrals'))).toEqual([])
    expect(idsOf(await desk('peksos', 'inbox'))).toContain(id)
  })

  test('costs the same number of statements whatever its length (no N+1)', async () => {
    const ask = (first: number) => () =>
      house.network
        .subgraph('coordination', 'dinkes')
        .ok(
          `{ inbox(first: ${first}) { nodes { id from { name } to { name } child { id referrals { id to { name } } } } } }`,
        )
    const [few, many] = [await statementsOf(ask(1)), await statementsOf(ask(5))]
    expect(few.length).toBeGreaterThan(0)
    expect(many).toHaveLength(few.length)
  })
})

describe('a child’s referrals', () => {
  test('are all there for Bapperida, and for others those they are party to (PV-18)', async () => {
    const childId = await house.child()
    const school = await house.sent('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
    const papers = await house.sent('dinkes', { childId, type: 'RF-02', to: 'DUKCAPIL' })
    const seenBy = async (persona: Persona) => (await ofChild(persona, childId)).referrals?.map(({ id }) => id)
    expect(await seenBy('bapperida')).toEqual([school, papers])
    expect(await seenBy('dinas-pendidikan')).toEqual([school])
    expect(await seenBy('dukcapil')).toEqual([papers])
  })

  test('are refused with a reason to a school committee and to an agency that is party to none', async () => {
    const childId = await house.child()
    await house.sent('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
    expect(await ofChild('panitia-sekolah', childId)).toEqual({ referrals: null, reasons: ['ROLE'] })
    expect(await ofChild('disnaker', childId)).toEqual({ referrals: null, reasons: ['TERRITORY'] })
  })

  test('are those of every id of the person, and a hidden child has none to show (DESIGN §4, PV-14)', async () => {
    const [one, other] = [await house.child(), await house.child()]
    const id = await house.sent('peksos', { childId: one, type: 'RF-01', to: 'DISDIK' })
    await house.hear(merged(one, other))
    expect((await ofChild('bapperida', other)).referrals).toMatchObject([{ id }])
    await house.hear(protectedAt(other, 4))
    expect(await ofChild('bapperida', one)).toEqual({ referrals: [], reasons: [] })
    expect((await ofChild('dinas-pendidikan', one)).referrals).toMatchObject([{ id }])
  })
})

test('one referral is there for its ends and Bapperida, and for others only the reason (PV-18)', async () => {
  const id = await house.sent('peksos', { childId: await house.child(), type: 'RF-01', to: 'DISDIK' })
  const ask = (persona: Persona) =>
    house.network.subgraph('coordination', persona)('query ($id: UUID!) { referral(id: $id) { id } }', { id })
  for (const persona of ['peksos', 'dinas-pendidikan', 'bapperida'] as const) {
    expect((await ask(persona)).data).toEqual({ referral: { id } })
  }
  expect((await ask('disnaker')).errors[0]?.extensions).toMatchObject({ code: 'NOT_PERMITTED', reason: 'TERRITORY' })
})

test('the directory lists every agency and what it offers, with or without a service of its own (DESIGN §1)', async () => {
  const { agencies } = await house.network
    .subgraph('coordination', 'orang-tua', 'en')
    .ok<{ agencies: { code: string; name: string; hasService: boolean; services: { name: string }[] }[] }>(
      '{ agencies { code name hasService services { code name } } }',
    )
  expect(agencies).toHaveLength(13)
  expect(agencies.filter((one) => one.hasService).map((one) => one.code)).toEqual([
    'BAPPERIDA',
    'DINSOS',
    'DISDIK',
    'DUKCAPIL',
  ])
  expect(agencies.find((one) => one.code === 'DINKES')).toMatchObject({
    name: 'Health Office',
    services: [{ name: 'Health examination' }, { name: 'Assistive devices' }],
  })
  expect(agencies.every((one) => one.services.length > 0)).toBe(true)
})
