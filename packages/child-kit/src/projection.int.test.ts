import { ChildId, Npsn, ReferralId } from '@satuanak/contracts'
import type { SqlClient, Tx } from '@satuanak/messaging'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { groupOf, isKnown, openGrantInTx, saveChildLevelInTx, saveChildLinkInTx, shutGrantInTx } from './index.ts'
import { hearIn, openTestDatabase, type TestDatabase } from './test-database.ts'

const NOW = Temporal.Instant.from('2026-07-15T03:00:00Z')
const LATER = '2026-08-15T03:00:00Z'
const EARLIER = '2026-07-15T03:00:00Z'

const CHILDREN = [1, 2, 3, 4, 5, 6].map((n) => ChildId.parse(`01900000-0000-7000-8000-00000000000${n}`))
const [budi, b, c] = CHILDREN as [ChildId, ChildId, ChildId]
const referral = ReferralId.parse('01900000-0000-7000-9000-000000000001')

let database: TestDatabase
let tx: Tx
let sql: SqlClient

beforeAll(async () => {
  database = await openTestDatabase()
  tx = database.tx
  sql = database.tx
})
afterAll(() => database.close())
beforeEach(() => database.empty())

const hear: ReturnType<typeof hearIn> = (...event) => hearIn(tx)(...event)
const merged = (alias: ChildId, canonical: ChildId, version: number) =>
  hear('civil-registry.person.merged.v1', canonical, version, { alias, canonical })
const split = (alias: ChildId, canonical: ChildId, version: number) =>
  hear('civil-registry.person.split.v1', canonical, version, { alias, canonical })
const party = { referralId: referral, type: 'RF-01', from: 'DINSOS', to: 'DISDIK' } as const
const sent = (child: ChildId, version: number, expiresAt = LATER) =>
  hear('coordination.referral.created.v1', child, version, {
    ...party,
    grants: ['identity', 'assessment'],
    dueAt: expiresAt,
    expiresAt,
  })

async function groupsNow(ids: readonly ChildId[] = CHILDREN, now = NOW) {
  return groupOf(sql, ids, now)
}
const groupFor = async (id: ChildId, now = NOW) => (await groupsNow([id], now)).get(id)

describe('one person under several ids (DESIGN §4)', () => {
  test('an id nobody has spoken of is a person of its own, at level 2, opened to nobody', async () => {
    expect(await groupFor(budi)).toEqual({ canonical: budi, ids: [budi], level: 2, grants: [], schools: [] })
  })

  test('no ids asked, no groups and no statement', async () => {
    const before = database.statements()
    expect(await groupsNow([])).toEqual(new Map())
    expect(database.statements()).toBe(before)
  })

  test('any number of ids costs one statement, and an id asked twice is answered once', async () => {
    const before = database.statements()
    expect((await groupsNow([...CHILDREN, ...CHILDREN])).size).toBe(CHILDREN.length)
    expect(database.statements()).toBe(before + 1)
  })

  test('a chain of links resolves to its end, seen from every link', async () => {
    await merged(budi, b, 1)
    await merged(b, c, 1)
    for (const id of [budi, b, c]) expect(await groupFor(id)).toMatchObject({ canonical: c, ids: [c, budi, b] })
  })

  test('an unlink takes back its own link and no other', async () => {
    await merged(budi, b, 1)
    await merged(b, c, 1)
    await split(b, c, 2)
    expect(await groupFor(budi)).toMatchObject({ canonical: b, ids: [b, budi] })
    expect(await groupFor(c)).toMatchObject({ canonical: c, ids: [c] })
  })

  test('a link taken back and its old message delivered once more: it stays taken back', async () => {
    await merged(budi, b, 1)
    await split(budi, b, 2)
    await merged(budi, b, 1)
    expect(await groupFor(budi)).toMatchObject({ canonical: budi })
  })

  test('links that run in a circle end, and every id agrees on the oldest', async () => {
    await merged(budi, b, 1)
    await merged(b, c, 1)
    await merged(c, budi, 1)
    for (const id of [budi, b, c]) expect(await groupFor(id)).toMatchObject({ canonical: budi, ids: [budi, b, c] })
  })

  test('an owner’s own word, without a version, holds against what was there', async () => {
    await merged(budi, b, 7)
    await saveChildLinkInTx(tx, { alias: budi, canonical: b, linked: false })
    expect(await groupFor(budi)).toMatchObject({ canonical: budi })
  })
})

