import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { KRAPYAK, PANJANG_WETAN, protectedAt } from '../test-events.ts'
import { type House, openHouse } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

const accept = (referralId: string, persona: Parameters<House['mutate']>[0] = 'dinas-pendidikan', more: object = {}) =>
  house.mutate(persona, 'acceptReferral', { referralId, ...more })
const decline = (referralId: string, more: object, persona: Parameters<House['mutate']>[0] = 'dinas-pendidikan') =>
  house.mutate(persona, 'declineReferral', { referralId, reason: 'DATA_KURANG', ...more })
const complete = (
  referralId: string,
  more: object = {},
  persona: Parameters<House['mutate']>[0] = 'dinas-pendidikan',
) => house.mutate(persona, 'completeReferral', { referralId, outcome: 'TERDAFTAR', ...more })

const toEducation = async () => house.sent('peksos', { childId: await house.child(), type: 'RF-01', to: 'DISDIK' })

const isLive = async (referralId: string) => {
  const [grant] = await house.network
    .service('coordination')
    .app.db.$queryRawUnsafe<{ live: boolean }[]>(
      'SELECT live FROM platform.referral_grant WHERE referral_id = $1::uuid',
      referralId,
    )
  return grant?.live
}

test('the receiver accepts, then completes with a closing event; what was opened is shut (DOMAIN §8, DESIGN §7)', async () => {
  const id = await toEducation()
  expect((await accept(id)).data).toMatchObject({ state: 'DITERIMA', answeredAt: '2026-11-23T02:00:00.000Z' })
  expect(await isLive(id)).toBe(true)
  expect((await complete(id)).data).toMatchObject({
    state: 'SELESAI',
    outcome: 'TERDAFTAR',
    completedAt: '2026-11-23T02:00:00.000Z',
  })
  expect(await isLive(id)).toBe(false)
})

test('the receiver declines with a reason and the right agency; what was opened is shut (RF-R2)', async () => {
  const id = await toEducation()
  const { data } = await decline(id, { reason: 'BUKAN_WEWENANG', proposedAgency: 'KEMENAG' })
  expect(data).toMatchObject({ state: 'DITOLAK', declineReason: 'BUKAN_WEWENANG', proposedAgency: 'KEMENAG' })
  expect(await isLive(id)).toBe(false)
})

test('an accepted referral may still be declined, for the receiver who finds it is another’s (RF-R2)', async () => {
  const id = await toEducation()
  await accept(id)
  expect((await decline(id, {})).data).toMatchObject({ state: 'DITOLAK' })
})

test('each answer is told in order to the others and audited', async () => {
  const id = await toEducation()
  await accept(id)
  await complete(id)
  const { db } = house.network.service('coordination').app
  const told = await db.$queryRawUnsafe<{ type: string }[]>(
    `SELECT type FROM platform.outbox WHERE envelope->'data'->>'referralId' = $1 ORDER BY subject_version`,
    id,
  )
  expect(told.map(({ type }) => type.split('.')[2])).toEqual(['created', 'acknowledged', 'completed'])
  const audited = await db.$queryRawUnsafe<{ state: string }[]>(
    `SELECT detail->>'state' AS state FROM platform.audit_entry
     WHERE action = 'referral.answer' AND detail->>'referral' = $1 ORDER BY at`,
    id,
  )
  expect(audited.map(({ state }) => state)).toEqual(['DITERIMA', 'SELESAI'])
})

