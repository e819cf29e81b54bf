import type { SqlClient } from '@satuanak/messaging'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { audit, auditRead } from './audit.ts'
import { type AuditHead, canonicalJson, findHead, sealAudit, verifyAudit } from './audit-chain.ts'
import { type AuditDatabase, type AuditServer, startAuditServer } from './test-audit-database.ts'
import { someone } from './test-callers.ts'

const CHILD = '01900000-0000-7000-8000-000000000001'
const operator = someone(['OPERATOR_DUKCAPIL'], { agency: 'DUKCAPIL' })

let server: AuditServer
let database: AuditDatabase
let sql: SqlClient
beforeAll(async () => {
  server = await startAuditServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  database = await server.create()
  sql = database.sql
})
afterEach(() => database.close())

const read = (n: number) =>
  auditRead(sql, operator, { operation: `Read${n}`, permissions: ['nik.read'], subjects: [CHILD] })
const seal = () => database.inTransaction(sealAudit)
const writeAndSeal = async (count: number): Promise<AuditHead> => {
  for (let n = 1; n <= count; n += 1) await read(n)
  return (await seal()).head
}
const positions = async (): Promise<(number | null)[]> => {
  const rows = await sql.$queryRawUnsafe<{ position: number | null }[]>(
    'SELECT position::int FROM platform.audit_entry ORDER BY audit_entry.position NULLS LAST',
  )
  return rows.map(({ position }) => position)
}
/** What only the owner of the table can do, and what the chain is for. */
const tamper = async (statement: string): Promise<void> => {
  await sql.$executeRawUnsafe('ALTER TABLE platform.audit_entry DISABLE TRIGGER USER')
  await sql.$executeRawUnsafe(statement)
  await sql.$executeRawUnsafe('ALTER TABLE platform.audit_entry ENABLE TRIGGER USER')
}

describe('entries are only ever added (PV-05)', () => {
  const forbidden: readonly (readonly [string, string])[] = [
    ['changed', "UPDATE platform.audit_entry SET actor = 'orang-lain'"],
    ['deleted', 'DELETE FROM platform.audit_entry'],
    ['emptied out', 'TRUNCATE platform.audit_entry'],
    ['moved in time', "UPDATE platform.audit_entry SET at = at - interval '1 day'"],
    [
      'written over by a later insert',
      "INSERT INTO platform.audit_entry SELECT * FROM platform.audit_entry ON CONFLICT (id) DO UPDATE SET actor = 'x'",
    ],
    [
      'added with a seal of its own making',
      `INSERT INTO platform.audit_entry (actor, agency, roles, action, subjects, detail, result, position, previous_hash, hash)
       VALUES ('x', 'DINSOS', '{}', 'read', '{}', '{}', 'DONE', 99, repeat('0', 64), repeat('0', 64))`,
    ],
  ]
  test.each(forbidden)('none may be %s, sealed or not', async (_title, statement) => {
    await read(1)
    await expect(sql.$executeRawUnsafe(statement)).rejects.toThrow('append-only')
    await seal()
    await expect(sql.$executeRawUnsafe(statement)).rejects.toThrow('append-only')
    expect(await verifyAudit(sql)).toBeNull()
  })

  test('a seal is set once', async () => {
    await writeAndSeal(1)
    for (const change of [
      "hash = repeat('0', 64)",
      'position = 7',
      'position = NULL, previous_hash = NULL, hash = NULL',
    ]) {
      await expect(sql.$executeRawUnsafe(`UPDATE platform.audit_entry SET ${change}`)).rejects.toThrow('append-only')
    }
  })

  test('sealing changes nothing else', async () => {
    await read(1)
    const alsoChange = `UPDATE platform.audit_entry
      SET position = 1, previous_hash = repeat('0', 64), hash = repeat('0', 64), action = 'other'`
    await expect(sql.$executeRawUnsafe(alsoChange)).rejects.toThrow('append-only')
  })

  test('half a seal is none', async () => {
    await read(1)
    await expect(sql.$executeRawUnsafe('UPDATE platform.audit_entry SET position = 1')).rejects.toThrow('check')
  })
})

