import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { emit, emitAll } from './emit.ts'
import { contact, NOON, protection, tell } from './fixtures/facts.ts'
import { freshDatabase, useServers } from './fixtures/servers.ts'
import { declareService } from './outbox/declare-service.ts'

const servers = useServers()

async function social() {
  const database = await freshDatabase(servers.postgres, 'social')
  await declareService(database.sql, { name: 'social', zone: 'Asia/Jakarta' })
  return database
}

interface Row {
  readonly envelope: Record<string, unknown>
}

const outbox = 'SELECT subject_version AS version, published_at, envelope FROM platform.outbox ORDER BY seq'

test('the outbox row carries the whole envelope and is not yet published', async () => {
  const database = await social()
  const subject = randomUUID()
  const [id] = await tell(database, protection(subject.toUpperCase(), 2))
  const { rows } = await database.pool.query(outbox)
  expect(rows).toMatchObject([
    {
      version: 1,
      published_at: null,
      envelope: { id, subject, source: 'social', zone: 'Asia/Jakarta', dataschema: 1 },
    },
  ])
})

test('transactions side by side number the events of one subject from 1 without a gap', async () => {
  const database = await social()
  const subject = randomUUID()
  await Promise.all(Array.from({ length: 25 }, () => tell(database, contact(subject))))
  const { rows } = await database.pool.query(outbox)
  expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
})

test('each subject is counted apart', async () => {
  const database = await social()
  await tell(database, contact(randomUUID()), contact(randomUUID()))
  const { rows } = await database.pool.query(outbox)
  expect(rows.map(({ version }) => version)).toEqual([1, 1])
})

test('data outside the contract is refused by its place, never by its value', async () => {
  const database = await social()
  const event = { ...protection(randomUUID(), 1), data: { level: 7, name: 'Budi' } }
  // @ts-expect-error what a caller without types could pass
  const telling = database.inTransaction((tx) => emit(tx, event))
  await expect(telling).rejects.toThrow(/^social\.child\.protected\.v1 may not be emitted: data level: .*unrecognized/)
  await expect(telling).rejects.not.toThrow('Budi')
})

test('a run of 16 digits, which may be a NIK, is refused in data and in the actor', async () => {
  const database = await social()
  const nik = '9975010101100001'
  const referral = {
    ...contact(randomUUID()),
    type: 'social.child.presented.v1',
    data: { sealed: `seen as ${nik}` },
  } as const
  for (const event of [referral, { ...contact(randomUUID()), actor: `nik:${nik}` }]) {
    const telling = database.inTransaction((tx) => emit(tx, event as typeof referral))
    await expect(telling).rejects.toThrow('16 digits in a row')
    await expect(telling).rejects.not.toThrow(nik)
  }
})

test('an event too large for the broker is refused before it can block the relay', async () => {
  const database = await social()
  const event = { ...contact(randomUUID()), type: 'social.child.presented.v1', data: { sealed: 'x'.repeat(300_000) } }
  await expect(database.inTransaction((tx) => emit(tx, event as never))).rejects.toThrow('larger than 256 KiB')
})

test("no service speaks in another's name, and the refusal takes no version", async () => {
  const database = await social()
  const subject = randomUUID()
  await expect(
    database.inTransaction((tx) =>
      emit(tx, { ...contact(subject), type: 'education.child.presented.v1', data: { sealed: 'x' } }),
    ),
  ).rejects.toThrow('this database was not declared as the service "education"')
  const { rows } = await database.pool.query('SELECT FROM platform.subject_version')
  expect(rows).toEqual([])
})

test('the same instant is written the same way: UTC, to the millisecond', async () => {
  const database = await social()
  await tell(database, { ...contact(randomUUID()), time: NOON.add({ nanoseconds: 1_999_999 }) as typeof NOON })
  const { rows } = await database.pool.query(outbox)
  expect(rows[0].envelope.time).toBe('2026-11-22T05:00:00.001Z')
})

test('a zone that is no IANA zone is refused', async () => {
  const database = await freshDatabase(servers.postgres, 'social')
  await expect(declareService(database.sql, { name: 'social', zone: 'WIB' })).rejects.toThrow(RangeError)
})

describe('many at once', () => {
  test('each is told with the whole envelope, and each subject goes on being counted by itself', async () => {
    const database = await social()
    const [known, fresh] = [randomUUID(), randomUUID()]
    await tell(database, contact(known))
    await database.inTransaction((tx) => emitAll(tx, [contact(fresh), contact(known.toUpperCase())]))
    await tell(database, contact(fresh))
    const { rows } = await database.pool.query(
      'SELECT subject, subject_version AS version, envelope FROM platform.outbox ORDER BY seq',
    )
    expect(rows.map(({ subject, version }) => [subject, version])).toEqual(
      expect.arrayContaining([
        [known, 1],
        [known, 2],
        [fresh, 1],
        [fresh, 2],
      ]),
    )
    const shape = ({
      envelope: { id: _, subject: __, subjectversion: ___, correlationid: ____, data: _____, ...rest },
    }: Row) => rest
    expect(shape(rows[1])).toEqual(shape(rows[0]))
    expect(rows.every(({ envelope, version }) => envelope.subjectversion === version)).toBe(true)
  })

  test('two that tell of the same subjects in another order both come through', async () => {
    const database = await social()
    const subjects = Array.from({ length: 40 }, () => randomUUID())
    const both = [subjects, subjects.toReversed()].map((some) =>
      database.inTransaction((tx) =>
        emitAll(
          tx,
          some.map((subject) => contact(subject)),
        ),
      ),
    )
    await Promise.all(both)
    const { rows } = await database.pool.query('SELECT max(subject_version) AS top, count(*)::int FROM platform.outbox')
    expect(rows).toEqual([{ top: 2, count: 80 }])
  })

  test('one that may not be told, or tells twice of one subject, or for another service, keeps all of them back', async () => {
    const database = await social()
    const subject = randomUUID()
    const unfit = { ...contact(randomUUID()), actor: 'nik:9975010101100001' }
    const foreign = { ...contact(randomUUID()), type: 'education.child.presented.v1', data: { sealed: 'x' } } as const
    const telling = (...events: Parameters<typeof emitAll>[1]) => database.inTransaction((tx) => emitAll(tx, events))
    await expect(telling(contact(randomUUID()), unfit)).rejects.toThrow('16 digits in a row')
    await expect(telling(contact(subject), contact(subject))).rejects.toThrow('only one event')
    await expect(telling(contact(subject), foreign)).rejects.toThrow('told by the service "social"')
    await expect(telling(foreign)).rejects.toThrow('not declared as the service "education"')
    const { rows } = await database.pool.query(
      'SELECT FROM platform.outbox UNION ALL SELECT FROM platform.subject_version',
    )
    expect(rows).toEqual([])
  })
})
