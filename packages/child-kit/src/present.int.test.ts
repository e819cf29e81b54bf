import { ChildId, KelurahanCode, type Particulars } from '@satuanak/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSealingKeys, isKnown, openParticulars, presentChild, presentChildren } from './index.ts'
import { openTestDatabase, type TestDatabase } from './test-database.ts'

const childId = ChildId.parse('01900000-0000-7000-8000-00000000000a')
const met: Particulars = {
  name: 'Agus',
  sex: 'L',
  birthDate: '2013-07-01',
  birthDatePrecision: 'TAHUN',
  birthPlace: null,
  motherName: null,
  nik: '9975010107130001',
  address: { kelurahan: KelurahanCode.parse('33.75.03.1001'), rt: null, rw: null, line: 'Terminal' },
}

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe('a child no agency knew is presented to the civil registry (DESIGN §4)', () => {
  test('one event about the new id, whose particulars only the registry can read', async () => {
    const keys = await createSealingKeys()
    await presentChild(database.tx, {
      service: 'social',
      childId,
      particulars: met,
      registryKey: keys.publicJwk,
      actor: 'persona:petugas',
      org: 'DINSOS',
      sensitivity: 3,
      time: Temporal.Instant.from('2026-07-15T03:00:00Z'),
    })
    const rows = await database.tx.$queryRawUnsafe<{ envelope: { data: { sealed: string } } }[]>(
      'SELECT type, subject::text, envelope FROM platform.outbox',
    )
    expect(rows).toMatchObject([{ type: 'social.child.presented.v1', subject: childId }])
    const sealed = rows[0]?.envelope.data.sealed ?? ''
    expect(JSON.stringify(rows)).not.toMatch(/Agus|Terminal|9975010107130001/)
    expect(await openParticulars(keys.privateJwk, childId, sealed)).toEqual(met)
    // Who presents a child does not hear of it through the bus.
    expect(await isKnown(database.tx, [childId])).toBe(true)
  })

  test('many at once are presented as each by itself would be', async () => {
    const keys = await createSealingKeys()
    const others = ['b', 'c'].map((last) => ChildId.parse(`01900000-0000-7000-8000-00000000000${last}`))
    await presentChildren(
      database.tx,
      others.map((id, at) => ({ childId: id, particulars: { ...met, name: `Agus ${at}` } })),
      {
        service: 'social',
        registryKey: keys.publicJwk,
        actor: 'persona:petugas',
        org: 'DINSOS',
        sensitivity: 2,
        time: Temporal.Instant.from('2026-07-15T03:00:00Z'),
      },
    )
    const rows = await database.tx.$queryRawUnsafe<{ subject: ChildId; envelope: { data: { sealed: string } } }[]>(
      'SELECT subject::text, envelope FROM platform.outbox WHERE subject = ANY($1::uuid[]) ORDER BY subject',
      others,
    )
    const opened = await Promise.all(
      rows.map(({ subject, envelope }) => openParticulars(keys.privateJwk, subject, envelope.data.sealed)),
    )
    expect(opened.map(({ name }) => name)).toEqual(['Agus 0', 'Agus 1'])
    for (const id of others) expect(await isKnown(database.tx, [id])).toBe(true)
  })
})