describe('a child that some agency told of', () => {
  const registered = (child: ChildId) =>
    hear('civil-registry.person.registered.v1', child, 1, { missing: [], kelurahan: null })

  test('is known, however often it is told; an id of which nobody told is not', async () => {
    expect(await isKnown(sql, [budi])).toBe(false)
    await registered(budi)
    await registered(budi)
    expect(await isKnown(sql, [budi])).toBe(true)
    expect(await isKnown(sql, [b])).toBe(false)
  })

  test.each(['social', 'education'] as const)('is known from the moment %s presents it', async (service) => {
    await hear(`${service}.child.presented.v1`, budi, 1, { sealed: 'a.b.c.d.e' })
    expect(await isKnown(sql, [budi])).toBe(true)
  })

  test('is known under every id of the person', async () => {
    await registered(b)
    await merged(budi, b, 1)
    expect(await isKnown(sql, (await groupFor(budi))?.ids ?? [])).toBe(true)
  })

  test('what else is said of an id does not make it a child', async () => {
    await hear('social.child.protected.v1', budi, 1, { level: 4 })
    await merged(b, c, 1)
    expect(await isKnown(sql, [budi, b, c])).toBe(false)
  })
})

test('a pupil’s schools are known under every id of the person, each once (PV-18)', async () => {
  const enrolled = (enrolmentId: string, child: ChildId, npsn = Npsn.parse('99000001')) =>
    hear('education.enrolment.started.v1', child, 1, { enrolmentId, npsn, level: 'SMP', startedOn: '2026-07-13' })
  await merged(b, budi, 1)
  await enrolled('01900000-0000-7000-a000-000000000001', b)
  await enrolled('01900000-0000-7000-a000-000000000002', budi)
  await enrolled('01900000-0000-7000-a000-000000000002', budi)
  expect((await groupFor(budi))?.schools).toEqual(['99000001'])
  expect((await groupFor(b))?.schools).toEqual(['99000001'])
})

describe('a school’s committee knows its pupils as long as they are enrolled (PV-18)', () => {
  const enrolmentId = '01900000-0000-7000-a000-000000000003'
  const npsn = Npsn.parse('99000001')
  const started = () =>
    hear('education.enrolment.started.v1', budi, 1, { enrolmentId, npsn, level: 'SMP', startedOn: '2025-07-14' })
  const ended = (endedOn: string) => hear('education.enrolment.ended.v1', budi, 2, { enrolmentId, npsn, endedOn })
  const schoolsAt = async (now: string) => (await groupFor(budi, Temporal.Instant.from(now)))?.schools

  test('up to the day on which it ends, by the city’s calendar, and not on that day', async () => {
    await started()
    await ended('2026-07-15')
    expect(await schoolsAt('2026-07-14T16:59:59Z')).toEqual([npsn])
    expect(await schoolsAt('2026-07-14T17:00:00Z')).toEqual([])
  })

  test('an end that is heard twice, or before the start, stays an end', async () => {
    await ended('2026-07-15')
    await started()
    await ended('2026-07-15')
    await started()
    expect(await schoolsAt('2026-07-15T03:00:00Z')).toEqual([])
    expect(await schoolsAt('2026-07-14T03:00:00Z')).toEqual([npsn])
  })

  test('one that runs at another school is left as it is', async () => {
    await started()
    const other = { enrolmentId: '01900000-0000-7000-a000-000000000004', npsn: Npsn.parse('99000002') }
    await hear('education.enrolment.started.v1', budi, 3, { ...other, level: 'SMP', startedOn: '2026-07-15' })
    await ended('2026-07-15')
    expect(await schoolsAt('2026-07-15T03:00:00Z')).toEqual(['99000002'])
  })
})