describe('sealing', () => {
  test('chains what is there, once, and goes on from the head', async () => {
    const first = await writeAndSeal(3)
    expect(first).toEqual({ position: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(await seal()).toEqual({ sealed: 0, head: first })
    await read(4)
    expect(await seal()).toMatchObject({ sealed: 1, head: { position: 4 } })
    expect(await positions()).toEqual([1, 2, 3, 4])
    expect(await verifyAudit(sql, [first])).toBeNull()
    expect((await findHead(sql)).position).toBe(4)
  })

  test('an empty trail has a head too', async () => {
    expect(await seal()).toEqual({ sealed: 0, head: { position: 0, hash: '0'.repeat(64) } })
    expect(await verifyAudit(sql)).toBeNull()
  })

  test('an entry that commits late is sealed later, not skipped', async () => {
    const committed = Promise.withResolvers<void>()
    const written = Promise.withResolvers<void>()
    const late = database.inTransaction(async (tx) => {
      await audit(tx, operator, 'nik.issue', [CHILD])
      written.resolve()
      await committed.promise
    })
    await written.promise
    await read(1)
    expect(await seal()).toMatchObject({ sealed: 1 })
    committed.resolve()
    await late
    expect(await seal()).toMatchObject({ sealed: 1, head: { position: 2 } })
    expect(await verifyAudit(sql)).toBeNull()
  })

  test('many writers and several sealers at once make one unbroken chain', async () => {
    await Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        await read(n)
        if (n % 6 === 0) await seal()
      }),
    )
    await seal()
    expect(await positions()).toEqual(Array.from({ length: 60 }, (_, n) => n + 1))
    expect(await verifyAudit(sql)).toBeNull()
  })

  test('a long trail is sealed a thousand at a time and walked in batches', async () => {
    await sql.$executeRawUnsafe(`
      INSERT INTO platform.audit_entry (actor, agency, roles, action, subjects, detail, result)
      SELECT 'akun-' || n, 'DUKCAPIL', '{OPERATOR_DUKCAPIL}', 'read', '{}', jsonb_build_object('n', n), 'DONE'
      FROM generate_series(1, 2300) AS n`)
    expect((await seal()).sealed).toBe(1_000)
    expect((await seal()).sealed).toBe(1_000)
    expect((await seal()).sealed).toBe(300)
    expect(await verifyAudit(sql)).toBeNull()
    await tamper("UPDATE platform.audit_entry SET detail = '{}' WHERE position = 1700")
    expect(await verifyAudit(sql)).toMatchObject({ position: 1700, reason: 'HASH' })
  })

  test('the hash is the same whatever the session’s time zone and date style', async () => {
    await writeAndSeal(2)
    const broken = await database.inTransaction(async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL TimeZone = 'Asia/Jakarta'")
      await tx.$executeRawUnsafe("SET LOCAL DateStyle = 'SQL, DMY'")
      return verifyAudit(tx)
    })
    expect(broken).toBeNull()
  })
})

describe('a rewritten past is found, at its first broken link (DESIGN §7)', () => {
  const columns = {
    at: "at + interval '1 microsecond'",
    actor: "'orang-lain'",
    agency: "'DINSOS'",
    roles: "'{PEKSOS}'",
    action: "'other'",
    purpose: "'x'",
    subjects: "'{}'",
    detail: 'detail || \'{"more": 1}\'',
    trace_id: "'x'",
    result: "'REFUSED'",
    id: 'uuidv7()',
  }
  test.each(Object.entries(columns))('%s changed in the middle', async (column, value) => {
    await writeAndSeal(4)
    await tamper(`UPDATE platform.audit_entry SET ${column} = ${value} WHERE position = 3`)
    expect(await verifyAudit(sql)).toMatchObject({ position: 3, reason: 'HASH' })
  })

  test('an entry taken out of the middle', async () => {
    await writeAndSeal(4)
    await tamper('DELETE FROM platform.audit_entry WHERE position = 2')
    expect(await verifyAudit(sql)).toEqual({ position: 2, id: null, reason: 'MISSING' })
  })

  test('the first entry taken out', async () => {
    await writeAndSeal(2)
    await tamper('DELETE FROM platform.audit_entry WHERE position = 1')
    expect(await verifyAudit(sql)).toEqual({ position: 1, id: null, reason: 'MISSING' })
  })

  test('an entry taken out and the rest moved up', async () => {
    await writeAndSeal(4)
    await tamper('DELETE FROM platform.audit_entry WHERE position = 2')
    await tamper('UPDATE platform.audit_entry SET position = -position WHERE position > 2').catch(() => undefined)
    await tamper('ALTER TABLE platform.audit_entry DROP CONSTRAINT audit_entry_position_check')
    await tamper('UPDATE platform.audit_entry SET position = position - 1 WHERE position = 3')
    await tamper('UPDATE platform.audit_entry SET position = position - 1 WHERE position = 4')
    expect(await verifyAudit(sql)).toMatchObject({ position: 2, reason: 'PREVIOUS' })
  })

  test('the end cut off is seen by whoever witnessed the head', async () => {
    const head = await writeAndSeal(4)
    await tamper('DELETE FROM platform.audit_entry WHERE position > 2')
    expect(await verifyAudit(sql)).toBeNull()
    expect(await verifyAudit(sql, [head])).toEqual({ position: 3, id: null, reason: 'MISSING' })
  })

  test('a whole new chain over a changed past is seen by whoever witnessed the old one', async () => {
    const head = await writeAndSeal(3)
    await tamper('UPDATE platform.audit_entry SET position = NULL, previous_hash = NULL, hash = NULL')
    await tamper("UPDATE platform.audit_entry SET actor = 'orang-lain' WHERE detail ->> 'operation' = 'Read2'")
    await seal()
    expect(await verifyAudit(sql)).toBeNull()
    expect(await verifyAudit(sql, [head])).toMatchObject({ position: 3, reason: 'WITNESS' })
  })
})

describe('canonical JSON: one text per value', () => {
  test('the order of keys does not matter, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value))
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain)
        expect(canonicalJson(turned(plain))).toBe(canonicalJson(plain))
      }),
    )
  })
  test('keys are sorted by code unit and nothing is spaced', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: true, B: 1e21 })).toBe(
      '{"B":1e+21,"a":true,"b":[1,{"c":"é","d":null}]}',
    )
  })
})

/** The same value with its keys the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, turned(member)]),
  )
}
