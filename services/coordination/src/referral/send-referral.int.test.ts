import { randomUUID } from 'node:crypto'
import { schemaDrift } from '@satuanak/service-kit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { prismaFolder } from '../service.ts'
import { KRAPYAK, merged, PANJANG_WETAN, protectedAt } from '../test-events.ts'
import { type House, openHouse } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

/** As much as the body limit (256 KiB) lets through to the rules. */
const LONG = 'a'.repeat(200_000)

test('the SQL migrations say what schema.prisma says', async () => {
  const databaseUrl = house.network.databaseUrl('coordination')
  expect(await schemaDrift({ databaseUrl, folder: prismaFolder })).toBeNull()
})

test('a social worker sends a child on to education, with the flow’s minimum set and due date (RF-01)', async () => {
  const childId = await house.child()
  const { data } = await house.send('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
  expect(data).toMatchObject({
    type: 'RF-01',
    state: 'TERKIRIM',
    from: { code: 'DINSOS' },
    to: { code: 'DISDIK' },
    child: { id: childId },
    parts: ['identity', 'outreach', 'assessment'],
    dueAt: '2026-12-07T02:00:00.000Z',
    ackDueAt: '2026-11-24T09:00:00.000Z',
    overdue: false,
  })
})

test('sending opens exactly the named parts to the receiver, tells the others, and is audited (DESIGN §7, PV-05)', async () => {
  const childId = await house.child()
  const id = await house.sent('peksos', { childId, type: 'RF-02', to: 'DUKCAPIL', parts: ['papers'] })
  const { db } = house.network.service('coordination').app
  const grants = await db.$queryRawUnsafe<object[]>(
    'SELECT agency, parts, live FROM platform.referral_grant WHERE referral_id = $1::uuid',
    id,
  )
  expect(grants).toEqual([{ agency: 'DUKCAPIL', parts: ['papers'], live: true }])
  const told = await db.$queryRawUnsafe<{ data: object }[]>(
    `SELECT envelope->'data' AS data FROM platform.outbox WHERE type LIKE '%.referral.%' AND subject = $1::uuid`,
    childId,
  )
  expect(told).toMatchObject([{ data: { referralId: id, grants: ['papers'], to: 'DUKCAPIL' } }])
  const audited = await db.$queryRawUnsafe<object[]>(
    `SELECT action, actor FROM platform.audit_entry WHERE $1::uuid = ANY(subjects) AND action = 'referral.send'`,
    childId,
  )
  expect(audited).toEqual([{ action: 'referral.send', actor: 'akun-peksos-01' }])
})

test('the same request id sent twice writes once; with another input it is refused (EC-46)', async () => {
  const [childId, requestId] = [await house.child(), randomUUID()]
  const order = { requestId, childId, type: 'RF-01', to: 'DISDIK' }
  const first = await house.send('peksos', order)
  expect((await house.send('peksos', order)).data?.id).toBe(first.data?.id)
  expect((await house.send('peksos', { ...order, reason: 'Lain lagi.' })).code).toBe('REQUEST_ID_REUSED')
})

describe('a duplicate open referral is refused (RF-R4)', () => {
  test('and the open one is named', async () => {
    const childId = await house.child()
    const id = await house.sent('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
    const again = await house.send('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
    expect(again).toMatchObject({ __typename: 'DuplicateReferral', referralId: id, rule: 'RF-R4' })
  })

  test('also where the child is known under another id of the same person', async () => {
    const [one, other] = [await house.child(), await house.child()]
    const id = await house.sent('peksos', { childId: one, type: 'RF-01', to: 'DISDIK' })
    await house.hear(merged(one, other))
    expect(await house.send('peksos', { childId: other, type: 'RF-01', to: 'DISDIK' })).toMatchObject({
      referralId: id,
    })
  })

  test('of two sent at the same moment one arrives', async () => {
    const childId = await house.child()
    const order = { childId, type: 'RF-01', to: 'DISDIK' }
    const both = await Promise.all([house.send('peksos', order), house.send('kasi-sosial', order)])
    expect(both.map((one) => one.__typename).sort()).toEqual(['DuplicateReferral', 'SendReferralSuccess'])
  })

  test('another type or another receiver is no duplicate (RF-R1)', async () => {
    const childId = await house.child()
    await house.sent('peksos', { childId, type: 'RF-05', to: 'DPPPA' })
    await house.sent('peksos', { childId, type: 'RF-05', to: 'DINSOS' })
    await house.sent('peksos', { childId, type: 'RF-02', to: 'DUKCAPIL' })
  })

  test('a declined one is no longer in the way', async () => {
    const childId = await house.child()
    const referralId = await house.sent('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
    await house.mutate('dinas-pendidikan', 'declineReferral', { referralId, reason: 'DATA_KURANG' })
    await house.sent('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
  })
})

describe('bad input is refused with field, rule and remedy, and nothing is written', () => {
  const problemsOf = async (persona: 'peksos' | 'kelurahan-krapyak', input: object) => {
    const result = await house.send(persona, { childId: await house.child(KRAPYAK), ...input })
    expect(result.__typename).toBe('InvalidInput')
    expect(result.problems?.every((one) => one.message.length > 10)).toBe(true)
    return result.problems?.map(({ field, rule }) => `${field} ${rule}`)
  }

  test('all problems at once', async () => {
    expect(await problemsOf('peksos', { type: 'RF-99', to: 'DISDIK', toKelurahan: 'x', reason: '  ' })).toEqual([
      'type DOMAIN-8',
      'toKelurahan ID-23',
      'reason DOMAIN-8',
    ])
  })

  test('a flow is sent by its own senders, to its own receivers (DOMAIN §8)', async () => {
    expect(await problemsOf('kelurahan-krapyak', { type: 'RF-01', to: 'DISDIK' })).toEqual(['type RF-01'])
    expect(await problemsOf('peksos', { type: 'RF-01', to: 'LBH' })).toEqual(['to RF-01'])
  })

  test('no more of the child is opened than the flow’s minimum set (PV-12)', async () => {
    expect(await problemsOf('peksos', { type: 'RF-01', to: 'DISDIK', parts: ['ats', 'identity'] })).toEqual([
      'parts PV-12',
    ])
  })

  test('a kelurahan as receiver is named, another receiver is not (RF-14)', async () => {
    expect(await problemsOf('kelurahan-krapyak', { type: 'RF-14', to: 'KELURAHAN' })).toEqual(['toKelurahan RF-14'])
    expect(
      await problemsOf('kelurahan-krapyak', { type: 'RF-14', to: 'DUKCAPIL', toKelurahan: PANJANG_WETAN }),
    ).toEqual(['toKelurahan RF-14'])
  })

  test('a NIK may not stand in the reason (ID-09)', async () => {
    expect(await problemsOf('peksos', { type: 'RF-01', to: 'DISDIK', reason: 'NIK 99.01.01-020313-0001' })).toEqual([
      'reason ID-09',
    ])
  })

  test('a text of 200,000 characters, in whatever field', async () => {
    for (const field of ['reason', 'type', 'toKelurahan']) {
      const problems = await problemsOf('peksos', { type: 'RF-01', to: 'DISDIK', [field]: LONG })
      expect(problems?.[0]).toContain(field)
    }
  })

  test('a megabyte is a 413 before anything runs', async () => {
    const order = { childId: randomUUID(), type: 'RF-01', to: 'DISDIK', reason: 'a'.repeat(1_000_000) }
    expect(await statusOf(house.send('peksos', order))).toBe(413)
  })

  test('what is missing or no UUID is a 400 before anything runs', async () => {
    const ask = house.network.subgraph('coordination', 'peksos')
    const mutation = 'mutation ($input: SendReferralInput!) { sendReferral(input: $input) { __typename } }'
    const wrong = [{}, { requestId: randomUUID(), childId: 'x', type: 'RF-01', to: 'DISDIK', reason: 'y' }]
    for (const input of wrong) expect(await statusOf(ask(mutation, { input }))).toBe(400)
  })
})

/** The HTTP status that the client reports of a refused request; 200 where it was answered. */
const statusOf = (asked: Promise<unknown>): Promise<number> =>
  asked.then(
    () => 200,
    (thrown: { response: { status: number } }) => thrown.response.status,
  )

describe('who may send (PV-18, TUN-R3)', () => {
  test('a child nobody has spoken of is not found', async () => {
    const result = await house.send('peksos', { childId: randomUUID(), type: 'RF-01', to: 'DISDIK' })
    expect(result).toMatchObject({ code: 'CHILD_NOT_FOUND', field: 'childId' })
  })

  test('a hidden child is refused in the very words of one that is not there (PV-14)', async () => {
    const hidden = await house.child()
    await house.hear(protectedAt(hidden, 4))
    const order = { type: 'RF-02', to: 'DUKCAPIL' }
    const refused = await house.send('dinkes', { ...order, childId: hidden })
    expect(refused).toEqual(await house.send('dinkes', { ...order, childId: randomUUID() }))
    expect(refused.code).toBe('CHILD_NOT_FOUND')
    expect((await house.send('peksos', { ...order, childId: hidden })).data?.state).toBe('TERKIRIM')
  })

  test('the refused try on a hidden child stays in the audit, that on nobody does not (PV-05)', async () => {
    const hidden = await house.child()
    await house.hear(protectedAt(hidden, 4))
    const [order, nobody] = [{ type: 'RF-02', to: 'DUKCAPIL' }, randomUUID()]
    for (const childId of [hidden, nobody]) await house.send('dinkes', { ...order, childId })
    const tried = await house.network.service('coordination').app.db.$queryRawUnsafe<object[]>(
      `SELECT agency, action, subjects, detail->'reasons' AS reasons FROM platform.audit_entry
       WHERE result = 'REFUSED' AND subjects && ARRAY[$1, $2]::uuid[]`,
      hidden,
      nobody,
    )
    expect(tried).toEqual([{ agency: 'DINKES', action: 'referral.send', subjects: [hidden], reasons: ['HIDDEN'] }])
  })

  test('a kelurahan officer sends on the children of the own kelurahan only', async () => {
    const childId = await house.child(PANJANG_WETAN)
    const order = { childId, type: 'RF-03', to: 'DINSOS' }
    expect(await house.send('kelurahan-krapyak', order)).toMatchObject({ code: 'NOT_PERMITTED' })
    expect((await house.send('kelurahan-panjang-wetan', order)).data?.state).toBe('TERKIRIM')
  })

  test('a school committee may not send at all', async () => {
    const result = await house.send('panitia-sekolah', { childId: await house.child(), type: 'RF-02', to: 'DUKCAPIL' })
    expect(result.code).toBe('NOT_PERMITTED')
  })
})