describe('the protection level (PV-14)', () => {
  test('a person is kept at the highest level known for any of its ids, and an unlink takes that back too', async () => {
    await saveChildLevelInTx(tx, b, 4)
    await merged(budi, b, 1)
    expect(await groupFor(budi)).toMatchObject({ level: 4 })
    await split(budi, b, 2)
    expect(await groupFor(budi)).toMatchObject({ level: 2 })
  })

  test('an older message does not lower a level that was raised since', async () => {
    await hear('social.child.protected.v1', budi, 2, { level: 4 })
    await hear('social.child.protected.v1', budi, 1, { level: 3 })
    expect(await groupFor(budi)).toMatchObject({ level: 4 })
  })

  test('a child is never kept below level 2', async () => {
    await saveChildLevelInTx(tx, budi, 1)
    expect(await groupFor(budi)).toMatchObject({ level: 2 })
  })

  test('the SQL function that lists filter by says the same as groupOf', async () => {
    await merged(budi, b, 1)
    await saveChildLevelInTx(tx, b, 3)
    const rows = await sql.$queryRawUnsafe<{ level: number }[]>(
      'SELECT platform.child_level_of(id) AS level FROM unnest($1::uuid[]) id ORDER BY id',
      CHILDREN,
    )
    const groups = await groupsNow()
    expect(rows.map(({ level }) => level)).toEqual(CHILDREN.map((id) => groups.get(id)?.level))
  })
})

describe('what a referral opens (DESIGN §7)', () => {
  const opened = [{ referralId: referral, agency: 'DISDIK', parts: ['identity', 'assessment'] }]

  test('the receiver may read the named parts of this person, under whichever id', async () => {
    await merged(budi, b, 1)
    await sent(budi, 1)
    expect(await groupFor(b)).toMatchObject({ grants: opened })
    expect(await groupFor(c)).toMatchObject({ grants: [] })
  })

  test.each(['rejected', 'completed'] as const)(
    'a referral that was %s opens nothing, also when its sending is heard again',
    async (end) => {
      await sent(budi, 1)
      if (end === 'rejected') {
        await hear('coordination.referral.rejected.v1', budi, 2, { ...party, reason: 'BUKAN_WEWENANG', proposed: null })
      } else {
        await hear('coordination.referral.completed.v1', budi, 2, { ...party, outcome: 'TERDAFTAR' })
      }
      await sent(budi, 1)
      expect(await groupFor(budi)).toMatchObject({ grants: [] })
    },
  )

  test('a referral whose end is heard first opens nothing: its sending was among the dead letters and is replayed', async () => {
    await hear('coordination.referral.completed.v1', budi, 2, { ...party, outcome: 'TERDAFTAR' })
    await sent(budi, 1)
    expect(await groupFor(budi)).toMatchObject({ grants: [] })
  })

  test('at the very instant it expires it opens nothing', async () => {
    await sent(budi, 1, EARLIER)
    expect(await groupFor(budi, NOW.subtract({ milliseconds: 1 }))).toMatchObject({ grants: opened })
    expect(await groupFor(budi, NOW)).toMatchObject({ grants: [] })
  })

  test('an owner opens and shuts in its own transaction, without a version', async () => {
    const expiresAt = Temporal.Instant.from(LATER)
    await openGrantInTx(tx, { referralId: referral, child: budi, agency: 'DISDIK', parts: ['papers'], expiresAt })
    expect(await groupFor(budi)).toMatchObject({ grants: [{ agency: 'DISDIK', parts: ['papers'] }] })
    await shutGrantInTx(tx, referral)
    expect(await groupFor(budi)).toMatchObject({ grants: [] })
  })
})
