import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest'
import { assessed, merged, protectedAt } from '../test-events.ts'
import { type House, KRAPYAK, openHouse, SMP } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())
afterEach(async () => {
  // What the list does not take is passed over, not laid aside as a fault.
  expect(await house.app.db.$queryRawUnsafe('SELECT reason FROM platform.dead_letter')).toEqual([])
})

test('a child assessed as dropped out is put on the list, told as following from the assessment (TPI-04)', async () => {
  const childId = await house.child()
  await house.hear(assessed(childId, true, KRAPYAK))
  const { child } = await house.see('dinas-pendidikan', childId)
  expect(child?.ats).toMatchObject({
    state: 'BELUM_VERIFIKASI',
    source: 'OUTREACH',
    category: 'DO',
    kelurahan: KRAPYAK,
  })
  const [told] = await house.app.db.$queryRawUnsafe<{ envelope: Record<string, unknown> }[]>(
    'SELECT envelope FROM platform.outbox WHERE subject = $1::uuid',
    childId,
  )
  expect(told?.envelope).toMatchObject({
    type: 'education.ats.record.created.v1',
    actor: 'system',
    org: 'DISDIK',
    causationid: expect.any(String),
    data: { source: 'OUTREACH', category: 'DO', kelurahan: KRAPYAK },
  })
})

test('an assessment that is delivered again opens nothing again, and a second one neither', async () => {
  const childId = await house.child()
  await house.hear(assessed(childId, true))
  await house.hearAgain()
  await house.hear(assessed(childId, true))
  await house.hearAgain()
  expect(await house.app.db.atsRecord.count({ where: { childId } })).toBe(1)
  expect(await house.eventsAbout(childId)).toEqual(['education.ats.record.created.v1'])
})

test('an enrolment closes what an assessment opened, and its redelivery opens nothing anew', async () => {
  const childId = await house.child()
  await house.hear(assessed(childId, true))
  await house.enrol({ childId })
  await house.hearAgain()
  expect((await house.see('dinas-pendidikan', childId)).child).toMatchObject({
    school: { npsn: SMP },
    ats: { state: 'SELESAI' },
  })
  expect(await house.app.db.atsRecord.count({ where: { childId } })).toBe(1)
})

test('a child who goes to school, is on the list already or did not drop out is not put on it (EC-18)', async () => {
  const [pupil, alias, listed, fine] = [
    await house.child(),
    await house.child(),
    await house.child(),
    await house.child(),
  ]
  await house.enrol({ childId: pupil })
  await house.hear(merged(pupil, alias))
  await house.report({ childId: listed })
  const before = await house.count('ats_record')
  await house.hear(assessed(pupil, true), assessed(alias, true), assessed(listed, true), assessed(fine, false))
  expect(await house.count('ats_record')).toBe(before)
})

test('a child in need of protection is put on the list and hidden there from the first moment (PV-14)', async () => {
  const childId = await house.child()
  await house.hear(protectedAt(childId, 4), assessed(childId, true))
  expect((await house.see('dinas-pendidikan', childId)).child?.ats).toBeNull()
  expect((await house.see('peksos', childId)).child?.ats).toMatchObject({ source: 'OUTREACH' })
  const [told] = await house.app.db.$queryRawUnsafe<{ sensitivity: number }[]>(
    `SELECT (envelope->>'sensitivity')::int AS sensitivity FROM platform.outbox WHERE subject = $1::uuid`,
    childId,
  )
  expect(told?.sensitivity).toBe(4)
})

test('the trail names who assessed the child, for what was written on their word (PV-05)', async () => {
  const childId = await house.child()
  await house.hear(assessed(childId, true))
  const trail = await house.app.db.$queryRawUnsafe<{ action: string; actor: string; agency: string }[]>(
    'SELECT action, actor, agency FROM platform.audit_entry WHERE $1::uuid = ANY(subjects)',
    childId,
  )
  expect(trail).toEqual([{ action: 'ats.report', actor: 'akun-uji', agency: 'DINSOS' }])
})