describe('only the receiver answers', () => {
  test('neither its sender nor Bapperida nor a third agency', async () => {
    const id = await toEducation()
    for (const persona of ['peksos', 'bapperida', 'dinkes', 'panitia-sekolah'] as const) {
      expect((await accept(id, persona)).code).toBe('NOT_PERMITTED')
      expect((await decline(id, {}, persona)).code).toBe('NOT_PERMITTED')
      expect((await complete(id, {}, persona)).code).toBe('NOT_PERMITTED')
    }
  })

  test('of a kelurahan, the office that it was sent to (TUN-R3)', async () => {
    const childId = await house.child(KRAPYAK)
    const id = await house.sent('kelurahan-krapyak', {
      childId,
      type: 'RF-14',
      to: 'KELURAHAN',
      toKelurahan: PANJANG_WETAN,
    })
    expect((await accept(id, 'kelurahan-krapyak')).code).toBe('NOT_PERMITTED')
    expect((await accept(id, 'kelurahan-panjang-wetan')).data?.state).toBe('DITERIMA')
  })

  test('to others a hidden child’s referral is not there, in the same words (PV-14)', async () => {
    const childId = await house.child()
    await house.hear(protectedAt(childId, 4))
    const id = await house.sent('peksos', { childId, type: 'RF-05', to: 'DPPPA' })
    for (const persona of ['dinkes', 'bapperida', 'kelurahan-panjang-wetan'] as const) {
      const refused = await accept(id, persona)
      expect(refused).toEqual(await accept(randomUUID(), persona))
      expect(refused.code).toBe('REFERRAL_NOT_FOUND')
    }
    expect((await accept(id, 'dpppa')).data?.state).toBe('DITERIMA')
    const tried = await house.network.service('coordination').app.db.$queryRawUnsafe<object[]>(
      `SELECT agency, detail->'reasons' AS reasons FROM platform.audit_entry
       WHERE result = 'REFUSED' AND action = 'referral.answer' AND $1::uuid = ANY(subjects) ORDER BY at`,
      childId,
    )
    const reasons = ['HIDDEN']
    expect(tried).toEqual(['DINKES', 'BAPPERIDA', 'KELURAHAN'].map((agency) => ({ agency, reasons })))
  })
})

describe('only what its state allows happens to a referral', () => {
  test('it is not completed before it is accepted', async () => {
    expect(await complete(await toEducation())).toMatchObject({ code: 'WRONG_REFERRAL_STATE', field: 'referralId' })
  })

  test('it is accepted once', async () => {
    const id = await toEducation()
    await accept(id)
    expect((await accept(id)).code).toBe('WRONG_REFERRAL_STATE')
  })

  test('what was declined or completed is not answered again', async () => {
    const [declined, completed] = [await toEducation(), await toEducation()]
    await decline(declined, {})
    await accept(completed)
    await complete(completed)
    for (const id of [declined, completed]) {
      expect((await accept(id)).code).toBe('WRONG_REFERRAL_STATE')
      expect((await decline(id, {})).code).toBe('WRONG_REFERRAL_STATE')
      expect((await complete(id)).code).toBe('WRONG_REFERRAL_STATE')
    }
  })

  test('of two officers who answer at the same moment one is told that it has been answered', async () => {
    const id = await toEducation()
    const both = await Promise.all([accept(id), decline(id, {}), accept(id)])
    expect(both.filter((one) => one.data).length).toBeGreaterThanOrEqual(1)
    expect(both.filter((one) => one.__typename === 'AcceptReferralSuccess').length).toBeLessThanOrEqual(1)
  })
})

test('the same request id sent twice answers once (EC-46)', async () => {
  const [id, requestId] = [await toEducation(), randomUUID()]
  const [first, again] = [await accept(id, undefined, { requestId }), await accept(id, undefined, { requestId })]
  expect(again.data).toEqual(first.data)
  expect((await decline(id, { requestId })).code).toBe('REQUEST_ID_REUSED')
})

describe('bad input is refused with field, rule and remedy', () => {
  test('a referral that is not there', async () => {
    expect(await accept(randomUUID())).toMatchObject({ code: 'REFERRAL_NOT_FOUND', field: 'referralId' })
  })

  test('LAINNYA without a note; one’s own agency proposed (RF-R2)', async () => {
    const id = await toEducation()
    const { problems } = await decline(id, { reason: 'LAINNYA', proposedAgency: 'DISDIK' })
    expect(problems?.map(({ field, rule }) => [field, rule])).toEqual([
      ['proposedAgency', 'RF-R2'],
      ['note', 'RF-R2'],
    ])
  })

  test('an outcome of another flow', async () => {
    const id = await toEducation()
    await accept(id)
    const refused = await complete(id, { outcome: 'KUASA_DITUNJUK' })
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', field: 'outcome', rule: 'RF-01' })
  })

  test('a text of 100,000 characters, or a NIK in a note (ID-09)', async () => {
    const id = await toEducation()
    await accept(id)
    expect((await complete(id, { note: 'a'.repeat(100_000) })).problems?.[0]?.field).toBe('note')
    expect((await decline(id, { note: 'a'.repeat(100_000) })).problems?.[0]?.field).toBe('note')
    expect((await complete(id, { note: 'NIK 9901010203130001' })).problems?.[0]).toMatchObject({ rule: 'ID-09' })
  })
})
